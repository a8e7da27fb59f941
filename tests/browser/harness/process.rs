//! A program that a test started; it ends with the test.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

pub struct Process {
    child: Child,
    /// Kept open, for the program may print more.
    output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts it, and waits for the line in which `find` finds something.
    pub fn start<T>(command: &mut Command, find: impl Fn(&str) -> Option<T>) -> (Self, T) {
        let program = command.get_program().to_owned();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program:?} does not start: {error}"));
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut process = Self { child, output };
        loop {
            let mut line = String::new();
            let read = process.output.read_line(&mut line).unwrap();
            assert!(read > 0, "{program:?} ended early");
            if let Some(found) = find(&line) {
                return (process, found);
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address in `listening on http://…`.
pub fn listening(line: &str) -> Option<String> {
    let address = line.strip_prefix("listening on ")?;
    Some(address.trim().to_owned())
}

/// A command that does not see the settings of whoever runs the tests.
pub fn away_from_settings(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HAMGATE_")) {
        command.env_remove(name);
    }
    command
}
