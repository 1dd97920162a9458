//! `plan158 matrix [--rows LEVEL] [--columns LEVEL] [--json]`: two levels crossed, with the count and the states of each cell.

use std::io::Write;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::Context;
use super::failure::{Exit, Failure, Stop};
use super::open::{Opened, open};
use super::output::{Output, Target};
use super::show::Form;
use crate::page::matrix::level_named;
use crate::plan::{LevelId, NodeId, State};
use crate::progress::matrix::Link;
use crate::progress::{Cell, Crossing, States};
use crate::text::clean::one_line;
use crate::text::columns::{cols, cut, fit, right};
use crate::text::{Bilingual, Ui};

#[derive(Serialize)]
struct Answer<'p> {
    rows: Vec<&'p str>,
    columns: Vec<&'p str>,
    cells: Vec<Vec<CellJson>>,
    row_totals: Vec<CellJson>,
    column_totals: Vec<CellJson>,
    empty_rows: Vec<&'p str>,
    empty_columns: Vec<&'p str>,
    row_level: &'p str,
    column_level: &'p str,
    rule: &'static str,
    as_of: String,
}

/// `linked`: something belongs to both, be it only a goal, which is not counted.
#[derive(Serialize)]
struct CellJson {
    nodes: usize,
    by_state: Map<String, Json>,
    linked: bool,
}

impl From<&Cell> for CellJson {
    fn from(cell: &Cell) -> Self {
        let by_state = cell.by_state.iter().map(|(state, count)| (state.word().to_owned(), count.into()));
        Self { nodes: cell.nodes.len(), by_state: by_state.collect(), linked: cell.link == Link::Some }
    }
}

/// Runs the command. `levels` are those of rows and columns, the manifest's where none is named.
///
/// # Errors
/// When the plan or journal cannot be opened, there is no such level or no matrix, or the result cannot be written.
pub fn run(
    context: &Context,
    out: &mut Output,
    levels: (Option<&str>, Option<&str>),
    form: Form,
) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let levels = chosen(&opened, levels)?;
    let states = opened.states();
    let crossing = Crossing::new(opened.plan(), &states, levels.0, levels.1);
    match form {
        Form::Json => json(&opened, &crossing, &states, levels, out)?,
        Form::Card => human(&opened, &crossing, &states, levels, context.ui(), out)?,
    }
    Ok(Exit::Done)
}

fn chosen(opened: &Opened, levels: (Option<&str>, Option<&str>)) -> Result<(LevelId, LevelId), Failure> {
    let plan = opened.plan();
    let list =
        || plan.levels.iter().map(|level| one_line(&level.id).into_owned()).collect::<Vec<_>>().join(", ");
    let named = |wish: Option<&str>| match wish {
        Some(id) => level_named(plan, id).map(Some).ok_or_else(|| {
            let id = one_line(id);
            Failure::usage(
                Bilingual::new(format!("该规划没有层级 {id}"), format!("the plan has no level {id}")),
                Bilingual::new(format!("可用：{}", list()), format!("there are: {}", list())),
            )
        }),
        None => Ok(None),
    };
    let (rows, columns) = (named(levels.0)?, named(levels.1)?);
    let own = plan.matrix;
    let both = rows.or(own.map(|own| own.rows)).zip(columns.or(own.map(|own| own.columns)));
    both.ok_or_else(|| {
        Failure::usage(
            Bilingual::new("该规划没有定出矩阵", "the plan names no matrix"),
            Bilingual::new(
                format!("用 --rows 和 --columns 指定层级：{}", list()),
                format!("name two levels with --rows and --columns: {}", list()),
            ),
        )
    })
}

fn json(
    opened: &Opened,
    crossing: &Crossing,
    states: &States,
    levels: (LevelId, LevelId),
    out: &mut Output,
) -> Result<(), Stop> {
    let plan = opened.plan();
    let key = |id: &NodeId| plan.tree.node(*id).key.as_str();
    let totals = |count: usize, total: &dyn Fn(usize) -> Cell| -> Vec<CellJson> {
        (0..count).map(|at| CellJson::from(&total(at))).collect()
    };
    let answer = Answer {
        rows: crossing.rows.iter().map(key).collect(),
        columns: crossing.columns.iter().map(key).collect(),
        cells: crossing.cells.iter().map(|row| row.iter().map(CellJson::from).collect()).collect(),
        row_totals: totals(crossing.rows.len(), &|at| crossing.row_total(states, at)),
        column_totals: totals(crossing.columns.len(), &|at| crossing.column_total(states, at)),
        empty_rows: crossing.empty_rows().map(|id| key(&id)).collect(),
        empty_columns: crossing.empty_columns().map(|id| key(&id)).collect(),
        row_level: &plan.level(levels.0).id,
        column_level: &plan.level(levels.1).id,
        rule: opened.rule.word(),
        as_of: opened.as_of.to_string(),
    };
    serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Narrowest column of row titles.
const MIN_TITLE_COLS: usize = 12;
/// Widest one.
const MAX_TITLE_COLS: usize = 44;

fn human(
    opened: &Opened,
    crossing: &Crossing,
    states: &States,
    levels: (LevelId, LevelId),
    ui: Ui,
    out: &mut Output,
) -> Result<(), Stop> {
    let room = match out.target {
        Target::Terminal { cols } => cols,
        Target::Other => usize::MAX,
    };
    let table = Table::new(opened, crossing, states, ui);
    match table.title_cols(room) {
        Some(title_cols) => table.print(title_cols, out)?,
        None => table.list(out)?,
    }
    writeln!(out)?;
    let legend = table.columns.iter().zip(&crossing.columns);
    let key_cols = table.columns.iter().map(|key| cols(key)).max().unwrap_or(0);
    for (key, id) in legend {
        let line = format!("{}  {}", fit(key, key_cols), title(opened, *id));
        writeln!(out, "{}", cut(&line, room))?;
    }
    let glyphs = State::ALL.iter().filter(|state| table.occurs(**state));
    let glyphs: Vec<String> = glyphs.map(|state| format!("{} {}", state.glyph(), state.label(ui))).collect();
    if !glyphs.is_empty() {
        writeln!(out, "\n{}", glyphs.join(" · "))?;
    }
    let findings = opened.reader(ui).matrix_findings(crossing, levels);
    if !findings.is_empty() {
        writeln!(out, "\n{}", out_heading(out, ui))?;
    }
    for finding in findings {
        writeln!(out, "- {finding}")?;
    }
    let rule = opened.reader(ui).rule_named(opened.rule);
    writeln!(out, "\n{}", out.ink.quiet(&ui.pick(format!("规则 {rule}"), format!("rule {rule}"))))?;
    Ok(())
}

fn out_heading(out: &Output, ui: Ui) -> String {
    out.ink.strong(ui.pick("发现", "Findings"))
}

fn title(opened: &Opened, id: NodeId) -> String {
    let node = opened.plan().tree.node(id);
    match node.title.get_or_first(opened.show.main()).text {
        "" => node.key.to_string(),
        text => one_line(text).into_owned(),
    }
}

/// The matrix as texts, totals included.
struct Table {
    columns: Vec<String>,
    titles: Vec<String>,
    cells: Vec<Vec<String>>,
    widths: Vec<usize>,
    total: String,
    counts: Vec<State>,
}

impl Table {
    fn new(opened: &Opened, crossing: &Crossing, states: &States, ui: Ui) -> Self {
        let mut columns: Vec<String> =
            crossing.columns.iter().map(|id| opened.plan().tree.node(*id).key.to_string()).collect();
        let total = ui.pick("合计", "total").to_owned();
        columns.push(total.clone());
        let mut titles: Vec<String> = crossing.rows.iter().map(|id| title(opened, *id)).collect();
        let mut counts = Vec::new();
        let mut shown = |cell: &Cell| {
            counts.extend(cell.by_state.iter().map(|(state, _)| state));
            cell.short()
        };
        let mut cells: Vec<Vec<String>> = Vec::new();
        for (at, row) in crossing.cells.iter().enumerate() {
            let mut line: Vec<String> = row.iter().map(&mut shown).collect();
            line.push(crossing.row_total(states, at).nodes.len().to_string());
            cells.push(line);
        }
        titles.push(total.clone());
        let mut last: Vec<String> = (0..crossing.columns.len())
            .map(|at| crossing.column_total(states, at).nodes.len().to_string())
            .collect();
        last.push(String::new());
        cells.push(last);
        let width = |at: usize| {
            let here = cells.iter().filter_map(|row| row.get(at)).map(|cell| cols(cell)).max();
            here.unwrap_or(0).max(cols(&columns[at]))
        };
        let widths = (0..columns.len()).map(width).collect();
        columns.pop();
        Self { columns, titles, cells, widths, total, counts }
    }

    fn occurs(&self, state: State) -> bool {
        self.counts.contains(&state)
    }

    /// The width of the titles where all columns fit; `None` where they do not.
    fn title_cols(&self, room: usize) -> Option<usize> {
        let wanted = self.titles.iter().map(|title| cols(title)).max().unwrap_or(0).min(MAX_TITLE_COLS);
        let rest: usize = self.widths.iter().map(|width| width + 2).sum();
        let left = room.saturating_sub(rest);
        (left >= MIN_TITLE_COLS.min(wanted)).then(|| wanted.min(left))
    }

    fn print(&self, title_cols: usize, out: &mut Output) -> Result<(), Stop> {
        let ink = out.ink;
        let line = |title: &str, cells: &[String]| {
            let cells = cells.iter().zip(&self.widths);
            let cells: String = cells.map(|(cell, width)| format!("  {}", right(cell, *width))).collect();
            format!("{}{cells}", fit(title, title_cols))
        };
        let mut head = self.columns.clone();
        head.push(self.total.clone());
        writeln!(out, "{}", ink.strong(line("", &head).trim_end()))?;
        for (title, cells) in self.titles.iter().zip(&self.cells) {
            writeln!(out, "{}", line(title, cells).trim_end())?;
        }
        Ok(())
    }

    /// Too narrow for a table: a block a row, a line a cell that holds anything.
    fn list(&self, out: &mut Output) -> Result<(), Stop> {
        let ink = out.ink;
        let key_cols = self.columns.iter().map(|key| cols(key)).max().unwrap_or(0).max(cols(&self.total));
        let mut names = self.columns.clone();
        names.push(self.total.clone());
        for (title, cells) in self.titles.iter().zip(&self.cells) {
            writeln!(out, "{}", ink.strong(title))?;
            for (name, cell) in names.iter().zip(cells).filter(|(_, cell)| !matches!(cell.as_str(), "·" | ""))
            {
                writeln!(out, "  {}  {cell}", fit(name, key_cols))?;
            }
        }
        Ok(())
    }
}
