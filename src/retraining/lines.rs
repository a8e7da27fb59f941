//! Files of comment lines, read again and again in bounded memory.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Deserialize;

use crate::bayes::TrainError;
use crate::domain::{CommentLine, Sample};
use crate::evaluation::Places;

/// Bytes of lines that are parsed together.
const BATCH: usize = 4 << 20;
/// A longer line is no comment.
const LONGEST: usize = 16 << 20;

/// Files, and standard input, whose lines are kept in a temporary file.
#[derive(Debug)]
pub struct LineFiles {
    files: Vec<LineFile>,
}

#[derive(Debug)]
struct LineFile {
    name: String,
    /// The site of lines that name none.
    set: String,
    shown: String,
    from: From,
    size: u64,
}

#[derive(Debug)]
enum From {
    Path(PathBuf),
    Temporary(File),
}

/// A line's site alone: all that grouping asks for.
#[derive(Deserialize)]
struct SiteOnly<'l> {
    #[serde(borrow, default)]
    site: Option<Cow<'l, str>>,
}

impl LineFiles {
    /// No file.
    pub fn none() -> Self {
        Self { files: Vec::new() }
    }

    /// Opens the files, or keeps standard input where none is named.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn open(files: &[PathBuf]) -> Result<Self, TrainError> {
        if files.is_empty() {
            return Self::standard_input();
        }
        let open = |path: &PathBuf| {
            let file = File::open(path).map_err(|error| unreadable(path, &error))?;
            let size = file.metadata().map_err(|error| unreadable(path, &error))?;
            // What can be read once only is kept.
            let from = match size.is_file() {
                true => From::Path(path.clone()),
                false => From::Temporary(kept(file).map_err(|error| unreadable(path, &error))?),
            };
            let size = match &from {
                From::Path(_) => size.len(),
                From::Temporary(file) => file.metadata().map_or(0, |file| file.len()),
            };
            let name = path.file_name().unwrap_or(path.as_os_str());
            let folder = path.parent().and_then(Path::file_name);
            Ok(LineFile {
                name: name.to_string_lossy().into_owned(),
                set: folder.unwrap_or(name).to_string_lossy().into_owned(),
                shown: path.display().to_string(),
                from,
                size,
            })
        };
        let files = files.iter().map(open).collect::<Result<_, _>>()?;
        Ok(Self { files })
    }

    fn standard_input() -> Result<Self, TrainError> {
        let unreadable =
            |error| TrainError::Unreadable(format!("standard input cannot be read: {error}"));
        let file = kept(io::stdin().lock()).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        let file = LineFile {
            name: "standard input".into(),
            set: "stdin".into(),
            shown: "standard input".into(),
            from: From::Temporary(file),
            size,
        };
        Ok(Self { files: vec![file] })
    }

    /// Bytes of all files.
    pub fn size(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Which sites there are, and in which files.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn places(&self, places: &mut Places) -> Result<(), TrainError> {
        for file in &self.files {
            file.batches(&mut |lines, _, _| {
                let sites: Vec<Option<String>> = lines
                    .par_iter()
                    .map(|line| {
                        let only: Option<SiteOnly> = serde_json::from_slice(line).ok();
                        only.and_then(|only| only.site).map(Cow::into_owned)
                    })
                    .collect();
                for site in sites {
                    let site = site.as_deref().unwrap_or(&file.set);
                    match places.get_mut(site) {
                        Some(files) if files.contains(&file.name) => {}
                        Some(files) => {
                            files.insert(file.name.clone());
                        }
                        None => {
                            let files = [file.name.clone()].into();
                            places.insert(site.to_owned(), files);
                        }
                    }
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Gives the labelled lines of all files in batches, each with its file's
    /// name and how many bytes of all files are read.
    ///
    /// # Errors
    /// A file that cannot be read, or a line that is no comment line, by its
    /// number; or what `take` fails with.
    pub fn pass(
        &self,
        take: &mut dyn FnMut(Vec<Sample>, &str, u64) -> Result<(), TrainError>,
    ) -> Result<(), TrainError> {
        let mut before = 0;
        for file in &self.files {
            file.batches(&mut |lines, first, read| {
                let parsed: Result<Vec<Option<Sample>>, (usize, String)> = lines
                    .par_iter()
                    .enumerate()
                    .map(|(at, line)| sample(line, &file.set).map_err(|error| (first + at, error)))
                    .collect();
                let samples = parsed.map_err(|(line, error)| {
                    TrainError::Unreadable(format!("{}, line {line}: {error}", file.shown))
                })?;
                take(
                    samples.into_iter().flatten().collect(),
                    &file.name,
                    before + read,
                )
            })?;
            before += file.size;
        }
        Ok(())
    }
}

fn sample(line: &[u8], set: &str) -> Result<Option<Sample>, String> {
    let text =
        std::str::from_utf8(line).map_err(|_| "is not UTF-8; save the file as UTF-8".to_owned())?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let line = CommentLine::parse(text).map_err(|error| error.to_string())?;
    Ok(line.into_sample(set))
}

type TakeLines<'t> = dyn FnMut(&[Vec<u8>], usize, u64) -> Result<(), TrainError> + 't;

impl LineFile {
    /// Gives the lines in batches, each with the number of its first line, from
    /// 1, and how many bytes of the file are read.
    fn batches(&self, take: &mut TakeLines) -> Result<(), TrainError> {
        let unreadable = |error| unreadable(Path::new(&self.shown), &error);
        let file = match &self.from {
            From::Path(path) => File::open(path),
            From::Temporary(file) => file
                .try_clone()
                .and_then(|mut file| file.seek(SeekFrom::Start(0)).map(|_| file)),
        };
        let mut reader = BufReader::with_capacity(1 << 20, file.map_err(unreadable)?);
        let (mut lines, mut bytes, mut first, mut read) = (Vec::new(), 0, 1, 0);
        loop {
            let mut line = Vec::new();
            let mut bounded = (&mut reader).take(LONGEST as u64 + 1);
            let length = bounded.read_until(b'\n', &mut line).map_err(unreadable)?;
            if length > LONGEST {
                return Err(TrainError::Unreadable(format!(
                    "{}, line {}: is longer than {} MiB; give one comment a line",
                    self.shown,
                    first + lines.len(),
                    LONGEST >> 20
                )));
            }
            read += length as u64;
            bytes += length;
            if length > 0 {
                lines.push(line);
            }
            if bytes >= BATCH || length == 0 {
                take(&lines, first, read)?;
                first += lines.len();
                bytes = 0;
                lines.clear();
            }
            if length == 0 {
                return Ok(());
            }
        }
    }
}

fn kept(mut from: impl Read) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    io::copy(&mut from, &mut file)?;
    Ok(file)
}

/// What is said of a file of comment lines that is not there, or not readable.
fn unreadable(file: &Path, error: &io::Error) -> TrainError {
    TrainError::Unreadable(format!(
        "{} cannot be read: {error}; name a file of comment lines, or give them on standard input",
        file.display()
    ))
}
