//! How the domain's values are written into columns, and read back.

use jiff::Timestamp;
use rusqlite::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::{
    CommentId, DecisionKind, Fingerprint, Label, Subject, Trace, Trust, Verdict, Why,
};
use crate::store::StoreError;

/// A trace in a row: its subject's number, then its hash.
const TRACE_BYTES: usize = 17;

pub(super) fn micros(time: Timestamp) -> i64 {
    time.as_microsecond()
}

pub(super) fn time(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|_| corrupt("a time"))
}

/// The time as it will be read back.
pub(super) fn stored_time(exact: Timestamp) -> Result<Timestamp, StoreError> {
    time(micros(exact))
}

pub(super) fn uuid(bytes: &[u8]) -> Result<Uuid, StoreError> {
    Uuid::from_slice(bytes).map_err(|_| corrupt("an id"))
}

pub(super) fn comment_id(row: &Row<'_>, column: &str) -> Result<CommentId, StoreError> {
    Ok(CommentId(uuid(
        row.get_ref(column)?
            .as_blob()
            .map_err(|_| corrupt("the id of a comment"))?,
    )?))
}

pub(super) fn verdict(text: &str) -> Result<Verdict, StoreError> {
    Verdict::ALL
        .into_iter()
        .find(|verdict| verdict.as_str() == text)
        .ok_or_else(|| corrupt("a verdict"))
}

pub(super) fn label(text: &str) -> Result<Label, StoreError> {
    [Label::Ham, Label::Spam]
        .into_iter()
        .find(|label| label.as_str() == text)
        .ok_or_else(|| corrupt("a label"))
}

pub(super) fn decision_kind(text: &str) -> Result<DecisionKind, StoreError> {
    [DecisionKind::Accept, DecisionKind::Reject]
        .into_iter()
        .find(|kind| kind.as_str() == text)
        .ok_or_else(|| corrupt("a decision"))
}

pub(super) fn why(text: &str) -> Result<Why, StoreError> {
    Why::ALL
        .into_iter()
        .find(|why| why.as_str() == text)
        .ok_or_else(|| corrupt("why it was rejected"))
}

pub(super) fn trust(text: &str) -> Result<Trust, StoreError> {
    Trust::ALL
        .into_iter()
        .find(|trust| trust.as_str() == text)
        .ok_or_else(|| corrupt("whom a moderator trusts"))
}

pub(super) fn to_json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| corrupt("a value without a JSON form"))
}

/// The error names the kind of thing only: its text may be somebody's comment.
pub(super) fn from_json<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| corrupt(what))
}

/// Each trace once, in order: a comment that links to a domain twice is still
/// one comment.
pub(super) fn traces_to_blob(traces: &[Trace]) -> Vec<u8> {
    let mut traces = traces.to_vec();
    traces.sort_unstable();
    traces.dedup();
    traces
        .iter()
        .flat_map(|trace| [trace.subject as u8].into_iter().chain(trace.hash))
        .collect()
}

pub(super) fn traces_from_blob(blob: &[u8]) -> Result<Vec<Trace>, StoreError> {
    blob.chunks(TRACE_BYTES)
        .map(|bytes| {
            let (subject, hash) = bytes.split_first().ok_or_else(|| corrupt("a trace"))?;
            Ok(Trace {
                subject: Subject::from_u8(*subject).ok_or_else(|| corrupt("a trace's subject"))?,
                hash: hash.try_into().map_err(|_| corrupt("a trace's hash"))?,
            })
        })
        .collect()
}

pub(super) fn fingerprint_to_blob(fingerprint: &Fingerprint) -> Vec<u8> {
    fingerprint
        .0
        .iter()
        .flat_map(|minhash| minhash.to_le_bytes())
        .collect()
}

pub(super) fn fingerprint_from_blob(blob: &[u8]) -> Result<Fingerprint, StoreError> {
    let (minhashes, rest) = blob.as_chunks::<4>();
    let mut fingerprint =
        Fingerprint([0; crate::domain::history::BANDS * crate::domain::history::ROWS]);
    if minhashes.len() != fingerprint.0.len() || !rest.is_empty() {
        return Err(corrupt("a fingerprint"));
    }
    for (to, bytes) in fingerprint.0.iter_mut().zip(minhashes) {
        *to = u32::from_le_bytes(*bytes);
    }
    Ok(fingerprint)
}

/// By this a whole fingerprint is counted like a trace.
pub(super) fn fingerprint_hash(blob: &[u8]) -> [u8; 16] {
    let digest: [u8; 32] = Sha256::digest(blob).into();
    let mut hash = [0; 16];
    hash.copy_from_slice(&digest[..16]);
    hash
}

pub(super) fn corrupt(what: &str) -> StoreError {
    StoreError::Corrupt(what.to_owned())
}
