//! xlsx: types, sheets, limits.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use plan158::export::digest::of_workbook;
use plan158::export::mark::ReportMark;
use plan158::export::{Format, Options, ReportStamp};
use plan158::text::clean::many_lines;
use proptest::prelude::*;
use serde_json::json;

use super::support::{Home, Made, PLAN, ids, record, records};

type Book = Xlsx<Cursor<Vec<u8>>>;

fn book(made: &Made, scope: Option<&str>) -> Book {
    Xlsx::new(Cursor::new(made.export(Format::Xlsx, scope, Options::default()))).unwrap()
}

/// A row's cells by the names in the header.
fn cell<'r>(sheet: &'r Range<Data>, row: usize, name: &str) -> &'r Data {
    let head = sheet.rows().next().unwrap();
    let at =
        head.iter().position(|own| own == &Data::String(name.to_owned())).unwrap_or_else(|| panic!("{name}"));
    sheet.get((row, at)).unwrap()
}

fn text(data: &Data) -> &str {
    match data {
        Data::String(text) => text,
        Data::Empty => "",
        other => panic!("{other:?} is no text"),
    }
}

#[test]
fn every_cell_has_its_own_type() {
    let events = json!([{"event": "status", "node": "a1", "status": "on-track", "reason": "=1+1"}, {"event": "progress", "node": "a1", "progress": 40},
        {"event": "note", "node": "a1", "kind": "concern", "text": "-1\n二"}]);
    let mut book = book(&Made::new(PLAN, &[record(1, "li", events)]), None);
    assert_eq!(book.sheet_names(), ["indicators", "about", "nodes", "values", "notes", "sources", "stamp"]);
    let nodes = book.worksheet_range("nodes").unwrap();
    assert_eq!(nodes.height(), 5);
    assert_eq!(
        (cell(&nodes, 2, "id"), cell(&nodes, 2, "progress")),
        (&Data::String("a1".into()), &Data::Float(40.0))
    );
    assert_eq!(text(cell(&nodes, 2, "reason")), "=1+1");
    assert!(book.worksheet_formula("nodes").unwrap().used_cells().next().is_none());
    let Data::DateTime(at) = cell(&nodes, 2, "status_at") else {
        panic!("{:?}", cell(&nodes, 2, "status_at"))
    };
    assert_eq!(at.to_ymd_hms_milli(), (2026, 6, 1, 9, 0, 1, 0));
    let values = book.worksheet_range("values").unwrap();
    assert_eq!(
        (cell(&values, 1, "value"), cell(&values, 1, "year")),
        (&Data::Float(95.2), &Data::Float(2024.0))
    );
    let Data::DateTime(announced) = cell(&values, 2, "announced") else {
        panic!("{:?}", cell(&values, 2, "announced"))
    };
    assert_eq!(announced.to_ymd_hms_milli(), (2025, 10, 20, 0, 0, 0, 0));
    assert_eq!(text(cell(&values, 3, "on")), "2028-02", "no day is invented for a month");
    let notes = book.worksheet_range("notes").unwrap();
    assert_eq!(
        (text(cell(&notes, 1, "text")), text(cell(&notes, 1, "kind")), text(cell(&notes, 1, "id"))),
        ("-1\n二", "concern", "r1")
    );
    let sources = book.worksheet_range("sources").unwrap();
    assert_eq!(
        (cell(&sources, 1, "number"), text(cell(&sources, 1, "id")), text(cell(&sources, 1, "title_zh"))),
        (&Data::Float(1.0), "early", "早")
    );
}

#[test]
fn the_first_sheet_says_what_it_was_made_from_and_the_last_has_it_for_programs() {
    let mut book = book(&Made::new(PLAN, &[]), Some("a1"));
    let about = book.worksheet_range("about").unwrap();
    let said: Vec<String> =
        about.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("=")).collect();
    for wanted in [
        "范围 / scope=教师队伍 / Teachers · a1",
        "截至 / as of=2026-06-30",
        "规划文件的哈希 / hash of the plan=sha256:00",
    ] {
        assert!(said.iter().any(|line| line == wanted), "{wanted} in {said:#?}");
    }
    assert!(said.iter().any(|line| line.contains("≥ 0.95")), "{said:#?}");
    let stamp = book.worksheet_range("stamp").unwrap();
    let lines: Vec<&str> = stamp.rows().map(|row| text(&row[0])).collect();
    let sealed = ReportStamp::parse(lines[0]).unwrap();
    assert_eq!((sealed.format.as_str(), sealed.scope.as_deref(), sealed.nodes), ("xlsx", Some("a1"), 2));
    let marks: Vec<String> = lines[1..].iter().map(|line| ReportMark::parse(line).unwrap().id).collect();
    assert_eq!(marks, ["a1", "a1.share"]);
}

#[test]
fn decimals_stay_as_written_and_headers_stay_in_sight() {
    use std::io::Read;
    let bytes = Made::new(PLAN, &[]).export(Format::Xlsx, None, Options::default());
    // Looked at as XML, since readers of values do not tell formats.
    let mut files = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut xml = |name: &str| {
        let mut text = String::new();
        files.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let styles = xml("xl/styles.xml");
    assert!(styles.contains("yyyy-mm-dd") && styles.contains("Microsoft YaHei"), "{styles}");
    let values = xml("xl/worksheets/sheet4.xml");
    for wanted in ["state=\"frozen\"", "<autoFilter ref=\"A1:", "<cols>"] {
        assert!(values.contains(wanted), "{wanted}");
    }
    assert!(xml("docProps/core.xml").contains("2026-06-30T00:00:00Z"));
}

#[test]
fn two_runs_give_the_same_bytes_whatever_the_clock_says() {
    let home = Home::new();
    let run = |name: &str| {
        let line = format!("export --format xlsx --plan small.toml --as-of 2026-06-30 -o {name}");
        assert_eq!(home.run(&line).code, 0);
        std::fs::read(home.path(name)).unwrap()
    };
    let first = run("one.xlsx");
    // The times of a zip have steps of two seconds; what takes the clock would differ by its digits of a
    // second.
    assert!(first == run("two.xlsx"));
    let mut piped = home.command("export --format xlsx --plan small.toml --as-of 2026-06-30");
    assert!(first == piped.assert().success().get_output().stdout, "into a pipe it goes as it is");
}

#[test]
fn a_title_longer_than_a_cell_goes_on_too() {
    let long = "重庆 ".repeat(20_000);
    let plan = PLAN.replacen("Small plan", &long, 1).replacen("Coverage", &long, 1);
    assert_eq!(plan.matches(&long).count(), 2, "the plan's title and a metric's");
    let mut book = book(&Made::new(&plan, &[]), None);
    let (about, nodes) = (book.worksheet_range("about").unwrap(), book.worksheet_range("nodes").unwrap());
    let rest = book.worksheet_range("overflow").unwrap();
    for (sheet, first) in [("about", about.get((0, 0)).unwrap()), ("nodes", cell(&nodes, 3, "title_en"))] {
        let (first, _) = text(first).rsplit_once(" … → overflow!D").unwrap();
        let pieces = rest.rows().filter(|row| text(&row[0]) == sheet).map(|row| text(&row[3]));
        assert!(format!("{first}{}", pieces.collect::<String>()).contains(long.trim_end()), "{sheet}");
    }
}

#[test]
fn a_text_longer_than_a_cell_goes_on_in_a_sheet_of_its_own() {
    let long = "重庆 ".repeat(20_000);
    let mut book = book(
        &Made::new(
            PLAN,
            &[record(1, "li", json!([{"event": "note", "node": "a1", "kind": "concern", "text": long}]))],
        ),
        None,
    );
    let notes = book.worksheet_range("notes").unwrap();
    let rest = book.worksheet_range("overflow").unwrap();
    let first = text(cell(&notes, 1, "text"));
    let (first, goes_on) = first.rsplit_once(" … → overflow!D").unwrap();
    let row: usize = goes_on.parse().unwrap();
    assert_eq!((text(cell(&rest, row - 1, "sheet")), text(cell(&rest, row - 1, "cell"))), ("notes", "H2"));
    let pieces =
        rest.rows().skip(1).filter(|row| row[0] == Data::String("notes".into())).map(|row| text(&row[3]));
    assert_eq!(format!("{first}{}", pieces.collect::<String>()), long);
}

#[test]
fn the_sheet_in_front_has_each_metric_under_headings_in_words() {
    let mut book = book(&Made::new(PLAN, &[]), None);
    let sheet = book.worksheet_range("indicators").unwrap();
    let rows: Vec<Vec<String>> =
        sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(rows[0][..4], ["指标 / Indicator", "指标 / Indicator", "现值 / Latest value", "单位 / Unit"]);
    assert_eq!(rows[1][..3], ["title_zh", "title_en", "latest_value"]);
    assert_eq!((rows[2][0].as_str(), rows[2][1].as_str(), rows[2][2].as_str()), ("覆盖率", "Coverage", "96"));
    assert_eq!((rows.len(), rows[3][1].as_str()), (4, "Students"));
}

/// So many nodes are written row by row.
#[test]
fn a_large_workbook_says_the_same_and_bears_the_digest_of_what_it_says() {
    let metric = |n: usize| {
        format!(
            "[[metric]]\nid = \"a1.m{n}\"\nlevel = \"indicator\"\nparent = \"a1\"\ntitle = {{ zh = \"指标{n}\", en = \" _x000D_ {n} \" }}\n\
             measure = \"unit\"\nunit = {{ zh = \"个\", en = \"\" }}\ndirection = \"increase\"\nobserved = [ {{ on = 2025-0{}-01, value = {n}.50 }} ]\n",
            1 + n % 9
        )
    };
    let plan = format!("{PLAN}\n{}", (0..5_100).map(metric).collect::<String>());
    let made = Made::new(&plan, &[]);
    let bytes = made.export(Format::Xlsx, None, Options::default());
    let mut book: Book = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let stamp = book.worksheet_range("stamp").unwrap();
    let stated = ReportStamp::parse(text(&stamp.rows().next().unwrap()[0])).unwrap().digest;
    assert_eq!(of_workbook(&bytes), Some(stated));
    let nodes = book.worksheet_range("nodes").unwrap();
    let values = book.worksheet_range("values").unwrap();
    assert_eq!(
        (nodes.height(), stamp.height()),
        (made.plan().tree.count() + 1, made.plan().tree.count() + 1)
    );
    let at = (1..values.height()).find(|row| text(cell(&values, *row, "node")) == "a1.m7").unwrap();
    assert_eq!(cell(&values, at, "value"), &Data::Float(7.5));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_note_comes_back_and_no_cell_is_a_formula(lines in records(ids())) {
        let made = Made::new(PLAN, &lines);
        let mut book = book(&made, None);
        let notes = book.worksheet_range("notes").unwrap();
        let got: Vec<String> = (1..notes.height()).map(|row| text(cell(&notes, row, "text")).to_owned()).collect();
        let in_plan = made.plan().tree.ids().filter_map(|id| made.journal.annotations(id));
        let gone = made.journal.orphans().into_iter().map(|home| &home.annotations);
        let wanted: Vec<String> = in_plan.chain(gone).flat_map(plan158::journal::Annotations::notes).map(|note| many_lines(&note.text).into_owned()).collect();
        prop_assert_eq!(got, wanted);
        let stamp = book.worksheet_range("stamp").unwrap();
        let stated = ReportStamp::parse(text(&stamp.rows().next().unwrap()[0])).unwrap().digest;
        let bytes = made.export(Format::Xlsx, None, Options::default());
        prop_assert_eq!(of_workbook(&bytes), Some(stated));
        for sheet in book.sheet_names() {
            prop_assert!(book.worksheet_formula(&sheet).unwrap().used_cells().next().is_none());
        }
    }
}
