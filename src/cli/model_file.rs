//! Which model: the one that ships inside the program, or a file.

use std::borrow::Cow;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

use crate::bayes::{Model, ModelError, ModelFile};
use crate::service::shipped;

/// The file's model, or the shipped one.
pub fn load(file: Option<&Path>) -> Result<Model> {
    used(file, Model::read)
}

/// The same, with all that retraining needs.
pub fn decode(file: Option<&Path>) -> Result<ModelFile> {
    used(file, ModelFile::decode)
}

fn used<T>(file: Option<&Path>, read: fn(&[u8]) -> Result<T, ModelError>) -> Result<T> {
    let (bytes, name) = match file {
        None => (
            Cow::Borrowed(shipped::BYTES),
            "the shipped model".to_owned(),
        ),
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|error| {
                anyhow!(
                    "{} cannot be read: {error}; name a model file, or none for the shipped model",
                    path.display()
                )
            })?;
            (Cow::Owned(bytes), path.display().to_string())
        }
    };
    read(&bytes).with_context(|| format!("{name} cannot be used"))
}
