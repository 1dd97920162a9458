//! What the manifest says that every file is read by: the languages, the levels and the period.

use std::collections::HashMap;

use super::Level;
use super::key::LevelId;
use super::node::{Period, Role};
use crate::text::Text;

/// What the manifest says that every file is read by.
#[derive(Clone, Debug, Default)]
pub(crate) struct ManifestFrame {
    pub languages: Vec<Box<str>>,
    pub levels: Vec<Level>,
    pub level_of: HashMap<Box<str>, LevelId>,
    /// The level that stands in for one that is unknown.
    pub fallback: [Option<LevelId>; 3],
    pub period: Option<Period>,
}

impl ManifestFrame {
    /// The first level of a role, made by [`Frame::seal`] where the plan has none.
    pub fn fallback(&self, role: Role) -> LevelId {
        self.fallback[role_index(role)].unwrap_or(LevelId(0))
    }

    /// Settles the stand-in levels, adding one for a role that has none. Call it once when the levels are
    /// read.
    pub fn settle_fallback(&mut self, role: Role) {
        let found = self.levels.iter().position(|level| level.role == role);
        let at = found.unwrap_or_else(|| {
            let wordings = self.languages.iter().map(|_| role.word().into()).collect();
            self.levels.push(Level {
                id: role.word().into(),
                role,
                mark: "·".into(),
                label: Text::new(wordings),
            });
            self.levels.len() - 1
        });
        self.fallback[role_index(role)] = u16::try_from(at).ok().map(LevelId);
    }
}

fn role_index(role: Role) -> usize {
    match role {
        Role::Goal => 0,
        Role::Action => 1,
        Role::Metric => 2,
    }
}
