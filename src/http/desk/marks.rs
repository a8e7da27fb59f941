//! The evidence in the text: spans may overlap and cross, marks have to nest.

use super::shown::{Bit, bits};

/// A stretch of a text that speaks for or against it; in code points.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub start: usize,
    pub end: usize,
    /// Above 0 for spam.
    pub log_odds: f64,
    pub reason: String,
}

/// What a page writes, in order. Every `Open` has its `Close`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    Hidden { code: String, name: &'static str },
    Open { is_spam: bool, reason: String },
    Close,
}

/// Puts the marks into the first `limit` code points of a text. Where two
/// cross, the inner one is closed and opened again.
pub fn mark(text: &str, marks: &[Mark], limit: usize) -> Vec<Piece> {
    let characters: Vec<char> = text.chars().take(limit).collect();
    let end = characters.len();
    let mut waiting: Vec<Mark> = marks
        .iter()
        .map(|mark| Mark {
            end: mark.end.min(end),
            ..mark.clone()
        })
        .filter(|mark| mark.start < mark.end)
        .collect();
    // The longest of those that begin together is the outermost.
    waiting.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    let mut edges: Vec<usize> = waiting
        .iter()
        .flat_map(|mark| [mark.start, mark.end])
        .chain([0, end])
        .collect();
    edges.sort_unstable();
    edges.dedup();

    let mut pieces = Vec::new();
    let mut open: Vec<Mark> = Vec::new();
    let mut waiting = waiting.into_iter().peekable();
    for (place, edge) in edges.iter().enumerate() {
        // Close down to the outermost that ends here, and open the others again.
        if let Some(outermost) = open.iter().position(|mark| mark.end == *edge) {
            let closed = open.split_off(outermost);
            pieces.extend(closed.iter().map(|_| Piece::Close));
            for mark in closed.into_iter().filter(|mark| mark.end > *edge) {
                pieces.push(opened(&mark));
                open.push(mark);
            }
        }
        while let Some(mark) = waiting.next_if(|mark| mark.start == *edge) {
            pieces.push(opened(&mark));
            open.push(mark);
        }
        let next = edges.get(place + 1).copied().unwrap_or(end);
        let run: String = (*edge..next)
            .filter(|at| !is_half_an_end(&characters, *at))
            .map(|at| characters[at])
            .collect();
        pieces.extend(bits(&run).into_iter().map(|bit| match bit {
            Bit::Text(text) => Piece::Text(text),
            Bit::Hidden { code, name } => Piece::Hidden { code, name },
        }));
    }
    pieces
}

/// Of a line's end of two characters, only the second is shown.
fn is_half_an_end(characters: &[char], at: usize) -> bool {
    characters[at] == '\r' && characters.get(at + 1) == Some(&'\n')
}

fn opened(mark: &Mark) -> Piece {
    Piece::Open {
        is_spam: mark.log_odds > 0.0,
        reason: mark.reason.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(start: usize, end: usize, log_odds: f64) -> Mark {
        Mark {
            start,
            end,
            log_odds,
            reason: String::new(),
        }
    }

    /// `[` and `]` for spam, `(` and `)` for ham.
    fn drawn(text: &str, marks: &[Mark]) -> String {
        let mut open: Vec<bool> = Vec::new();
        let mut drawn = String::new();
        for piece in mark(text, marks, usize::MAX) {
            match piece {
                Piece::Text(text) => drawn.push_str(&text),
                Piece::Hidden { code, .. } => drawn.push_str(&code),
                Piece::Open { is_spam, .. } => {
                    open.push(is_spam);
                    drawn.push(if is_spam { '[' } else { '(' });
                }
                Piece::Close => drawn.push(if open.pop().unwrap() { ']' } else { ')' }),
            }
        }
        assert!(open.is_empty());
        drawn
    }

    #[test]
    fn marks_nest_however_spans_lie() {
        let text = "0123456789";
        for (marks, expected) in [
            (vec![], "0123456789"),
            (vec![at(2, 4, 1.0)], "01[23]456789"),
            (vec![at(0, 10, 1.0), at(3, 5, -1.0)], "[012(34)56789]"),
            (vec![at(2, 6, 1.0), at(4, 8, -1.0)], "01[23(45)](67)89"),
            (vec![at(2, 4, -1.0), at(2, 8, 1.0)], "01[(23)4567]89"),
            (vec![at(1, 3, 1.0), at(3, 5, 1.0)], "0[12][34]56789"),
            (
                vec![at(8, 99, 1.0), at(5, 5, 1.0), at(50, 60, 1.0)],
                "01234567[89]",
            ),
        ] {
            assert_eq!(drawn(text, &marks), expected);
        }
        assert_eq!(drawn("ü€😀x", &[at(1, 3, 1.0)]), "ü[€😀]x", "code points");
    }

    #[test]
    fn a_lines_end_is_no_hidden_character_even_between_marks() {
        let marks = [at(0, 2, 1.0), at(2, 4, -1.0)];
        assert_eq!(drawn("a\r\nb", &marks), "[a](\nb)");
        assert_eq!(drawn("a\rb", &[]), "aU+000Db");
    }

    #[test]
    fn a_long_text_is_cut_with_its_marks_closed() {
        let pieces = mark("0123456789", &[at(2, 8, 1.0)], 4);
        assert_eq!(pieces.last(), Some(&Piece::Close));
        assert!(pieces.contains(&Piece::Text("23".into())));
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_every_mark_is_closed(
            text in "[a-zü€😀 ]{0,40}",
            spans in proptest::collection::vec((0_usize..45, 0_usize..45, any::<bool>()), 0..12),
        ) {
            let marks: Vec<Mark> = spans
                .into_iter()
                .map(|(a, b, spam)| at(a, b, if spam { 1.0 } else { -1.0 }))
                .collect();
            let drawn = drawn(&text, &marks);
            let letters: String = drawn.chars().filter(|c| !"[]()".contains(*c)).collect();
            prop_assert_eq!(letters, text);
        }
    }
}
