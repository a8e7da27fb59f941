//! Comment lines from files and standard input.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};

use crate::bayes::read_samples;
use crate::domain::Sample;
use crate::evaluation::Lines;

/// Labelled samples of all files, or of standard input where none is named, with
/// the file that each is from.
pub fn with_files(files: &[PathBuf]) -> Result<Lines> {
    let mut lines = Lines::default();
    if files.is_empty() {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("standard input cannot be read")?;
        let samples = parsed(&text, "stdin", Path::new("standard input"))?;
        lines.add("standard input", samples);
    }
    for file in files {
        let text = std::fs::read_to_string(file).map_err(|error| unreadable(file, &error))?;
        let name = file.file_name().unwrap_or(file.as_os_str());
        lines.add(&name.to_string_lossy(), parsed(&text, &set_of(file), file)?);
    }
    Ok(lines)
}

/// What is said of a file of comment lines that is not there, or not readable.
pub fn unreadable(file: &Path, error: &io::Error) -> anyhow::Error {
    anyhow!(
        "{} cannot be read: {error}; name a file of comment lines, or give them on standard input",
        file.display()
    )
}

fn parsed(text: &str, set: &str, file: &Path) -> Result<Vec<Sample>> {
    match read_samples(text, set) {
        Ok(samples) => Ok(samples),
        Err((line, error)) => bail!("{}, line {line}: {error}", file.display()),
    }
}

/// Files of one folder without site names are one set: its ham and its spam
/// may be kept apart.
fn set_of(file: &Path) -> String {
    let folder = file.parent().and_then(Path::file_name);
    folder
        .or(file.file_name())
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
