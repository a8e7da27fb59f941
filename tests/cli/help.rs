//! `--help`, of the program and of each command.

use crate::binary::runs;

#[test]
fn help_mentions_each_command() {
    let help = runs(&["--help"]);
    for command in [
        "serve",
        "check",
        "score",
        "evaluate",
        "train",
        "models",
        "sites",
        "moderators",
        "queue",
        "rules",
        "config",
        "healthcheck",
    ] {
        let line = help
            .lines()
            .find(|line| line.trim_start().starts_with(&format!("{command} ")));
        let line = line.unwrap_or_else(|| panic!("{command} is not in\n{help}"));
        assert!(line.split_whitespace().count() > 2, "{line}");
        assert!(runs(&[command, "--help"]).contains("Usage:"));
    }
}
