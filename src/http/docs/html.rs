//! Text to HTML: everything is escaped, and backticks mark code.

/// Escaped, for text and for attributes in double quotes.
pub fn escaped(text: &str) -> String {
    htmlize::escape_all_quotes(text).into_owned()
}

/// One line of prose; what stands between backticks is code.
pub fn inline(text: &str) -> String {
    let mut html = String::new();
    for (place, part) in text.split('`').enumerate() {
        match place % 2 {
            0 => html.push_str(&escaped(part)),
            _ => html.push_str(&format!("<code>{}</code>", escaped(part))),
        }
    }
    html
}

/// Prose; blank lines part paragraphs.
pub fn prose(text: &str) -> String {
    text.split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
        .map(|paragraph| format!("<p>{}</p>\n", inline(paragraph)))
        .collect()
}

/// A name as part of an `id`.
pub fn anchor(name: &str) -> String {
    name.chars()
        .map(|letter| match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => letter,
            _ => '-',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        assert_eq!(
            inline("a <b> & `c \"<d>\"` 'e'"),
            "a &lt;b&gt; &amp; <code>c &quot;&lt;d&gt;&quot;</code> &apos;e&apos;"
        );
        assert_eq!(anchor("/v1/{id}"), "-v1--id-");
    }
}
