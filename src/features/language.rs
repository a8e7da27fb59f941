//! What a text is written in: its scripts and its language.

use super::characters::MainScript;
use super::comment::Features;
use super::normalize::Text;

/// A script with this share of the letters is one that the text is written in.
/// Low, because the letters of links are Latin in every script.
const WRITTEN_IN: f64 = 0.1;

/// Names of the scripts that the text is written in, and the ISO 639-3 code of
/// its language where that can be told. A model may be sure only of texts in
/// what it has seen honest examples of.
pub fn tongues(features: &Features) -> Vec<&'static str> {
    let shape = &features.shape;
    let least = (WRITTEN_IN * shape.letters as f64).max(1.0);
    let written = |script: &MainScript| shape.scripts[*script as usize] as f64 >= least;
    let scripts = MainScript::ALL.into_iter().filter(written);
    scripts
        .map(MainScript::as_str)
        .chain(code(features))
        .collect()
}

/// This much of a text tells its language; reading on costs and adds nothing.
const LOOKED_AT: usize = 400;

/// English name of the text's language, where it can be told.
pub fn name(features: &Features) -> Option<&'static str> {
    of(features).map(whatlang::Lang::eng_name)
}

/// ISO 639-3 code of the text's language; `None` where it cannot be told
/// reliably, as of most texts of a few words.
pub fn code(features: &Features) -> Option<&'static str> {
    of(features).map(|language| language.code())
}

/// English name of a language, by its ISO 639-3 code; `None` of one that
/// [`code`] never tells.
pub fn name_of(code: &str) -> Option<&'static str> {
    whatlang::Lang::from_code(code).map(|language| language.eng_name())
}

fn of(features: &Features) -> Option<whatlang::Lang> {
    *features.language.get_or_init(|| detect(&features.text))
}

fn detect(text: &Text) -> Option<whatlang::Lang> {
    let chars = &text.folded[..text.folded.len().min(LOOKED_AT)];
    let told = whatlang::detect(&chars.iter().collect::<String>())?;
    told.is_reliable().then(|| told.lang())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::normalize::fold;

    fn language(text: &str) -> Option<&'static str> {
        let chars: Vec<char> = text.chars().collect();
        let at: Vec<u32> = (0..chars.len() as u32).collect();
        detect(&fold(&chars, &at)).map(|language| language.code())
    }

    #[test]
    fn sentences_tell_their_language_and_greetings_do_not() {
        let german = "Das hat bei mir leider nicht funktioniert, weil die Datei schon offen war.";
        assert_eq!(language(german), Some("deu"));
        let czech = "Děkuji za článek, přesně tohle jsem hledal už několik týdnů a nikde nenašel.";
        assert_eq!(language(czech), Some("ces"));
        let english = "I tried this yesterday and the second example did not compile for me.";
        assert_eq!(language(english), Some("eng"));
        assert_eq!(language("ok"), None);
        assert_eq!(language("👍 1234"), None);
    }
}
