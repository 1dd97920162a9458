//! What the screen starts from, and the model as it first shows.

use super::super::commands;
use super::super::effect::MouseCapture;
use super::super::history;
use super::super::incoming::Incoming;
use super::super::input::Decoder;
use super::super::installation::Installation;
use super::super::keymap::Binding;
use super::super::lenses;
use super::super::message::{Message, Size};
use super::super::model::Model;
use super::super::opening::Opening;
use super::super::pages::review::state::Awaited;
use super::super::place::SavedPlace;
use super::super::probe::{self, Questions};
use super::super::theme::{Theme, ThemeRequest};
use super::super::view::{CardBeside, Focus, Freshness, View};
use crate::chart::Glyphs;
use crate::journal::{Author, JournalAudience};
use crate::plan::as_of::AsOf;
use crate::plan::load::PlanSource;
use crate::progress::RuleRef;
use crate::review::SessionHead;
use crate::text::columns::{AmbiguousWidth, set_ambiguous_width};
use crate::text::language::{self, LanguageRequest, Locale};
use crate::text::{Bilingual, Lang, ShownLanguages};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// What the screen starts from.
#[derive(Debug)]
pub struct Start {
    /// Where the plan is read from, for reading it again.
    pub source: PlanSource,
    /// The plan, as far as it is read.
    pub opening: Opening,
    /// The languages asked for; unset takes up those of the last time.
    pub wish: LanguageRequest,
    pub locale: Locale,
    /// The rule set of verdicts.
    pub rule: RuleRef,
    /// The day from which one looks.
    pub as_of: AsOf,
    /// Which colours, if any.
    pub theme: ThemeRequest,
    /// Columns of ambiguous characters; `None` asks the terminal.
    pub ambiguous_width: Option<AmbiguousWidth>,
    /// Whether it is a terminal that answers questions, or at least takes no harm from them.
    pub can_be_asked: bool,
    /// What charts are drawn with.
    pub glyphs: Glyphs,
    /// How many problems there are in the settings.
    pub config_problems: usize,
    /// Changes to the keys.
    pub bindings: Vec<Binding>,
    /// Who gets the mouse, where somebody said so; unset takes up the last time's.
    pub mouse: Option<MouseCapture>,
    /// The state directory; without one no place is kept.
    pub state_dir: Option<PathBuf>,
    /// This installation, by which its records are counted.
    pub installation: Option<Installation>,
    /// The file of lenses; without one none are kept.
    pub lenses: Option<PathBuf>,
    /// The journal's folder; without one nothing people added is shown.
    pub journal: Option<PathBuf>,
    /// Who may read what is written to it.
    pub journal_audience: JournalAudience,
    pub author: AuthorLookup,
    /// The review session to open with.
    pub review: Option<SessionHead>,
}

/// Settles how the screen looks in this terminal, which is asked where it has to be. What has heard the answers
/// may have heard keys, and goes on hearing.
pub(super) fn settle_looks(start: &Start, model: &mut Model) -> (Decoder, Theme) {
    let questions =
        Questions { background: start.theme.asks(), ambiguous_width: start.ambiguous_width.is_none() };
    let has_any = questions.background || questions.ambiguous_width;
    let heard = if start.can_be_asked && has_any { probe::ask(questions) } else { Decoder::default() };
    let answers = *heard.answers();
    let width = start.ambiguous_width.or(answers.ambiguous).unwrap_or_default();
    set_ambiguous_width(width);
    if width == AmbiguousWidth::Wide {
        // Lines and marks of one column are those of ASCII.
        model.view.glyphs = Glyphs::Ascii;
        super::super::layout::relayout(model);
    }
    (heard, start.theme.theme(answers.background))
}

/// Finds out who writes, or why nobody can. Asked beside the first frame, which does not wait for git.
pub struct AuthorLookup(pub Box<dyn FnOnce() -> Result<Author, Bilingual> + Send>);

impl std::fmt::Debug for AuthorLookup {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("AuthorLookup")
    }
}

/// Finds out who writes, beside the first frame. What comes back tells that this has ended.
pub(super) fn ask_who_writes(AuthorLookup(ask): AuthorLookup, out: Sender<Incoming>) -> Receiver<()> {
    let (end, ended) = channel();
    std::thread::spawn(move || {
        let author = ask();
        drop(end);
        let _: Result<(), _> = out.send(Incoming::Message(Message::Author(author)));
    });
    ended
}

pub(super) fn path_of(source: &PlanSource) -> Option<&Path> {
    match source {
        PlanSource::Bundled => None,
        PlanSource::Path(path) => Some(path),
    }
}

/// The model as it first shows: the kept place, under what was asked for now.
pub(super) fn open(start: &Start, kept: &SavedPlace, size: Size) -> Model {
    let (keymap, _) = commands::keymap(&start.bindings);
    let languages = &start.opening.plan().languages;
    // The command line has refused a language the plan lacks before the screen opens.
    let chosen = language::choose(languages, &start.wish, start.locale)
        .or_else(|_| language::choose(languages, &LanguageRequest::Unset, start.locale))
        .unwrap_or(language::Choice { show: ShownLanguages::One(Lang(0)), ui: start.locale.ui() });
    let view = View {
        show: chosen.show,
        ui: chosen.ui,
        locale: start.locale,
        rule: start.rule,
        as_of: start.as_of,
        glyphs: start.glyphs,
    };
    let mut model = Model::new(Arc::clone(start.opening.loaded()), view, Arc::new(keymap), size);
    if let Some(show) = kept.show(start.opening.plan()).filter(|_| start.wish == LanguageRequest::Unset) {
        model.set_show(show);
    }
    model.marks = kept.marks();
    let kept_mouse = if kept.mouse == "off" { MouseCapture::Off } else { MouseCapture::On };
    model.mouse = start.mouse.unwrap_or(kept_mouse);
    model.card_beside = if kept.card_beside == "hidden" { CardBeside::Hidden } else { CardBeside::Shown };
    if !kept.cursor.is_empty() {
        model.take_up(kept.place(), if kept.focus == "card" { Focus::Card } else { Focus::Outline });
    }
    let problems = start.config_problems;
    model.notice = (problems > 0).then(|| {
        let counted = crate::text::counted(problems, "problem");
        Bilingual::new(
            format!("设置文件有{problems}处问题，见 plan158 config --explain"),
            format!("config: {counted}, see plan158 config --explain"),
        )
    });
    model.find.standing = kept.standing();
    model.find.history =
        start.state_dir.as_deref().map(|dir| history::read(&history::file(dir))).unwrap_or_default();
    let (lenses, problem) = start.lenses.as_deref().map(lenses::read).unwrap_or_default();
    model.find.lenses = lenses;
    model.notice = model.notice.or(problem);
    if let Some(progress) = start.opening.progress() {
        model.freshness = Freshness::Reading(progress);
    }
    if let Some(head) = &start.review {
        // Who began it is known: the keys need not wait for git.
        model.journal_view.author = Ok(head.by.clone());
        model.awaited_review = Some(Awaited { head: head.clone(), keys: Vec::new() });
    }
    super::super::layout::relayout(&mut model);
    model
}
