//! Diagnostics as people read them, in both languages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops")]

use super::loading::scratch::{MANIFEST, SOURCES, Scratch};
use plan158::plan::diagnostic::{Diagnostic, Paint, line_of, render};
use plan158::text::Ui;

const NODES: &str = r#"[[goal]]
id = "a1"
level = "gaol"
parent = "a2"
title = { zh = "“教共体”覆盖率\u202E", en = "Coverage" }
sumary = { zh = "概述", en = "Summary" }
evidence = [{ source = "scr", basis = "statd" }]
[[goal]]
id = "a2"
level = "goal"
parent = "a1"
title = { zh = "建成教育强市", en = "An education powerhouse" }
[[metric]]
id = "m"
level = "goal"
title = { zh = "普惠性幼儿园覆盖率", en = "" }
measure = "percentage"
unit = { zh = "%" }
direction = "increase"
observed = [{ note = { zh = "这一行很长，长到在终端里一行放不下，所以要在标记的两边截断，并用省略号标明", en = "A long note" }, year = 2024, value = 8400, bound = "大约" }]
target = [{ year = 2040, on = 2041-01-01, value = "九十" }]
"#;

fn diagnostics() -> Vec<Diagnostic> {
    let manifest = MANIFEST.replace(
        r#"["n.toml"]"#,
        r#"["n.toml", "broken.toml", "gbk.toml", "gone.toml", "../out.toml", "无/*.toml"]"#,
    );
    let scratch = Scratch::plan(&[
        ("plan.toml", &format!("checkpoints = [2027, 2050]\n{manifest}")),
        ("n.toml", NODES),
        ("broken.toml", "[[goal]]\nid = \"b\"\ntitle = { zh = \"没有收尾, en = \"B\" }\n"),
        ("s.toml", &format!("{SOURCES}{SOURCES}")),
    ]);
    scratch.write("gbk.toml", b"title = \"\xBD\xCC\xD3\xFD\"\n");
    scratch.diagnostics()
}

#[test]
fn every_kind_of_problem_is_drawn_with_its_line_in_both_languages() {
    let diagnostics = diagnostics();
    insta::assert_snapshot!("zh", render(&diagnostics, Ui::Zh, Paint::Plain, 100));
    insta::assert_snapshot!("en", render(&diagnostics, Ui::En, Paint::Plain, 100));
}

#[test]
fn a_caret_stands_under_wide_characters() {
    let text =
        "[[goal]]\nid = \"a\"\nlevel = \"goal\"\ntitle = { zh = \"普惠教育\", en = \"A\", de = \"B\" }\n";
    let found = Scratch::plan(&[("n.toml", text)]).diagnostics();
    let shown = render(&found, Ui::En, Paint::Plain, 100);
    let mut lines = shown.lines();
    let line = lines.find(|line| line.starts_with("4 |")).unwrap();
    let caret = lines.next().unwrap();
    let before =
        |text: &str, mark: &str| unicode_width::UnicodeWidthStr::width(&text[..text.find(mark).unwrap()]);
    assert_eq!(before(caret, "^"), before(line, "de = "), "{shown}");
    assert_eq!(caret.matches('^').count(), 2);
}

#[test]
fn colours_change_nothing_but_colours() {
    let diagnostics = diagnostics();
    let coloured = render(&diagnostics, Ui::En, Paint::Colour, 100);
    assert!(coloured.contains('\u{1B}'));
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1B}') {
        bare.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    bare.push_str(rest);
    let trimmed: Vec<&str> = bare.lines().map(str::trim_end).collect();
    assert_eq!(trimmed.join("\n") + "\n", render(&diagnostics, Ui::En, Paint::Plain, 100));
}

#[test]
fn one_line_says_place_severity_code_and_message() {
    let found = Scratch::plan(&[("n.toml", "[[goal]]\nid = \"a\"\nlevel = \"goal\"\n")]).diagnostics();
    assert_eq!(line_of(&found[0], Ui::En), "n.toml:1:1: error[E09]: `[[goal]]` lacks `title`");
    assert_eq!(line_of(&found[0], Ui::Zh), "n.toml:1:1: 错误[E09]: `[[goal]]` 缺少 `title`");
}
