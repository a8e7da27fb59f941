//! The command line: one file for each command.

mod backup;
mod check;
mod config;
mod evaluate;
mod forget;
mod export;
mod healthcheck;
mod labels;
mod import;
mod lines;
mod model_file;
mod models;
mod moderators;
mod origins;
mod person;
mod progress;
mod queue;
mod replay;
mod restore;
mod rules;
mod say;
mod score;
mod serve;
mod settings;
mod site_settings;
mod sites;
mod train;
mod webhooks;

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};

use crate::outbound::choose_cryptography;

pub use model_file::load as load_model;

/// Decide what happens to a blog comment: accept, hold or reject, and show why.
#[derive(Debug, Parser)]
#[command(name = "hamgate", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Check(check::Check),
    Score(score::Score),
    Evaluate(evaluate::Evaluate),
    Train(train::Train),
    Models(models::Models),
    Labels(labels::Labels),
    Sites(sites::Sites),
    Import(import::Import),
    Export(export::Export),
    Moderators(moderators::Moderators),
    Queue(queue::Queue),
    Webhooks(webhooks::Webhooks),
    Backup(backup::BackupCommand),
    Restore(restore::RestoreCommand),
    Forget(forget::Forget),
    Person(person::Person),
    Replay(replay::ReplayCommand),
    Rules(rules::RulesCommand),
    Config(config::ConfigCommand),
    Healthcheck(healthcheck::Healthcheck),
}

/// Runs one command.
///
/// # Errors
/// What went wrong, to be shown to the person who typed it.
pub async fn run(cli: Cli) -> Result<()> {
    choose_cryptography();
    match cli.command {
        Command::Serve(command) => command.run().await,
        Command::Check(command) => command.run(),
        Command::Score(command) => command.run(),
        Command::Evaluate(command) => command.run().await,
        Command::Train(command) => command.run().await,
        Command::Models(command) => command.run().await,
        Command::Labels(command) => command.run().await,
        Command::Sites(command) => command.run().await,
        Command::Import(command) => command.run().await,
        Command::Export(command) => command.run().await,
        Command::Moderators(command) => command.run().await,
        Command::Queue(command) => command.run().await,
        Command::Webhooks(command) => command.run().await,
        Command::Backup(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Forget(command) => command.run().await,
        Command::Person(command) => command.run().await,
        Command::Replay(command) => command.run().await,
        Command::Rules(command) => command.run(),
        Command::Config(command) => command.run(),
        Command::Healthcheck(command) => command.run().await,
    }
}

/// Who types, for the histories.
fn by() -> String {
    std::env::var("USER").unwrap_or_else(|_| "cli".to_owned())
}

/// `docs/cli.md`: the help of every command.
pub fn cli_reference() -> String {
    let mut page = String::from(
        "# Command line\n\n<!-- Made from src/cli by `cargo test`; change that, not this. -->\n",
    );
    let mut command = Cli::command().term_width(80);
    command.build();
    let mut waiting: Vec<clap::Command> = vec![command];
    while let Some(mut command) = waiting.pop() {
        let name = command.get_bin_name().unwrap_or("hamgate").to_owned();
        let help = command.render_long_help().to_string();
        let help: Vec<&str> = help.lines().map(str::trim_end).collect();
        page.push_str(&format!(
            "\n## `{name}`\n\n```text\n{}\n```\n",
            help.join("\n").trim()
        ));
        let mut children: Vec<clap::Command> = command
            .get_subcommands()
            .filter(|child| child.get_name() != "help")
            .cloned()
            .collect();
        children.reverse();
        waiting.append(&mut children);
    }
    page
}
