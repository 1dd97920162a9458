//! The plan at a glance on the root's card: counted once for each change of what people say or of the rule
//! set, and only while it shows.

use std::sync::Arc;

use super::model::Model;
use crate::plan::NodeId;
use crate::progress::dashboard::Dashboard;

/// In a plan of more nodes than this it is not counted with a key; `plan158 status` has it.
const MAX_NODES: usize = 20_000;

/// The dashboard, where the cursor is on the first root and everything it is counted from is known. None
/// while one looks back.
pub fn follow(model: &mut Model) -> Option<Arc<Dashboard>> {
    let wanted = model.selected() == Some(NodeId(0))
        && model.journal_view.past.is_none()
        && model.plan().tree.count() <= MAX_NODES;
    if !wanted {
        return None;
    }
    let version = model.journal_view.version;
    let (journal, states) = (model.journal_view.journal.as_deref()?, model.journal_view.states.as_deref()?);
    if let Some((_, known)) = model.journal_view.glance.as_ref().filter(|(counted, _)| *counted == version) {
        return Some(Arc::clone(known));
    }
    let counted = Arc::new(Dashboard::new(&model.judge(), states, journal));
    model.journal_view.glance = Some((version, Arc::clone(&counted)));
    Some(counted)
}
