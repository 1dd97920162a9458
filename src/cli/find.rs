//! `plan158 find QUERY`: the search of the screen as text or JSON.

use std::io::Write;
use std::sync::atomic::AtomicBool;

use super::CommandContext;
use super::failure::{Exit, Stop};
use super::open::{OpenPlan, open};
use super::output::{Output, tell};
use super::tree::{self, TreeLine};
use crate::find::{
    Cancelled, Query, SearchIndex, SearchRequest, SearchResult, SearchScope, Workers, find_json, search,
};
use crate::outline::Sieve;
use crate::plan::NodeId;
use crate::progress::JournalData;
use crate::text::clean::one_line;

/// How matches are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindForm {
    /// Best first, a line each.
    Flat,
    /// In the outline, with their ancestors.
    Tree,
    Json,
    /// The same with the ancestors of each match.
    JsonWithAncestors,
}

/// What is wanted of the matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub form: FindForm,
    /// At most so many of the best.
    pub limit: usize,
}

/// Runs the command.
///
/// # Errors
/// When the plan cannot be opened, or the result cannot be written.
pub fn run(context: &CommandContext, out: &mut Output, text: &str, wanted: Wanted) -> Result<Exit, Stop> {
    let opened = open(context)?;
    let plan = opened.plan();
    let query = Query::parse(text, plan);
    let index = opened.index(&opened.states());
    // Nobody cancels it.
    let Ok(found) = found(&opened, &index, &query, SearchScope::Whole, wanted.limit) else {
        return Ok(Exit::No);
    };
    let json = matches!(wanted.form, FindForm::Json | FindForm::JsonWithAncestors);
    if json {
        write_json(&opened, &index, &query, &found, wanted.form, out)?;
    } else {
        say_problems(context, &query);
    }
    if found.matched.is_empty() {
        if !json {
            tell(context.ui().pick("没有匹配", "nothing matches"));
        }
        return Ok(Exit::No);
    }
    match wanted.form {
        FindForm::Flat => write_flat(context, &opened, &found, out)?,
        FindForm::Tree => write_tree(context, &opened, &found, out)?,
        FindForm::Json | FindForm::JsonWithAncestors => {}
    }
    Ok(Exit::Done)
}

/// What matches. A query of which nothing could be understood finds nothing; on the screen it leaves
/// everything as it is.
///
/// # Errors
/// None arises: nobody cancels it.
pub fn found(
    opened: &OpenPlan,
    index: &SearchIndex,
    query: &Query,
    scope: SearchScope,
    limit: usize,
) -> Result<SearchResult, Cancelled> {
    let never = AtomicBool::new(false);
    let ask =
        SearchRequest { query, scope, limit, earlier: None, workers: Workers::of_machine(), cancel: &never };
    let mut found = search(index, opened.plan(), &ask)?;
    if query.is_empty() {
        found.matched.clear();
        found.hits.clear();
    }
    Ok(found)
}

/// What was not understood, with the query and a mark below the place.
pub(super) fn say_problems(context: &CommandContext, query: &Query) {
    let ui = context.ui();
    if query.text.trim().is_empty() {
        tell(ui.pick("查询为空", "the query is empty"));
    }
    for problem in &query.problems {
        let part = query.text.get(problem.bytes.clone()).unwrap_or_default();
        let said = problem.said.get(ui);
        tell(&one_line(&ui.pick(format!("“{part}”：{said}"), format!("{part}: {said}"))));
    }
}

fn write_json(
    opened: &OpenPlan,
    index: &SearchIndex,
    query: &Query,
    found: &SearchResult,
    form: FindForm,
    out: &mut Output,
) -> Result<(), Stop> {
    let tree = &opened.plan().tree;
    let answer = find_json(index, opened.plan(), query, found);
    let mut answer = serde_json::to_value(answer).map_err(std::io::Error::from)?;
    if form == FindForm::JsonWithAncestors {
        let hits = answer.get_mut("hits").and_then(serde_json::Value::as_array_mut);
        for (hit, node) in hits.into_iter().flatten().zip(&found.hits) {
            let above: Vec<&str> =
                tree.path(node.node).into_iter().map(|id| tree.node(id).key.as_str()).collect();
            hit["ancestors"] = above[..above.len() - 1].into();
        }
    }
    serde_json::to_writer_pretty(&mut *out, &answer).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

fn line(opened: &OpenPlan, id: NodeId, base: u32) -> TreeLine {
    tree::line(opened, id, base, opened.judge().state(id, &JournalData::default()))
}

fn write_flat(
    context: &CommandContext,
    opened: &OpenPlan,
    found: &SearchResult,
    out: &mut Output,
) -> Result<(), Stop> {
    let lines: Vec<TreeLine> = found.hits.iter().map(|hit| line(opened, hit.node, u32::MAX)).collect();
    let (target, ink) = (out.target, out.ink);
    tree::print(&lines, context.ui(), target, ink, out)
}

/// The outline of the best matches and of what is above them.
fn write_tree(
    context: &CommandContext,
    opened: &OpenPlan,
    found: &SearchResult,
    out: &mut Output,
) -> Result<(), Stop> {
    let tree = &opened.plan().tree;
    let sieve = Sieve::new(tree, found.hits.iter().map(|hit| hit.node).collect());
    let lines: Vec<TreeLine> =
        tree.ids().filter(|id| sieve.keeps(*id)).map(|id| line(opened, id, 0)).collect();
    let (target, ink) = (out.target, out.ink);
    tree::print(&lines, context.ui(), target, ink, out)
}
