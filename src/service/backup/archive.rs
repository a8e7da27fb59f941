//! A backup as it lies on disk: a folder, or the same in one tar file.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};

use super::super::error::ServiceError;
use super::files::{self, refused};
use super::manifest::{MANIFEST, Manifest};

/// Longest manifest that is read, in bytes.
const MAX_MANIFEST: u64 = 16 * 1024 * 1024;
const NAME_A_BACKUP: &str = "name a backup that `hamgate backup` made";

/// Writes the folder into one file; the manifest comes first.
pub(super) fn pack(folder: &Path, manifest: &Manifest, into: &Path) -> io::Result<()> {
    let mut archive = tar::Builder::new(BufWriter::new(files::create(into)?));
    archive.mode(tar::HeaderMode::Deterministic);
    let paths = manifest.files.iter().map(|file| file.path.as_str());
    for path in [MANIFEST].into_iter().chain(paths) {
        let mut file = File::open(folder.join(path))?;
        let mut header = tar::Header::new_gnu();
        header.set_size(file.metadata()?.len());
        header.set_mode(0o600);
        header.set_mtime(manifest.made_at.as_second().unsigned_abs());
        archive.append_data(&mut header, path, &mut file)?;
    }
    let file = archive
        .into_inner()?
        .into_inner()
        .map_err(|error| error.into_error())?;
    file.sync_all()
}

/// Something to read a backup's files from.
pub(super) struct Source {
    path: PathBuf,
    pub manifest: Manifest,
}

impl Source {
    pub fn open(path: &Path) -> Result<Self, ServiceError> {
        let unreadable = |problem: String| refused(path, problem, NAME_A_BACKUP);
        let text = if path.is_dir() {
            let file = File::open(path.join(MANIFEST));
            let file = file.map_err(|error| unreadable(format!("has no {MANIFEST}: {error}")))?;
            text_of(file)
        } else {
            let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
            let mut archive = tar::Archive::new(BufReader::new(file));
            let mut entries = archive
                .entries()
                .map_err(|error| unreadable(error.to_string()))?;
            match entries.next() {
                Some(Ok(entry)) if is_named(&entry, MANIFEST) => text_of(entry),
                Some(Ok(_)) | None => Err(io::Error::other("it is no backup")),
                Some(Err(error)) => Err(error),
            }
        };
        let text = text.map_err(|error| unreadable(format!("cannot be read: {error}")))?;
        let manifest: Manifest = serde_json::from_slice(&text)
            .map_err(|error| unreadable(format!("has a damaged {MANIFEST}: {error}")))?;
        match manifest.problem() {
            Some(problem) => Err(unreadable(problem)),
            None => Ok(Self {
                path: path.to_owned(),
                manifest,
            }),
        }
    }

    /// Gives every file of the manifest to `visit`, each once.
    pub fn each(
        &self,
        mut visit: impl FnMut(&str, &mut dyn Read) -> io::Result<()>,
    ) -> Result<(), ServiceError> {
        let outcome = if self.path.is_dir() {
            self.manifest.files.iter().try_for_each(|file| {
                visit(&file.path, &mut File::open(self.path.join(&file.path))?)
            })
        } else {
            self.unpack(&mut visit)
        };
        outcome.map_err(|error| {
            let problem = format!("could not be restored: {error}");
            refused(&self.path, problem, "restore another backup")
        })
    }

    fn unpack(
        &self,
        visit: &mut impl FnMut(&str, &mut dyn Read) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut archive = tar::Archive::new(BufReader::new(File::open(&self.path)?));
        let mut entries = archive.entries()?.skip(1);
        // In their order, so that each is there once and nothing else.
        for file in &self.manifest.files {
            let entry = entries
                .next()
                .unwrap_or_else(|| Err(io::ErrorKind::UnexpectedEof.into()));
            let mut entry = entry?;
            if !is_named(&entry, &file.path) {
                return Err(io::Error::other(format!(
                    "{} is not where it should be",
                    file.path
                )));
            }
            visit(&file.path, &mut entry)?;
        }
        Ok(())
    }
}

fn is_named<R: Read>(entry: &tar::Entry<'_, R>, name: &str) -> bool {
    entry.header().entry_type().is_file() && *entry.path_bytes() == *name.as_bytes()
}

fn text_of(file: impl Read) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    file.take(MAX_MANIFEST).read_to_end(&mut text)?;
    Ok(text)
}

/// Whether a name asks for one file.
pub(super) fn is_one_file(target: &Path) -> bool {
    target.extension().is_some_and(|ending| ending == "tar")
}

/// Removes what is there of a file whose making failed.
pub(super) fn discard(path: &Path) {
    let _ = fs::remove_file(path);
}
