//! Words of a folded text, in every script.

use super::characters::Class;
use super::normalize::Text;
use super::spelling::Spelling;

/// A word: a half-open range of characters in the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    pub start: u32,
    pub end: u32,
    pub kind: WordKind,
    /// Of its characters: equal words, equal spelling.
    pub spelling: Spelling,
    /// Index of the first word that is spelled so; its own if it is the first.
    pub first: u32,
}

/// What the range holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// Letters, marks, digits and underscores.
    Letters,
    /// Two neighbouring characters of a script that writes no spaces.
    Gram,
    /// One visible character of another kind, as `!` or an emoji.
    Sign,
}

/// What words are spelled from, alone and in pairs.
pub(super) const SPELLED: Spelling = Spelling::of(0xFF);

impl Word {
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Where the word stands in the content, in code points.
    pub fn span(self, text: &Text) -> (u32, u32) {
        let last = self.end.max(self.start + 1) as usize - 1;
        (text.at[self.start as usize], text.at[last] + 1)
    }
}

/// The words of the first `limit` characters.
pub fn split(text: &Text, limit: usize) -> Vec<Word> {
    let chars = &text.folded[..text.folded.len().min(limit)];
    let mut words = Vec::with_capacity(chars.len() / 4 + 1);
    let mut add = |start: usize, end: usize, kind| {
        words.push(Word {
            start: start as u32,
            end: end as u32,
            kind,
            spelling: SPELLED.chars(&chars[start..end]),
            first: 0,
        });
    };
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let class = Class::of(chars[at]);
        at += 1;
        if class.is_space() {
            continue;
        }
        if class.is_unspaced() {
            while at < chars.len() && Class::of(chars[at]).is_unspaced() {
                at += 1;
            }
            for gram in start..(at - 1).max(start + 1) {
                add(gram, (gram + 2).min(at), WordKind::Gram);
            }
        } else if is_word(chars[start], class) {
            while at < chars.len() {
                let class = Class::of(chars[at]);
                if !is_word(chars[at], class) || class.is_unspaced() {
                    break;
                }
                at += 1;
            }
            add(start, at, WordKind::Letters);
        } else {
            add(start, at, WordKind::Sign);
        }
    }
    find_first(&mut words);
    words
}

fn is_word(character: char, class: Class) -> bool {
    class.is_word() || character == '_'
}

/// Points each word to the first that is spelled alike.
fn find_first(words: &mut [Word]) {
    let mut order: Vec<(Spelling, u32)> = words
        .iter()
        .enumerate()
        .map(|(index, word)| (word.spelling, index as u32))
        .collect();
    order.sort_unstable();
    for alike in order.chunk_by(|a, b| a.0 == b.0) {
        for (_, index) in alike {
            words[*index as usize].first = alike[0].1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::normalize::fold;

    fn words(text: &str) -> (Text, Vec<Word>) {
        let chars: Vec<char> = text.chars().collect();
        let at: Vec<u32> = (0..chars.len() as u32).collect();
        let text = fold(&chars, &at);
        let words = split(&text, 3_000);
        (text, words)
    }

    #[test]
    fn words_of_many_scripts() {
        let (text, words) = words("Don't, 中文字 и मुझे 🙂");
        let words: Vec<String> = words
            .into_iter()
            .map(|word| text.folded[word.range()].iter().collect())
            .collect();
        assert_eq!(
            words,
            ["don", "'", "t", ",", "中文", "文字", "и", "मुझे", "🙂"]
        );
    }

    #[test]
    fn equal_words_know_the_first() {
        let (_, words) = words("the cat and The dog");
        let first: Vec<u32> = words.iter().map(|word| word.first).collect();
        assert_eq!(first, [0, 1, 2, 0, 4]);
    }
}
