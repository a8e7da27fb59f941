//! The pass itself: character by character, never back.

use super::tags::{ACTIVE, BBCODE, BLOCKS, INLINE, attribute, hides};
use super::{Dialect, MAX_LINKS, MarkedLink, Unmarked};

/// An anchor that is not closed ends here, so that one tag cannot claim a page.
const MAX_ANCHOR: usize = 300;

pub(super) fn scan(content: &[char]) -> Unmarked {
    let mut scanner = Scanner {
        content,
        out: Unmarked {
            chars: Vec::with_capacity(content.len()),
            at: Vec::with_capacity(content.len()),
            ..Unmarked::default()
        },
        html_open: None,
        bbcode_open: None,
        bracket: None,
        closers: Closers::default(),
    };
    scanner.run();
    scanner.out
}

/// An anchor whose end has not been seen yet.
struct Open {
    target: Option<String>,
    visible: usize,
    start: usize,
}

struct Scanner<'c> {
    content: &'c [char],
    out: Unmarked,
    html_open: Option<Open>,
    bbcode_open: Option<Open>,
    /// The last `[` that was no BBCode: where its text begins.
    bracket: Option<Open>,
    closers: Closers,
}

/// Next place of each closing character; they only move forward, which keeps
/// the scan linear however many tags are never closed.
#[derive(Default)]
struct Closers {
    angle: usize,
    square: usize,
    round: usize,
    comment: usize,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.content.len() {
            let next = match self.content[at] {
                '<' => self.html(at),
                '&' => self.entity(at),
                '[' => self.square(at),
                ']' => self.markdown(at),
                '`' => {
                    self.out.counts.code += 1;
                    None
                }
                '>' if at == 0 || self.content[at - 1] == '\n' => {
                    self.out.counts.quotes += 1;
                    None
                }
                _ => None,
            };
            match next {
                Some(next) => at = next,
                None => {
                    self.push(self.content[at], at);
                    at += 1;
                }
            }
        }
        for open in [self.html_open.take(), self.bbcode_open.take()] {
            self.close(open, self.content.len(), Dialect::Html);
        }
    }

    fn push(&mut self, character: char, at: usize) {
        self.out.chars.push(character);
        self.out.at.push(at as u32);
    }

    /// A tag or an HTML comment at `at`; the place after it.
    fn html(&mut self, at: usize) -> Option<usize> {
        if self.starts_with(at, "<!--") {
            let end = advance(&mut self.closers.comment, at + 4, self.content.len(), |i| {
                self.content[i] == '>' && self.content[i - 1] == '-' && self.content[i - 2] == '-'
            })?;
            self.out.counts.hidden += 1;
            return Some(end + 1);
        }
        let closing = self.content.get(at + 1) == Some(&'/');
        let name = self.name(at + 1 + usize::from(closing));
        let block = BLOCKS.contains(&name.as_str());
        let active = ACTIVE.contains(&name.as_str());
        if !block && !active && !INLINE.contains(&name.as_str()) {
            return None;
        }
        let end = advance(&mut self.closers.angle, at + 1, self.content.len(), |i| {
            self.content[i] == '>'
        })?;
        self.out.counts.html_tags += 1;
        if block {
            self.push('\n', at);
        }
        if active && !closing {
            self.out.counts.active += 1;
        }
        if !closing {
            match name.as_str() {
                "code" | "pre" | "kbd" | "tt" => self.out.counts.code += 1,
                "blockquote" | "q" => self.out.counts.quotes += 1,
                _ => {}
            }
        }
        let tag = &self.content[at..end];
        if hides(tag) {
            self.out.counts.hidden += 1;
        }
        match (name.as_str(), closing) {
            ("a", false) => {
                let target = attribute(tag, "href");
                let previous = self.html_open.take();
                self.close(previous, at, Dialect::Html);
                self.html_open = Some(Open {
                    target,
                    visible: self.out.chars.len(),
                    start: at,
                });
            }
            ("a", true) => {
                let open = self.html_open.take();
                self.close(open, end + 1, Dialect::Html);
            }
            ("img" | "iframe" | "embed" | "video" | "script", false) => {
                if let Some(target) = attribute(tag, "src") {
                    let open = Open {
                        target: Some(target),
                        visible: self.out.chars.len(),
                        start: at,
                    };
                    self.close(Some(open), end + 1, Dialect::Html);
                }
            }
            _ => {}
        }
        Some(end + 1)
    }

    /// A character reference at `at`; the place after it.
    fn entity(&mut self, at: usize) -> Option<usize> {
        let rest = &self.content[at..self.content.len().min(at + 34)];
        let end = rest.iter().position(|&c| c == ';')?;
        let written: String = rest[..=end].iter().collect();
        let decoded = htmlize::unescape(written.as_str());
        if decoded == written {
            return None;
        }
        self.out.counts.entities += 1;
        for character in decoded.chars() {
            self.push(character, at);
        }
        Some(at + end + 1)
    }

    /// A BBCode tag at `at`, or the start of a Markdown anchor.
    fn square(&mut self, at: usize) -> Option<usize> {
        let closing = self.content.get(at + 1) == Some(&'/');
        let name = self.name(at + 1 + usize::from(closing));
        if !BBCODE.contains(&name.as_str()) {
            self.bracket = Some(Open {
                target: None,
                visible: self.out.chars.len() + 1,
                start: at,
            });
            return None;
        }
        let end = advance(&mut self.closers.square, at + 1, self.content.len(), |i| {
            self.content[i] == ']'
        })?;
        let inside = &self.content[at + 1 + name.chars().count()..end];
        if !closing && !matches!(inside.first(), None | Some('=' | ' ')) {
            return None;
        }
        self.out.counts.bbcode_tags += 1;
        if name == "quote" && !closing {
            self.out.counts.quotes += 1;
        }
        if name == "code" && !closing {
            self.out.counts.code += 1;
        }
        if matches!(name.as_str(), "url" | "link" | "img") {
            if closing {
                let open = self.bbcode_open.take();
                self.close(open, end + 1, Dialect::Bbcode);
            } else {
                let previous = self.bbcode_open.take();
                self.close(previous, at, Dialect::Bbcode);
                let target: String = inside.iter().skip(1).collect();
                let target = target.trim().trim_matches(['"', '\'']).to_owned();
                self.bbcode_open = Some(Open {
                    target: Some(target).filter(|target| !target.is_empty()),
                    visible: self.out.chars.len(),
                    start: at,
                });
            }
        }
        Some(end + 1)
    }

    /// The `](target)` of a Markdown link whose `]` is at `at`.
    fn markdown(&mut self, at: usize) -> Option<usize> {
        if self.content.get(at + 1) != Some(&'(') {
            return None;
        }
        let mut open = self.bracket.take()?;
        let end = advance(&mut self.closers.round, at + 2, self.content.len(), |i| {
            self.content[i] == ')'
        })?;
        let target: String = self.content[at + 2..end]
            .iter()
            .take_while(|c| !c.is_whitespace())
            .collect();
        if !target.contains(['.', '/']) {
            return None;
        }
        open.target = Some(target.trim_matches(['<', '>']).to_owned());
        self.close(Some(open), end + 1, Dialect::Markdown);
        Some(end + 1)
    }

    fn close(&mut self, open: Option<Open>, end: usize, dialect: Dialect) {
        let Some(open) = open else { return };
        let visible_end = self.out.chars.len().min(open.visible + MAX_ANCHOR);
        let start = open.visible.min(visible_end);
        let target = open.target.unwrap_or_else(|| {
            // `[url]http://…[/url]`: the anchor is the target.
            self.out.chars[start..visible_end].iter().collect()
        });
        let counts = &mut self.out.counts;
        match dialect {
            Dialect::Bbcode => counts.bbcode_links += 1,
            Dialect::Markdown => counts.markdown_links += 1,
            _ => counts.html_links += 1,
        }
        if self.out.links.len() < MAX_LINKS {
            self.out.links.push(MarkedLink {
                target,
                anchor: (start, visible_end),
                dialect,
                span: (open.start as u32, end as u32),
            });
        }
    }

    /// The tag name that begins at `at`, in lower case; at most 10 letters.
    fn name(&self, at: usize) -> String {
        self.content[at.min(self.content.len())..]
            .iter()
            .take(11)
            .take_while(|c| c.is_ascii_alphanumeric())
            .map(char::to_ascii_lowercase)
            .collect()
    }

    fn starts_with(&self, at: usize, text: &str) -> bool {
        text.chars()
            .enumerate()
            .all(|(i, c)| self.content.get(at + i) == Some(&c))
    }
}

/// Moves a closer's cursor to the first place from `from` on where `is` holds.
fn advance(
    cursor: &mut usize,
    from: usize,
    len: usize,
    is: impl Fn(usize) -> bool,
) -> Option<usize> {
    let mut at = (*cursor).max(from);
    while at < len && !is(at) {
        at += 1;
    }
    *cursor = at;
    (at < len).then_some(at)
}
