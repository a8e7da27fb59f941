//! Text of strangers, made fit to be looked at: what cannot be seen is named,
//! what reorders text is not let through, and hosts are shown both ways.

/// A run of text, or the name of a character that is not shown as itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bit {
    Text(String),
    Hidden { code: String, name: &'static str },
}

/// Takes a text apart into what is shown and what is named.
pub fn bits(text: &str) -> Vec<Bit> {
    let mut bits = Vec::new();
    let mut run = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        // An emoji of several parts is held together by joiners.
        let joins = character == '\u{200D}'
            && run.chars().next_back().is_some_and(is_pictorial)
            && characters.peek().copied().is_some_and(is_pictorial);
        match hidden(character).filter(|_| !joins) {
            None => run.push(character),
            Some(name) => {
                if !run.is_empty() {
                    bits.push(Bit::Text(std::mem::take(&mut run)));
                }
                let code = format!("U+{:04X}", character as u32);
                bits.push(Bit::Hidden { code, name });
            }
        }
    }
    if !run.is_empty() {
        bits.push(Bit::Text(run));
    }
    bits
}

/// [`bits`] as one line of text.
pub fn plain(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    let bits = bits(&lines).into_iter().map(|bit| match bit {
        Bit::Text(text) => text,
        Bit::Hidden { code, .. } => format!("[{code}]"),
    });
    bits.collect::<String>().replace(['\n', '\r', '\t'], " ")
}

/// A host as it stands in addresses, and as it reads where that differs.
pub fn host(ascii: &str) -> (String, Option<String>) {
    let (unicode, readable) = idna::domain_to_unicode(ascii);
    let differs = readable.is_ok() && unicode != ascii;
    (plain(ascii), differs.then(|| plain(&unicode)))
}

/// A host in one string: `xn--bcher-kva.example (bücher.example)`.
pub fn host_both_ways(ascii: &str) -> String {
    match host(ascii) {
        (ascii, Some(unicode)) => format!("{ascii} ({unicode})"),
        (ascii, None) => ascii,
    }
}

fn is_pictorial(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// The name of a character that shows nothing, or that moves others.
fn hidden(character: char) -> Option<&'static str> {
    Some(match character {
        '\n' | '\t' => return None,
        '\u{202A}' => "left-to-right embedding",
        '\u{202B}' => "right-to-left embedding",
        '\u{202C}' => "end of direction",
        '\u{202D}' => "left-to-right override",
        '\u{202E}' => "right-to-left override",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first-strong isolate",
        '\u{2069}' => "end of isolate",
        '\u{200E}' => "left-to-right mark",
        '\u{200F}' => "right-to-left mark",
        '\u{061C}' => "Arabic letter mark",
        '\u{200B}' => "zero-width space",
        '\u{200C}' => "zero-width non-joiner",
        '\u{200D}' => "zero-width joiner",
        '\u{2060}' => "word joiner",
        '\u{FEFF}' => "zero-width no-break space",
        '\u{00AD}' => "soft hyphen",
        '\u{034F}' => "combining grapheme joiner",
        '\u{180E}' => "Mongolian vowel separator",
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => "Hangul filler",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{2061}'..='\u{2064}' => "invisible operator",
        '\u{206A}'..='\u{206F}' => "deprecated format character",
        '\u{FFF9}'..='\u{FFFB}' => "interlinear annotation",
        '\u{E0000}'..='\u{E007F}' => "tag character",
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => "private-use character",
        '\r' => "carriage return",
        control if control.is_control() => "control character",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        let hidden = bits(text).into_iter().filter_map(|bit| match bit {
            Bit::Hidden { name, .. } => Some(name),
            Bit::Text(_) => None,
        });
        hidden.collect()
    }

    #[test]
    fn what_reorders_text_is_named_and_not_let_through() {
        for code in (0x202A..=0x202E)
            .chain(0x2066..=0x2069)
            .chain([0x200E, 0x200F, 0x61C])
        {
            let character = char::from_u32(code).unwrap();
            let text = format!("pay{character}lap");
            assert_eq!(names(&text).len(), 1, "U+{code:04X}");
            assert!(!plain(&text).contains(character));
        }
        assert_eq!(plain("a\u{202E}b"), "a[U+202E]b");
    }

    #[test]
    fn what_cannot_be_seen_is_named() {
        assert_eq!(
            names("vi\u{200B}ag\u{AD}ra"),
            ["zero-width space", "soft hyphen"]
        );
        assert_eq!(names("\u{0}\u{1B}[31m\u{85}\r").len(), 4);
        assert_eq!(names("\u{E0041}\u{FEFF}\u{3164}").len(), 3);
    }

    #[test]
    fn honest_text_is_left_alone() {
        for text in [
            "Tab\tand\nline",
            "Žluťoučký kůň",
            "مرحبا",
            "👩‍👩‍👧 ❤️",
            "हिन्दी",
            "a\u{301}",
        ] {
            assert_eq!(bits(text), [Bit::Text(text.into())], "{text}");
        }
        assert_eq!(bits(""), []);
    }

    #[test]
    fn hosts_are_shown_both_ways() {
        assert_eq!(host("blog.example"), ("blog.example".into(), None));
        assert_eq!(
            host_both_ways("xn--bcher-kva.example"),
            "xn--bcher-kva.example (bücher.example)"
        );
        // Cyrillic letters that look Latin.
        assert_eq!(host("xn--80ak6aa92e.com").1.as_deref(), Some("аррӏе.com"));
        assert_eq!(host("xn--\u{7f}.example").1, None);
    }
}
