//! The binary, run as a person would run it.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// The binary, away from the settings of whoever runs the tests.
pub fn hamgate(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hamgate"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HAMGATE_")) {
        command.env_remove(name);
    }
    command.args(arguments);
    command
}

pub fn runs(arguments: &[&str]) -> String {
    let output = hamgate(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

pub fn runs_on(input: &str, arguments: &[&str]) -> Output {
    let mut child = hamgate(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
}
