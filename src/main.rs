//! The command `plan158`.

fn main() {
    let loaded = std::sync::Arc::new(
        plan158::plan::load::load(&plan158::plan::load::PlanSource::Bundled)
            .unwrap_or_else(|_| Default::default()),
    );
    let watched = loaded.watched.clone();
    let _ = plan158::tui::runtime::run(plan158::tui::runtime::Start {
        source: plan158::plan::load::PlanSource::Bundled,
        loaded,
        watched,
        wish: plan158::plan::language::Wish::Unset,
        locale: plan158::plan::language::Locale::Chinese,
        as_of: plan158::plan::as_of::AsOf::parse("2026-11-23")
            .unwrap_or(plan158::plan::as_of::AsOf::now(jiff::civil::date(2026, 11, 23))),
        theme: Default::default(),
        bindings: vec![],
        mouse: None,
        state_dir: None,
    });
}
