//! A plan in a folder of its own, for one test.

use std::fs;
use std::path::{Path, PathBuf};

use plan158::plan::diagnostic::Diagnostic;
use plan158::plan::load::{Loaded, PlanSource, UnreadablePlan, load};
use tempfile::TempDir;

/// A manifest with a level of each role that reads `n.toml`, `s.toml` and `g.toml`; line 1 to 22.
pub const MANIFEST: &str = r#"format = 1
id = "scratch"
title = { zh = "题", en = "Title" }
period = { start = 2024, end = 2035 }
files = ["n.toml"]
sources = "s.toml"
glossary = "g.toml"
[[level]]
id = "goal"
role = "goal"
mark = "1"
label = { zh = "目标", en = "Goal" }
[[level]]
id = "act"
role = "action"
mark = "8"
label = { zh = "行动", en = "Action" }
[[level]]
id = "ind"
role = "metric"
mark = "i"
label = { zh = "指标", en = "Indicator" }
"#;

/// A register with one source.
pub const SOURCES: &str = "[[source]]\nid = \"src\"\ntitle = { zh = \"文件\", en = \"Document\" }\n";

/// A glossary with a term that is enforced and has a sense.
pub const GLOSSARY: &str = r#"[[term]]
id = "city"
title = { zh = "教育强市", en = "leading city in education" }
accept = ["leading education city"]
avoid = ["education powerhouse"]
enforce = true
senses = [{ id = "goal", title = { zh = "教育强市", en = "leading city in education" } }]
"#;

/// A folder that goes when the test is over.
pub struct Scratch {
    folder: TempDir,
}

impl Scratch {
    /// A folder with exactly these files.
    pub fn bare(files: &[(&str, &str)]) -> Self {
        let scratch = Self { folder: tempfile::tempdir().unwrap() };
        for (name, text) in files {
            scratch.write(name, text);
        }
        scratch
    }

    /// A folder with the common manifest, sources and glossary, each replaced where `files` has its own.
    pub fn plan(files: &[(&str, &str)]) -> Self {
        let scratch =
            Self::bare(&[("plan.toml", MANIFEST), ("n.toml", ""), ("s.toml", SOURCES), ("g.toml", GLOSSARY)]);
        for (name, text) in files {
            scratch.write(name, text);
        }
        scratch
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn source(&self) -> PlanSource {
        PlanSource::Path(self.folder.path().to_owned())
    }

    pub fn load(&self) -> Result<Loaded, UnreadablePlan> {
        load(&self.source())
    }

    /// The plan, which must open.
    pub fn loaded(&self) -> Loaded {
        self.load()
            .unwrap_or_else(|unreadable| panic!("it does not open: {:?}", places(&unreadable.diagnostics)))
    }

    /// What is wrong with it, whether it opens or not.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.load().map_or_else(|unreadable| unreadable.diagnostics, |loaded| loaded.diagnostics)
    }
}

/// Each diagnostic as `CODE file:line:column`.
pub fn places(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics
        .iter()
        .map(|found| format!("{} {}:{}:{}", found.code, found.file, found.line, found.column))
        .collect()
}

/// The folder of plans that tests read.
pub fn plans() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans")
}
