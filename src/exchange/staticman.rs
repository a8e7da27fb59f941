//! Staticman's folder: one YAML or JSON file for each comment, in a folder for
//! each post.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::json::text;
use super::refused::Refused;
use super::spool::Spool;
use super::words::date;
use crate::domain::{Author, Comment, Post};
use crate::service::{Moderation, OldComment};

/// Folders within folders.
const DEEPEST: usize = 8;
/// The largest file, in bytes: as large as a comment may be.
const LARGEST: u64 = 1024 * 1024;

pub fn read(folder: &Path, spool: &mut Spool) -> Result<(), Refused> {
    if !folder.is_dir() {
        return Err(Refused::file(
            "is no folder",
            "name the folder of the comments, such as _data/comments",
        ));
    }
    walk(folder, folder, 0, spool)
}

/// Links are not followed: they could lead anywhere, and in circles.
fn walk(top: &Path, folder: &Path, depth: usize, spool: &mut Spool) -> Result<(), Refused> {
    let unreadable = |error: std::io::Error| {
        Refused::file(
            format!("{} cannot be read: {error}", folder.display()),
            "let this user read it",
        )
    };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        entries.push((entry.path(), entry.file_type().map_err(unreadable)?));
    }
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    for (path, kind) in entries {
        if kind.is_dir() && depth < DEEPEST {
            walk(top, &path, depth + 1, spool)?;
        } else if kind.is_file() && is_ours(&path) {
            let name = path.strip_prefix(top).unwrap_or(&path);
            spool.report.names.push(name.display().to_string());
            file(&path, spool.report.names.len() as u64, spool)?;
        }
    }
    Ok(())
}

fn is_ours(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ["yml", "yaml", "json"].contains(&ending))
}

fn file(path: &PathBuf, place: u64, spool: &mut Spool) -> Result<(), Refused> {
    let size = fs::metadata(path).map_or(0, |about| about.len());
    if size > LARGEST {
        spool.skip(place, "is larger than 1 MiB");
        return Ok(());
    }
    let Ok(bytes) = fs::read(path) else {
        spool.skip(place, "cannot be read");
        return Ok(());
    };
    // The YAML reader has bounds of its own, against aliases that multiply.
    let json = path.extension().is_some_and(|ending| ending == "json");
    let one: Option<Value> = match json {
        true => serde_json::from_slice(&bytes).ok(),
        false => serde_saphyr::from_slice(&bytes).ok(),
    };
    let Some(one) = one.filter(Value::is_object) else {
        spool.skip(
            place,
            if json {
                "is no JSON object"
            } else {
                "is no YAML mapping"
            },
        );
        return Ok(());
    };
    let slug = path.parent().and_then(Path::file_name);
    let comment = comment(&one, slug.map(|slug| slug.to_string_lossy().into_owned()));
    spool.add(
        place,
        OldComment {
            comment,
            moderation: Moderation::Approved,
        },
    )
}

/// Blogs name their fields as they like; these are the names that themes use.
fn comment(one: &Value, slug: Option<String>) -> Comment {
    let any = |keys: &[&str]| keys.iter().find_map(|key| text(one, key));
    Comment {
        id: any(&["_id", "id"]),
        parent_id: any(&["_parent", "replyTo", "replying_to", "reply_to"]),
        content: any(&["message", "comment", "body", "content", "text"]).unwrap_or_default(),
        submitted_at: any(&["date", "timestamp", "created"]).and_then(|at| date(&at)),
        author: Author {
            name: any(&["name", "author"]),
            // Mostly only its MD5 is kept.
            email: any(&["email"]).filter(|email| email.contains('@')),
            url: any(&["url", "website", "link"]),
            ..Author::default()
        },
        post: Post {
            title: slug,
            ..Post::default()
        },
        ..Comment::default()
    }
}
