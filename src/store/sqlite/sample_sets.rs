//! From which comments each model learnt, and which of them is to be forgotten.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::columns::micros;
use crate::domain::CommentId;
use crate::store::{ModelHash, Selected, StoreError, TaintedModel};

/// Models of which nobody wrote down what they learnt from: they may have learnt
/// from what came before them, which is at `?1` or later.
const UNKNOWN: &str = "SELECT model_hash FROM models
     WHERE removed_at IS NULL AND made_at >= ?1
        AND model_hash NOT IN (SELECT model_hash FROM sample_sets)";

pub(super) fn note(
    connection: &Connection,
    model: &ModelHash,
    comments: &[CommentId],
    others: u64,
) -> Result<(), StoreError> {
    remove(connection, model)?;
    let set = connection
        .prepare_cached("INSERT INTO sample_sets (model_hash, others) VALUES (?, ?)")?
        .insert(params![model.0, i64::try_from(others).unwrap_or(i64::MAX)])?;
    let mut insert = connection.prepare_cached(
        "INSERT OR IGNORE INTO trained_with (comment_id, sample_set) VALUES (?, ?)",
    )?;
    for comment in comments {
        insert.execute(params![comment.0.as_bytes(), set])?;
    }
    Ok(())
}

/// Taints the models that learnt from a comment, which came at `came_at`.
pub(super) fn taint(
    connection: &Connection,
    comment_id: &[u8; 16],
    came_at: i64,
    now: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(&format!(
            "INSERT INTO sample_sets (model_hash, tainted_at)
             SELECT model_hash, ?2 FROM ({UNKNOWN})"
        ))?
        .execute(params![came_at, micros(now)])?;
    connection
        .prepare_cached(
            "UPDATE sample_sets SET tainted_at = ?2
             WHERE tainted_at IS NULL AND sample_set IN
                (SELECT sample_set FROM trained_with WHERE comment_id = ?1)",
        )?
        .execute(params![comment_id, micros(now)])?;
    connection
        .prepare_cached("DELETE FROM trained_with WHERE comment_id = ?")?
        .execute([comment_id])?;
    Ok(())
}

/// The models that learnt from one of the comments, each once.
pub(super) fn learnt_from(
    connection: &Connection,
    found: &[Selected],
) -> Result<Vec<ModelHash>, StoreError> {
    let mut known = connection.prepare_cached(
        "SELECT model_hash FROM trained_with JOIN sample_sets USING (sample_set)
         WHERE comment_id = ?",
    )?;
    let mut unknown = connection.prepare_cached(UNKNOWN)?;
    let mut models = std::collections::BTreeSet::new();
    let mut first = i64::MAX;
    for one in found {
        let id = one.comment_id.0.as_bytes();
        for model in known.query_map([id], |row| row.get(0))? {
            models.insert(model?);
        }
        first = first.min(super::forgetting::came_at(connection, one)?);
    }
    if !found.is_empty() {
        for model in unknown.query_map([first], |row| row.get(0))? {
            models.insert(model?);
        }
    }
    Ok(models.into_iter().map(ModelHash).collect())
}

pub(super) fn tainted(connection: &Connection) -> Result<Vec<TaintedModel>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT model_hash, others FROM sample_sets
         WHERE tainted_at IS NOT NULL ORDER BY tainted_at, model_hash",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(TaintedModel {
            hash: ModelHash(row.get(0)?),
            others: row.get::<_, Option<i64>>(1)?.map(i64::unsigned_abs),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn forgotten(
    connection: &Connection,
    model: &ModelHash,
    at: Timestamp,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM model_roles WHERE model_hash = ? AND role IN ('challenger', 'shadow')",
        )?
        .execute([&model.0])?;
    connection
        .prepare_cached(
            "UPDATE models SET removed_at = ifnull(removed_at, ?) WHERE model_hash = ?",
        )?
        .execute(params![micros(at), model.0])?;
    connection
        .prepare_cached("DELETE FROM shadow_differences WHERE shadow = ?")?
        .execute([&model.0])?;
    remove(connection, model)
}

/// Of a model whose file is gone nothing need be known.
pub(super) fn purge(connection: &Connection) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM sample_sets WHERE model_hash IN
                (SELECT model_hash FROM models WHERE removed_at IS NOT NULL)",
        )?
        .execute([])?;
    Ok(())
}

/// What it learnt from goes with it.
fn remove(connection: &Connection, model: &ModelHash) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM sample_sets WHERE model_hash = ?")?
        .execute([&model.0])?;
    Ok(())
}
