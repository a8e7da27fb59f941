//! What changed between two texts of one comment, word by word.

use std::time::Duration;

use jiff::Timestamp;
use similar::{ChangeTag, TextDiff};

use crate::domain::Comment;
use crate::store::EarlierText;

/// Of longer texts the start is compared.
const COMPARED_CHARS: usize = 20_000;
/// After this the rest counts as replaced: texts can be made to be slow to
/// compare.
const TIME: Duration = Duration::from_millis(50);

/// The blog sent the comment again, and readers saw something else from then on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub at: Timestamp,
    /// Empty where the text is the same.
    pub text: Vec<EditPiece>,
    /// Before and after, where they differ.
    pub name: Option<(String, String)>,
    pub url: Option<(String, String)>,
}

/// A run of text, in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditPiece {
    Same(String),
    Removed(String),
    Added(String),
}

/// Every edit, oldest first: from each earlier text to the next, and to what
/// the comment is now.
pub fn edits(earlier: &[EarlierText], now: &Comment) -> Vec<Edit> {
    let current = EarlierText {
        until: Timestamp::MAX,
        content: now.content.clone(),
        author_name: now.author.name.clone(),
        author_url: now.author.url.clone(),
    };
    let nexts = earlier.iter().skip(1).chain([&current]);
    earlier
        .iter()
        .zip(nexts)
        .map(|(before, after)| Edit {
            at: before.until,
            text: compared(&before.content, &after.content),
            name: differing(&before.author_name, &after.author_name),
            url: differing(&before.author_url, &after.author_url),
        })
        .collect()
}

fn differing(before: &Option<String>, after: &Option<String>) -> Option<(String, String)> {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    (before != after).then(|| (text(before), text(after)))
}

fn compared(before: &str, after: &str) -> Vec<EditPiece> {
    if before == after {
        return Vec::new();
    }
    let [before, after] = [before, after].map(|text| {
        let compared = text.chars().take(COMPARED_CHARS);
        compared.collect::<String>()
    });
    let words = TextDiff::configure()
        .timeout(TIME)
        .diff_words(&before, &after);
    let mut pieces: Vec<EditPiece> = Vec::new();
    for change in words.iter_all_changes() {
        let text = change.value();
        match (change.tag(), pieces.last_mut()) {
            (ChangeTag::Equal, Some(EditPiece::Same(run)))
            | (ChangeTag::Delete, Some(EditPiece::Removed(run)))
            | (ChangeTag::Insert, Some(EditPiece::Added(run))) => run.push_str(text),
            (ChangeTag::Equal, _) => pieces.push(EditPiece::Same(text.to_owned())),
            (ChangeTag::Delete, _) => pieces.push(EditPiece::Removed(text.to_owned())),
            (ChangeTag::Insert, _) => pieces.push(EditPiece::Added(text.to_owned())),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::EditPiece::{Added, Removed, Same};
    use super::*;

    fn text(content: &str, name: &str) -> EarlierText {
        EarlierText {
            until: Timestamp::UNIX_EPOCH,
            content: content.into(),
            author_name: Some(name.into()),
            author_url: None,
        }
    }

    #[test]
    fn an_edit_is_told_word_by_word() {
        let mut now = Comment {
            content: "Bread rises slowly here.".into(),
            ..Comment::default()
        };
        now.author.name = Some("Cheap Ovens".into());
        let earlier = [
            text("Bread rises here.", "Mia"),
            text("Bread rises slowly here.", "Mia"),
        ];
        let edits = edits(&earlier, &now);
        assert_eq!(
            edits[0].text,
            [
                Same("Bread rises ".into()),
                Added("slowly ".into()),
                Same("here.".into())
            ]
        );
        assert_eq!(edits[0].name, None);
        assert_eq!(edits[1].text, []);
        assert_eq!(
            edits[1].name,
            Some(("Mia".to_owned(), "Cheap Ovens".to_owned()))
        );
    }

    #[test]
    fn both_texts_can_be_read_out_of_the_pieces() {
        let (before, after) = ("a b c d e f", "a x c e f g");
        let pieces = compared(before, after);
        let read = |keep: fn(&EditPiece) -> Option<&String>| {
            pieces
                .iter()
                .filter_map(keep)
                .fold(String::new(), |all, run| all + run)
        };
        let old = read(|piece| match piece {
            Same(run) | Removed(run) => Some(run),
            Added(_) => None,
        });
        let new = read(|piece| match piece {
            Same(run) | Added(run) => Some(run),
            Removed(_) => None,
        });
        assert_eq!((old.as_str(), new.as_str()), (before, after));
        assert!(compared("a", "a").is_empty());
    }
}
