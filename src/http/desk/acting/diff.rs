//! An edit as a page shows it: what was taken out and what was put in.

use jiff::Timestamp;

use crate::http::desk::marks::{Piece, mark};
use crate::http::desk::shown;
use crate::http::locale::{Locale, isolated};
use crate::service::{Edit, EditPiece};

/// Of a run that stayed the same, this much beside each change.
const CONTEXT_CHARS: usize = 80;
/// Of a changed run, this much.
const CHANGED_CHARS: usize = 2_000;

/// One edit.
pub struct ShownEdit {
    pub when: String,
    pub exact: String,
    pub pieces: Vec<DiffPiece>,
    /// Sentences about name and URL, where they changed.
    pub said: Vec<String>,
}

/// A run of the text.
pub struct DiffPiece {
    /// `same`, `removed` or `added`.
    pub kind: &'static str,
    pub text: Vec<Piece>,
}

impl ShownEdit {
    pub fn of(l: Locale, edit: &Edit, now: Timestamp) -> Self {
        let last = edit.text.len().saturating_sub(1);
        let pieces = edit.text.iter().enumerate();
        let changed = |key: &str, pair: &Option<(String, String)>| {
            let (before, after) = pair.as_ref()?;
            let [before, after] = [before, after].map(|text| match text.trim() {
                "" => l.say("edit-nothing"),
                text => shown::plain(text),
            });
            Some(l.with(
                key,
                &[("before", isolated(&before)), ("after", isolated(&after))],
            ))
        };
        Self {
            when: l.ago(edit.at, now),
            exact: l.exact(edit.at),
            pieces: pieces
                .map(|(place, piece)| match piece {
                    EditPiece::Same(run) => DiffPiece {
                        kind: "same",
                        text: plain(&beside(run, place > 0, place < last)),
                    },
                    EditPiece::Removed(run) => DiffPiece {
                        kind: "removed",
                        text: mark(run, &[], CHANGED_CHARS),
                    },
                    EditPiece::Added(run) => DiffPiece {
                        kind: "added",
                        text: mark(run, &[], CHANGED_CHARS),
                    },
                })
                .collect(),
            said: [
                changed("edit-name", &edit.name),
                changed("edit-url", &edit.url),
            ]
            .into_iter()
            .flatten()
            .collect(),
        }
    }
}

fn plain(run: &str) -> Vec<Piece> {
    mark(run, &[], usize::MAX)
}

/// The start of a run if a change comes before it, the end if one follows.
fn beside(run: &str, after_change: bool, before_change: bool) -> String {
    let length = run.chars().count();
    let start = if after_change { CONTEXT_CHARS } else { 0 };
    let end = if before_change { CONTEXT_CHARS } else { 0 };
    if length <= start + end + 1 {
        return run.to_owned();
    }
    let head = run.chars().take(start);
    let tail = run.chars().skip(length - end);
    head.chain(['…']).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_run_is_shown_beside_its_changes_only() {
        let run = "0123456789".repeat(30);
        let shown = beside(&run, true, true);
        assert_eq!(shown.chars().count(), 2 * CONTEXT_CHARS + 1);
        assert!(shown.starts_with("0123456789") && shown.ends_with("0123456789"));
        assert!(beside(&run, false, true).starts_with("…"));
        assert!(beside(&run, true, false).ends_with("…"));
        assert_eq!(beside("short", true, true), "short");
    }
}
