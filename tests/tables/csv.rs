//! csv: columns, numbers, and texts that would be formulas.

use ::csv::{ReaderBuilder, StringRecord};
use plan158::export::Format;
use plan158::export::csv::restored;
use plan158::export::format::{CsvDialect, Options, RowUnit};
use plan158::text::clean::many_lines;
use proptest::prelude::*;
use serde_json::json;

use super::support::{Home, Made, PLAN, ids, record, records};

/// The headings, and the rows by column.
fn read(text: &str) -> (StringRecord, Vec<StringRecord>) {
    let mut reader = ReaderBuilder::new().from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    // A row of another length is an error of this reader.
    (head, reader.records().map(Result::unwrap).collect())
}

fn cell<'r>(head: &StringRecord, row: &'r StringRecord, name: &str) -> &'r str {
    row.get(head.iter().position(|own| own == name).unwrap_or_else(|| panic!("{name}"))).unwrap()
}

#[test]
fn a_node_a_row_says_who_said_what_and_how_it_stands() {
    let verdict = json!([{"event": "status", "node": "a1", "status": "on-track", "reason": "=1+1"}, {"event": "progress", "node": "a1", "progress": 40}]);
    let note =
        json!([{"event": "note", "node": "a1", "kind": "concern", "text": "first\nsecond, \"third\""}]);
    let made = Made::new(PLAN, &[record(1, "li", verdict), record(2, "wang", note)]);
    let (head, rows) = read(&made.plain_csv(RowUnit::Nodes));
    let ids: Vec<&str> = rows.iter().map(|row| cell(&head, row, "id")).collect();
    assert_eq!(ids, ["root", "a1", "a1.share", "root.students"]);
    let a1 = |name: &str| cell(&head, &rows[1], name);
    let said = ["status", "reason", "status_by", "progress", "notes_count", "parent", "level_name"].map(a1);
    assert_eq!(said, ["on-track", "'=1+1", "li", "40", "1", "root", "行动 / Action"]);
    assert_eq!(a1("status_at"), "2026-06-01T09:00:01.000+08:00");
    assert_eq!(a1("notes"), "2026-06-01 09:00 +08 · wang · 担忧 / concern · r2：first\nsecond, \"third\"");
    assert_eq!(
        (a1("title_zh"), a1("title_en"), a1("evidence")),
        ("教师队伍", "Teachers", "明示 / stated：早 / Early [early s1.p2]")
    );
    let share = |name: &str| cell(&head, &rows[2], name);
    assert_eq!(
        (share("baseline"), share("baseline_value"), share("baseline_when")),
        ("95.20%", "95.20", "2024")
    );
    assert_eq!((share("latest_value"), share("target_value"), share("target_when")), ("96", "98", "2028-02"));
    assert!(
        share("targets").contains("力争增加20个百分点")
            || share("targets").contains("striving for 20 points more"),
        "{}",
        share("targets")
    );
}

#[test]
fn a_value_a_row_is_tidy_and_negative_numbers_stay_numbers() {
    let value = json!([{"event": "value", "node": "root.students", "value": -3.50, "to": null, "label": null, "stage": null, "year": null,
        "on": "2026-03-31", "announced": null, "period": null, "bound": "about", "source": "@me", "grade": "C"}]);
    let text = record(1, "li", value).replace("-3.5,", "-3.50,");
    let made = Made::new(PLAN, &[text]);
    let (head, rows) = read(&made.plain_csv(RowUnit::Values));
    let of = |row: usize, names: &[&str]| {
        names.iter().map(|name| cell(&head, &rows[row], name)).collect::<Vec<_>>()
    };
    assert_eq!(rows.len(), 6);
    let names = ["node", "kind", "year", "value", "bound", "unit_en", "source", "source_title_en", "grade"];
    assert_eq!(of(0, &names), ["a1.share", "baseline", "2024", "95.20", "exact", "%", "early", "Early", "B"]);
    assert_eq!(
        of(2, &["on", "basis", "note_en", "increment", "undated"]),
        ["2028-02", "reported", "within three years", "", ""]
    );
    assert_eq!(of(3, &["value", "increment", "force", "undated"]), ["20", "yes", "strive", "yes"]);
    assert_eq!(of(4, &["value", "also"]), ["84000", "late"]);
    let own = ["value", "on", "bound", "source", "source_words", "grade", "by", "recorded_at", "record"];
    assert_eq!(
        of(5, &own),
        ["-3.50", "2026-03-31", "about", "", "'@me", "C", "li", "2026-06-01T09:00:01.000+08:00", "r1"]
    );
}

#[test]
fn a_chinese_excel_gets_its_mark_its_line_ends_and_quoted_texts_and_others_do_not() {
    let made = Made::new(PLAN, &[]);
    let excel = made.export(Format::Csv, None, Options { rows: RowUnit::Values, csv: CsvDialect::Excel });
    let excel = String::from_utf8(excel).unwrap();
    assert!(excel.starts_with("\u{feff}\"node\",\"title_zh\",\"title_en\","), "{excel}");
    assert_eq!(excel.matches('\n').count(), excel.matches("\r\n").count());
    assert!(excel.contains(",95.20,") && !excel.contains("\"95.20\""));
    let plain = made.plain_csv(RowUnit::Values);
    assert!(plain.starts_with("node,title_zh,title_en,") && !plain.contains('\r'));
    assert_eq!(read(excel.trim_start_matches('\u{feff}')).1, read(&plain).1);
}

#[test]
fn a_text_that_looks_like_a_number_is_quoted_for_excel() {
    let tags = ["007", "1.10", "3E5", "a \"b\""].map(|tag| json!({"event": "tag", "node": "a1", "tag": tag}));
    for tag in tags {
        let expected = format!(",\"{}\",", tag["tag"].as_str().unwrap().replace('"', "\"\""));
        let made = Made::new(PLAN, &[record(1, "li", json!([tag]))]);
        let text = made.export(Format::Csv, None, Options { rows: RowUnit::Nodes, csv: CsvDialect::Excel });
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains(&expected), "{expected} in {text}");
        assert_eq!(read(text.trim_start_matches('\u{feff}')).1, read(&made.plain_csv(RowUnit::Nodes)).1);
    }
}

#[test]
fn what_excel_would_convert_gets_an_apostrophe_where_it_is_asked_for() {
    let tags = json!([{"event": "tag", "node": "a1", "tag": "1.10"}]);
    let made = Made::new(PLAN, &[record(1, "li", tags)]);
    let shielded = Options { rows: RowUnit::Nodes, csv: CsvDialect::Shielded };
    let text = String::from_utf8(made.export(Format::Csv, None, shielded)).unwrap();
    let (head, rows) = read(text.trim_start_matches('\u{feff}'));
    assert_eq!(cell(&head, &rows[1], "own_tags"), "'1.10");
    assert_eq!(restored(cell(&head, &rows[1], "own_tags")), "1.10");
    assert_eq!(cell(&head, &rows[2], "baseline_value"), "95.20", "a number stays one");
}

#[test]
fn what_has_left_the_plan_has_its_rows() {
    let gone = json!([{"event": "note", "node": "a1.gone", "kind": "question", "text": "where?"},
        {"event": "value", "node": "a1.gone", "value": 7, "to": null, "label": null, "stage": null, "year": 2025, "on": null, "announced": null,
         "period": null, "bound": "exact", "source": "x", "grade": null}]);
    let made = Made::new(PLAN, &[record(1, "li", gone)]);
    let (head, rows) = read(&made.plain_csv(RowUnit::Nodes));
    let last = rows.last().unwrap();
    assert_eq!((cell(&head, last, "id"), cell(&head, last, "part")), ("a1.gone", "orphan"));
    assert!(cell(&head, last, "notes").ends_with("where?"));
    let (head, rows) = read(&made.plain_csv(RowUnit::Values));
    let last = rows.last().unwrap();
    assert_eq!(
        ["node", "kind", "year", "value", "source_words", "by"].map(|name| cell(&head, last, name)),
        ["a1.gone", "observed", "2025", "7", "x", "li"]
    );
}

#[test]
fn the_command_writes_both_tables_and_the_same_bytes_twice() {
    let home = Home::new();
    for line in ["--table values --plain-csv", "--table nodes", "--plain-csv"] {
        let run =
            || home.run(&format!("export a1 --format csv --plan small.toml --as-of 2026-06-30 {line}")).ok();
        assert_eq!(run(), run());
    }
    let mut command = home.command("export --format csv --plain-csv --plan small.toml --lang en");
    let text = super::support::ran(command.args(["--filter", "kind:metric cover"]).assert()).ok();
    let (head, rows) = read(&text);
    let part: Vec<_> = rows
        .iter()
        .map(|row| (cell(&head, row, "id"), cell(&head, row, "part"), cell(&head, row, "role")))
        .collect();
    assert_eq!(part, [("root", "above", "goal"), ("a1", "above", "action"), ("a1.share", "whole", "metric")]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_note_comes_back_and_every_row_is_as_long_as_the_headings(lines in records(ids())) {
        let made = Made::new(PLAN, &lines);
        for rows in [RowUnit::Nodes, RowUnit::Values] {
            let text = made.plain_csv(rows);
            let (head, rows) = read(&text);
            prop_assert!(rows.iter().all(|row| row.len() == head.len()));
            for row in rows.iter().filter(|_| head.iter().any(|name| name == "notes")) {
                let Some(said) = made.plan().tree.find(cell(&head, row, "id")).and_then(|id| made.journal.annotations(id)) else { continue };
                let notes = restored(cell(&head, row, "notes"));
                let each: Vec<String> = said.notes().map(|note| many_lines(&note.text).into_owned()).collect();
                prop_assert!(each.iter().all(|note| notes.contains(note.as_str())), "{:?} {:?}", notes, each);
                let reason = said.verdict().and_then(|(_, verdict)| verdict.reason.as_deref()).unwrap_or_default();
                prop_assert_eq!(restored(cell(&head, row, "reason")), many_lines(reason));
            }
        }
    }
}

/// Checked by hand against `plan-data/actions/2-basic-education.toml`.
#[test]
fn the_preschool_branch_is_as_it_was_checked() {
    let home = Home::new();
    let line = "export a2.preschool --format csv --plain-csv --as-of 2026-11-24 --lang en";
    insta::assert_snapshot!("values-a2.preschool-en", home.run(&format!("{line} --table values")).ok());
    // Of the many columns those that people read first; the rest are held by the tests above.
    let (head, rows) = read(&home.run(line).ok());
    let names = [
        "id",
        "parent",
        "level",
        "title_en",
        "state",
        "latest",
        "latest_when",
        "target",
        "target_when",
        "flags",
        "leaves",
        "by_state",
    ];
    let row = |row: &StringRecord| names.map(|name| cell(&head, row, name)).join(" | ");
    let told: Vec<String> = rows.iter().map(row).collect();
    insta::assert_snapshot!("nodes-a2.preschool-en", told.join("\n"));
}
