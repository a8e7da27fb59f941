//! How texts are spelled for the index of words, and how that is asked.
//!
//! The index takes what stands between spaces and signs for a word, folds its
//! letters and drops their accents (`unicode61 remove_diacritics 2`). Scripts that
//! are written without spaces would be one word a sentence, so they are spelled
//! as overlapping pairs: 東京都 as 東京 京都 都 (as Lucene's CJKBigramFilter does). A
//! trigram index would find pieces of words too, but no word of two characters,
//! which most Chinese and Japanese words are, and an index twice as large would
//! have to be read at several times as many places.

use crate::domain::Comment;

/// Words of a search that are looked at.
const MOST_WORDS: usize = 16;
/// From this length on a word is also the beginning of longer ones, as `casino`
/// is of `casinos`: shorter beginnings are those of too many words.
const BEGINNING: usize = 4;
/// What is looked for as it stands is narrowed by its last word's beginning from
/// this length on.
const NARROWING: usize = 3;

/// What the index has of a comment: who wrote it, and what.
pub(super) fn spelled(comment: &Comment) -> String {
    let author = &comment.author;
    let ip = author.ip.map(|ip| ip.to_string());
    let fields = [&author.name, &author.email, &author.url, &ip];
    let mut spelled = String::with_capacity(comment.content.len() + 100);
    for field in fields.into_iter().flatten() {
        spell(field, true, &mut spelled);
        spelled.push('\n');
    }
    spell(&comment.content, true, &mut spelled);
    spelled
}

/// What finds comments with all words of a search; several in quotation marks
/// have to stand together. `None` if there is no letter and no digit in it.
pub(super) fn all_of(search: &str) -> Option<String> {
    let mut terms = Vec::new();
    for (place, part) in search.split('"').enumerate() {
        let is_quoted = place % 2 == 1;
        match is_quoted {
            true => terms.extend(phrase(part, usize::MAX)),
            false => {
                let words = part.split_whitespace();
                terms.extend(words.filter_map(|word| phrase(word, BEGINNING)));
            }
        }
    }
    terms.truncate(MOST_WORDS);
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

/// What finds at least the comments in which the text stands as it is, if it
/// begins with a word there. `None` if the text is too short to narrow anything.
pub(super) fn as_it_stands(text: &str) -> Option<String> {
    let last = last_word(text);
    match last.chars().count() {
        // The last word may go on there, so it is looked for as a beginning, or
        // not at all.
        n if n < NARROWING && !last.chars().all(is_unspaced) => {
            let rest = text.rfind(last).and_then(|at| text.get(..at))?;
            phrase(rest, usize::MAX)
        }
        _ => phrase(text, 0),
    }
}

/// A phrase of the index's language, which nothing in the text can end. Its last
/// word is a beginning if it has `beginning` characters.
fn phrase(text: &str, beginning: usize) -> Option<String> {
    let mut spelled = String::with_capacity(text.len() + 8);
    spell(text, false, &mut spelled);
    let last = last_word(&spelled);
    if last.is_empty() {
        return None;
    }
    // One character alone is half of a pair.
    let is_half = last.chars().count() == 1 && last.chars().all(is_unspaced);
    let is_beginning =
        is_half || (last.chars().count() >= beginning && !last.chars().any(is_unspaced));
    let star = if is_beginning { " *" } else { "" };
    Some(format!("\"{spelled}\"{star}"))
}

/// Writes unspaced scripts as pairs. `is_whole` also writes the last character of
/// a run that ends the text; of a run within it always.
fn spell(text: &str, is_whole: bool, spelled: &mut String) {
    let mut chars = text.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(char) = chars.next() {
        let char = match char {
            // They would end the phrase, or the statement's text.
            '"' | '\0' => ' ',
            char => char,
        };
        let follows = before.is_some_and(is_unspaced);
        if !is_unspaced(char) {
            if follows {
                spelled.push(' ');
            }
            spelled.push(char);
        } else {
            let next = chars.peek().copied();
            match next.filter(|next| is_unspaced(*next)) {
                Some(next) => spelled.extend([' ', char, next]),
                // The pair before has it already.
                None if next.is_none() && follows && !is_whole => {}
                None => spelled.extend([' ', char]),
            }
        }
        before = Some(char);
    }
}

fn last_word(text: &str) -> &str {
    let is_sign = |char: char| !char.is_alphanumeric();
    let text = text.trim_end_matches(is_sign);
    let begin = text.rfind(is_sign);
    let begin = begin.map_or(0, |at| text.ceil_char_boundary(at + 1));
    text.get(begin..).unwrap_or_default()
}

/// Whether the character is of a script that has no spaces between words. What is
/// in the index was spelled by these ranges; another one needs it made anew.
fn is_unspaced(char: char) -> bool {
    matches!(char,
        // Thai, Lao, Myanmar, Khmer.
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        // Kana, Bopomofo, ideographs.
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{312F}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    #[test]
    fn unspaced_scripts_are_spelled_as_pairs() {
        for (text, whole, asked) in [
            ("東京都", " 東京 京都 都", " 東京 京都"),
            ("東", " 東", " 東"),
            ("in 東京 now", "in  東京 京  now", "in  東京 京  now"),
            ("say \"hi\"", "say  hi ", "say  hi "),
        ] {
            for (is_whole, expected) in [(true, whole), (false, asked)] {
                let mut spelled = String::new();
                spell(text, is_whole, &mut spelled);
                assert_eq!(spelled, expected);
            }
        }
    }

    /// Whether a search finds a text, by the index itself.
    fn finds(text: &str, search: Option<String>) -> bool {
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "CREATE VIRTUAL TABLE search USING fts5
                    (text, tokenize = 'unicode61 remove_diacritics 2')",
            )
            .unwrap();
        let mut spelled = String::new();
        spell(text, true, &mut spelled);
        connection
            .execute("INSERT INTO search (text) VALUES (?)", [spelled])
            .unwrap();
        let Some(search) = search else { return false };
        connection
            .prepare("SELECT 1 FROM search WHERE search MATCH ?")
            .unwrap()
            .exists([search])
            .unwrap()
    }

    #[test]
    fn a_search_finds_words_in_every_script() {
        for (text, search) in [
            ("Best casinos in town", "casino"),
            ("Best casinos in town", "TOWN best"),
            ("Un café très agréable", "cafe agreable"),
            ("今日は東京タワーに行きました。", "東京"),
            ("今日は東京タワーに行きました。", "タワー 今日"),
            ("我们提供贷款服务", "贷款"),
            ("我们提供贷款服务", "务"),
            ("我们提供贷款服务", "贷"),
            ("ราคาถูกมากที่นี่", "ถูกมาก"),
            ("Пишите нам сейчас", "пишите"),
            ("write to a.b@mail.example", "a.b@mail.example"),
            ("from 192.0.2.7", "192.0.2.7"),
            ("see http://best-casino.example/x", "casino.example"),
            ("the very best loan", "\"very best\""),
            ("हिन्दी में लिखा", "हिन्दी"),
            ("AND OR NOT NEAR", "NOT AND"),
        ] {
            assert!(finds(text, all_of(search)), "{search} in {text}");
        }
        for (text, search) in [
            ("Best casinos in town", "casino money"),
            ("the best loan, very cheap", "\"very best\""),
            ("now", "no"),
            ("京都", "東京"),
        ] {
            assert!(!finds(text, all_of(search)), "{search} in {text}");
        }
    }

    #[test]
    fn nothing_that_is_typed_is_an_error() {
        for search in [
            "\"",
            "\"\"",
            "*",
            "a*",
            "(",
            "NEAR(a b)",
            "text:x",
            "-x",
            "^x",
            "{a b}: c",
            "a AND",
            "\0",
            "\u{202E}x",
            "'; DROP TABLE search; --",
            "x\" OR \"y",
            "👍",
            "٣",
        ] {
            for asked in [all_of(search), as_it_stands(search)] {
                finds("some text", asked);
            }
        }
        assert_eq!(all_of(" … 👍 \"\" "), None);
        assert_eq!(as_it_stands("%"), None);
    }

    #[test]
    fn what_stands_there_from_a_words_beginning_is_among_the_found() {
        let text = "Ünicode cafe\u{301}s: it's 100% pure, 東京タワーへ go a.b";
        let starts = text.char_indices().filter(|(at, char)| {
            let before = text[..*at].chars().next_back();
            char.is_alphanumeric()
                && before.is_none_or(|before| !before.is_alphanumeric() && before != '\u{301}')
        });
        let mut narrowed = 0;
        for (start, _) in starts {
            for (end, char) in text.char_indices().filter(|(end, _)| *end >= start) {
                let asked = as_it_stands(&text[start..end + char.len_utf8()]);
                if asked.is_some() {
                    narrowed += 1;
                    assert!(finds(text, asked.clone()), "{asked:?}");
                }
            }
        }
        assert!(narrowed > 100, "{narrowed}");
    }
}
