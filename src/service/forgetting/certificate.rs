//! What is certified of a request to forget.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::models::ModelChange;
use crate::store::{ModelHash, Removed, Rewritten};

/// Names nobody: it can be kept, and given to whoever asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    pub erasure: Uuid,
    /// The version that did it.
    pub hamgate: String,
    pub begun_at: Timestamp,
    pub finished_at: Timestamp,
    pub by: String,
    /// The kinds of what was asked by.
    pub asked: Value,
    /// Rows by what they were of.
    pub removed: Removed,
    /// Models that knew something of it; empty if none did.
    pub models: Vec<ModelChange>,
    /// SHA-256 of the model that judges now.
    pub champion: ModelHash,
    /// Changes of labels when the model was looked at: as long as it is this
    /// number, `check` gives the same hash.
    pub label_changes: u64,
    pub database: Rewritten,
    /// How anybody who has the installation can check it.
    pub check: Vec<String>,
    /// What it does not reach.
    pub not_reached: Vec<String>,
}

impl Certificate {
    pub(super) fn checks(models: &[ModelChange]) -> Vec<String> {
        let mut checks = vec![
            "The same `hamgate forget` with --dry-run finds nothing.".to_owned(),
            "A layer that a site's labels taught is made from the labels that are there, at the \
             next comment."
                .to_owned(),
        ];
        let remade = models.iter().filter(|change| change.trained_on.is_some());
        for after in remade.filter_map(|change| change.after.as_ref()) {
            checks.push(format!(
                "The model's SHA-256 is that of one trained on what is left alone, which never saw \
                 what is forgotten: `hamgate train --data DIR --out check.model` and `sha256sum \
                 check.model` give {}, as long as `label_changes` is this.",
                after.0
            ));
        }
        checks
    }

    pub(super) fn limits(database: Rewritten) -> Vec<String> {
        let mut limits = vec![
            "Backups that were made before still hold it: remove them, or forget again after a \
             restore."
                .to_owned(),
            "Events that were delivered before are with their receivers; they hold ids and no \
             text."
                .to_owned(),
            "The blog's own copy is the blog's.".to_owned(),
        ];
        if !database.whole {
            limits.push(
                "The database was not written anew: what was removed is overwritten with zeros, \
                 but a copy may linger in the free space of a page. `hamgate forget --resume \
                 --rewrite` ends that."
                    .to_owned(),
            );
        }
        if !database.log {
            limits.push(
                "The log of writes beside the database could not be emptied, for somebody was \
                 reading all the time: run `hamgate forget --resume --rewrite`."
                    .to_owned(),
            );
        }
        limits
    }
}
