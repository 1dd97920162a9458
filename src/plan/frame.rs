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
    pub fallback: [Option<LevelId>; Role::ALL.len()],
    pub period: Option<Period>,
}

impl ManifestFrame {
    /// The first level of a role, made by [`Self::settle_fallback`] where the plan has none.
    pub fn fallback(&self, role: Role) -> LevelId {
        self.fallback[role as usize].unwrap_or(LevelId(0))
    }

    /// Settles the stand-in levels, adding one for a role that has none; but no plan gets a level for groups
    /// that it does not ask for. Call it once when the levels are read.
    pub fn settle_fallback(&mut self, role: Role) {
        let found = self.levels.iter().position(|level| level.role == role);
        if found.is_none() && role == Role::Group {
            return;
        }
        let at = found.unwrap_or_else(|| {
            let wordings = self.languages.iter().map(|_| role.word().into()).collect();
            self.levels.push(Level {
                id: role.word().into(),
                role,
                mark: Text::default(),
                label: Text::new(wordings),
            });
            self.levels.len() - 1
        });
        self.fallback[role as usize] = u16::try_from(at).ok().map(LevelId);
    }
}
