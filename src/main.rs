//! The command `plan158`.

fn main() {}
