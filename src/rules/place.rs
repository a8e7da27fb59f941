//! Where something stands in the comment.

use crate::domain::{Span, SpanField};
use crate::features::Features;
use crate::features::lexicon::Topic;

/// The topic's first phrase in the text, as written, and its place.
pub fn phrase(features: &Features, topic: Topic) -> Option<(String, Option<Span>)> {
    let (from, to) = features.phrases.first(topic)?;
    let (mut byte, mut start) = (0, None);
    for (place, character) in features.text.folded.iter().enumerate() {
        if byte >= to as usize {
            let start = start?;
            return Some((
                seen(features, start, place),
                content(features, start, place),
            ));
        }
        if byte >= from as usize && start.is_none() {
            start = Some(place);
        }
        byte += character.len_utf8();
    }
    let (start, end) = (start?, features.text.folded.len());
    Some((seen(features, start, end), content(features, start, end)))
}

fn seen(features: &Features, start: usize, end: usize) -> String {
    features.text.visible[start..end].iter().collect()
}

/// A range of visible characters, in the content.
fn content(features: &Features, start: usize, end: usize) -> Option<Span> {
    let at = &features.text.at;
    Some(Span {
        field: SpanField::Content,
        start: *at.get(start)? as usize,
        end: *at.get(end.checked_sub(1)?)? as usize + 1,
    })
}

/// The place of a link.
pub fn link(span: (u32, u32)) -> Option<Span> {
    Some(Span {
        field: SpanField::Content,
        start: span.0 as usize,
        end: span.1 as usize,
    })
}
