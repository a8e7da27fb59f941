//! Restores a backup into an empty folder.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::super::error::ServiceError;
use super::archive::Source;
use super::files::{self, refused};
use super::manifest::{DATABASE, MODELS, Manifest, NAMED_MODEL, SETTINGS, is_known};
use super::{BackupStage, Progress};
use crate::store::sqlite::{SqliteStore, backup as database};

/// Lies in a folder as long as a restore into it is not finished. Nothing opens
/// such a folder, and the next restore begins it anew.
pub(in super::super) const UNFINISHED: &str = ".restoring";
const EMPTY: &str = "name an empty folder, or one that is not there yet (--data)";

/// What was restored.
#[derive(Debug, Clone)]
pub struct Restored {
    pub manifest: Manifest,
    /// Of the database's tables, brought up to date.
    pub schema: i64,
    /// The settings file, if the backup has one.
    pub settings_file: Option<PathBuf>,
    /// The model that the setting `model` named.
    pub model_file: Option<PathBuf>,
}

/// Restores a backup into a folder that is empty or not there. Every file is
/// compared with its hash, and the database is brought up to date. Until all is
/// on disk, no hamgate opens the folder.
///
/// # Errors
/// The folder has something in it, or the backup is damaged or from a newer
/// version; then nothing is left in the folder.
pub fn restore(
    backup: &Path,
    data: &Path,
    progress: &mut Progress<'_>,
) -> Result<Restored, ServiceError> {
    let source = Source::open(backup)?;
    let unwritable = |error: io::Error| refused(data, error, EMPTY);
    files::folder(data).map_err(unwritable)?;
    let _lock = claim(data)?;
    let restored = fill(&source, data, progress);
    if restored.is_err() {
        clear(data).map_err(unwritable)?;
    }
    finish(data).map_err(unwritable)?;
    restored
}

/// Marks the folder as ours, if nothing is in it that is not.
fn claim(data: &Path) -> Result<File, ServiceError> {
    let unwritable = |error: io::Error| refused(data, error, EMPTY);
    let marker = data.join(UNFINISHED);
    let entries = fs::read_dir(data).map_err(unwritable)?;
    let mut any = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name());
    // A folder with the marker was empty before.
    if !marker.exists() && any.next().is_some() {
        return Err(refused(data, "is not empty", EMPTY));
    }
    let mut open = OpenOptions::new();
    open.write(true).create(true).truncate(false).mode(0o600);
    let file = open.open(&marker).map_err(unwritable)?;
    if file.try_lock().is_err() {
        return Err(refused(data, "is being restored into", EMPTY));
    }
    File::open(data)
        .and_then(|folder| folder.sync_all())
        .map_err(unwritable)?;
    clear(data).map_err(unwritable)?;
    Ok(file)
}

fn fill(
    source: &Source,
    data: &Path,
    progress: &mut Progress<'_>,
) -> Result<Restored, ServiceError> {
    let manifest = source.manifest.clone();
    let (mut done, all) = (0, manifest.bytes());
    files::folder(&data.join(MODELS)).map_err(|error| refused(data, error, EMPTY))?;
    source.each(|path, from| {
        let put = files::put(data, path, from, &mut |more| {
            done += more;
            progress(BackupStage::Files, done, all);
        })?;
        match manifest.files.contains(&put) {
            true => Ok(()),
            false => Err(io::Error::other(format!(
                "{path} is not what its hash says"
            ))),
        }
    })?;
    let path = data.join(DATABASE);
    // Opening it brings it up to date; closing it leaves one file.
    drop(SqliteStore::open(&path)?);
    let schema = database::version(&path)?;
    let existing = |name| Some(data.join(name)).filter(|path| path.exists());
    Ok(Restored {
        schema,
        settings_file: existing(SETTINGS),
        model_file: existing(NAMED_MODEL),
        manifest,
    })
}

/// Removes what a restore may have written.
fn clear(data: &Path) -> io::Result<()> {
    for entry in fs::read_dir(data)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name == MODELS {
            fs::remove_dir_all(entry.path())?;
        } else if is_known(name.trim_end_matches("-wal").trim_end_matches("-shm")) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// All is on disk; from now on it is an installation.
fn finish(data: &Path) -> io::Result<()> {
    for folder in [data.join(MODELS), data.to_owned()] {
        match File::open(folder) {
            Ok(folder) => folder.sync_all()?,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    fs::remove_file(data.join(UNFINISHED))?;
    File::open(data)?.sync_all()
}

/// Why a folder is not to be opened, if a restore into it was interrupted.
pub(in super::super) fn refuse_unfinished(data: &Path) -> Result<(), ServiceError> {
    if data.join(UNFINISHED).exists() {
        return Err(refused(
            data,
            "was being restored into, and that did not come to its end",
            "run `hamgate restore` again",
        ));
    }
    Ok(())
}
