//! The `forprev` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    forprev_web::cli::run()
}
