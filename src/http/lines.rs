//! A body as lines of bounded length and patience. Blank ones are passed over.

use std::collections::VecDeque;
use std::time::Duration;

use actix_web::dev::Payload;
use futures_util::stream::{Stream, StreamExt, unfold};
use tokio::time::{Instant, timeout_at};

/// What the body holds next.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Without its end.
    Text(Vec<u8>),
    /// Passed over.
    TooLong,
    /// The next line was not whole in time; nothing follows.
    Late,
    /// The body broke off; nothing follows.
    Broken,
}

/// Cuts a body into lines.
pub struct Lines {
    payload: Payload,
    limit: usize,
    patience: Duration,
    ready: VecDeque<Line>,
    /// The start of a line whose end has not come.
    partial: Vec<u8>,
    /// The partial line is too long already: its bytes are dropped.
    overflowed: bool,
    ended: bool,
}

impl Lines {
    /// Lines of at most `limit` bytes, each of which must be whole within
    /// `patience` after it is waited for.
    pub fn of(payload: Payload, limit: usize, patience: Duration) -> impl Stream<Item = Line> {
        let lines = Self {
            payload,
            limit,
            patience,
            ready: VecDeque::new(),
            partial: Vec::new(),
            overflowed: false,
            ended: false,
        };
        unfold(lines, |mut lines| async move {
            let line = lines.next().await?;
            Some((line, lines))
        })
    }

    async fn next(&mut self) -> Option<Line> {
        let deadline = Instant::now() + self.patience;
        loop {
            if let Some(line) = self.ready.pop_front() {
                return Some(line);
            }
            if self.ended {
                return None;
            }
            match timeout_at(deadline, self.payload.next()).await {
                Ok(Some(Ok(chunk))) => self.take(&chunk),
                Ok(None) => {
                    self.ended = true;
                    if self.overflowed || !self.partial.is_empty() {
                        self.end_line();
                    }
                }
                Ok(Some(Err(_))) => {
                    self.ended = true;
                    return Some(Line::Broken);
                }
                Err(_) => {
                    self.ended = true;
                    return Some(Line::Late);
                }
            }
        }
    }

    fn take(&mut self, chunk: &[u8]) {
        for piece in chunk.split_inclusive(|byte| *byte == b'\n') {
            let text = piece.strip_suffix(b"\n");
            self.extend(text.unwrap_or(piece));
            if text.is_some() {
                self.end_line();
            }
        }
    }

    fn extend(&mut self, bytes: &[u8]) {
        if self.overflowed || self.partial.len() + bytes.len() > self.limit {
            self.overflowed = true;
            self.partial = Vec::new();
        } else {
            self.partial.extend_from_slice(bytes);
        }
    }

    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.partial);
        let line = match std::mem::take(&mut self.overflowed) {
            true => Line::TooLong,
            false if text.trim_ascii().is_empty() => return,
            false => Line::Text(text),
        };
        self.ready.push_back(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(chunks: &[&str]) -> Vec<Line> {
        let mut lines = Lines {
            payload: Payload::None,
            limit: 5,
            patience: Duration::from_secs(1),
            ready: VecDeque::new(),
            partial: Vec::new(),
            overflowed: false,
            ended: false,
        };
        for chunk in chunks {
            lines.take(chunk.as_bytes());
        }
        lines.end_line();
        lines.ready.into()
    }

    #[test]
    fn lines_do_not_depend_on_how_the_body_comes() {
        let text = |text: &str| Line::Text(text.into());
        let expected = [text("ab"), Line::TooLong, text("cdefg"), text("h")];
        for chunks in [
            &["ab\n\n123456789\ncdefg\nh"][..],
            &["a", "b\n", "\n12", "34567", "89\ncd", "efg", "\nh"][..],
        ] {
            assert_eq!(cut(chunks), expected);
        }
    }
}
