//! `plan158 matrix [--rows LEVEL] [--columns LEVEL] [--json]`: two levels crossed, with the count and the
//! states of each cell.

use std::io::Write;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::CommandContext;
use super::failure::{Exit, Failure, Stop};
use super::open::{OpenPlan, open};
use super::output::Output;
use super::show::{self, ShowForm};
use crate::page::matrix::level_named;
use crate::plan::{LevelId, NodeId};
use crate::progress::matrix::MatrixLink;
use crate::progress::{Crossing, MatrixCell, States};
use crate::text::Bilingual;
use crate::text::clean::one_line;

#[derive(Serialize)]
struct MatrixAnswer<'p> {
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

impl From<&MatrixCell> for CellJson {
    fn from(cell: &MatrixCell) -> Self {
        let by_state = cell.by_state.iter().map(|(state, count)| (state.word().to_owned(), count.into()));
        Self { nodes: cell.nodes.len(), by_state: by_state.collect(), linked: cell.link == MatrixLink::Some }
    }
}

/// Runs the command. `levels` are those of rows and columns, the manifest's where none is named.
///
/// # Errors
/// When the plan or journal cannot be opened, there is no such level or no matrix, or the result cannot be
/// written.
pub fn run(
    context: &CommandContext,
    out: &mut Output,
    levels: (Option<&str>, Option<&str>),
    form: ShowForm,
) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let levels = chosen(&opened, levels)?;
    let states = opened.states();
    let crossing = Crossing::new(opened.plan(), &states, levels.0, levels.1);
    match form {
        ShowForm::Json => json(&opened, &crossing, &states, levels, out)?,
        ShowForm::Card => {
            let ui = context.ui();
            let blocks = opened.reader(ui).matrix(&crossing, &states, levels);
            show::print_blocks(out, ui, &blocks, usize::MAX / 2)?;
        }
    }
    Ok(Exit::Done)
}

fn chosen(opened: &OpenPlan, levels: (Option<&str>, Option<&str>)) -> Result<(LevelId, LevelId), Failure> {
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
    opened: &OpenPlan,
    crossing: &Crossing,
    states: &States,
    levels: (LevelId, LevelId),
    out: &mut Output,
) -> Result<(), Stop> {
    let plan = opened.plan();
    let key = |id: &NodeId| plan.tree.node(*id).key.as_str();
    let totals = |count: usize, total: &dyn Fn(usize) -> MatrixCell| -> Vec<CellJson> {
        (0..count).map(|at| CellJson::from(&total(at))).collect()
    };
    let answer = MatrixAnswer {
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
