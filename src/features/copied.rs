//! What a pasted comment adds to the one it was copied from.

use similar::{ChangeTag, TextDiff};

use super::comment::TOKENISED_CHARS;
use crate::domain::{Author, Comment};

/// The copy without what it has of the original: the words that were put in,
/// and of the author only what differs. Of the text, as much as words are
/// taken from is compared; the rest counts as copied.
pub fn added_to(original: &Comment, copy: &Comment) -> Comment {
    let [before, after] = [original, copy].map(|comment| {
        let compared = comment.content.chars().take(TOKENISED_CHARS);
        compared.collect::<String>()
    });
    let words = TextDiff::from_words(&before, &after);
    let inserted = words.iter_all_changes();
    let inserted = inserted.filter(|change| change.tag() == ChangeTag::Insert);
    let content: String = inserted.map(|change| change.value()).collect();
    let theirs = &original.author;
    let differing =
        |own: &Option<String>, their: &Option<String>| own.clone().filter(|_| own != their);
    let own = &copy.author;
    Comment {
        content: content.trim().to_owned(),
        author: Author {
            name: differing(&own.name, &theirs.name),
            email: differing(&own.email, &theirs.email),
            email_domain: differing(&own.email_domain, &theirs.email_domain),
            url: differing(&own.url, &theirs.url),
            ..own.clone()
        },
        ..copy.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(name: &str, content: &str) -> Comment {
        Comment {
            author: Author {
                name: Some(name.into()),
                ..Author::default()
            },
            content: content.into(),
            ..Comment::default()
        }
    }

    #[test]
    fn only_the_new_words_and_the_new_name_are_left() {
        let honest = comment("Ada", "The second index made it quick.\nThank you!");
        let pasted = comment(
            "Ada",
            "The second index made it quick. Cheap watches at http://shop.example now.\nThank you!",
        );
        let added = added_to(&honest, &pasted);
        let words: Vec<&str> = added.content.split_whitespace().collect();
        assert_eq!(words.join(" "), "Cheap watches at http://shop.example now.");
        assert_eq!(added.author.name, None);
        let signed = added_to(&honest, &comment("Watches", &honest.content));
        assert_eq!(signed.content, "");
        assert_eq!(signed.author.name.as_deref(), Some("Watches"));
    }
}
