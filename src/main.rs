//! The command `plan158`. Everything it does is in the library; this is the door.

use std::process::ExitCode;

fn main() -> ExitCode {
    plan158::cli::main(std::env::args_os().collect())
}
