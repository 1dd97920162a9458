//! `docs/teams.md` is run as it is written: with real git, in the clones of two people, one of them with two
//! machines.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A machine of somebody's, where a shell stands in a folder.
struct Machine {
    home: PathBuf,
    stands_in: PathBuf,
}

struct Team {
    dir: TempDir,
    machines: BTreeMap<String, Machine>,
}

impl Team {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut git = Command::new("git");
        git.args(["init", "--quiet", "--bare", "-b", "main", "remote.git"]).current_dir(dir.path());
        let made = git.status().expect("git is there");
        assert!(made.success());
        Self { dir, machines: BTreeMap::new() }
    }

    fn machine(&mut self, name: &str) -> &mut Machine {
        let home = self.dir.path().join(name);
        self.machines.entry(name.to_owned()).or_insert_with(|| {
            fs::create_dir(&home).unwrap();
            let user = if name == "laptop" { "li" } else { name };
            let config = format!(
                "[user]\n\tname = {user}\n\temail = {user}@example.org\n[advice]\n\tdetachedHead = false\n"
            );
            fs::write(home.join(".gitconfig"), config).unwrap();
            Machine { stands_in: home.clone(), home }
        })
    }

    /// Runs a block of the page where that machine's shell stands, and says what it printed.
    fn run(&mut self, name: &str, block: &str) -> String {
        let remote = self.dir.path().join("remote.git");
        let machine = self.machine(name);
        let bin = Path::new(env!("CARGO_BIN_EXE_plan158")).parent().unwrap();
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
        let ran = Command::new("sh")
            .args(["-euc", &format!("{block}\npwd > \"$HOME/stands-in\"")])
            .current_dir(&machine.stands_in)
            .env_clear()
            .env("HOME", &machine.home)
            .env("PATH", path)
            .env("LANG", "C.UTF-8")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("REMOTE", &remote)
            .output()
            .unwrap();
        let out = String::from_utf8(ran.stdout).unwrap();
        let err = String::from_utf8(ran.stderr).unwrap();
        assert!(ran.status.success(), "{name}: {block}\n{out}\n{err}");
        machine.stands_in = PathBuf::from(fs::read_to_string(machine.home.join("stands-in")).unwrap().trim());
        out
    }
}

/// The page's blocks in order, each with whose they are.
fn blocks() -> Vec<(String, String)> {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/teams.md")).unwrap();
    let marked = page.split("<!-- ").skip(1);
    marked
        .map(|rest| {
            let (name, rest) = rest.split_once(" -->\n```sh\n").unwrap();
            (name.to_owned(), rest.split_once("```").unwrap().0.to_owned())
        })
        .collect()
}

#[test]
fn the_page_for_teams_works_as_it_is_written() {
    let mut team = Team::new();
    let blocks = blocks();
    assert_eq!(blocks.len(), 9);
    let said: Vec<String> = blocks.iter().map(|(name, block)| team.run(name, block)).collect();
    let differ = &said[4];
    assert!(
        differ.contains("on-track") && differ.contains("limited") && differ.contains("two sites stand still"),
        "{differ}"
    );
    let (together, merged) = (&said[7], &said[8]);
    assert!(together.contains("on the train") && together.contains("at the desk"), "{together}");
    assert!(merged.contains("2 records taken in") && merged.contains("2 there already"), "{merged}");
    // All machines end with one journal.
    let show =
        "git pull --quiet --rebase; plan158 export a1 --format json --journal journal | grep '\"journal\"'";
    let hashes: Vec<String> = ["li", "wang", "laptop"].map(|name| team.run(name, show)).into();
    assert!(hashes[0].contains("\"records\":6"), "{hashes:?}");
    assert!(hashes.iter().all(|hash| *hash == hashes[0]), "{hashes:?}");
    let copied = "plan158 export a1 --format json --journal copy | grep '\"journal\"'";
    assert_eq!(team.run("li", copied), hashes[0], "and so does what was merged by hand");
    let problems = team.run("li", "plan158 doctor --journal journal | grep -c '^!.*journal' || true");
    assert_eq!(problems.trim(), "0");
}
