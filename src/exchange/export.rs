//! Comments of a site as comment lines, and as CSV that no spreadsheet runs.

use std::io::{self, Write};

use csv::{QuoteStyle, WriterBuilder};

use crate::domain::CommentLine;
use crate::store::StoredComment;

/// The columns of the CSV: the fields of a comment line.
pub const COLUMNS: [&str; 12] = [
    "id",
    "date",
    "label",
    "author",
    "email",
    "email_domain",
    "url",
    "ip",
    "user_agent",
    "kind",
    "post",
    "content",
];

/// A stored comment as its line, with the label that is in force; what comment lines
/// have no field for is left out. One without an id of the blog's has hamgate's, by
/// which an import knows it again.
pub fn exported(stored: StoredComment) -> CommentLine {
    let comment = stored.comment;
    let author = comment.author;
    CommentLine {
        id: Some(comment.id.unwrap_or_else(|| stored.comment_id.to_string())),
        site: None,
        content: comment.content,
        author: author.name,
        url: author.url,
        email: author.email,
        email_domain: author.email_domain,
        ip: author.ip,
        user_agent: author.user_agent,
        post: comment.post.title.or(comment.post.url),
        kind: comment.kind,
        lang: None,
        date: comment.submitted_at,
        label: stored.label,
    }
}

/// Writes comment lines.
pub struct LinesWriter<W: Write>(pub W);

impl<W: Write> LinesWriter<W> {
    /// # Errors
    /// It cannot be written.
    pub fn write(&mut self, line: &CommentLine) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, line)?;
        self.0.write_all(b"\n")
    }
}

/// Writes the same as CSV.
pub struct CsvWriter<W: Write>(csv::Writer<W>);

impl<W: Write> CsvWriter<W> {
    /// Begins with the columns' names.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn new(to: W) -> io::Result<Self> {
        // Every cell is quoted: where a semicolon parts cells, text could else
        // begin a cell of its own.
        let mut writer = WriterBuilder::new()
            .quote_style(QuoteStyle::Always)
            .from_writer(to);
        writer.write_record(COLUMNS)?;
        Ok(Self(writer))
    }

    /// # Errors
    /// It cannot be written.
    pub fn write(&mut self, line: &CommentLine) -> io::Result<()> {
        let cell = |text: &Option<String>| guarded(text.as_deref().unwrap_or_default());
        let date = line.date.map(|date| date.to_string()).unwrap_or_default();
        let ip = line.ip.map(|ip| ip.to_string()).unwrap_or_default();
        let label = line.label.map(|label| label.as_str()).unwrap_or_default();
        self.0.write_record([
            cell(&line.id),
            guarded(&date),
            label.to_owned(),
            cell(&line.author),
            cell(&line.email),
            cell(&line.email_domain),
            cell(&line.url),
            guarded(&ip),
            cell(&line.user_agent),
            cell(&line.kind),
            cell(&line.post),
            guarded(&line.content),
        ])?;
        Ok(())
    }

    /// # Errors
    /// It cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// What spreadsheets begin a formula with, or drop before one (OWASP, CSV
/// Injection), and the full-width forms that some of them read alike.
fn begins_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠',
    ])
}

/// An apostrophe in front makes it text. Text that looks guarded gets one more,
/// so that [`unguarded`] gives back exactly what went in.
fn guarded(text: &str) -> String {
    match begins_formula(text) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// The text of a guarded cell.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if begins_formula(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_a_formula_and_all_come_back() {
        for text in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''-1", "'tis",
            "plain", "", "'",
        ] {
            let cell = guarded(text);
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']),
                "{cell:?}"
            );
            assert_eq!(unguarded(&cell), text);
        }
    }
}
