//! `verify` right after `export`, for journals of any kind, in any zone and format; and after more has arrived.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::support::Home;

/// Of a record: minutes after the first, the offset it was written in, who wrote it, what it says, and whether
/// it carries a writer's count, comes twice, or has a rival line of the same id.
type Spoken = (u16, i8, u8, u8, u8);

fn spoken() -> impl Strategy<Value = Spoken> {
    (0u16..20_000, -11i8..14, 0u8..3, 0u8..5, 0u8..4)
}

fn lines(records: &[Spoken], from: usize) -> String {
    let mut text = String::new();
    let mut counts = [from as u64 * 100; 3];
    for (at, (minutes, offset, by, what, kind)) in (from..).zip(records) {
        let first: jiff::Timestamp = "2026-06-01T00:00:00Z".parse().unwrap();
        let instant = first + jiff::SignedDuration::from_mins(i64::from(*minutes));
        let zone = jiff::tz::Offset::from_hours(*offset).unwrap().to_time_zone();
        let stamp = instant.to_zoned_datetime(zone).strftime("%Y-%m-%dT%H:%M:%S.000%:z").to_string();
        let event = match what {
            0 => json!({"event": "status", "node": "a1", "status": "on-track", "reason": null}),
            1 => json!({"event": "progress", "node": "a1.share", "progress": 40}),
            2 => json!({"event": "note", "node": "root", "kind": "progress", "text": format!("n{at}")}),
            3 => json!({"event": "star", "node": "a1"}),
            _ => json!({"event": "tag", "node": "gone", "tag": "x"}),
        };
        let who = ["li", "wang", "赵"][usize::from(*by)];
        let mut record = json!({"v": 1, "id": format!("r{at}"), "seq": at + 1, "at": stamp, "by": who, "plan": "small",
            "session": null, "events": [event]});
        if *kind > 0 {
            counts[usize::from(*by)] += 1;
            record["writer"] = json!(format!("w-{by}"));
            record["n"] = json!(counts[usize::from(*by)]);
        }
        writeln!(text, "{record}").unwrap();
        match kind {
            2 => writeln!(text, "{record}").unwrap(),
            3 => {
                record["session"] = json!("other");
                writeln!(text, "{record}").unwrap();
            }
            _ => {}
        }
    }
    text
}

const ZONES: [&str; 4] = ["UTC", "Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati"];

proptest! {
    // Each case is four runs of the program.
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_file_is_as_it_was_written_whoever_looks_and_whatever_arrives(
        records in proptest::collection::vec(spoken(), 0..12),
        later in proptest::collection::vec(spoken(), 1..6),
        format in select(vec!["md", "html", "json", "docx", "xlsx", "csv", "toml", "opml"]),
        as_of in select(vec!["", "--as-of 2026-06-07", "--as-of 2026-06-07T12:00:00+08:00"]),
        (writer, reader) in (select(ZONES.to_vec()), select(ZONES.to_vec())),
    ) {
        let home = Home::new();
        home.write("j/li.jsonl", lines(&records, 0));
        let stamp = if format == "csv" { "--stamp" } else { "" };
        let line = format!("export --plan small.toml --journal j {as_of} --format {format} {stamp} -o out.{format}");
        let made = home.run_with(&[("TZ", writer)], &line);
        prop_assert_eq!(made.code, 0, "{}", made.err);
        let look = || {
            let ran = home.run_with(&[("TZ", reader)], &format!("verify out.{format} --plan small.toml --journal j --json"));
            serde_json::from_str::<serde_json::Value>(&ran.out).map_err(|_| TestCaseError::fail(ran.err))
        };
        let found = look()?;
        prop_assert_eq!(&found["file_edit"], "none", "{}", found);
        prop_assert_eq!(&found["same"], true, "{}", found);
        // What arrives later, into any file of the folder, edits nothing.
        home.write("j/from-elsewhere.jsonl", lines(&later, 50));
        let found = look()?;
        prop_assert_eq!(&found["file_edit"], "none", "{}", found);
        prop_assert_eq!(&found["edited"], false, "{}", found);
    }
}
