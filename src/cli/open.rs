//! Opens the plan that the settings name, in the languages they ask for, and finds nodes in it by id.

use std::sync::Arc;

use super::CommandContext;
use super::failure::{Exit, Failure, Stop};
use super::output::{ColorMode, OutputTarget, tell};
use super::problems::render;
use super::settings::spec::SettingOrigin;
use crate::find::SearchIndex;
use crate::journal::Journal;
use crate::page::PageReader;
use crate::plan::as_of::AsOf;
use crate::plan::load::{self, Loaded, PlanSource, UnreadablePlan};
use crate::plan::{Key, NodeId, Plan, State};
use crate::progress::{JournalData, Judge, RuleRef, States};
use crate::review::scope;
use crate::text::counted;
use crate::text::language::{Choice, LanguageRequest, choose};
use crate::text::{Bilingual, ShownLanguages, Ui, suggest};
use crate::text::{clean::one_line, clean::shown};
use crate::tui::opening::Opening;

#[derive(Debug)]
pub struct OpenPlan {
    /// The plan with its problems.
    pub loaded: Arc<Loaded>,
    pub show: ShownLanguages,
    /// The day that counts as today.
    pub as_of: AsOf,
    /// The rule set of verdicts.
    pub rule: RuleRef,
    /// What people add.
    pub journal: Journal,
}

impl OpenPlan {
    pub fn plan(&self) -> &Plan {
        &self.loaded.plan
    }

    /// The judge of its verdicts.
    pub fn judge(&self) -> Judge<'_> {
        Judge::new(self.plan(), self.rule, self.as_of)
    }

    /// What cards are made from.
    pub fn reader(&self, ui: Ui) -> PageReader<'_> {
        PageReader { plan: self.plan(), show: self.show, ui, rule: self.rule, as_of: self.as_of }
    }

    /// What people add to a node, as far as judging needs it.
    pub fn added(&self, node: NodeId) -> JournalData<'_> {
        JournalData::of(self.journal.annotations(node))
    }

    /// How a node stands, people's verdicts and values included.
    pub fn state(&self, node: NodeId) -> State {
        self.judge().state(node, &self.added(node))
    }

    /// Every node's state.
    pub fn states(&self) -> States {
        States::new(&self.judge(), |node| self.added(node))
    }

    /// What searches look through: the plan, what people added, and how every node stands.
    pub fn index(&self, states: &States) -> SearchIndex {
        scope::index(self.plan(), Some(self.journal.fold()), states)
    }

    /// The node of an id, or an error that names the nearest.
    ///
    /// # Errors
    /// Exit code 2 where no node has the id.
    pub fn node(&self, name: &str) -> Result<NodeId, Failure> {
        self.plan().tree.find(name).ok_or_else(|| unknown_node(self.plan(), name))
    }
}

/// Opens the plan and its journal; says on stderr how many errors they have.
///
/// # Errors
/// Exit code 3 where nothing can be read of the plan, 4 where the journal cannot be read, 2 where the
/// language asked for is not one of the plan's.
pub fn open(context: &CommandContext) -> Result<OpenPlan, Stop> {
    open_with(context, None)
}

/// The same, judged by a rule set that is at hand where neither the plan nor the settings have the one that is
/// named.
///
/// # Errors
/// As [`open`].
pub fn open_with(context: &CommandContext, spare: Option<RuleRef>) -> Result<OpenPlan, Stop> {
    let source = &context.settings.plan.value;
    let loaded = load::load(source).map_err(|unreadable| unopened(context, source, &unreadable))?;
    let choice = languages(context, &loaded.plan)?;
    context.ui.set(choice.ui);
    let errors = loaded.errors();
    if errors > 0 {
        let command = check_command(source);
        let message = context.ui().pick(
            format!("规划中有{errors}处错误，以下为能读出的部分；`{command}` 列出错误"),
            format!(
                "the plan has {}; this is what could be read. `{command}` lists them",
                counted(errors, "error")
            ),
        );
        tell(&message);
    }
    let as_of = context.settings.as_of.value;
    let named = &context.settings.rule.value.0;
    let is_known = || RuleRef::all(&loaded.plan).iter().any(|rule| rule.word() == named);
    let rule = match spare.filter(|spare| spare.word() == named && !is_known()) {
        Some(spare) => spare,
        None => rule(context, &loaded.plan)?,
    };
    let journal = super::journal::open(context, &loaded.plan)?;
    Ok(OpenPlan { loaded: Arc::new(loaded), show: choice.show, as_of, rule, journal })
}

/// Opens the plan for the screen, which begins before all is read and tells of problems itself.
///
/// # Errors
/// Exit code 3 where nothing can be read, 2 where the language asked for is not one of the plan's.
pub fn opening(context: &CommandContext) -> Result<Opening, Stop> {
    let source = &context.settings.plan.value;
    let opening = Opening::read(source).map_err(|unreadable| unopened(context, source, &unreadable))?;
    let choice = languages(context, opening.plan())?;
    context.ui.set(choice.ui);
    Ok(opening)
}

/// The rule set that the settings name: a built-in one, one of the plan's, or one of `config.toml`. One of `config.toml` is a
/// preference that another plan need not have.
///
/// # Errors
/// Exit code 2 where there is no such rule set.
pub fn rule(context: &CommandContext, plan: &Plan) -> Result<RuleRef, Failure> {
    let setting = &context.settings.rule;
    let found = RuleRef::all(plan).into_iter().find(|rule| rule.word() == setting.value.0);
    let preferred = (found.is_none() && setting.origin == SettingOrigin::File).then(|| {
        let name = one_line(&setting.value.0);
        tell(&context.ui().pick(
            format!("config.toml：没有判断规则 {name}，改用 pace"),
            format!("config.toml: there is no rule set {name}; pace is used"),
        ));
        RuleRef::PACE
    });
    found.or(preferred).ok_or_else(|| {
        let name = one_line(&setting.value.0);
        let all: Vec<&str> = RuleRef::all(plan).into_iter().map(RuleRef::word).collect();
        let all = all.join(", ");
        Failure::usage(
            Bilingual::new(format!("没有判断规则 {name}"), format!("there is no rule set {name}")),
            Bilingual::new(format!("可用：{all}"), format!("there are: {all}")),
        )
    })
}

/// The hash of the files of the plan that the settings name; reads them again.
///
/// # Errors
/// Exit code 3 where the plan is gone meanwhile.
pub fn hash(context: &CommandContext) -> Result<String, Failure> {
    let source = &context.settings.plan.value;
    load::hash(source).map_err(|unreadable| unopened(context, source, &unreadable))
}

/// The command line that checks this plan.
fn check_command(source: &PlanSource) -> String {
    match source {
        PlanSource::Bundled => "plan158 check".to_owned(),
        PlanSource::Path(path) => format!("plan158 check {}", shown(path)),
    }
}

/// Nothing could be read: the problems go to stderr, then what to do.
fn unopened(context: &CommandContext, source: &PlanSource, unreadable: &UnreadablePlan) -> Failure {
    let ui = context.ui();
    tell(&render(&unreadable.diagnostics, ui, ColorMode::Plain, OutputTarget::Other));
    let place = match source {
        PlanSource::Bundled => Bilingual::new("内置的规划", "the plan inside the program"),
        PlanSource::Path(path) => {
            let path = shown(path);
            Bilingual::new(format!("规划 {path} "), format!("the plan {path}"))
        }
    };
    Failure {
        exit: Exit::Unopened,
        what: Bilingual::new(format!("{}无法打开", place.zh), format!("{} cannot be opened", place.en)),
        next: Bilingual::new(
            "用 --plan 指向含 plan.toml 的文件夹或单个规划文件；`plan158 init DIR` 新建一份",
            "give --plan a folder with plan.toml, or one plan file; `plan158 init DIR` makes one",
        ),
        unsaved: Box::default(),
    }
}

/// Settles the languages. A tag said now must be one of the plan's; one from `config.toml` is a preference
/// that another plan need not meet.
fn languages(context: &CommandContext, plan: &Plan) -> Result<Choice, Failure> {
    let lang = &context.settings.lang;
    let locale = context.environment.locale();
    choose(&plan.languages, &lang.value, locale).or_else(|missing| {
        let tags = plan.languages.iter().map(|tag| one_line(tag)).collect::<Vec<_>>().join(", ");
        let tag = one_line(&missing.tag);
        if lang.origin == SettingOrigin::File {
            let choice = choose(&plan.languages, &LanguageRequest::Unset, locale);
            return choice.map_err(|_| no_language(&tag, &tags));
        }
        Err(no_language(&tag, &tags))
    })
}

fn no_language(tag: &str, tags: &str) -> Failure {
    Failure::usage(
        Bilingual::new(format!("该规划没有语言 {tag}"), format!("the plan has no language {tag}")),
        Bilingual::new(format!("可用：{tags}，或 both"), format!("it has: {tags}; or both")),
    )
}

fn unknown_node(plan: &Plan, name: &str) -> Failure {
    let shown = one_line(name);
    let what = Bilingual::new(format!("规划中没有节点 {shown}"), format!("the plan has no node {shown}"));
    let next = match nearest(plan, name) {
        Some(meant) => Bilingual::new(format!("是否为 {meant}？"), format!("did you mean {meant}?")),
        None => Bilingual::new("`plan158 tree` 列出全部 id", "`plan158 tree` lists every id"),
    };
    Failure::usage(what, next)
}

/// The id that was probably meant: the nearest in spelling, else the first that ends in what was written, or
/// holds it.
fn nearest<'a>(plan: &'a Plan, name: &str) -> Option<&'a str> {
    let keys = || plan.tree.nodes().iter().flat_map(|node| std::iter::once(&node.key).chain(node.aliases()));
    let wanted = name.to_ascii_lowercase();
    let part = |at: &dyn Fn(&str) -> bool| {
        keys().map(Key::as_str).filter(|_| wanted.len() > 2).find(|key| at(&key.to_ascii_lowercase()))
    };
    suggest::closest(name, keys().map(Key::as_str))
        .or_else(|| part(&|key| key.ends_with(&wanted)))
        .or_else(|| part(&|key| key.contains(&wanted)))
}
