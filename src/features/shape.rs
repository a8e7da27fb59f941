//! Counts and ratios of a text: scripts, case, digits, repeats.

use unicode_security::mixed_script::AugmentedScriptSet;

use super::characters::{Class, MainScript};
use super::normalize::Text;
use super::words::{Word, WordKind};

/// Counts over the visible text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shape {
    /// Visible characters, spaces included.
    pub chars: usize,
    pub letters: usize,
    pub upper: usize,
    pub digits: usize,
    /// Neither letter, digit nor space.
    pub signs: usize,
    pub emoji: usize,
    pub exclamations: usize,
    pub questions: usize,
    /// Longest run of one character.
    pub longest_run: usize,
    /// Words of letters, in the tokenised part of the text.
    pub words: usize,
    pub distinct_words: usize,
    /// Words of one letter that follow each other: `v i a g r a`.
    pub longest_spelled_out: usize,
    /// Words that mix scripts as no language does: look-alike letters.
    pub mixed_script_words: usize,
    /// Words with digits inside letters: `v1agra`.
    pub digit_words: usize,
    /// Letters of each script, in [`MainScript::ALL`]'s order.
    pub scripts: [usize; 12],
}

impl Shape {
    pub fn of(text: &Text, words: &[Word]) -> Self {
        let mut shape = Self {
            chars: text.visible.len(),
            ..Self::default()
        };
        let (mut run, mut previous) = (0, '\0');
        for &character in &text.visible {
            run = if character == previous { run + 1 } else { 1 };
            previous = character;
            shape.longest_run = shape.longest_run.max(run);
            shape.count(character);
        }
        shape.count_words(text, words);
        shape
    }

    fn count(&mut self, character: char) {
        let class = Class::of(character);
        if class.is_letter() {
            self.letters += 1;
            self.upper += usize::from(class.is_upper());
            self.scripts[class.script() as usize] += 1;
        } else if class.is_digit() {
            self.digits += 1;
        } else if !class.is_space() {
            self.signs += 1;
            match character {
                '!' => self.exclamations += 1,
                '?' => self.questions += 1,
                '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' => self.emoji += 1,
                _ => {}
            }
        }
    }

    fn count_words(&mut self, text: &Text, words: &[Word]) {
        let mut spelled = 0;
        for (index, word) in words.iter().enumerate() {
            if word.kind == WordKind::Sign {
                continue;
            }
            let letters = &text.folded[word.range()];
            self.words += 1;
            self.distinct_words += usize::from(word.first as usize == index);
            spelled = if letters.len() == 1 && Class::of(letters[0]).is_letter() {
                spelled + 1
            } else {
                0
            };
            self.longest_spelled_out = self.longest_spelled_out.max(spelled);
            if word.kind == WordKind::Letters {
                self.mixed_script_words += usize::from(mixes_scripts(letters));
                let inner = |c: &char| c.is_ascii_digit() || *c == '@' || *c == '$';
                if letters.len() > 3
                    && letters[1..letters.len() - 1].iter().any(inner)
                    && letters[0].is_alphabetic()
                    && letters[letters.len() - 1].is_alphabetic()
                {
                    self.digit_words += 1;
                }
            }
        }
    }

    /// The script of most letters.
    pub fn main_script(&self) -> MainScript {
        let (place, count) = self
            .scripts
            .iter()
            .enumerate()
            .max_by_key(|(place, count)| (**count, usize::MAX - place))
            .unwrap_or((0, &0));
        if *count == 0 {
            MainScript::None
        } else {
            MainScript::ALL[place]
        }
    }

    /// The first script but Latin that has at least 30 % of the letters, or
    /// [`Shape::main_script`].
    pub fn telling_script(&self) -> MainScript {
        MainScript::ALL
            .into_iter()
            .filter(|script| !matches!(script, MainScript::None | MainScript::Latin))
            .find(|script| self.scripts[*script as usize] * 10 >= self.letters.max(1) * 3)
            .unwrap_or_else(|| self.main_script())
    }

    /// Share of letters that are upper case, 0 to 1.
    pub fn upper_share(&self) -> f64 {
        share(self.upper, self.letters)
    }

    pub fn digit_share(&self) -> f64 {
        share(self.digits, self.chars)
    }

    pub fn sign_share(&self) -> f64 {
        share(self.signs, self.chars)
    }

    pub fn distinct_share(&self) -> f64 {
        share(self.distinct_words, self.words)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Whether a word has letters that no one language writes together (UTS #39,
/// section 5.1). Purely ASCII words never do.
pub fn mixes_scripts(word: &[char]) -> bool {
    if word.iter().all(char::is_ascii) {
        return false;
    }
    let mut scripts = AugmentedScriptSet::default();
    for &character in word {
        scripts.intersect_with(character.into());
    }
    scripts.is_empty()
}
