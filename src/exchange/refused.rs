//! Why a file cannot be imported.

use std::io;

use thiserror::Error;

/// A file that cannot be imported: where, why, and what to do. Nothing of it was
/// imported.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{problem}; {remedy}", at(*line))]
pub struct Refused {
    /// From 1; `None` where it is about the whole file.
    pub line: Option<u64>,
    pub problem: String,
    pub remedy: String,
}

fn at(line: Option<u64>) -> String {
    line.map_or_else(String::new, |line| format!("line {line}: "))
}

impl Refused {
    /// About the whole file.
    pub fn file(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            line: None,
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }

    /// About one line of it.
    pub fn line(line: u64, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            ..Self::file(problem, remedy)
        }
    }

    /// Of an error that may have been one of ours, passed through a parser.
    pub fn reading(error: &io::Error, line: u64) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(ours) => Self::clone(ours),
            None => Self::line(
                line,
                format!("cannot be read ({error})"),
                "get the file anew, it may be damaged",
            ),
        }
    }
}

impl From<Refused> for io::Error {
    fn from(refused: Refused) -> Self {
        Self::new(io::ErrorKind::InvalidData, refused)
    }
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Self::file(
            format!("the comments could not be sorted on disk ({error})"),
            "make room in the data directory, and run it again",
        )
    }
}
