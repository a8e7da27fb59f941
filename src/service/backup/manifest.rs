//! What is in a backup, and by which hashes it is known to be whole.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The manifest's own name.
pub(super) const MANIFEST: &str = "manifest.json";
/// Names within a backup, and within a data directory.
pub(super) const DATABASE: &str = "hamgate.sqlite";
pub(super) const SECRET: &str = "secret";
pub(super) const SETTINGS: &str = "settings.toml";
/// The file that the setting `model` names.
pub(super) const NAMED_MODEL: &str = "named.model";
pub(super) const MODELS: &str = "models";
/// Raised when older versions could not restore it.
pub(super) const FORMAT: u32 = 1;

/// First file of a backup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The version that made it.
    pub hamgate: String,
    pub made_at: Timestamp,
    /// Of the database's tables.
    pub schema: i64,
    /// Settings that were not at their default, wherever they were set.
    pub settings: BTreeMap<String, String>,
    pub files: Vec<ManifestFile>,
}

/// One file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestFile {
    /// Relative, with `/`.
    pub path: String,
    pub bytes: u64,
    /// Hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Total size of its files, in bytes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// Why it cannot be restored by this version.
    pub(super) fn problem(&self) -> Option<String> {
        if self.format != FORMAT {
            return Some(format!(
                "has format {}, and this version reads {FORMAT}",
                self.format
            ));
        }
        if let Some(file) = self.files.iter().find(|file| !is_known(&file.path)) {
            return Some(format!("has a file that no backup has: {:?}", file.path));
        }
        let has = |name: &str| self.files.iter().any(|file| file.path == name);
        let missing = [DATABASE, SECRET].into_iter().find(|name| !has(name));
        missing.map(|name| format!("has no {name}"))
    }
}

/// Whether a backup may hold a file of that name: nothing else is ever written
/// by a restore.
pub(super) fn is_known(path: &str) -> bool {
    let plain = |name: &str| {
        !name.starts_with('.')
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    match path.split_once('/') {
        None => [DATABASE, SECRET, SETTINGS, NAMED_MODEL].contains(&path),
        Some((folder, name)) => folder == MODELS && name.ends_with(".model") && plain(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_a_data_directory_are_known() {
        for path in [
            "hamgate.sqlite",
            "secret",
            "models/61d5.model",
            "settings.toml",
        ] {
            assert!(is_known(path), "{path}");
        }
        for path in [
            "",
            "/etc/passwd",
            "../secret",
            "models/../secret",
            "models/a/b.model",
            "models/",
            "models/.model",
            "models/training.lock",
            "x",
        ] {
            assert!(!is_known(path), "{path}");
        }
    }
}
