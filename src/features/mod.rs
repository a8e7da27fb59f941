//! Comment to features (skeleton: the real one arrives by merge).
use crate::domain::{Comment, Fingerprint, Subject};

pub struct Features;

impl Features {
    pub fn of(_comment: &Comment) -> Self {
        Self
    }
    /// What later comments may share with this one, before keyed hashing.
    pub fn recognisable(&self) -> Vec<(Subject, String)> {
        Vec::new()
    }
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        None
    }
}
