//! Which model: the one that ships inside the program, or a file.

use std::path::Path;

use anyhow::{Context, Result, anyhow};

use crate::bayes::{Model, ModelFile, content_hash};

/// The shipped model, so that the program is one file.
static SHIPPED: &[u8] = include_bytes!("../../models/hamgate.model");

/// The file's model, or the shipped one.
pub fn load(file: Option<&Path>) -> Result<Model> {
    let (decoded, hash) = decode(file)?;
    Ok(Model::new(&decoded, hash[..12].to_owned()))
}

/// The same, with all that retraining needs, and its content hash.
pub fn decode(file: Option<&Path>) -> Result<(ModelFile, String)> {
    match file {
        None => {
            let model = ModelFile::decode(SHIPPED).context("the shipped model cannot be used")?;
            Ok((model, content_hash(SHIPPED)))
        }
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|error| {
                anyhow!(
                    "{} cannot be read: {error}; name a model file, or none for the shipped model",
                    path.display()
                )
            })?;
            let model = ModelFile::decode(&bytes)
                .with_context(|| format!("{} cannot be used", path.display()))?;
            Ok((model, content_hash(&bytes)))
        }
    }
}
