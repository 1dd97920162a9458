//! What a large plan costs: reading it, rebuilding its rows, drawing a frame, answering a key.
//!
//! `cargo bench --bench large`, or with a part of a bench's name behind it. The plans are made here and are
//! the same each time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench that cannot go on stops")]

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread;

use divan::Bencher;
use plan158::chart::Glyphs;
use plan158::outline::{Outline, OutlineAction};
use plan158::plan::NodeId;
use plan158::plan::as_of::AsOf;
use plan158::plan::load::{Loaded, PlanReading, PlanSource, load};
use plan158::progress::RuleRef;
use plan158::text::language::Locale;
use plan158::text::{Lang, ShownLanguages, Ui};
use plan158::tui::chord::Chord;
use plan158::tui::commands;
use plan158::tui::draw::{draw, paint};
use plan158::tui::layout::laid_out;
use plan158::tui::message::{Message, Size};
use plan158::tui::model::Model;
use plan158::tui::theme::Theme;
use plan158::tui::update::update;
use plan158::tui::view::View;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use tempfile::TempDir;
use toml::de::DeTable;

fn main() {
    divan::main();
}

const TEN_THOUSAND: usize = 10_000;
const HUNDRED_THOUSAND: usize = 100_000;
const MILLION: usize = 1_000_000;

/// How much is said of a node.
#[derive(Clone, Copy)]
enum Detail {
    /// As a plan does: two languages, evidence, and every second node a metric with its values; some 450
    /// bytes each.
    Full,
    /// An id, a level, a parent, a title.
    Title,
}

/// Children of a node that has any, and files' share of the nodes.
const CHILDREN: usize = 8;
const NODES_PER_FILE: usize = 1000;

const MANIFEST: &str = r#"format = 1
id = "bench"
title = { zh = "大规划", en = "A large plan" }
languages = ["zh", "en"]
period = { start = 2024, end = 2035 }
checkpoints = [2027, 2035]
files = ["nodes/*.toml"]
level = [
  { id = "goal", role = "goal", mark = "G", label = { zh = "目标", en = "Goal" } },
  { id = "action", role = "action", mark = "A", label = { zh = "行动", en = "Action" } },
  { id = "metric", role = "metric", mark = "i", label = { zh = "指标", en = "Indicator" } },
]
[[source]]
id = "s"
title = { zh = "文件", en = "Document" }
publisher = { zh = "编者", en = "The editors" }
date = 2025-02-28
standing = "plan"
grade = "B"
[[goal]]
id = "n0"
level = "goal"
title = { zh = "总目标", en = "The goal" }
evidence = [{ source = "s", basis = "stated" }]
"#;

/// A folder with a plan of so many nodes.
fn write_plan(nodes: usize, detail: Detail) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::create_dir(folder.path().join("nodes")).expect("a folder for the nodes");
    fs::write(folder.path().join("plan.toml"), MANIFEST).expect("the manifest");
    for (number, first) in (1..nodes).step_by(NODES_PER_FILE).enumerate() {
        let mut text = String::new();
        for node in first..nodes.min(first + NODES_PER_FILE) {
            write_node(&mut text, node, nodes, detail);
        }
        fs::write(folder.path().join(format!("nodes/{number:06}.toml")), text).expect("a file of nodes");
    }
    folder
}

/// A node of a tree in which each has [`CHILDREN`] as long as there are nodes; those without are metrics.
fn write_node(text: &mut String, node: usize, nodes: usize, detail: Detail) {
    let parent = (node - 1) / CHILDREN;
    let (role, level) = if node * CHILDREN + 1 < nodes { ("action", "action") } else { ("metric", "metric") };
    let written = match detail {
        Detail::Title => write!(
            text,
            "[[action]]\nid=\"n{node}\"\nlevel=\"action\"\nparent=\"n{parent}\"\ntitle={{zh=\"行动 {node}\"}}\n"
        ),
        Detail::Full => write!(
            text,
            "[[{role}]]\nid = \"n{node}\"\nlevel = \"{level}\"\nparent = \"n{parent}\"\ntitle = {{ zh = \"提升义务教育学校信息化水平（第 {node} 项）\", en = \"Raise the level of digital equipment in compulsory education, item {node}\" }}\ntags = [\"t{}\"]\nevidence = [{{ source = \"s\", basis = \"stated\" }}]\n",
            node % 7
        ),
    };
    written.expect("text can be written");
    if matches!(detail, Detail::Full) && role == "metric" {
        let base = 10.0 + (node % 400) as f64 / 10.0;
        writeln!(
            text,
            "measure = \"unit\"\nunit = {{ zh = \"%\", en = \"%\" }}\ndirection = \"increase\"\nbaseline = {{ year = 2024, value = {base:.1}, source = \"s\" }}\nobserved = [{{ year = 2025, value = {:.1}, source = \"s\" }}]\ntarget = [{{ year = 2027, value = {:.1}, source = \"s\" }}, {{ year = 2035, value = {:.1}, source = \"s\" }}]",
            base + 2.0, base + 8.0, base + 40.0
        )
        .expect("text can be written");
    }
}

/// Folders and plans, made when they are first asked for.
static FOLDERS: LazyLock<[TempDir; 2]> =
    LazyLock::new(|| [TEN_THOUSAND, HUNDRED_THOUSAND].map(|nodes| write_plan(nodes, Detail::Full)));
static PLANS: LazyLock<[Arc<Loaded>; 2]> = LazyLock::new(|| [0, 1].map(|at| read(&FOLDERS[at])));
static ROWS: LazyLock<[Arc<Loaded>; 2]> =
    LazyLock::new(|| [HUNDRED_THOUSAND, MILLION].map(|nodes| read(&write_plan(nodes, Detail::Title))));

fn read(folder: &TempDir) -> Arc<Loaded> {
    let loaded = load(&source(folder)).expect("the plan can be read");
    assert_eq!(loaded.errors(), 0, "the plan has no errors");
    Arc::new(loaded)
}

fn source(folder: &TempDir) -> PlanSource {
    PlanSource::Path(folder.path().to_owned())
}

/// Which of two sizes stands where in a list of two.
fn at(nodes: usize) -> usize {
    usize::from(nodes != TEN_THOUSAND)
}

fn files(folder: &TempDir) -> Vec<PathBuf> {
    let nodes = fs::read_dir(folder.path().join("nodes")).expect("the folder is there");
    nodes.map(|entry| entry.expect("the folder can be listed").path()).collect()
}

/// The floor: the same files read and parsed by the same parser on as many threads, and nothing else.
#[divan::bench(args = [TEN_THOUSAND, HUNDRED_THOUSAND], sample_count = 10)]
fn bare_parse(bencher: Bencher, nodes: usize) {
    let files = files(&FOLDERS[at(nodes)]);
    bencher.bench(|| {
        let next = AtomicUsize::new(0);
        let work = || {
            while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                let text = fs::read_to_string(file).expect("the file can be read");
                divan::black_box(DeTable::parse(&text).expect("the file is TOML"));
            }
        };
        thread::scope(|scope| {
            for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(work);
            }
        });
    });
}

/// The whole way from files to a plan.
#[divan::bench(args = [TEN_THOUSAND, HUNDRED_THOUSAND], sample_count = 10)]
fn full_load(bencher: Bencher, nodes: usize) {
    let source = source(&FOLDERS[at(nodes)]);
    bencher.bench(|| load(&source));
}

/// What the first frame waits for: the reading has gone on for 50 ms, and its beginning is made up.
#[divan::bench(args = [TEN_THOUSAND, HUNDRED_THOUSAND], sample_count = 10)]
fn beginning(bencher: Bencher, nodes: usize) {
    let source = source(&FOLDERS[at(nodes)]);
    bencher.bench_local(|| {
        let mut reading = PlanReading::start(&source).expect("the plan can be read");
        reading.partial(std::time::Duration::from_millis(50));
        reading
    });
}

/// One fold with everything else open: the rows are built again.
#[divan::bench(args = [HUNDRED_THOUSAND, MILLION], sample_count = 20)]
fn rebuild_rows(bencher: Bencher, nodes: usize) {
    let tree = &ROWS[usize::from(nodes == MILLION)].plan.tree;
    let mut outline = Outline::new(tree);
    outline.act(tree, OutlineAction::UnfoldAll);
    outline.act(tree, OutlineAction::GoTo(NodeId(1)));
    bencher.bench_local(|| outline.act(tree, OutlineAction::Toggle));
}

const SIZE: Size = Size { cols: 120, lines: 40 };

fn opened(nodes: usize) -> Model {
    let as_of = AsOf::parse("2026-11-23").expect("a day");
    let view = View {
        show: ShownLanguages::Both(Lang(0), Lang(1)),
        ui: Ui::Zh,
        locale: Locale::Chinese,
        rule: RuleRef::PACE,
        as_of,
        glyphs: Glyphs::Unicode,
    };
    let mut model =
        laid_out(Model::new(Arc::clone(&PLANS[at(nodes)]), view, Arc::new(commands::keymap(&[]).0), SIZE));
    for key in ["z", "R", "5", "0", "%"] {
        press(&mut model, key);
    }
    for _ in 0..200 {
        press(&mut model, "j");
    }
    model
}

fn press(model: &mut Model, key: &str) {
    let chord = Chord::parse(key).expect("a key");
    divan::black_box(update(model, Message::Key(chord), 0));
}

fn canvas() -> Buffer {
    Buffer::empty(Rect::new(0, 0, SIZE.cols, SIZE.lines))
}

/// One frame in two languages.
#[divan::bench(args = [TEN_THOUSAND, HUNDRED_THOUSAND])]
fn frame(bencher: Bencher, nodes: usize) {
    let model = opened(nodes);
    bencher.with_inputs(canvas).bench_local_refs(|buffer| paint(&model, Theme::DARK, buffer.area, buffer));
}

/// A step down or up and its frame, everything unfolded: must not depend on the plan's size.
#[divan::bench(args = [TEN_THOUSAND, HUNDRED_THOUSAND])]
fn key_and_frame(bencher: Bencher, nodes: usize) {
    let mut model = opened(nodes);
    let mut down = false;
    bencher.with_inputs(canvas).bench_local_refs(|buffer| {
        down = !down;
        press(&mut model, if down { "j" } else { "k" });
        paint(&model, Theme::DARK, buffer.area, buffer)
    });
}

/// The same to the last byte that goes to the terminal.
#[divan::bench(args = [TEN_THOUSAND, HUNDRED_THOUSAND])]
fn key_to_bytes(bencher: Bencher, nodes: usize) {
    let mut model = opened(nodes);
    let area = Rect::new(0, 0, SIZE.cols, SIZE.lines);
    let options = TerminalOptions { viewport: Viewport::Fixed(area) };
    let backend = CrosstermBackend::new(Written::default());
    let mut screen = Terminal::with_options(backend, options).expect("a terminal in memory");
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        press(&mut model, if down { "j" } else { "k" });
        screen.draw(|frame| draw(&model, Theme::DARK, frame)).map(|frame| frame.count)
    });
}

/// Takes bytes and forgets them.
#[derive(Default)]
struct Written(usize);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A fold and its frame, everything else unfolded: the rows are built again.
#[divan::bench(args = [TEN_THOUSAND, HUNDRED_THOUSAND])]
fn fold_and_frame(bencher: Bencher, nodes: usize) {
    let mut model = opened(nodes);
    bencher.with_inputs(canvas).bench_local_refs(|buffer| {
        press(&mut model, "Space");
        paint(&model, Theme::DARK, buffer.area, buffer)
    });
}
