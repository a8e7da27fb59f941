//! The command line: one file for each command.

mod evaluate;
mod lines;
pub mod models;
mod progress;
mod train;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Decide what happens to a blog comment: accept, hold or reject, and show why.
#[derive(Debug, Parser)]
#[command(name = "hamgate", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Train(train::Train),
    Evaluate(evaluate::Evaluate),
}

/// Runs one command.
///
/// # Errors
/// What went wrong, to be shown to the person who typed it.
pub async fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Command::Train(command) => command.run().await,
        Command::Evaluate(command) => command.run(),
    }
}
