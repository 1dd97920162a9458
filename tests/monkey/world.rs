//! A screen with everything it touches, in a folder of its own: the plan's file, the journal, lenses,
//! history, exports.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use plan158::export::cite::{Citing, cite};
use plan158::journal::{Author, Event, Journal, Step};
use plan158::plan::load::{Loaded, PlanSource, hash, load};
use plan158::text::language::{LanguageRequest, Locale, choose};
use plan158::text::{Bilingual, Lang, ShownLanguages};
use plan158::tui::drafts::note::Draft;
use plan158::tui::effect::Effect;
use plan158::tui::effect::UndoDirection;
use plan158::tui::export_job::{ExportEnd, ExportJob};
use plan158::tui::exporter;
use plan158::tui::incoming::{Edited, HostAnswer, Incoming};
use plan158::tui::input::Decoder;
use plan158::tui::listeners::message_of;
use plan158::tui::message::Message;
use plan158::tui::place::{self, SavedPlace};
use plan158::tui::view::Progress;
use plan158::tui::view::{Focus, Freshness};
use plan158::tui::{history, lenses};
use tempfile::TempDir;

use super::act::{Act, Beginning, PEOPLE, Place};
use super::claims::{Claims, ids_on_disk};
use crate::screen::{Acknowledged, Session, Worker};

/// A screen and its files.
pub struct World {
    /// `None` only while the screen is opened again.
    session: Option<Session>,
    dir: TempDir,
    source: PlanSource,
    pub plan_text: String,
    pub first_plan_text: String,
    languages: &'static str,
    /// The note that is being written in the editor, which has the terminal meanwhile.
    pub editing: Option<Draft>,
    quits: bool,
    decoder: Decoder,
    claims: Claims,
}

/// Reads a plan as the thread that watches it does.
fn read(source: &PlanSource) -> Message {
    match load(source) {
        Ok(loaded) => Message::PlanRead(Arc::new(loaded)),
        Err(unreadable) => Message::PlanBroke(unreadable.diagnostics.into()),
    }
}

impl World {
    /// The program as it starts.
    pub fn open(beginning: &Beginning) -> Self {
        let dir = TempDir::new().unwrap();
        let file = dir.path().join("plan.toml");
        let text = beginning.plan.clone().unwrap_or_default();
        let source = match &beginning.plan {
            Some(text) => {
                fs::write(&file, text).unwrap();
                PlanSource::Path(file.clone())
            }
            None => PlanSource::Bundled,
        };
        let whole = Arc::new(load(&source).unwrap());
        let parts: Vec<Arc<Loaded>> = beginning.parts.iter().map(|part| part_of(dir.path(), part)).collect();
        let first = parts.first().unwrap_or(&whole);
        let mut session = Session::open(Arc::clone(first), beginning.languages, beginning.size).with_outbox();
        if !parts.is_empty() {
            let total = parts.len() + 1;
            session.model.freshness = Freshness::Reading(Progress { done: 1, total });
            for (done, part) in (1..).zip(parts) {
                session.post(Worker::Plan, Message::PlanGrew(part, Progress { done, total }));
            }
            session.post(Worker::Plan, Message::PlanRead(whole));
        }
        let mut session = session.written_by(PEOPLE[0]);
        if !beginning.is_author_known {
            session.model.journal_view.author = Err(Bilingual::new("还不知道", "not known yet"));
            session.is_found_out_later(PEOPLE[0]);
        }
        // What is typed has a place to be kept.
        session.drafts();
        session.hear(Message::Opened);
        Self {
            session: Some(session),
            dir,
            source,
            plan_text: text.clone(),
            first_plan_text: text,
            languages: beginning.languages,
            editing: None,
            quits: false,
            decoder: Decoder::default(),
            claims: Claims::default(),
        }
    }

    pub fn session(&self) -> &Session {
        self.session.as_ref().unwrap()
    }

    fn session_mut(&mut self) -> &mut Session {
        self.session.as_mut().unwrap()
    }

    /// Whether something was told that the screen has not heard.
    pub fn is_told(&self) -> bool {
        self.session().host.outbox.iter().flat_map(|outbox| outbox.values()).any(|told| !told.is_empty())
    }

    /// Whether the plan is a file that can be edited.
    pub fn has_plan_file(&self) -> bool {
        matches!(self.source, PlanSource::Path(_))
    }

    pub fn journal_dir(&self) -> PathBuf {
        self.session().journal_dir()
    }

    /// The journal's files by name.
    pub fn journal_files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.journal_dir()).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".jsonl")).collect();
        names.sort();
        names
    }

    /// Lets something happen, then looks whether everything holds that should.
    pub fn apply(&mut self, act: &Act) {
        let before = Claims::before(self.session());
        self.happen(act);
        self.do_errands();
        self.claims.check(self.session.as_mut().unwrap(), &before, act);
        if std::mem::take(&mut self.quits) {
            self.start_again();
        }
    }

    fn happen(&mut self, act: &Act) {
        if !matches!(act, Act::Editor(_)) && self.editing.is_some() && act.is_the_users() {
            // The editor has the keys.
            return;
        }
        match act {
            Act::Key(chord) => self.session_mut().hear(Message::Key(*chord)),
            Act::Bytes(bytes) => {
                self.decoder.take(bytes);
                self.hear_decoded();
            }
            Act::Terminal(event) => {
                if let Some(message) = message_of(event.clone()) {
                    self.session_mut().hear(message);
                }
            }
            Act::Paste(text) => self.session_mut().hear(Message::Pasted(text.clone())),
            Act::Mouse(mouse) => self.session_mut().hear(Message::Mouse(*mouse)),
            Act::Size(size) => self.session_mut().hear(Message::Resized(*size)),
            Act::Wait(ms) => {
                self.decoder.give_up();
                self.hear_decoded();
                self.session_mut().pass_ms(*ms);
                self.session_mut().hear(Message::Tick);
            }
            Act::Resumed => self.session_mut().hear(Message::Resumed),
            Act::Deliver(n) => self.deliver(*n),
            Act::Author => {
                if let Some(author) = self.session_mut().host.author.take() {
                    self.session_mut().hear(Message::Author(Ok(author)));
                }
            }
            Act::Editor(written) => self.end_editor(written.as_deref()),
            Act::Plan(text) => self.edit_plan(text),
            _ => self.touch_journal(act),
        }
    }

    fn hear_decoded(&mut self) {
        let messages: Vec<Message> = self.decoder.events().filter_map(message_of).collect();
        for message in messages {
            self.session_mut().hear(message);
        }
    }

    fn deliver(&mut self, n: usize) {
        let outbox = self.session_mut().host.outbox.as_mut().unwrap();
        let waiting: Vec<Worker> =
            outbox.iter().filter(|(_, told)| !told.is_empty()).map(|(worker, _)| *worker).collect();
        if waiting.is_empty() {
            return;
        }
        let told = outbox.get_mut(&waiting[n % waiting.len()]).unwrap().pop_front().unwrap();
        self.session_mut().hear(told);
    }

    fn edit_plan(&mut self, text: &str) {
        let PlanSource::Path(file) = &self.source else { return };
        fs::write(file, text).unwrap();
        text.clone_into(&mut self.plan_text);
        let told = read(&self.source);
        self.session_mut().post(Worker::Plan, told);
    }

    /// What another process does in the journal's folder.
    fn touch_journal(&mut self, act: &Act) {
        let dir = self.journal_dir();
        let file = |name: &String| dir.join(name);
        match act {
            Act::Write(by, events) => self.write_elsewhere(by, events.clone()),
            Act::Turn(by, turn) => self.turn_elsewhere(by, *turn),
            Act::File(name, bytes) => {
                let _ = fs::create_dir_all(&dir);
                let _ = fs::write(file(name), bytes);
            }
            Act::Behind(name, bytes) => {
                let mut all = fs::read(file(name)).unwrap_or_default();
                all.extend_from_slice(bytes);
                let _ = fs::write(file(name), all);
            }
            Act::Cut(name, thousandths) => {
                let bytes = fs::read(file(name)).unwrap_or_default();
                let end = bytes.len() * usize::from(*thousandths) / 1000;
                let _ = fs::write(file(name), &bytes[..end]);
            }
            Act::Remove(name) => drop(fs::remove_file(file(name))),
            Act::Rename(from, to) => drop(fs::rename(file(from), file(to))),
            Act::Folder(place) => put(&dir, *place),
            _ => {}
        }
        self.forget_what_is_gone(act);
        self.session_mut().post(Worker::People, Message::JournalTouched);
    }

    /// What another process took away, or gave other words, is no longer claimed to be there.
    fn forget_what_is_gone(&mut self, act: &Act) {
        let there = ids_on_disk(&self.journal_dir());
        let rivals = match act {
            Act::Behind(_, bytes) => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        };
        let stays = |done: &Acknowledged| there.contains(&done.id) && !rivals.contains(&done.id);
        self.session_mut().host.acknowledged.retain(stays);
    }

    fn elsewhere(&mut self) -> Option<(Arc<Loaded>, Journal)> {
        let loaded = Arc::clone(&self.session().model.loaded);
        let as_of = self.session().model.view.as_of;
        let journal = Journal::open(Some(self.journal_dir()), &loaded.plan, as_of).ok()?;
        Some((loaded, journal))
    }

    fn write_elsewhere(&mut self, by: &str, events: Vec<Event>) {
        let stamp = self.session_mut().host.stamp();
        if let Some((loaded, mut journal)) = self.elsewhere() {
            let _ = journal.append(&loaded.plan, &Author::new(by).unwrap(), Step::new(events), &stamp);
        }
    }

    fn turn_elsewhere(&mut self, by: &str, turn: UndoDirection) {
        let stamp = self.session_mut().host.stamp();
        if let Some((loaded, mut journal)) = self.elsewhere() {
            let by = Author::new(by).unwrap();
            match turn {
                UndoDirection::Undo => drop(journal.undo(&loaded.plan, &by, &stamp)),
                UndoDirection::Redo => drop(journal.redo(&loaded.plan, &by, &stamp)),
            }
        }
    }

    /// The editor ends: what is in its file is recorded, as the runtime does it.
    fn end_editor(&mut self, written: Option<&str>) {
        let Some(draft) = self.editing.take() else { return };
        let step = match written.map(|written| draft.step(written)) {
            Some(Ok(Some(step))) => step,
            Some(Ok(None)) | None => {
                let nothing = Bilingual::new("没有写内容", "nothing was written");
                return self.come_back(Edited::Nothing(nothing));
            }
            Some(Err(refused)) => return self.come_back(Edited::Nothing(refused.said())),
        };
        let store = self.session_mut().drafts();
        let written = draft.lay_out(&self.session().model.plan().id, &store).unwrap();
        self.come_back(Edited::Words { step, draft, written });
    }

    fn come_back(&mut self, edited: Edited) {
        self.session_mut().hear_incoming(Incoming::Answered(HostAnswer::Edited(Box::new(edited))));
    }

    /// What the screen asked for and the session leaves to its test.
    fn do_errands(&mut self) {
        let effects = self.session_mut().take_effects();
        for effect in effects {
            match effect {
                Effect::Quit => self.quits = true,
                Effect::Edit(draft) => self.editing = Some(draft),
                Effect::Copy(text, what) => {
                    assert!(!text.is_empty(), "nothing was copied as {}", what.en);
                    self.session_mut().hear(Message::Told(what));
                }
                Effect::Cite(node, style) => {
                    let model = &self.session().model;
                    let citing = Citing {
                        plan: model.plan(),
                        plan_hash: &hash(&self.source).unwrap_or_default(),
                        as_of: model.view.as_of,
                        lang: model.view.show.main(),
                        ui: model.view.ui,
                    };
                    assert!(!style.list(&cite(&citing, node, style)).is_empty());
                }
                Effect::Remember(query) => drop(history::add(&self.dir.path().join("history"), &query)),
                Effect::KeepLens(lens) => {
                    let known = &self.session().model.find.lenses;
                    let (lenses, said) = lenses::keep(&self.dir.path().join("lenses.toml"), &lens, known);
                    self.session_mut().hear(Message::LensesKept(lenses, said));
                }
                Effect::Preview(..) | Effect::Export(_) => self.export(effect),
                _ => {}
            }
        }
    }

    /// Exports run on threads; what they tell is heard later.
    fn export(&mut self, effect: Effect) {
        let snapshot = self.session_mut().host.snapshots.remove(0);
        let (tell, told) = channel();
        let tell = move |message| drop(tell.send(message));
        match effect {
            Effect::Preview(format, number) => {
                exporter::preview(snapshot, self.source.clone(), (format, number), tell);
            }
            Effect::Export(errand) => {
                // Wherever it was to go, it stays in this folder, under one of a few names.
                let name = format!("{}.{}", errand.path.as_os_str().len() % 5, errand.format.word());
                let errand = ExportJob { path: self.dir.path().join(name), ..errand };
                exporter::write(snapshot, self.source.clone(), errand, Arc::default(), tell);
            }
            _ => return,
        }
        loop {
            let message = told.recv_timeout(Duration::from_secs(60)).expect("an export ends with a word");
            let over = !matches!(message, Message::ExportProgress(_));
            if let Message::Exported(ExportEnd::Written(path)) = &message {
                assert!(fs::metadata(path).is_ok_and(|meta| meta.len() > 0), "what was written is there");
            }
            self.session_mut().post(Worker::Exporter, message);
            if over {
                return;
            }
        }
    }

    /// The program is left and started again: the place that was kept is taken up.
    fn start_again(&mut self) {
        let file = self.dir.path().join("place.json");
        place::write(&file, &SavedPlace::of(&self.session().model)).unwrap();
        let kept = place::read(&file);
        // A plan that cannot be read does not open.
        let loaded = load(&self.source).map_or_else(|_| Arc::clone(&self.session().model.loaded), Arc::new);
        let mut old = self.session.take().unwrap();
        old.model.view.show = shown(&loaded, self.languages);
        old.model.loaded = loaded;
        let (history, lenses) = (self.dir.path().join("history"), self.dir.path().join("lenses.toml"));
        let session = old.restarted(PEOPLE[0], |model| {
            if let Some(show) = kept.show(model.plan()) {
                model.set_show(show);
            }
            model.marks = kept.marks();
            if !kept.cursor.is_empty() {
                let focus = if kept.focus == "card" { Focus::Card } else { Focus::Outline };
                model.take_up(kept.place(), focus);
            }
            model.find.standing = kept.standing();
            model.find.history = history::read(&history);
            model.find.lenses = lenses::read(&lenses).0;
        });
        self.session = Some(session);
        self.claims.started_again();
    }
}

/// The languages that show, as far as the plan has them.
fn shown(loaded: &Loaded, wish: &str) -> ShownLanguages {
    let languages = &loaded.plan.languages;
    let chosen = choose(languages, &LanguageRequest::parse(wish), Locale::Other);
    chosen.map_or(ShownLanguages::One(Lang(0)), |choice| choice.show)
}

/// A beginning of the plan, of which no problem is known yet.
fn part_of(dir: &Path, text: &str) -> Arc<Loaded> {
    let file = dir.join("part.toml");
    fs::write(&file, text).unwrap();
    let plan = load(&PlanSource::Path(file)).map(|loaded| loaded.plan).unwrap_or_default();
    Arc::new(Loaded { plan, ..Loaded::default() })
}

fn put(dir: &Path, place: Place) {
    let _ = fs::remove_dir_all(dir);
    let _ = fs::remove_file(dir);
    match place {
        Place::Nothing => {}
        Place::File => fs::write(dir, "in the way").unwrap(),
        Place::Folder => fs::create_dir_all(dir).unwrap(),
    }
}
