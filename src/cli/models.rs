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
    // Hashing takes as long as reading: every start waits for both.
    let read = |bytes: &[u8]| rayon::join(|| ModelFile::decode(bytes), || content_hash(bytes));
    let Some(path) = file else {
        let (model, hash) = read(SHIPPED);
        return Ok((model.context("the shipped model cannot be used")?, hash));
    };
    let bytes = std::fs::read(path).map_err(|error| {
        anyhow!(
            "{} cannot be read: {error}; name a model file, or none for the shipped model",
            path.display()
        )
    })?;
    let (model, hash) = read(&bytes);
    let model = model.with_context(|| format!("{} cannot be used", path.display()))?;
    Ok((model, hash))
}
