//! Words of a folded text, in every script.

use super::normalize::Text;

/// A word: a half-open range of characters in the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    pub start: u32,
    pub end: u32,
    pub kind: WordKind,
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

/// Scripts written without spaces: Thai to Myanmar, Khmer, kana, Han.
pub fn is_unspaced(character: char) -> bool {
    matches!(character,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// The words of the first `limit` characters.
pub fn split(text: &Text, limit: usize) -> Vec<Word> {
    let chars = &text.folded[..text.folded.len().min(limit)];
    let mut words = Vec::with_capacity(chars.len() / 5);
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let character = chars[at];
        if character.is_whitespace() {
            at += 1;
        } else if is_unspaced(character) {
            while at < chars.len() && is_unspaced(chars[at]) {
                at += 1;
            }
            for gram in start..(at - 1).max(start + 1) {
                words.push(Word {
                    start: gram as u32,
                    end: (gram + 2).min(at) as u32,
                    kind: WordKind::Gram,
                });
            }
        } else if is_word(character) {
            while at < chars.len() && is_word(chars[at]) && !is_unspaced(chars[at]) {
                at += 1;
            }
            words.push(Word {
                start: start as u32,
                end: at as u32,
                kind: WordKind::Letters,
            });
        } else {
            at += 1;
            words.push(Word {
                start: start as u32,
                end: at as u32,
                kind: WordKind::Sign,
            });
        }
    }
    words
}

fn is_word(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric() || character == '_';
    }
    character.is_alphanumeric() || unicode_normalization::char::is_combining_mark(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::normalize::fold;

    #[test]
    fn words_of_many_scripts() {
        let chars: Vec<char> = "Don't, 中文字 и मुझे 🙂".chars().collect();
        let at: Vec<u32> = (0..chars.len() as u32).collect();
        let text = fold(&chars, &at);
        let words: Vec<String> = split(&text, 3_000)
            .into_iter()
            .map(|word| text.folded[word.range()].iter().collect())
            .collect();
        assert_eq!(
            words,
            ["don", "'", "t", ",", "中文", "文字", "и", "मुझे", "🙂"]
        );
    }
}
