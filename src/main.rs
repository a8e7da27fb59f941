//! Runs one command.

use std::process::ExitCode;

use clap::Parser;
use hamgate::cli::{Cli, run};

#[actix_web::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hamgate: {error:#}");
            ExitCode::FAILURE
        }
    }
}
