//! Drafts: words that somebody typed and nobody recorded, each with its node, its time, its first words, and
//! how to go on with it.

use super::{DoctorFinding, Health, both};
use crate::plan::Plan;
use crate::text::Bilingual;
use crate::text::{clean::one_line, clean::shown};
use crate::tui::draft_keeper::when;
use crate::tui::drafts::store::{DraftFile, Listed, Store};
use crate::tui::drafts::{DraftEntry, DraftWords, words};
use crate::tui::text::cut;

/// More than so many are counted, not listed.
const LISTED: usize = 20;

/// Columns of a draft's first words.
const FIRST_WORDS_COLS: usize = 40;

/// Everything that lies in the folder of drafts; those of the plan that is open can be gone on with. `plan`
/// is none where it cannot be read.
pub(super) fn drafts(store: &Store, plan: Option<&Plan>) -> Vec<DoctorFinding> {
    let mut listed = store.list();
    // The newest first; what cannot be read comes last.
    listed.sort_by_key(|one| std::cmp::Reverse(one.draft.as_ref().ok().map(|draft| draft.at)));
    let count = listed.len();
    let folder = shown(store.dir());
    let all = Bilingual::new(format!("{folder}（{count}份）"), format!("{folder} ({count})"));
    let mut findings = vec![DoctorFinding::well(name(), all)];
    findings.extend(listed.iter().take(LISTED).map(|one| draft(one, plan)));
    if count > LISTED {
        let more = count - LISTED;
        let text = Bilingual::new(format!("另有{more}份"), format!("and {more} more"));
        findings.push(DoctorFinding::well(name(), text).but(Health::Note, Bilingual::new("", "")));
    }
    findings
}

fn name() -> Bilingual {
    Bilingual::new("草稿", "drafts")
}

fn draft(listed: &Listed, plan: Option<&Plan>) -> DoctorFinding {
    let file = shown(&listed.file);
    let draft = match &listed.draft {
        Ok(draft) => draft,
        Err(error) => {
            let Bilingual { zh, en } = error.reason();
            let text =
                Bilingual::new(format!("{file} 读不出（{zh}）"), format!("{file} cannot be read ({en})"));
            let next = Bilingual::new("不是草稿就移走", "move it away if it is no draft");
            return DoctorFinding::well(name(), text).but(Health::Note, next);
        }
    };
    match (&listed.subject, &listed.older_node) {
        (Some(subject), _) => of_node(draft, (&subject.plan, &subject.node), &subject.entry, plan),
        // Earlier versions did not say of which plan.
        (None, Some(node)) => {
            of_node(draft, (plan.map_or("", |plan| &plan.id), node), &DraftEntry::Note, plan)
        }
        (None, None) => {
            let text = said(draft, &both(file), &DraftEntry::Note);
            let next = Bilingual::new("文件中写明属于哪个节点", "the file says of which node it is");
            DoctorFinding::well(name(), text).but(Health::Note, next)
        }
    }
}

fn of_node(
    draft: &DraftFile,
    (of_plan, node): (&str, &str),
    entry: &DraftEntry,
    plan: Option<&Plan>,
) -> DoctorFinding {
    let (id, of_plan, file) = (one_line(node), one_line(of_plan), shown(&draft.file));
    let what = entry.said();
    let about = Bilingual::new(format!("{id} {}", what.zh), format!("{id}: {}", what.en));
    let keys = entry.opened_by();
    let next = match plan {
        Some(plan) if *plan.id != *of_plan => Bilingual::new(
            format!("属于规划 {of_plan}：打开该规划，在 {id} 上按 {}；{file}", keys.zh),
            format!("it belongs to the plan {of_plan}: open that, then on {id} {}; {file}", keys.en),
        ),
        Some(plan) if plan.tree.find(node).is_none() => Bilingual::new(
            format!("{id} 已不在规划中：文字在 {file}，不再需要就删除"),
            format!("{id} has left the plan: the words are in {file}; delete it once they are not needed"),
        ),
        _ => Bilingual::new(
            format!("在 {id} 上按 {} 接着写；清空文字再按 Esc 即删除；{file}", keys.zh),
            format!("on {id} {} opens it; to delete it, clear the words and press Esc; {file}", keys.en),
        ),
    };
    DoctorFinding::well(name(), said(draft, &about, entry)).but(Health::Note, next)
}

/// What it is about, when it was written, and how it begins.
fn said(draft: &DraftFile, about: &Bilingual, entry: &DraftEntry) -> Bilingual {
    let words: DraftWords = words(entry, &draft.text);
    let first = words.in_one_line();
    let first = cut(&first, FIRST_WORDS_COLS);
    let first = if first.is_empty() {
        Bilingual::new("（还没有写内容）", "(nothing written yet)")
    } else {
        Bilingual::new(format!("“{first}”"), format!("“{first}”"))
    };
    let at = when(draft.at);
    Bilingual::new(format!("{}，{at}：{}", about.zh, first.zh), format!("{}, {at}: {}", about.en, first.en))
}
