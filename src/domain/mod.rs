//! The words of the field as types. No I/O, no clock, no failure after the door.

pub mod audit;
pub mod comment;
pub mod day;
pub mod event;
pub mod evidence;
pub mod fields;
pub mod history;
pub mod label;
pub mod line;
pub mod moderator;
pub mod rule_setting;
pub mod site;
pub mod site_settings;
pub mod verdict;

pub use audit::is_drawn;
pub use comment::{Author, Comment, CommentId, Form, Format, Post};
pub use day::Day;
pub use event::{BY_API, BY_BLOG, Cause, CommentEvent, DecidedBy, EventKind, Standing, WebhookId};
pub use evidence::{Evidence, LogOdds, Source, Span, SpanField};
pub use fields::FieldError;
pub use history::{Fingerprint, History, Known, Subject, Tally, Trace, Trust};
pub use label::{Decision, DecisionKind, GivenLabel, Label, Sample, Why};
pub use line::CommentLine;
pub use moderator::{Moderator, ModeratorId, Role, Session, SessionId, TokenHash};
pub use rule_setting::RuleSetting;
pub use site::{KeyKind, KeyMac, Site, SiteId};
pub use site_settings::{HoldAnswer, SiteSettings};
pub use verdict::{Judgement, Verdict};
