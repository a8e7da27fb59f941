//! The last good copy of a fetched list, so that a restart does not wait for
//! its host, nor fetch again what has not changed.

use std::fs::{self, DirBuilder};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::config::ListSource;

/// By what a list's host tells whether it has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// Where the copy of a list is; nowhere for a file.
#[derive(Debug, Clone)]
pub(super) struct Cache(Option<PathBuf>);

/// What was kept.
pub(super) struct Copy {
    pub text: String,
    pub at: Timestamp,
    pub validators: Validators,
}

/// The first line of the copy; the list's text follows.
#[derive(Serialize, Deserialize)]
struct Head {
    at: Timestamp,
    #[serde(flatten)]
    validators: Validators,
}

impl Cache {
    pub(super) fn of(folder: &Path, source: &ListSource) -> Self {
        Self(match source {
            ListSource::File(_) => None,
            ListSource::Url(url) => {
                let name = HEXLOWER.encode(&Sha256::digest(url.as_bytes())[..12]);
                Some(folder.join(format!("{name}.list")))
            }
        })
    }

    /// What was kept; `None` if nothing was, or it is damaged.
    pub(super) fn read(&self) -> Option<Copy> {
        let text = fs::read(self.0.as_ref()?).ok()?;
        let text = String::from_utf8_lossy(&text);
        let (head, text) = text.split_once('\n')?;
        let head: Head = serde_json::from_str(head).ok()?;
        Some(Copy {
            text: text.to_owned(),
            at: head.at,
            validators: head.validators,
        })
    }

    /// Keeps a copy in the place of the earlier one, or leaves that alone.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn write(
        &self,
        text: &str,
        at: Timestamp,
        validators: &Validators,
    ) -> io::Result<()> {
        let Some(path) = &self.0 else {
            return Ok(());
        };
        let folder = path.parent().unwrap_or(Path::new("."));
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        let head = Head {
            at,
            validators: validators.clone(),
        };
        let mut file = NamedTempFile::new_in(folder)?;
        writeln!(file, "{}", serde_json::to_string(&head)?)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_read_as_it_was_written_and_a_damaged_one_is_none() {
        let home = tempfile::tempdir().unwrap();
        let source = ListSource::Url("https://lists.example/a".into());
        let cache = Cache::of(&home.path().join("lists"), &source);
        assert!(cache.read().is_none());
        let validators = Validators {
            etag: Some("\"1\"".into()),
            last_modified: None,
        };
        let at = Timestamp::from_second(1_790_000_000).unwrap();
        cache.write("a.com\nb.com\n", at, &validators).unwrap();
        let copy = cache.read().unwrap();
        assert_eq!((copy.text.as_str(), copy.at), ("a.com\nb.com\n", at));
        assert_eq!(copy.validators, validators);
        fs::write(cache.0.as_ref().unwrap(), "{\"at\"").unwrap();
        assert!(cache.read().is_none());
    }
}
