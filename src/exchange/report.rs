//! What an import did, and why it left out what it left out.

use serde::{Deserialize, Serialize};

use crate::service::{Imported, Moderation, OldComment};

/// Places that are named for each reason.
const EXAMPLES: usize = 5;
/// Reasons that are told apart; a file cannot make the report endless.
const REASONS: usize = 40;
const OTHER: &str = "was left out for one of many other reasons";

/// Counts of one import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Entries of the file, those that were left out included.
    pub entries: u64,
    /// New comments. In a dry run: those that would be.
    pub imported: u64,
    /// Of these, learnt as ham.
    pub ham: u64,
    /// Learnt as spam.
    pub spam: u64,
    /// In the queue, as they were on the blog.
    pub pending: u64,
    /// Rejected without being learnt from.
    pub trashed: u64,
    /// Without a word of what they are.
    pub unlabelled: u64,
    /// Comments that were here without a decision, and have the blog's now.
    pub decided: u64,
    /// Comments that were here.
    pub already_here: u64,
    /// Comments without a date: they are taken for the oldest.
    pub undated: u64,
    pub skipped: Vec<SkippedFor>,
    /// Where entries have names instead of lines: the files of a folder.
    #[serde(skip)]
    pub names: Vec<String>,
}

/// Entries that were left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedFor {
    /// To be read after "it".
    pub reason: String,
    pub count: u64,
    /// Where the first few stand: lines of the file, rows of a database, or files of
    /// a folder.
    pub at: Vec<String>,
}

impl Report {
    /// Counts an entry that is left out.
    pub fn skip(&mut self, line: u64, reason: &str) {
        self.entries += 1;
        self.left_out(line, reason);
    }

    fn left_out(&mut self, line: u64, reason: &str) {
        let known = |reason: &str| self.skipped.iter().position(|one| one.reason == reason);
        let full = self.skipped.len() >= REASONS && known(reason).is_none();
        let reason = if full { OTHER } else { reason };
        let place = known(reason).unwrap_or_else(|| {
            self.skipped.push(SkippedFor {
                reason: reason.to_owned(),
                count: 0,
                at: Vec::new(),
            });
            self.skipped.len() - 1
        });
        let named = usize::try_from(line.saturating_sub(1)).ok();
        let name = named.and_then(|place| self.names.get(place)).cloned();
        let skipped = &mut self.skipped[place];
        skipped.count += 1;
        if skipped.at.len() < EXAMPLES {
            skipped.at.push(name.unwrap_or_else(|| line.to_string()));
        }
    }

    /// Counts an entry that is kept so far.
    pub fn found(&mut self, old: &OldComment) {
        self.entries += 1;
        self.undated += u64::from(old.comment.submitted_at.is_none());
    }

    /// Counts what became of an entry.
    pub fn became(&mut self, line: u64, moderation: Moderation, outcome: &Imported) {
        match outcome {
            Imported::New => {
                self.imported += 1;
                *match moderation {
                    Moderation::Approved => &mut self.ham,
                    Moderation::Spam => &mut self.spam,
                    Moderation::Pending => &mut self.pending,
                    Moderation::Trashed => &mut self.trashed,
                    Moderation::Unknown => &mut self.unlabelled,
                } += 1;
            }
            Imported::Decided => self.decided += 1,
            Imported::AlreadyHere => self.already_here += 1,
            Imported::DecidedOtherwise => {
                self.left_out(line, "was decided otherwise here, and that stays");
            }
            Imported::Forgotten => self.left_out(
                line,
                "was here before and is forgotten; what it taught still counts",
            ),
            Imported::Refused(error) => {
                self.left_out(
                    line,
                    &format!("has a `{}` that {}", error.field, error.problem),
                );
            }
        }
    }

    /// Puts the most frequent reasons first.
    pub fn sorted(mut self) -> Self {
        self.skipped
            .sort_by_key(|skipped| std::cmp::Reverse(skipped.count));
        self
    }
}
