//! `changes`: what became known between two days, and what is judged otherwise.

use serde_json::{Value, json};

use super::support::{Home, PLAN};

const WITH: &str = "--plan small.toml --journal j";

/// The plan's sources are of 28 February and 20 October 2025; li judged in June and again in July.
fn home() -> Home {
    let home = Home::new();
    let line = |n: u32, at: &str, state: &str| {
        format!(
            "{{\"v\":1,\"id\":\"r{n}\",\"seq\":{n},\"at\":\"{at}\",\"by\":\"li\",\"plan\":\"small\",\"session\":null,\"events\":[{{\"event\":\"status\",\"node\":\"a1\",\"status\":\"{state}\",\"reason\":null}}]}}\n"
        )
    };
    let journal =
        line(1, "2025-06-01T10:00:00+08:00", "on-track") + &line(2, "2025-07-01T23:30:00+08:00", "limited");
    home.write("j/li.jsonl", journal);
    home
}

fn nodes(home: &Home, days: &str) -> Vec<Value> {
    home.run(&format!("changes {days} --json {WITH}")).json()["nodes"].as_array().unwrap().clone()
}

#[test]
fn figures_that_became_known_stand_with_what_they_changed() {
    let home = home();
    let found = nodes(&home, "--from 2025-10-19 --to 2025-10-20");
    let [share] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(share["id"], "a1.share");
    let [value] = share["values"].as_array().unwrap().as_slice() else { panic!("{share}") };
    assert_eq!(
        (&value["kind"], &value["value"], &value["bound"]),
        (&json!("observed"), &json!("96"), &json!("more-than"))
    );
    assert_eq!(value["source"], "late");
    // Before, there was a baseline and no actual after it.
    assert_eq!(share["state"]["was"], "no-data");
    let text = home.run(&format!("changes --from 2025-10-19 --to 2025-10-20 {WITH}")).ok();
    assert!(text.contains("Coverage · a1.share") && text.contains("more than 96%"), "{text}");
    let before = nodes(&home, "--from 2025-02-27 --to 2025-02-28");
    assert_eq!(before.len(), 2, "what the plan itself says: {before:?}");
}

#[test]
fn verdicts_of_people_are_told_from_what_to_what_to_the_end_of_the_day() {
    let home = home();
    let found = nodes(&home, "--from 2025-06-30 --to 2025-07-01");
    let a1 = found.iter().find(|node| node["id"] == "a1").unwrap();
    assert_eq!(a1["verdicts"], json!([{"by": "li", "was": "on-track", "now": "limited"}]));
    assert_eq!(a1["state"], json!({"was": "on-track", "now": "limited"}));
    let first = nodes(&home, "--from 2025-05-31 --to 2025-06-30 a1");
    assert_eq!(first[0]["state"], json!({"was": null, "now": "on-track"}), "nobody had judged it");
    let text = home.run(&format!("changes --from 2025-05-31 --to 2025-06-30 {WITH} --lang zh")).ok();
    assert!(text.contains("（无） → 顺 进展顺利"), "{text}");
}

#[test]
fn a_time_in_which_nothing_changed_and_days_in_the_wrong_order_say_so() {
    let home = home();
    let ran = home.run(&format!("changes --from 2025-08-01 --to 2025-08-31 {WITH}"));
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("nothing changed"), "{}", ran.out);
    let err = home.run(&format!("changes --from 2025-08-31 --to 2025-08-01 {WITH}")).failed(2);
    assert!(err.contains("is before --from"), "{err}");
    let err = home.run(&format!("changes --from soon {WITH}")).failed(2);
    assert!(err.contains("--from takes a date, not soon"), "{err}");
    assert!(PLAN.contains("date = 2025-10-20"));
}
