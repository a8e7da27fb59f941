//! What would have changed the verdict: the comment is judged again without a
//! part of it, by the live filter, its site's labels and policy, and history
//! that is gathered anew.

use super::error::ServiceError;
use super::live::Service;
use crate::domain::{Comment, Site, SpanField, Verdict};
use crate::features::Features;
use crate::features::markup::Dialect;
use crate::store::StoredComment;

/// Texts whose links are looked for again: taking one out may make another.
const PASSES: usize = 3;

/// A part of a comment that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Without {
    /// None: judged now, and not when it came.
    Nothing,
    /// The links of the text; what markup shows of them stays.
    Links,
    AuthorUrl,
    /// Links and URL: neither alone makes the difference.
    LinksAndUrl,
    AuthorName,
}

/// A judgement that would have been milder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counterfactual {
    pub without: Without,
    pub verdict: Verdict,
}

impl Service {
    /// What makes the verdict on a stored comment milder, and nothing else.
    /// Whoever asks has to be allowed to see the comment.
    ///
    /// # Errors
    /// Judging met a bug.
    pub async fn counterfactuals(
        &self,
        site: &Site,
        stored: &StoredComment,
    ) -> Result<Vec<Counterfactual>, ServiceError> {
        let comment = &stored.comment;
        let judged = |changed: Comment| self.judge(site, changed, Some(stored.comment_id));
        let now = judged(comment.clone()).await?.judgement;
        let mut found = Vec::new();
        if severity(now.verdict) < severity(stored.verdict) {
            found.push(Counterfactual {
                without: Without::Nothing,
                verdict: now.verdict,
            });
        }
        // What cannot be looked up holds whatever is left out.
        if now.verdict == Verdict::Accept {
            return Ok(found);
        }
        let unlinked = without_links(&comment.content);
        let has_url = comment
            .author
            .url
            .as_ref()
            .is_some_and(|url| !url.trim().is_empty());
        let name_speaks_for_spam = now.evidence.iter().any(|piece| {
            let span = piece
                .span
                .is_some_and(|span| span.field == SpanField::AuthorName);
            span && piece.log_odds.0 > 0.0
        });
        let mut links_matter = false;
        for without in [
            Without::Links,
            Without::AuthorUrl,
            Without::LinksAndUrl,
            Without::AuthorName,
        ] {
            let applies = match without {
                Without::Nothing => false,
                Without::Links => unlinked.is_some(),
                Without::AuthorUrl => has_url,
                Without::LinksAndUrl => has_url && unlinked.is_some() && !links_matter,
                Without::AuthorName => name_speaks_for_spam,
            };
            if !applies {
                continue;
            }
            let mut changed = comment.clone();
            if let (Without::Links | Without::LinksAndUrl, Some(text)) = (without, &unlinked) {
                changed.content.clone_from(text);
            }
            if matches!(without, Without::AuthorUrl | Without::LinksAndUrl) {
                changed.author.url = None;
            }
            if without == Without::AuthorName {
                changed.author.name = None;
            }
            let verdict = judged(changed).await?.judgement.verdict;
            if severity(verdict) < severity(now.verdict) {
                links_matter |= without != Without::AuthorName;
                found.push(Counterfactual { without, verdict });
            }
        }
        Ok(found)
    }
}

fn severity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Accept => 0,
        Verdict::Hold => 1,
        Verdict::Reject => 2,
    }
}

/// The text without its links; `None` where there are none, or where nothing
/// is left.
fn without_links(content: &str) -> Option<String> {
    let mut text = content.to_owned();
    for _ in 0..PASSES {
        let features = Features::of(&Comment {
            content: text.clone(),
            ..Comment::default()
        });
        if features.links.is_empty() {
            break;
        }
        let characters: Vec<char> = text.chars().collect();
        let mut kept = String::with_capacity(text.len());
        let mut at = 0;
        for link in &features.links {
            let (mut start, end) = (link.span.0 as usize, link.span.1 as usize);
            // Of a Markdown link the span begins after the bracket.
            if link.dialect == Dialect::Markdown && start > at && characters[start - 1] == '[' {
                start -= 1;
            }
            if start < at || end > characters.len() {
                continue;
            }
            kept.extend(&characters[at..start]);
            let is_markup = !matches!(link.dialect, Dialect::Plain | Dialect::Bare);
            if is_markup && link.anchor.is_some() {
                let visible = features.text.visible.iter().zip(&features.text.at);
                let shown = visible.filter(|(_, place)| (start..end).contains(&(**place as usize)));
                kept.extend(shown.map(|(character, _)| character));
            }
            at = end;
        }
        kept.extend(&characters[at..]);
        text = kept;
    }
    (text != content && !text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_go_and_what_they_showed_stays() {
        for (with, without) in [
            ("See https://a.example/x now.", "See  now."),
            (
                "A <a href='http://a.example'>Good book</a> is it.",
                "A Good book is it.",
            ),
            (
                "A [url=http://a.example]Good book[/url] is it.",
                "A Good book is it.",
            ),
            (
                "A [Good book](http://a.example) is it.",
                "A Good book is it.",
            ),
            (
                "<a href='http://a.example'>http://a.example</a> is it.",
                " is it.",
            ),
            ("Ü www.b.org/y and c.co.uk/path, too", "Ü  and , too"),
        ] {
            assert_eq!(without_links(with).as_deref(), Some(without), "{with}");
        }
        assert_eq!(without_links("No link in main.rs."), None);
        assert_eq!(
            without_links("http://a.example"),
            None,
            "nothing would be left"
        );
    }
}
