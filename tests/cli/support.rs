//! A scratch home with a small plan in it.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use assert_cmd::assert::Assert;
use tempfile::TempDir;

/// A home of its own; nothing of the caller's environment comes in.
pub struct Home {
    dir: TempDir,
}

/// Two sources half a year apart, a goal with an action below it, a metric with values from both, an alias, a
/// link.
pub const PLAN: &str = r#"
format = 1
id = "small"
title = { zh = "小规划", en = "Small plan" }
languages = ["zh", "en"]
period = { start = 2024, end = 2035 }

[[level]]
id = "goal"
role = "goal"
mark = "G"
label = { zh = "目标", en = "Goal" }

[[level]]
id = "action"
role = "action"
mark = "A"
label = { zh = "行动", en = "Action" }

[[level]]
id = "indicator"
role = "metric"
mark = "i"
label = { zh = "指标", en = "Indicator" }

[[source]]
id = "early"
title = { zh = "早", en = "Early" }
publisher = { zh = "甲", en = "A" }
date = 2025-02-28
standing = "plan"
grade = "B"

[[source]]
id = "late"
title = { zh = "晚", en = "Late" }
publisher = { zh = "乙", en = "B" }
date = 2025-10-20
standing = "report"

[[goal]]
id = "root"
level = "goal"
title = { zh = "总目标", en = "Overall goal" }

[[action]]
id = "a1"
aliases = ["act-one"]
level = "action"
parent = "root"
title = { zh = "教师队伍", en = "Teachers" }
serves = ["root"]
tags = ["教师"]
evidence = [{ source = "early", at = "s1.p2", basis = "stated" }]

[[metric]]
id = "a1.share"
level = "indicator"
parent = "a1"
title = { zh = "覆盖率", en = "Coverage" }
measure = "percentage"
unit = { zh = "%", en = "%" }
direction = "increase"
stat = "stock"
baseline = { year = 2024, value = 95.20, source = "early" }
observed = [{ announced = 2025-10-20, value = 96, bound = "more-than", source = "late", grade = "C" }]
target = [
    { on = "2028-02", value = 98, basis = "reported", source = "early", note = { zh = "三年内", en = "within three years" } },
    { undated = true, value = 20, kind = "increment", force = "strive", source = "early" },
]

[[metric]]
id = "root.students"
level = "indicator"
parent = "root"
title = { zh = "学生", en = "Students" }
measure = "unit"
unit = { zh = "人", en = "people" }
direction = "increase"
observed = [{ year = 2024, value = 84000, source = "early", also = ["late"] }]
"#;

/// What came out of a run.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        let home = Self { dir: tempfile::tempdir().unwrap() };
        home.write("small.toml", PLAN);
        home
    }

    pub fn path(&self, inside: impl AsRef<Path>) -> PathBuf {
        self.dir.path().join(inside)
    }

    pub fn write(&self, inside: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// The program with this home, in English, without any setting.
    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plan158"));
        command
            .env_clear()
            .env("HOME", self.dir.path())
            .env("LANG", "C.UTF-8")
            .env("TZ", "Asia/Shanghai")
            .current_dir(self.dir.path());
        command.args(line.split_whitespace());
        command
    }

    pub fn run(&self, line: &str) -> Ran {
        ran(self.command(line).assert())
    }

    /// Runs with some variables set.
    pub fn run_with(&self, variables: &[(&str, &str)], line: &str) -> Ran {
        let mut command = self.command(line);
        command.envs(variables.iter().copied());
        ran(command.assert())
    }
}

pub fn ran(assert: Assert) -> Ran {
    let output = assert.get_output();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
    Ran {
        code: output.status.code().expect("the program ended by itself"),
        out: text(&output.stdout),
        err: text(&output.stderr),
    }
}

impl Ran {
    /// The standard output of a run that must have succeeded and said nothing on stderr.
    pub fn ok(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// The messages of a run that must have failed in this way, with nothing on stdout.
    pub fn failed(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        self.err
    }

    pub fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }
}
