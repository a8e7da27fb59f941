//! The model that ships inside the program, so that the program is one file.

use std::sync::LazyLock;

use crate::bayes::content_hash;
use crate::store::ModelHash;

/// Its file.
pub static BYTES: &[u8] = include_bytes!("../../../models/hamgate.model");

/// Its content hash.
pub static HASH: LazyLock<ModelHash> = LazyLock::new(|| ModelHash(content_hash(BYTES)));
