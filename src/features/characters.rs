//! What a character is: letter, digit, space, of which script. One look-up,
//! because every character of every comment is asked several times.

use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// The scripts that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MainScript {
    /// No letters at all.
    None,
    Latin,
    Cyrillic,
    Greek,
    Han,
    Kana,
    Hangul,
    Arabic,
    Hebrew,
    Devanagari,
    Thai,
    Other,
}

impl MainScript {
    pub const ALL: [Self; 12] = [
        Self::None,
        Self::Latin,
        Self::Cyrillic,
        Self::Greek,
        Self::Han,
        Self::Kana,
        Self::Hangul,
        Self::Arabic,
        Self::Hebrew,
        Self::Devanagari,
        Self::Thai,
        Self::Other,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Latin => "latin",
            Self::Cyrillic => "cyrillic",
            Self::Greek => "greek",
            Self::Han => "han",
            Self::Kana => "kana",
            Self::Hangul => "hangul",
            Self::Arabic => "arabic",
            Self::Hebrew => "hebrew",
            Self::Devanagari => "devanagari",
            Self::Thai => "thai",
            Self::Other => "other",
        }
    }

    /// The script of a letter; [`MainScript::None`] for anything else.
    pub fn of(character: char) -> Self {
        Class::of(character).script()
    }

    fn look_up(character: char) -> Self {
        match character.script() {
            Script::Common | Script::Inherited | Script::Unknown => Self::None,
            Script::Latin => Self::Latin,
            Script::Cyrillic => Self::Cyrillic,
            Script::Greek => Self::Greek,
            Script::Han | Script::Bopomofo => Self::Han,
            Script::Hiragana | Script::Katakana => Self::Kana,
            Script::Hangul => Self::Hangul,
            Script::Arabic => Self::Arabic,
            Script::Hebrew => Self::Hebrew,
            Script::Devanagari => Self::Devanagari,
            Script::Thai => Self::Thai,
            _ => Self::Other,
        }
    }
}

/// Properties of one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class(u16);

const SCRIPT: u16 = 0b1111;
const LETTER: u16 = 1 << 4;
const UPPER: u16 = 1 << 5;
const DIGIT: u16 = 1 << 6;
const SPACE: u16 = 1 << 7;
const MARK: u16 = 1 << 8;
const UNSPACED: u16 = 1 << 9;
const LOWERS: u16 = 1 << 10;
const STABLE: u16 = 1 << 11;

static ASCII: [u16; 128] = ascii();
/// Of the basic multilingual plane, where nearly all text is; a page is made
/// when one of its characters is first met, for all together cost 20 ms.
static PAGES: [OnceLock<[u16; PAGE]>; 0x1_0000 / PAGE] = [const { OnceLock::new() }; _];
const PAGE: usize = 256;

impl Class {
    #[inline]
    pub fn of(character: char) -> Self {
        let code = character as usize;
        Self(match ASCII.get(code) {
            Some(class) => *class,
            None => match PAGES.get(code / PAGE) {
                Some(page) => page.get_or_init(|| page_of(code))[code % PAGE],
                None => look_up(character),
            },
        })
    }

    pub fn script(self) -> MainScript {
        MainScript::ALL[(self.0 & SCRIPT) as usize]
    }

    /// Alphabetic, as Unicode has it.
    pub fn is_letter(self) -> bool {
        self.0 & LETTER != 0
    }

    pub fn is_upper(self) -> bool {
        self.0 & UPPER != 0
    }

    /// Numeric, as Unicode has it: digits, fractions, numerals.
    pub fn is_digit(self) -> bool {
        self.0 & DIGIT != 0
    }

    pub fn is_space(self) -> bool {
        self.0 & SPACE != 0
    }

    /// Combining mark.
    pub fn is_mark(self) -> bool {
        self.0 & MARK != 0
    }

    /// Of a script written without spaces: Thai to Myanmar, Khmer, kana, Han.
    pub fn is_unspaced(self) -> bool {
        self.0 & UNSPACED != 0
    }

    /// Letter, digit or mark: what words are made of.
    pub fn is_word(self) -> bool {
        self.0 & (LETTER | DIGIT | MARK) != 0
    }

    /// Its lower case is another character.
    pub fn lowers(self) -> bool {
        self.0 & LOWERS != 0
    }

    /// Alone it is its own NFKC, and it joins with nothing but marks.
    pub fn is_stable(self) -> bool {
        self.0 & STABLE != 0
    }
}

const fn ascii() -> [u16; 128] {
    let mut table = [0; 128];
    let mut code = 0;
    while code < 128 {
        let byte = code as u8;
        let mut class = STABLE;
        if byte.is_ascii_alphabetic() {
            class |= LETTER | MainScript::Latin as u16;
        }
        if byte.is_ascii_uppercase() {
            class |= UPPER | LOWERS;
        }
        if byte.is_ascii_digit() {
            class |= DIGIT;
        }
        // As `char::is_whitespace`, which knows the vertical tab as well.
        if byte.is_ascii_whitespace() || byte == 0x0B {
            class |= SPACE;
        }
        table[code] = class;
        code += 1;
    }
    table
}

/// The page that a code is on.
fn page_of(code: usize) -> [u16; PAGE] {
    let first = code - code % PAGE;
    std::array::from_fn(|place| {
        let character = u32::try_from(first + place).ok().and_then(char::from_u32);
        character.map_or(0, look_up)
    })
}

fn look_up(character: char) -> u16 {
    let flag = |holds: bool, flag: u16| if holds { flag } else { 0 };
    let lower = character.to_lowercase().next();
    let is_unspaced = matches!(character,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}');
    let is_jamo = matches!(character, '\u{1100}'..='\u{11FF}');
    let is_stable = !is_jamo
        && !is_combining_mark(character)
        && std::iter::once(character).nfkc().eq([character]);
    MainScript::look_up(character) as u16
        | flag(character.is_alphabetic(), LETTER)
        | flag(character.is_uppercase(), UPPER)
        | flag(character.is_numeric(), DIGIT)
        | flag(character.is_whitespace(), SPACE)
        | flag(is_combining_mark(character), MARK)
        | flag(is_unspaced, UNSPACED)
        | flag(lower != Some(character), LOWERS)
        | flag(is_stable, STABLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_look_up_says() {
        for character in '\0'..='\u{FFFF}' {
            let class = Class::of(character);
            assert_eq!(
                class.is_letter(),
                character.is_alphabetic(),
                "{character:?}"
            );
            assert_eq!(class.is_digit(), character.is_numeric(), "{character:?}");
            assert_eq!(class.is_space(), character.is_whitespace(), "{character:?}");
            assert_eq!(class.is_upper(), character.is_uppercase(), "{character:?}");
            assert_eq!(
                class.is_mark(),
                is_combining_mark(character),
                "{character:?}"
            );
            let lower = character.to_lowercase().next();
            assert_eq!(class.lowers(), lower != Some(character), "{character:?}");
            assert_eq!(
                class.script(),
                MainScript::look_up(character),
                "{character:?}"
            );
        }
    }
}
