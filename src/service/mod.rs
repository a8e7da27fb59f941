//! What the program can do, whoever asks; `http` and `cli` are its doors.
//! [`Installation`] is the data directory, opened; [`Service`] adds the filter.

mod accounts;
mod agreement;
mod akismet;
mod backup;
mod audit;
mod around;
mod blog_address;
mod bulk;
mod callbacks;
mod check;
mod counterfactual;
mod dashboard;
mod edits;
mod error;
mod feedback;
mod forgetting;
mod import;
mod installation;
mod label_weights;
mod live;
mod models;
mod moderation;
mod replay;
mod retention;
mod review;
mod rules;
mod secret_file;
mod site_layers;
mod sites;
mod stats;
mod trust;
mod views;
mod webhooks;
mod what_if;

pub use accounts::{
    AccountView, Admin, Enrolment, Entered, FoundComment, Guest, Moderator, NewAccount,
    SecondFactorState, SignIn, SignInError, SignedIn, Signing, Viewer,
};
pub use agreement::{Agreement, Pair};
pub use akismet::{AkismetReport, ThroughAkismet, told};
pub use around::Surrounded;
pub use audit::AuditPage;
pub use backup::{BackupStage, Extras, Made, Manifest, ManifestFile, Restored, backup, restore};
pub use blog_address::{WrongBlog, site_of_blog};
pub use bulk::{BulkDecision, BulkDone};
pub use callbacks::AkismetCallback;
pub use check::{CheckAnswer, CheckRequest};
pub use counterfactual::{Counterfactual, Without};
pub use dashboard::{
    Audited, AuditedVerdict, Bounded, Dashboard, Errors, LearningStep, ReasonPrecision,
};
pub use edits::{Edit, EditPiece};
pub use error::ServiceError;
pub use feedback::{FeedbackAnswer, FeedbackTarget};
pub use forgetting::{
    Certificate, Forecast, How, ModelChange, PersonExport, Remade, Remake, ToForget,
};
pub use import::{Imported, Importer, Moderation, OldComment};
pub use installation::Installation;
pub use label_weights::weigh_labels;
pub use live::Service;
pub use models::{LiveErrors, ModelName, ModelView, ShadowView, give_way, shipped};
pub use moderation::NewDecision;
pub use replay::{Difference, Replay, ReplayOutcome};
pub use review::{QueuePage, QueueQuery, Reviewed, View};
pub use rules::RuleOnSite;
pub use sites::{KEY_OVERLAP, NewKeys};
pub use stats::{CommentCounts, DecisionCounts, ErrorRates, Queue, Rate, Stats};
pub use trust::Whom;
pub use views::{CommentDetail, CommentPage, ListedComment, TimedJudgement};
pub use webhooks::{Courier, NewSecret, TestReport};
pub use what_if::{Change, Outcome, Trial, WhatIf};
