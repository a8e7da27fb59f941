//! Files that are for their owner only, whole on disk before they have a name.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::super::error::ServiceError;
use super::manifest::ManifestFile;

/// What is not finished has a name that begins like this.
const PARTIAL: &str = ".hamgate-partial-";
const BUFFER: usize = 256 * 1024;

/// A folder beside the target that is gone again unless it is kept. What an
/// interrupted run left there is removed.
pub(super) struct Draft {
    folder: TempDir,
    /// Shows others that somebody is at work in it.
    _lock: File,
}

impl Draft {
    pub fn beside(target: &Path) -> io::Result<Self> {
        let parent = parent_of(target);
        remove_abandoned(parent)?;
        let folder = tempfile::Builder::new()
            .prefix(PARTIAL)
            .permissions(fs::Permissions::from_mode(0o700))
            .tempdir_in(parent)?;
        let lock = File::open(folder.path())?;
        lock.lock()?;
        Ok(Self {
            folder,
            _lock: lock,
        })
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Gives the folder its name.
    pub fn keep_as(self, target: &Path) -> io::Result<()> {
        File::open(self.path())?.sync_all()?;
        fs::rename(self.path(), target)?;
        let _ = self.folder.keep();
        File::open(parent_of(target))?.sync_all()
    }
}

fn remove_abandoned(parent: &Path) -> io::Result<()> {
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        let ours = entry.file_name().to_string_lossy().starts_with(PARTIAL);
        // Who is at work holds the lock, and a killed process holds none.
        if ours && entry.file_type()?.is_dir() && File::open(entry.path())?.try_lock().is_ok() {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

pub(super) fn parent_of(target: &Path) -> &Path {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

pub(super) fn folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// A new file for its owner only.
pub(super) fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// Writes a file of the folder, and syncs it. `counted` hears of each piece.
pub(super) fn put(
    folder: &Path,
    path: &str,
    from: &mut dyn Read,
    counted: &mut dyn FnMut(u64),
) -> io::Result<ManifestFile> {
    let mut file = create(&folder.join(path))?;
    let written = through(from, &mut file, counted)?;
    file.sync_all()?;
    Ok(named(path, written))
}

/// What a file is known by.
pub(super) fn known_by(
    folder: &Path,
    path: &str,
    counted: &mut dyn FnMut(u64),
) -> io::Result<ManifestFile> {
    let mut file = File::open(folder.join(path))?;
    file.sync_all()?;
    let read = through(&mut file, &mut io::sink(), counted)?;
    Ok(named(path, read))
}

fn named(path: &str, (bytes, sha256): (u64, String)) -> ManifestFile {
    ManifestFile {
        path: path.to_owned(),
        bytes,
        sha256,
    }
}

/// Copies, and returns how many bytes, and their hash.
fn through(
    from: &mut dyn Read,
    to: &mut dyn Write,
    counted: &mut dyn FnMut(u64),
) -> io::Result<(u64, String)> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; BUFFER];
    let mut bytes = 0;
    loop {
        let read = match from.read(&mut buffer) {
            Ok(0) => return Ok((bytes, HEXLOWER.encode(&hash.finalize()))),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        hash.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
        bytes += read as u64;
        counted(read as u64);
    }
}

/// An error about a path, with what to do.
pub(super) fn refused(path: &Path, problem: impl ToString, remedy: &'static str) -> ServiceError {
    ServiceError::Directory {
        path: PathBuf::from(path),
        problem: problem.to_string(),
        remedy,
    }
}
