//! Unicode folded: NFKC (UAX #15), lower case, single spaces, invisible
//! characters off and counted. Every character keeps its place in the content.

use unicode_normalization::UnicodeNormalization;

use super::characters::Class;

/// Text as a reader sees it, twice: with its case and without.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// NFKC, white space as single spaces, invisible characters removed.
    pub visible: Vec<char>,
    /// The same in lower case. One character for one of `visible`.
    pub folded: Vec<char>,
    /// For each character its place in the content, in code points.
    pub at: Vec<u32>,
    pub invisible: Invisible,
}

/// What folding took away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Invisible {
    /// Zero-width characters between letters of a script that has no use for them.
    pub zero_width: u32,
    /// Embeddings, overrides and isolates (CVE-2021-42574).
    pub bidi_controls: u32,
    /// Control characters but tab and line ends.
    pub controls: u32,
    /// Letters in mathematical, circled, full-width and like styles.
    pub fancy: u32,
    /// Combining marks beyond the fourth on one letter.
    pub stacked_marks: u32,
    /// Line ends.
    pub lines: u32,
}

/// Marks on one letter beyond this are dropped; no language stacks more.
const MAX_MARKS: usize = 4;
/// U+FDFA alone becomes 18 characters: a text may not grow past this.
pub const MAX_CHARS: usize = 80_000;

/// Folds characters that stand at `at` in the content.
pub fn fold(chars: &[char], at: &[u32]) -> Text {
    let mut text = Text::default();
    text.visible.reserve(chars.len());
    text.folded.reserve(chars.len());
    text.at.reserve(chars.len());
    let is_mark = |index: usize| chars.get(index).is_some_and(|c| Class::of(*c).is_mark());
    let mut piece: Vec<char> = Vec::new();
    let mut index = 0;
    while index < chars.len() && text.visible.len() < MAX_CHARS {
        let character = chars[index];
        let place = at[index];
        index += 1;
        if character.is_ascii() {
            if character.is_ascii_control() {
                text.invisible.lines += u32::from(character == '\n');
                if !character.is_ascii_whitespace() {
                    text.invisible.controls += 1;
                    continue;
                }
            }
        } else {
            if text.drop_invisible(chars, index - 1) {
                continue;
            }
            text.invisible.fancy += u32::from(is_fancy(character));
        }
        if Class::of(character).is_stable() && !is_mark(index) {
            text.push(character, place);
            continue;
        }
        // A letter with its marks, or a run of conjoining Hangul, is folded as one.
        piece.clear();
        piece.push(character);
        let jamo = |c: char| ('\u{1100}'..='\u{11FF}').contains(&c);
        let mut marks = 0;
        while let Some(&next) = chars.get(index) {
            if is_mark(index) {
                marks += 1;
                if marks <= MAX_MARKS {
                    piece.push(next);
                } else {
                    text.invisible.stacked_marks += 1;
                }
            } else if jamo(character) && jamo(next) && piece.len() < 64 {
                piece.push(next);
            } else {
                break;
            }
            index += 1;
        }
        for folded in piece.iter().copied().nfkc() {
            text.push(folded, place);
        }
    }
    text
}

impl Text {
    #[inline]
    fn push(&mut self, character: char, place: u32) {
        let class = Class::of(character);
        let character = if class.is_space() { ' ' } else { character };
        if character == ' ' && self.visible.last().is_none_or(|last| *last == ' ') {
            return;
        }
        self.visible.push(character);
        let lower = if class.lowers() {
            // Of the few whose lower case is two characters, the first will do.
            character.to_lowercase().next().unwrap_or(character)
        } else {
            character
        };
        self.folded.push(lower);
        self.at.push(place);
    }

    /// Counts and drops a character that nobody sees; `false` if it is seen.
    fn drop_invisible(&mut self, chars: &[char], index: usize) -> bool {
        match chars[index] {
            '\u{200B}'..='\u{200D}'
            | '\u{2060}'..='\u{2064}'
            | '\u{00AD}'
            | '\u{180E}'
            | '\u{034F}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{3164}'
            | '\u{FFA0}'
            | '\u{E0000}'..='\u{E007F}' => {
                // Joiners shape emoji and many scripts; between these letters
                // they have no work to do.
                let plain = |c: Option<&char>| {
                    c.is_some_and(|c| c.is_alphanumeric() && (*c as u32) < 0x0530)
                };
                if index > 0 && plain(chars.get(index - 1)) && plain(chars.get(index + 1)) {
                    self.invisible.zero_width += 1;
                }
                true
            }
            // Byte order marks tell when a file was made, not what it says.
            '\u{FEFF}' | '\u{FE0E}' | '\u{FE0F}' => true,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' => {
                self.invisible.bidi_controls += 1;
                true
            }
            '\u{0080}'..='\u{009F}' => {
                self.invisible.controls += 1;
                true
            }
            _ => false,
        }
    }
}

/// Letters and digits dressed up: mathematical, circled, squared, full-width Latin.
fn is_fancy(character: char) -> bool {
    matches!(character,
        '\u{1D400}'..='\u{1D7FF}' | '\u{24B6}'..='\u{24E9}' | '\u{FF21}'..='\u{FF3A}'
        | '\u{FF41}'..='\u{FF5A}' | '\u{1F110}'..='\u{1F189}' | '\u{249C}'..='\u{24B5}'
        | '\u{2100}'..='\u{2121}' | '\u{2123}'..='\u{214F}')
}

/// `text` folded, without the places: for names and titles.
pub fn folded(text: &str) -> String {
    let chars: Vec<char> = text.chars().take(2_000).collect();
    let at = vec![0; chars.len()];
    fold(&chars, &at)
        .folded
        .into_iter()
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Text {
        let chars: Vec<char> = text.chars().collect();
        let at: Vec<u32> = (0..chars.len() as u32).collect();
        fold(&chars, &at)
    }

    #[test]
    fn disguises_come_off_and_are_counted() {
        let text = of("𝐂𝐚𝐬𝐢𝐧𝐨 v\u{200B}ia\u{200B}gra");
        assert_eq!(text.folded.iter().collect::<String>(), "casino viagra");
        assert_eq!(text.invisible.fancy, 6);
        assert_eq!(text.invisible.zero_width, 2);
        assert_eq!(text.at[7], 7);
        assert_eq!(text.at[8], 9);
    }

    #[test]
    fn marks_do_not_pile_up() {
        let text = of(&format!("e{}", "\u{301}".repeat(100_000)));
        assert!(text.visible.len() <= 1 + MAX_MARKS);
        assert_eq!(text.invisible.stacked_marks, 100_000 - MAX_MARKS as u32);
    }

    #[test]
    fn emoji_and_persian_joiners_are_no_disguise() {
        assert_eq!(of("👩\u{200D}💻 می\u{200C}خواهم").invisible.zero_width, 0);
    }
}
