//! The installation's secret on disk: 32 bytes as hexadecimal digits, for its
//! owner only. It is made once, whole or not at all, and never replaced.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use data_encoding::HEXLOWER_PERMISSIVE;

use super::error::ServiceError;
use crate::secret::Secret;

/// Reads the secret; `None` if there is none yet.
pub(super) fn read(path: &Path) -> Result<Option<Secret>, ServiceError> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Err(refused(
                path,
                error.to_string(),
                "make it readable for the user of this process",
            ));
        }
    };
    HEXLOWER_PERMISSIVE
        .decode(text.trim_ascii())
        .ok()
        .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
        .map(|bytes| Some(Secret::from_bytes(bytes)))
        .ok_or_else(|| {
            refused(
                path,
                "is damaged: expected 64 hexadecimal digits".into(),
                "restore it from a backup, for without it no stored key is recognised",
            )
        })
}

/// Makes a secret, unless another process has just made one; returns the one
/// that is there.
pub(super) fn create(path: &Path) -> Result<Secret, ServiceError> {
    let secret = Secret::generate()?;
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    let made = write_whole(&draft, path, &secret);
    let _ = fs::remove_file(&draft);
    match made {
        Ok(()) => Ok(secret),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            read(path)?.ok_or_else(|| refused(path, "vanished".into(), "start again"))
        }
        Err(error) => Err(refused(
            path,
            error.to_string(),
            "make its directory writable",
        )),
    }
}

/// A link fails where the file exists, and appears with all its bytes.
fn write_whole(draft: &Path, path: &Path, secret: &Secret) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(draft)?;
    writeln!(
        file,
        "{}",
        data_encoding::HEXLOWER.encode(secret.as_bytes())
    )?;
    file.sync_all()?;
    fs::hard_link(draft, path)?;
    match path.parent() {
        Some(directory) => File::open(directory)?.sync_all(),
        None => Ok(()),
    }
}

fn refused(path: &Path, problem: String, remedy: &'static str) -> ServiceError {
    ServiceError::Directory {
        path: path.to_owned(),
        problem,
        remedy,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_secret_is_made_once_for_its_owner_only() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("secret");
        assert!(read(&path).unwrap().is_none());
        let made = create(&path).unwrap();
        let again = create(&path).unwrap();
        let read_back = read(&path).unwrap().unwrap();
        assert_eq!(made.as_bytes(), again.as_bytes());
        assert_eq!(made.as_bytes(), read_back.as_bytes());
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_damaged_secret_is_refused_and_left_as_it_is() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("secret");
        fs::write(&path, "0123").unwrap();
        let message = read(&path).unwrap_err().to_string();
        assert!(message.contains("is damaged"), "{message}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "0123");
    }
}
