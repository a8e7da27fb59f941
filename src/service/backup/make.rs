//! Makes a backup while the service runs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::super::error::ServiceError;
use super::archive;
use super::files::{self, Draft, refused};
use super::manifest::{
    DATABASE, FORMAT, MANIFEST, MODELS, Manifest, ManifestFile, NAMED_MODEL, SECRET, SETTINGS,
    is_known,
};
use super::restore::UNFINISHED;
use super::{BackupStage, Progress};
use crate::store::sqlite::backup as database;

const FREE_A_DISK: &str = "name a place with room that this process may write to";

/// What belongs to an installation and is not in its data directory.
#[derive(Debug, Clone, Default)]
pub struct Extras {
    /// The settings file.
    pub settings_file: Option<PathBuf>,
    /// The file that the setting `model` names.
    pub model_file: Option<PathBuf>,
    /// Settings that are not at their default.
    pub settings: BTreeMap<String, String>,
}

/// A backup that was made.
#[derive(Debug, Clone)]
pub struct Made {
    pub path: PathBuf,
    pub manifest: Manifest,
}

/// Backs up a data directory: into one file if the target's name ends in
/// `.tar`, into a new folder within the target if that is a folder, and into a
/// folder of that name if there is nothing. It is there whole or not at all.
///
/// # Errors
/// There is no installation, the target is taken, or something cannot be read
/// or written.
pub fn backup(
    data: &Path,
    target: &Path,
    extras: &Extras,
    progress: &mut Progress<'_>,
) -> Result<Made, ServiceError> {
    if !data.join(DATABASE).exists() || data.join(UNFINISHED).exists() {
        return Err(refused(
            data,
            "has no hamgate database",
            "name the data directory of the service (--data)",
        ));
    }
    let made_at = Timestamp::now();
    let target = &match target.is_dir() {
        true => target.join(made_at.strftime("hamgate-%Y%m%dT%H%M%SZ").to_string()),
        false => target.to_owned(),
    };
    if target.symlink_metadata().is_ok() {
        return Err(refused(
            target,
            "exists already",
            "name another file or folder: no backup is written over",
        ));
    }
    let unwritable = |error: io::Error| refused(target, error, FREE_A_DISK);
    let draft = Draft::beside(target).map_err(unwritable)?;
    let manifest = gather(data, draft.path(), made_at, extras, progress)?;
    if archive::is_one_file(target) {
        // Under another name in the same folder, for only that can be renamed.
        let inside = draft.path().join("backup.tar");
        let packed = archive::pack(draft.path(), &manifest, &inside)
            .and_then(|()| fs::rename(&inside, target))
            .and_then(|()| File::open(files::parent_of(target))?.sync_all());
        if packed.is_err() {
            archive::discard(&inside);
        }
        packed.map_err(unwritable)?;
    } else {
        draft.keep_as(target).map_err(unwritable)?;
    }
    Ok(Made {
        path: target.clone(),
        manifest,
    })
}

fn gather(
    data: &Path,
    into: &Path,
    made_at: Timestamp,
    extras: &Extras,
    progress: &mut Progress<'_>,
) -> Result<Manifest, ServiceError> {
    let unwritable = |error: io::Error| refused(into, error, FREE_A_DISK);
    let mut copied = Copied {
        into,
        files: Vec::new(),
        bytes: 0,
        progress,
    };
    // Before the database and once more after it: what its rows name is there,
    // whether a model was added or removed meanwhile.
    let mut models = copied.models(data, &BTreeSet::new())?;
    files::create(&into.join(DATABASE)).map_err(unwritable)?;
    database::copy(
        &data.join(DATABASE),
        &into.join(DATABASE),
        &mut |done, all| {
            (copied.progress)(BackupStage::Database, done, all);
        },
    )?;
    let schema = database::version(&into.join(DATABASE))?;
    copied.known_by(DATABASE).map_err(unwritable)?;
    models.append(&mut copied.models(data, &models)?);
    copied.file(&data.join(SECRET), SECRET)?;
    if let Some(file) = &extras.settings_file {
        copied.file(file, SETTINGS)?;
    }
    if let Some(file) = &extras.model_file {
        copied.file(file, NAMED_MODEL)?;
    }
    let mut files = copied.files;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = Manifest {
        format: FORMAT,
        hamgate: env!("CARGO_PKG_VERSION").to_owned(),
        made_at,
        schema,
        settings: extras.settings.clone(),
        files,
    };
    let text = serde_json::to_vec_pretty(&manifest).expect("a manifest is plain JSON");
    let write = || {
        let mut file = files::create(&into.join(MANIFEST))?;
        file.write_all(&text)?;
        file.sync_all()
    };
    write().map_err(unwritable)?;
    Ok(manifest)
}

struct Copied<'c, 'p> {
    into: &'c Path,
    files: Vec<ManifestFile>,
    bytes: u64,
    progress: &'c mut Progress<'p>,
}

impl Copied<'_, '_> {
    /// Those of the folder that are not among `known` yet; returns their names.
    fn models(
        &mut self,
        data: &Path,
        known: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, ServiceError> {
        let folder = data.join(MODELS);
        let unreadable = |error: io::Error| refused(&folder, error, "make it readable");
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
            Err(error) => return Err(unreadable(error)),
        };
        files::folder(&self.into.join(MODELS)).map_err(unreadable)?;
        let mut found = BTreeSet::new();
        for entry in entries {
            let entry = entry.map_err(unreadable)?;
            let path = format!("{MODELS}/{}", entry.file_name().to_string_lossy());
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            // What is being written has a name that no model has.
            if !is_file || !is_known(&path) || known.contains(&path) {
                continue;
            }
            match File::open(entry.path()) {
                Ok(mut file) => self.put(&path, &mut file).map_err(unreadable)?,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(unreadable(error)),
            }
            found.insert(path);
        }
        Ok(found)
    }

    fn file(&mut self, from: &Path, path: &str) -> Result<(), ServiceError> {
        let read = File::open(from).and_then(|mut file| self.put(path, &mut file));
        read.map_err(|error| refused(from, error, "make it readable"))
    }

    fn put(&mut self, path: &str, from: &mut File) -> io::Result<()> {
        let (bytes, progress) = (&mut self.bytes, &mut *self.progress);
        let file = files::put(self.into, path, from, &mut |more| {
            *bytes += more;
            progress(BackupStage::Files, *bytes, *bytes);
        })?;
        self.files.push(file);
        Ok(())
    }

    fn known_by(&mut self, path: &str) -> io::Result<()> {
        let (bytes, progress) = (&mut self.bytes, &mut *self.progress);
        let all = *bytes + fs::metadata(self.into.join(path))?.len();
        let file = files::known_by(self.into, path, &mut |more| {
            *bytes += more;
            progress(BackupStage::Files, *bytes, all);
        })?;
        self.files.push(file);
        Ok(())
    }
}
