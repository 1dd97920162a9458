//! The place one left: folds, cursor, scope, filter, language, marks. Kept per plan in the state directory,
//! as JSON, written beside and renamed.

use super::fnv::fnv;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::effect::MouseCapture;
use super::finding::StandingFilter;
use super::jumps::NodeMarks;
use super::model::Model;
use super::view::{CardBeside, Focus};
use crate::outline::OutlinePlace;
use crate::plan::write_file::replace_own;
use crate::plan::{Key, Plan, regular_file};
use crate::text::ShownLanguages;

/// A place as the file holds it. Unknown fields are ignored and missing ones empty, so that versions
/// understand one another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedPlace {
    /// Ids of open nodes.
    pub open: Vec<String>,
    /// Id of the zoomed node.
    pub scope: Option<String>,
    /// Ids of the selected node and its ancestors.
    pub cursor: Vec<String>,
    /// Rows between the top of the window and the cursor.
    pub above: usize,
    /// Query of the standing filter; empty where there is none.
    pub filter: String,
    pub lens: String,
    /// Tags of the languages shown.
    pub languages: Vec<String>,
    pub marks: BTreeMap<char, String>,
    /// `card` where the card had the keys.
    pub focus: String,
    /// `off` where the terminal had the mouse.
    pub mouse: String,
    /// `hidden` where a wide screen does not show the card beside the outline.
    pub card_beside: String,
}

impl SavedPlace {
    /// The place as it stands on screen.
    pub fn of(model: &Model) -> Self {
        let plan = model.plan();
        let place = model.place();
        let text = |key: &Key| key.as_str().to_owned();
        let standing = model.find.standing.as_ref();
        let shown = std::iter::once(model.view.show.main()).chain(model.view.show.second());
        Self {
            open: place.open.iter().map(text).collect(),
            scope: place.scope.as_ref().map(text),
            cursor: place.cursor.iter().map(text).collect(),
            above: place.above,
            filter: standing.map(|standing| standing.text.clone()).unwrap_or_default(),
            lens: standing.and_then(|standing| standing.lens.clone()).unwrap_or_default(),
            languages: shown.map(|lang| plan.tag(lang).to_owned()).collect(),
            marks: model.marks.iter().map(|(letter, key)| (*letter, text(key))).collect(),
            focus: if model.resting_focus() == Focus::Card { "card" } else { "outline" }.to_owned(),
            mouse: if model.mouse == MouseCapture::Off { "off" } else { "on" }.to_owned(),
            card_beside: if model.card_beside == CardBeside::Hidden { "hidden" } else { "shown" }.to_owned(),
        }
    }

    /// The outline's part.
    pub fn place(&self) -> OutlinePlace {
        let keys = |ids: &[String]| ids.iter().filter_map(|id| Key::new(id)).collect();
        OutlinePlace {
            open: keys(&self.open),
            scope: self.scope.as_deref().and_then(Key::new),
            cursor: keys(&self.cursor),
            above: self.above,
            sifted: None,
            orphan: None,
        }
    }

    pub fn standing(&self) -> Option<StandingFilter> {
        let named = Some(self.lens.clone()).filter(|lens| !lens.is_empty());
        (!self.filter.is_empty()).then(|| StandingFilter::new(self.filter.clone(), named))
    }

    /// The languages, where the plan still has them.
    pub fn show(&self, plan: &Plan) -> Option<ShownLanguages> {
        let langs: Option<Vec<_>> = self.languages.iter().map(|tag| plan.lang(tag)).collect();
        match langs?.as_slice() {
            [lang] => Some(ShownLanguages::One(*lang)),
            [first, second] => Some(ShownLanguages::Both(*first, *second)),
            _ => None,
        }
    }

    pub fn marks(&self) -> NodeMarks {
        self.marks.iter().filter_map(|(letter, id)| Key::new(id).map(|key| (*letter, key))).collect()
    }
}

/// The file that keeps a plan's place: by the plan's id, and by where it lies, so that two copies of one plan
/// keep apart.
pub fn file(state_dir: &Path, plan_id: &str, plan_path: Option<&Path>) -> PathBuf {
    let whole = plan_path.map(|path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()));
    let beside =
        whole.map(|path| format!("-{:016x}", fnv(path.as_os_str().as_encoded_bytes()))).unwrap_or_default();
    state_dir.join("places").join(format!("{plan_id}{beside}.json"))
}

/// Largest file of a place that is read, in bytes: all ids of a very large plan fit.
const MAX_FILE_BYTES: u64 = 64 << 20;

/// Reads a kept place; a missing or broken file is an empty place.
pub fn read(file: &Path) -> SavedPlace {
    let bytes = regular_file::read(file, MAX_FILE_BYTES).ok();
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Writes a place.
///
/// # Errors
/// Where the state directory cannot be written.
pub fn write(file: &Path, kept: &SavedPlace) -> io::Result<()> {
    serde_json::to_vec(kept).map_err(io::Error::from).and_then(|bytes| replace_own(file, &bytes))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_in_the_place_of_a_kept_file_is_neither_waited_for_nor_replaced() {
        use std::os::unix::fs::FileTypeExt;
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("kept.json");
        let mode = rustix::fs::Mode::from_raw_mode(0o600);
        rustix::fs::mknodat(rustix::fs::CWD, &file, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        assert_eq!(read(&file), SavedPlace::default());
        assert!(write(&file, &SavedPlace::default()).is_err());
        assert!(fs::metadata(&file).unwrap().file_type().is_fifo());
        fs::remove_file(&file).unwrap();
        write(&file, &SavedPlace { above: 3, ..SavedPlace::default() }).unwrap();
        assert_eq!(read(&file).above, 3);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }
}
