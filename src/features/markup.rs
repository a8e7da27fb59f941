//! Markup off: HTML, BBCode and Markdown in one linear pass, because spam
//! mixes all three. What is left is the visible text, each character with the
//! place it came from. No tree is built: building one is quadratic.

mod scanner;
mod tags;

/// How a link was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    Html,
    Bbcode,
    Markdown,
    /// A URL with a scheme in plain text.
    Plain,
    /// A host without a scheme.
    Bare,
}

/// A link as markup states it.
#[derive(Debug, Clone)]
pub struct MarkedLink {
    pub target: String,
    /// Range of the anchor in the visible text, in characters.
    pub anchor: (usize, usize),
    pub dialect: Dialect,
    /// Range in the content, in code points.
    pub span: (u32, u32),
}

/// What kinds of markup were met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MarkupCounts {
    pub html_tags: u32,
    pub bbcode_tags: u32,
    pub html_links: u32,
    pub bbcode_links: u32,
    pub markdown_links: u32,
    /// Character references such as `&amp;`.
    pub entities: u32,
    /// HTML comments, `hidden` attributes and styles that make text invisible.
    pub hidden: u32,
    /// `script`, `iframe`, `object`, `form` and the like, which no blog allows.
    pub active: u32,
    /// `code`, `pre`, backticks: signs of a programmer.
    pub code: u32,
    /// `blockquote`, `[quote]`, a line that begins with `>`.
    pub quotes: u32,
}

/// The visible text, before Unicode folding.
#[derive(Debug, Clone, Default)]
pub struct Unmarked {
    pub chars: Vec<char>,
    /// For each visible character, its place in the content, in code points.
    pub at: Vec<u32>,
    pub links: Vec<MarkedLink>,
    pub counts: MarkupCounts,
}

/// More links than this are counted and not looked at.
pub const MAX_LINKS: usize = 500;
/// Takes markup off `content`.
pub fn unmark(content: &[char]) -> Unmarked {
    scanner::scan(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visible(content: &str) -> (String, Vec<(Dialect, String, String)>) {
        let chars: Vec<char> = content.chars().collect();
        let out = unmark(&chars);
        let links = out
            .links
            .iter()
            .map(|link| {
                let anchor = out.chars[link.anchor.0..link.anchor.1].iter().collect();
                (link.dialect, link.target.clone(), anchor)
            })
            .collect();
        (out.chars.iter().collect(), links)
    }

    #[test]
    fn every_dialect_is_taken_off() {
        let cases = [
            (
                "<a href=\"http://a.example\">buy</a> now",
                "buy now",
                Dialect::Html,
                "buy",
            ),
            (
                "[url=http://a.example]buy[/url] now",
                "buy now",
                Dialect::Bbcode,
                "buy",
            ),
            (
                "[buy](http://a.example) now",
                "[buy now",
                Dialect::Markdown,
                "buy",
            ),
            (
                "[url]http://a.example[/url]",
                "http://a.example",
                Dialect::Bbcode,
                "http://a.example",
            ),
        ];
        for (content, text, dialect, anchor) in cases {
            let (seen, links) = visible(content);
            assert_eq!(seen, text);
            assert_eq!(
                links,
                [(dialect, "http://a.example".into(), anchor.into())],
                "{content}"
            );
        }
    }

    #[test]
    fn what_is_no_markup_stays() {
        for content in [
            "I <3 this",
            "a < b && c > d",
            "Vec<String>",
            "array[0] = x[1];",
            "&c; &",
        ] {
            assert_eq!(visible(content).0, content);
        }
        assert_eq!(visible("Tom &amp; Jerry&#39;s").0, "Tom & Jerry's");
    }
}
