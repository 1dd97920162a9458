//! Every crate that is built into the program has a licence that lets people use it as they use this one (MIT
//! OR Apache-2.0).

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]

use std::process::Command;

use serde_json::Value;

/// Permissive licences, by SPDX id.
const FINE: [&str; 14] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "BSL-1.0",
    "CC0-1.0",
    "Unicode-3.0",
    "Unlicense",
];

/// Whether an SPDX expression lets one choose fine licences throughout. Covers the forms crates use: AND of
/// bracketed ORs, OR of ANDs, `/`.
fn is_fine(expression: &str) -> bool {
    let plain = expression.replace('/', " OR ");
    if plain.contains('(') {
        return plain
            .split(" AND ")
            .all(|part| is_fine(part.trim().trim_start_matches('(').trim_end_matches(')')));
    }
    plain
        .split(" OR ")
        .any(|alternative| alternative.split(" AND ").all(|licence| FINE.contains(&licence.trim())))
}

/// The triple of this machine: crates of other systems need not be here.
fn host() -> String {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".into());
    let out = Command::new(rustc).arg("-vV").output().expect("rustc runs");
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    said.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host").to_owned()
}

#[test]
fn every_crate_built_in_has_a_permissive_licence() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let target = host();
    let args = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &target];
    let out =
        Command::new(cargo).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let metadata: Value = serde_json::from_slice(&out.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50, "the crates were found");
    let refused: Vec<String> = packages
        .iter()
        .map(|package| {
            (package["name"].as_str().unwrap_or_default(), package["license"].as_str().unwrap_or("none"))
        })
        .filter(|(_, licence)| !is_fine(licence))
        .map(|(name, licence)| format!("{name}: {licence}"))
        .collect();
    assert_eq!(refused, Vec::<String>::new());
}

#[test]
fn an_expression_is_read_as_spdx_means_it() {
    assert!(
        is_fine("MIT OR Apache-2.0")
            && is_fine("Unlicense/MIT")
            && is_fine("(MIT OR Apache-2.0) AND Unicode-3.0")
    );
    assert!(!is_fine("GPL-3.0-only") && !is_fine("MIT AND GPL-3.0-only") && !is_fine("none"));
    assert!(!is_fine("(MIT OR Apache-2.0) AND GPL-3.0-only"));
}
