//! Model files beside the database, each named after its content.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::bayes::content_hash;
use crate::service::ServiceError;
use crate::store::ModelHash;

const ENDING: &str = "model";
/// What a training that was killed left behind is removed after this time;
/// until then it may be at work.
const ABANDONED: Duration = Duration::from_secs(24 * 3600);
/// Held by whoever trains into the installation.
const LOCK: &str = "training.lock";

/// The directory of the model files. It is made when the first one is kept.
#[derive(Debug, Clone)]
pub struct ModelFiles(PathBuf);

impl ModelFiles {
    pub fn of(data: &Path) -> Self {
        Self(data.join("models"))
    }

    fn path(&self, hash: &ModelHash) -> PathBuf {
        self.0.join(&hash.0).with_extension(ENDING)
    }

    /// Keeps a model; its file is whole and on disk when this returns, or is
    /// not there.
    ///
    /// # Errors
    /// The directory cannot be written to.
    pub fn put(&self, bytes: &[u8]) -> Result<ModelHash, ServiceError> {
        let hash = ModelHash(content_hash(bytes));
        let path = self.path(&hash);
        let write = || {
            self.make()?;
            let mut file = tempfile::NamedTempFile::new_in(&self.0)?;
            file.write_all(bytes)?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            File::open(&self.0)?.sync_all()
        };
        write().map_err(|error| self.refused(&error))?;
        Ok(hash)
    }

    /// A model's file.
    ///
    /// # Errors
    /// It is not there, or does not hold what it did.
    pub fn read(&self, hash: &ModelHash) -> Result<Vec<u8>, ServiceError> {
        let path = self.path(hash);
        let bytes = fs::read(&path).map_err(|error| ServiceError::Directory {
            path: path.clone(),
            problem: error.to_string(),
            remedy: "restore it from a backup, or let another model judge (hamgate models rollback)",
        })?;
        if content_hash(&bytes) == hash.0 {
            return Ok(bytes);
        }
        Err(ServiceError::Directory {
            path,
            problem: "is damaged: its content has another hash than its name".into(),
            remedy: "restore it from a backup, or let another model judge (hamgate models rollback)",
        })
    }

    /// # Errors
    /// The file cannot be removed; one that is not there is.
    pub fn remove(&self, hash: &ModelHash) -> Result<(), ServiceError> {
        match fs::remove_file(self.path(hash)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.refused(&error)),
            _ => Ok(()),
        }
    }

    /// Removes what an interrupted training left: files that are not of `known`
    /// models, unless they are new.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub fn tidy(&self, known: &[ModelHash]) -> Result<(), ServiceError> {
        let remove = || {
            let entries = match fs::read_dir(&self.0) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
                entries => entries?,
            };
            for entry in entries {
                let entry = entry?;
                let name = entry.file_name();
                let of_known = known
                    .iter()
                    .any(|hash| Path::new(&name) == Path::new(&hash.0).with_extension(ENDING));
                let changed = entry.metadata()?.modified()?;
                let age = SystemTime::now()
                    .duration_since(changed)
                    .unwrap_or_default();
                if !of_known && name != LOCK && age > ABANDONED {
                    fs::remove_file(entry.path())?;
                }
            }
            Ok(())
        };
        remove().map_err(|error: io::Error| self.refused(&error))
    }

    /// Held by one at a time, whatever the process, and given back when it is
    /// dropped or its process ends; `None` while another one has it.
    ///
    /// # Errors
    /// The directory cannot be written to.
    pub fn lock(&self) -> Result<Option<File>, ServiceError> {
        let lock = || {
            self.make()?;
            let file = File::options()
                .create(true)
                .append(true)
                .open(self.0.join(LOCK))?;
            match file.try_lock() {
                Ok(()) => Ok(Some(file)),
                Err(fs::TryLockError::WouldBlock) => Ok(None),
                Err(fs::TryLockError::Error(error)) => Err(error),
            }
        };
        lock().map_err(|error: io::Error| self.refused(&error))
    }

    /// A file without a name, for what is needed during one training only. It is
    /// where the comments are anyway, and gone with the process.
    ///
    /// # Errors
    /// The directory cannot be written to.
    pub fn scratch(&self) -> Result<File, ServiceError> {
        let scratch = || {
            self.make()?;
            tempfile::tempfile_in(&self.0)
        };
        scratch().map_err(|error| self.refused(&error))
    }

    fn make(&self) -> io::Result<()> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.0)
    }

    /// What is said where the directory cannot be written to.
    pub fn refused(&self, error: &io::Error) -> ServiceError {
        ServiceError::Directory {
            path: self.0.clone(),
            problem: error.to_string(),
            remedy: "let this process write there, and make room on the disk",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_content_and_a_damaged_one_is_refused() {
        let data = tempfile::tempdir().expect("a directory");
        let files = ModelFiles::of(data.path());
        let hash = files.put(b"weights").expect("room");
        assert_eq!(files.read(&hash).expect("it is there"), b"weights");
        fs::write(files.path(&hash), b"weighty").expect("written over");
        assert!(files.read(&hash).is_err());
        assert_eq!(files.put(b"weights").expect("room"), hash);
        assert_eq!(files.read(&hash).expect("it is whole again"), b"weights");
        files.remove(&hash).expect("removed");
        assert!(files.read(&hash).is_err());
        files.remove(&hash).expect("nothing is left to remove");
    }

    #[test]
    fn only_old_strangers_are_tidied_away() {
        let data = tempfile::tempdir().expect("a directory");
        let files = ModelFiles::of(data.path());
        let (kept, forgotten) = (
            files.put(b"one").expect("room"),
            files.put(b"two").expect("room"),
        );
        let fresh = files.put(b"three").expect("room");
        let old = SystemTime::now() - 2 * ABANDONED;
        for hash in [&kept, &forgotten] {
            let file = File::options()
                .append(true)
                .open(files.path(hash))
                .expect("there");
            file.set_modified(old).expect("its time is set");
        }
        files.tidy(std::slice::from_ref(&kept)).expect("tidy");
        assert!(files.read(&kept).is_ok() && files.read(&fresh).is_ok());
        assert!(files.read(&forgotten).is_err());
    }

    #[test]
    fn one_trains_at_a_time() {
        let data = tempfile::tempdir().expect("a directory");
        let files = ModelFiles::of(data.path());
        let first = files.lock().expect("room");
        assert!(first.is_some());
        assert!(files.lock().expect("room").is_none());
        drop(first);
        assert!(files.lock().expect("room").is_some());
    }
}
