//! The plan's files change while the screen shows them.

use std::fs;

use crate::pty::{Home, Tty, node};

fn quit(mut tty: Tty) {
    tty.keys("q");
    assert_eq!(tty.ended().exit_code(), 0);
}

#[test]
fn an_edit_in_place_shows_and_the_cursor_stays_on_its_node() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    tty.keys("jj");
    tty.wait_on("Node 2.");
    home.write("nodes/a.toml", &[node("n0", "A new first."), node("n2", "Second, edited.")].concat());
    tty.wait_for("A new first.");
    tty.wait_on("Second, edited.");
    quit(tty);
}

#[test]
fn saves_by_rename_are_seen_every_time() {
    let home = Home::new();
    let tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    for text in ["Saved once.", "Saved twice.", "Saved thrice."] {
        home.write_by_rename("nodes/a.toml", &node("n1", text));
        tty.wait_for(text);
    }
    quit(tty);
}

#[test]
fn the_manifest_saved_by_rename_is_seen() {
    let home = Home::new();
    let tty = Tty::start(&home, 80, 24);
    tty.wait_for("Scratch plan");
    let manifest = fs::read_to_string(home.plan().join("plan.toml")).unwrap();
    for title in ["Retitled plan", "Titled again"] {
        home.write_by_rename("plan.toml", &manifest.replace("Scratch plan", title));
        tty.wait_for(title);
    }
    quit(tty);
}

#[test]
fn a_broken_edit_keeps_the_last_good_plan_and_says_where() {
    let home = Home::new();
    let mut tty = Tty::start(&home, 120, 24);
    tty.wait_for("Node 3.");
    let good = fs::read_to_string(home.plan().join("nodes/a.toml")).unwrap();
    home.write("nodes/a.toml", "[[action]\nid = ");
    tty.wait_for("nodes/a.toml:1:");
    tty.wait_for("Node 3.");
    tty.keys("jjj");
    tty.wait_on("Node 3.");
    home.write("nodes/a.toml", &good.replace("Node 3.", "Node 3, mended."));
    tty.wait_on("Node 3, mended.");
    tty.wait("no banner", |screen| !screen.contents().contains("nodes/a.toml:1:"));
    quit(tty);
}

#[test]
fn a_plan_that_vanishes_for_a_while_stays_on_screen() {
    let home = Home::new();
    let tty = Tty::start(&home, 120, 24);
    tty.wait_for("Node 3.");
    // As a version control system does on its way from one branch to another.
    fs::rename(home.plan(), home.path().join("away")).unwrap();
    tty.wait_for("! ");
    tty.wait_for("Node 3.");
    fs::rename(home.path().join("away"), home.plan()).unwrap();
    home.write("nodes/a.toml", &node("n1", "Here again."));
    tty.wait_for("Here again.");
    home.write("nodes/a.toml", &node("n1", "And watched again."));
    tty.wait_for("And watched again.");
    quit(tty);
}

#[test]
fn files_that_join_a_pattern_are_read() {
    let home = Home::new();
    let tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    home.write("nodes/0.toml", &node("m1", "Joined later."));
    tty.wait_for("Joined later.");
    home.write("nodes/0.toml", &node("m1", "Joined and edited."));
    tty.wait_for("Joined and edited.");
    fs::remove_file(home.plan().join("nodes/0.toml")).unwrap();
    tty.wait("the file's node gone", |screen| !screen.contents().contains("Joined"));
    quit(tty);
}

#[test]
fn files_of_others_in_the_folder_change_nothing() {
    let home = Home::new();
    let tty = Tty::start(&home, 80, 24);
    tty.wait_for("Node 3.");
    // An editor's swap file and backup, and something else's log.
    for name in ["nodes/.a.toml.swp", "nodes/a.toml~", "nodes/4913", "notes.log"] {
        home.write(name, "not a plan");
    }
    home.write("nodes/a.toml", &node("n1", "The edit."));
    tty.wait_for("The edit.");
    let notes = tty.said().matches("read again").count();
    assert_eq!(notes, 1, "one change, one word about it");
    quit(tty);
}
