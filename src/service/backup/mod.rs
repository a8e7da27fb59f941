//! The data directory as one thing that can be put away and taken out again.

mod archive;
mod files;
mod make;
mod manifest;
mod restore;

pub use make::{Extras, Made, backup};
pub use manifest::{Manifest, ManifestFile};
pub(super) use restore::refuse_unfinished;
pub use restore::{Restored, restore};

/// What a backup or a restore is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupStage {
    /// In pages.
    Database,
    /// In bytes.
    Files,
}

/// Hears how much of a stage is done, and how much there is.
pub type Progress<'p> = dyn FnMut(BackupStage, u64, u64) + 'p;
