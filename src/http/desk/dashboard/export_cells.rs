//! A decision as a line of an export: cells that no spreadsheet takes for
//! formulas, or JSON.

use csv::{QuoteStyle, WriterBuilder};
use serde::Serialize;
use uuid::Uuid;

use crate::domain::{DecisionKind, LogOdds, Verdict};
use crate::store::LoggedDecision;

/// A decision as it is exported; the names are those of the columns.
#[derive(Serialize)]
pub struct Exported<'l> {
    pub decision_id: Uuid,
    pub at: String,
    pub site: &'l str,
    pub comment_id: String,
    pub by: &'l str,
    pub decision: DecisionKind,
    pub learn: bool,
    pub why: Option<&'static str>,
    pub note: Option<&'l str>,
    /// What the filter had said.
    pub verdict: Option<Verdict>,
    pub spam_probability: Option<f64>,
    pub log_odds: Option<f64>,
    pub model: Option<&'l str>,
    pub policy: Option<&'l str>,
    pub ended_at: Option<String>,
    pub ended_because: Option<&'static str>,
}

/// The head of the table.
const COLUMNS: [&str; 16] = [
    "decision_id",
    "at",
    "site",
    "comment_id",
    "by",
    "decision",
    "learn",
    "why",
    "note",
    "verdict",
    "spam_probability",
    "log_odds",
    "model",
    "policy",
    "ended_at",
    "ended_because",
];

impl<'l> Exported<'l> {
    pub fn of(one: &'l LoggedDecision, site: &'l str) -> Self {
        let decision = &one.decision;
        let shown = one.shown.as_ref();
        Self {
            decision_id: decision.id,
            at: decision.at.to_string(),
            site,
            comment_id: one.comment_id.to_string(),
            by: &decision.by,
            decision: decision.decision,
            learn: decision.learn,
            why: decision.why.map(|why| why.as_str()),
            note: decision.note.as_deref(),
            verdict: shown.map(|shown| shown.verdict),
            spam_probability: shown.map(|shown| LogOdds(shown.log_odds).probability()),
            log_odds: shown.map(|shown| shown.log_odds),
            model: shown.map(|shown| shown.model.as_str()),
            policy: shown.map(|shown| shown.policy.as_str()),
            ended_at: decision.undone_at.map(|at| at.to_string()),
            ended_because: one.ended.map(|ended| ended.as_str()),
        }
    }

    /// As a JSON object.
    pub fn line(&self) -> String {
        // Only a map with keys that are no text cannot be written.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }

    /// As cells. What people typed is made harmless; numbers and words of ours
    /// are what they are.
    fn cells(&self) -> [String; 16] {
        let number = |number: Option<f64>| number.map_or_else(String::new, |it| it.to_string());
        let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
        [
            self.decision_id.to_string(),
            self.at.clone(),
            harmless(self.site),
            self.comment_id.clone(),
            harmless(self.by),
            self.decision.as_str().to_owned(),
            self.learn.to_string(),
            word(self.why),
            harmless(self.note.unwrap_or_default()),
            word(self.verdict.map(Verdict::as_str)),
            number(self.spam_probability),
            number(self.log_odds),
            harmless(self.model.unwrap_or_default()),
            harmless(self.policy.unwrap_or_default()),
            word(self.ended_at.as_deref()),
            word(self.ended_because),
        ]
    }
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV Injection): with
/// an apostrophe before what begins like one, also in the full-width letters
/// that some take for the same. One that begins with an apostrophe gets another,
/// so that taking the first away gives the text again.
fn harmless(text: &str) -> String {
    const BEGINNINGS: [char; 13] = [
        '=', '+', '-', '@', '\t', '\r', '\n', '\0', '\'', '＝', '＋', '－', '＠',
    ];
    match text.starts_with(BEGINNINGS) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// The head of the table (RFC 4180).
pub fn head() -> Vec<u8> {
    record(COLUMNS)
}

/// One row, every cell of it quoted.
pub fn row(one: &Exported) -> Vec<u8> {
    record(one.cells())
}

fn record<C: AsRef<[u8]>>(cells: impl IntoIterator<Item = C>) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Neither can fail in memory.
    let _ = writer.write_record(cells);
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula_and_the_text_comes_back() {
        for text in [
            "=HYPERLINK(\"http://a.example\",\"x\")",
            "+1",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "\0=1",
            "＝1+1",
            "－1",
            "'quoted",
        ] {
            let cell = harmless(text);
            assert_eq!(cell.strip_prefix('\''), Some(text), "{text:?}");
            let bytes = record([cell.as_str(), "next"]);
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(bytes.as_slice());
            let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert_eq!(records.len(), 1, "{text:?}");
            assert_eq!(&records[0][0], cell);
            assert_eq!(&records[0][1], "next");
        }
        for text in ["", "plain; and, \"quoted\"", "a=b", "10 % - 20 %"] {
            assert_eq!(harmless(text), text);
        }
    }
}
