//! A comment as its blog has it, and what becomes of it.

use crate::domain::{Comment, DecisionKind, FieldError, Label};
use crate::store::Found;

/// What a blog had made of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moderation {
    /// Published: ham.
    Approved,
    Spam,
    /// Taken away, and nobody says why: rejected, and not learnt from.
    Trashed,
    /// Waits for a person: held.
    Pending,
    /// Not said: the verdict is the filter's.
    Unknown,
}

impl Moderation {
    /// The label that it teaches.
    pub fn label(self) -> Option<Label> {
        match self {
            Self::Approved => Some(Label::Ham),
            Self::Spam => Some(Label::Spam),
            Self::Trashed | Self::Pending | Self::Unknown => None,
        }
    }

    /// The moderation that teaches the label.
    pub fn of(label: Label) -> Self {
        match label {
            Label::Ham => Self::Approved,
            Label::Spam => Self::Spam,
        }
    }

    pub(super) fn decision(self) -> Option<DecisionKind> {
        match self {
            Self::Approved => Some(DecisionKind::Accept),
            Self::Spam | Self::Trashed => Some(DecisionKind::Reject),
            Self::Pending | Self::Unknown => None,
        }
    }
}

/// A comment as its blog has it.
#[derive(Debug, Clone, PartialEq)]
pub struct OldComment {
    /// Without `submitted_at` where its time is not known.
    pub comment: Comment,
    pub moderation: Moderation,
}

/// What became of one comment of an import.
#[derive(Debug, Clone, PartialEq)]
pub enum Imported {
    /// It is here from now on.
    New,
    /// It was here without a person's word, and has the blog's now.
    Decided,
    /// It was here, and nothing changed.
    AlreadyHere,
    /// It was here, and somebody decided otherwise here: that stays.
    DecidedOtherwise,
    /// It was here and is forgotten; what its label taught is still counted.
    Forgotten,
    /// It cannot be admitted.
    Refused(FieldError),
}

impl Imported {
    pub(super) fn of(moderation: Moderation, found: Found) -> Self {
        match found {
            Found::New => Self::New,
            Found::Forgotten => Self::Forgotten,
            Found::Known { decision, label } => {
                let here = decision.or(label.map(|label| match label {
                    Label::Ham => DecisionKind::Accept,
                    Label::Spam => DecisionKind::Reject,
                }));
                match (here, moderation.decision()) {
                    (_, None) => Self::AlreadyHere,
                    (None, Some(_)) => Self::Decided,
                    (Some(here), Some(there)) if here == there => Self::AlreadyHere,
                    (Some(_), Some(_)) => Self::DecidedOtherwise,
                }
            }
        }
    }
}
