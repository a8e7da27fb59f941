//! Links and their hosts: from markup, from plain text, and the author's own.

use linkify::{LinkFinder, LinkKind};
use url::Url;

use super::markup::{Dialect, MAX_LINKS, MarkedLink};
use super::normalize::Text;

/// A link, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub dialect: Dialect,
    /// Lower case; punycode for international names.
    pub host: String,
    /// Registered domain by the public suffix list (`example.co.uk`), or the
    /// host where the list has nothing to say, as for an IP address.
    pub domain: String,
    /// The last label.
    pub tld: String,
    /// Path and query, lower case, without the leading `/`.
    pub path: String,
    /// What the reader sees of the link, if that is not the address itself.
    pub anchor: Option<String>,
    /// In the content, in code points.
    pub span: (u32, u32),
}

/// Top-level domains that are file endings in a programmer's comment
/// (`main.rs`, `build.sh`); without a scheme or `www.` they are no link.
const FILE_ENDINGS: [&str; 19] = [
    "ai", "app", "as", "bat", "cc", "cs", "js", "md", "mk", "mov", "ms", "net", "pl", "ps", "py",
    "rs", "sh", "so", "zip",
];

/// Takes an address apart; `None` if it names no host (`http://` alone).
pub fn parse(target: &str, dialect: Dialect, span: (u32, u32)) -> Option<Link> {
    let target = target.trim();
    if target.is_empty() || target.len() > 4_096 || target.starts_with(['#', '/', '?']) {
        return None;
    }
    let url = match Url::parse(target) {
        Ok(url) if url.has_host() => url,
        // `example.com:80/x` parses as the scheme `example.com`.
        _ => Url::parse(&format!("http://{}", target.trim_start_matches("//"))).ok()?,
    };
    let host = url.host_str()?.trim_end_matches('.').to_lowercase();
    if !host.contains(['.', ':']) || host.starts_with('.') {
        return None;
    }
    let domain = psl::domain_str(&host).unwrap_or(&host).to_owned();
    let tld = host.rsplit('.').next().unwrap_or_default().to_owned();
    let mut path = url.path().trim_start_matches('/').to_lowercase();
    if let Some(query) = url.query() {
        path.push('?');
        path.push_str(&query.to_lowercase());
    }
    Some(Link {
        dialect,
        host,
        domain,
        tld,
        path: path.chars().take(300).collect(),
        anchor: None,
        span,
    })
}

/// All links of a text in the order they stand in it, and how many there are
/// beyond [`MAX_LINKS`].
pub fn find(text: &Text, raw: &[char], marked: &[MarkedLink]) -> Vec<Link> {
    let mut links: Vec<Link> = marked
        .iter()
        .filter_map(|marked| {
            let mut link = parse(&marked.target, marked.dialect, marked.span)?;
            let anchor: String = raw[marked.anchor.0..marked.anchor.1].iter().collect();
            let anchor = anchor.trim().to_lowercase();
            if !anchor.is_empty() && !anchor.contains(&link.host) {
                link.anchor = Some(anchor);
            }
            Some(link)
        })
        .collect();
    let visible: String = text.visible.iter().collect();
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(false);
    // linkify speaks bytes, spans are characters: count along.
    let (mut byte, mut char_index) = (0, 0);
    for found in finder.links(&visible).take(MAX_LINKS) {
        char_index += visible[byte..found.start()].chars().count();
        let start = char_index;
        char_index += found.as_str().chars().count();
        byte = found.end();
        let span = (text.at[start], text.at[char_index - 1] + 1);
        // The address that a markup link shows is that link, seen twice.
        if links
            .iter()
            .take(marked.len())
            .any(|link| overlap(link.span, span))
        {
            continue;
        }
        let schemed = found.as_str().contains("://");
        let dialect = if schemed {
            Dialect::Plain
        } else {
            Dialect::Bare
        };
        let Some(link) = parse(found.as_str(), dialect, span) else {
            continue;
        };
        if !schemed && !is_bare_host(&link, found.as_str()) {
            continue;
        }
        links.push(link);
    }
    links.truncate(MAX_LINKS);
    links.sort_by_key(|link| link.span);
    links
}

fn overlap(a: (u32, u32), b: (u32, u32)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// Whether text without a scheme is meant as a host.
fn is_bare_host(link: &Link, written: &str) -> bool {
    if link.host.starts_with("www.") {
        return true;
    }
    let known = psl::suffix(link.host.as_bytes()).is_some_and(|suffix| suffix.is_known());
    let file_like = FILE_ENDINGS.contains(&link.tld.as_str());
    let dotted_sentence = written.chars().any(char::is_uppercase) && link.path.is_empty();
    known && !(file_like && link.path.is_empty()) && !dotted_sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::{markup, normalize};

    fn hosts(content: &str) -> Vec<(Dialect, String)> {
        let chars: Vec<char> = content.chars().collect();
        let raw = markup::unmark(&chars);
        let text = normalize::fold(&raw.chars, &raw.at);
        find(&text, &raw.chars, &raw.links)
            .into_iter()
            .map(|link| (link.dialect, link.host))
            .collect()
    }

    #[test]
    fn links_of_every_kind_are_found_once() {
        assert_eq!(
            hosts(
                "<a href='http://a.com/x'>http://a.com/x</a> www.b.org and c.co.uk/path, https://d.com."
            ),
            [
                (Dialect::Html, "a.com".into()),
                (Dialect::Bare, "www.b.org".into()),
                (Dialect::Bare, "c.co.uk".into()),
                (Dialect::Plain, "d.com".into()),
            ]
        );
    }

    #[test]
    fn file_names_and_sentences_are_no_links() {
        assert_eq!(
            hosts("see main.rs, node.js and build.sh.Then run it.Now e.g. this"),
            []
        );
        assert!(parse("http://", Dialect::Plain, (0, 7)).is_none());
        assert_eq!(
            parse("shop.example.co.uk", Dialect::Bare, (0, 0)).map(|l| l.domain),
            Some("example.co.uk".into())
        );
    }
}
