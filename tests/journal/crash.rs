//! The real binary under kill -9: what it acknowledged is there afterwards, whoever else writes.

use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::support::Home;

/// Writes notes one after the other, each killed after a while of its own; says which were acknowledged.
fn write_and_die(home: &Home, writer: &str, author: &str, rounds: u32) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for round in 0..rounds {
        let text = format!("{writer}-{round}");
        let mut child = Command::new(env!("CARGO_BIN_EXE_plan158"))
            .env_clear()
            .env("HOME", home.path(""))
            .current_dir(home.path(""))
            .args(["annotate", "a1", "--plan", "small.toml", "--journal", "journal"])
            .args(["--author", author, "--note", &text])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Deaths are spread over the whole life of the process, a prime step apart; every fifth lives.
        if round % 5 != 4 {
            thread::sleep(Duration::from_micros(u64::from(round * 1_709 % 40_000)));
            child.kill().unwrap();
        }
        if child.wait().unwrap().success() {
            acknowledged.push(text);
        }
    }
    acknowledged
}

#[test]
fn kill_9_in_a_loop_with_two_writers_loses_no_acknowledged_record() {
    for authors in [["li", "wang"], ["li", "li"]] {
        let home = Home::new();
        let acknowledged: Vec<String> = thread::scope(|scope| {
            let writers: Vec<_> = [("one", authors[0]), ("two", authors[1])]
                .into_iter()
                .map(|(writer, author)| {
                    scope.spawn({
                        let home = &home;
                        move || write_and_die(home, writer, author, 40)
                    })
                })
                .collect();
            writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
        });
        assert!(acknowledged.len() >= 16, "{acknowledged:?}");
        let log = home.run("log --json --plan small.toml --journal journal");
        assert_eq!((log.code, log.err.as_str()), (0, ""), "no line is broken");
        let log = log.json();
        let records = log["records"].as_array().unwrap();
        let kept: Vec<&str> = records.iter().map(|entry| entry["text"].as_str().unwrap()).collect();
        for text in &acknowledged {
            assert_eq!(kept.iter().filter(|kept| *kept == text).count(), 1, "{text} in {kept:?}");
        }
        let mut seqs: Vec<u64> = records.iter().map(|entry| entry["seq"].as_u64().unwrap()).collect();
        if authors[0] == authors[1] {
            seqs.dedup();
            assert_eq!(seqs.len(), records.len(), "one author's numbers never repeat");
        }
    }
}

#[test]
fn a_tail_torn_by_a_crash_is_set_aside_by_the_next_step_and_told_of_once() {
    let home = Home::new();
    home.run("annotate a1 --note whole --plan small.toml --journal journal --author li").ok();
    let file = home.path("journal/li.jsonl");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes.extend_from_slice(br#"{"v":1,"id":"torn"#);
    std::fs::write(&file, &bytes).unwrap();
    let read = home.run("log --plan small.toml --journal journal");
    assert!(read.out.contains("whole") && read.err.contains("1 problem"), "{}{}", read.out, read.err);
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "readers change nothing");
    let written = home.run("annotate a1 --note next --plan small.toml --journal journal --author li");
    assert_eq!(written.code, 0);
    assert!(written.err.contains("li.jsonl.torn"), "{}", written.err);
    assert_eq!(std::fs::read(home.path("journal/li.jsonl.torn")).unwrap(), b"{\"v\":1,\"id\":\"torn\n");
    home.run("annotate a1 --note more --plan small.toml --journal journal --author li").ok();
    let log = home.run("log --plan small.toml --journal journal").ok();
    assert!(["whole", "next", "more"].iter().all(|text| log.contains(text)), "{log}");
    let doctor = home.run("doctor --plan small.toml --journal journal");
    assert!(doctor.code == 0 && doctor.out.contains("li.jsonl.torn"), "{}", doctor.out);
}
