//! The tags that are markup, and what is read from one. Anything else between
//! brackets is text: `Vec<String>`, `array[0]`.

pub(super) const BLOCKS: [&str; 17] = [
    "p",
    "br",
    "div",
    "li",
    "ul",
    "ol",
    "hr",
    "tr",
    "td",
    "table",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
];
pub(super) const INLINE: [&str; 27] = [
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "code", "img", "del", "ins", "sub",
    "sup", "small", "big", "center", "tt", "kbd", "cite", "q", "strike", "abbr", "dl", "dt", "dd",
];
pub(super) const ACTIVE: [&str; 12] = [
    "script", "iframe", "object", "embed", "form", "input", "style", "link", "meta", "base", "svg",
    "video",
];
pub(super) const BBCODE: [&str; 18] = [
    "url", "link", "b", "i", "u", "s", "img", "quote", "code", "color", "size", "list", "center",
    "font", "email", "spoiler", "youtube", "h1",
];

/// The value of an attribute in a tag's text.
pub(super) fn attribute(tag: &[char], name: &str) -> Option<String> {
    let text: String = tag.iter().collect();
    // ASCII lower case keeps byte offsets.
    let lower = text.to_ascii_lowercase();
    let at = lower.find(&format!("{name}="))? + name.len() + 1;
    let value = text[at..].trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split([' ', '\t', '\n']).next()?,
    };
    Some(htmlize::unescape_attribute(value.trim()).into_owned())
}

/// Whether a tag makes its text invisible.
pub(super) fn hides(tag: &[char]) -> bool {
    if tag.len() < 8 {
        return false;
    }
    let text: String = tag.iter().filter(|c| !c.is_whitespace()).collect();
    let text = text.to_ascii_lowercase();
    [
        "display:none",
        "visibility:hidden",
        "font-size:0",
        "opacity:0;",
    ]
    .iter()
    .any(|style| text.contains(style))
}
