//! What the program can do, whoever asks; `http` and `cli` are its doors.
//! [`Installation`] is the data directory, opened; [`Service`] adds the filter.

mod accounts;
mod akismet;
mod backup;
mod blog_address;
mod callbacks;
mod check;
mod error;
mod feedback;
mod forgetting;
mod installation;
mod live;
mod models;
mod moderation;
mod replay;
mod retention;
mod review;
mod secret_file;
mod site_layers;
mod sites;
mod stats;
mod views;
mod webhooks;

pub use accounts::{
    AccountView, Admin, FoundComment, Guest, Moderator, NewAccount, SignIn, SignInError, SignedIn,
    Signing, Viewer,
};
pub use akismet::{AkismetReport, ThroughAkismet, told};
pub use backup::{BackupStage, Extras, Made, Manifest, ManifestFile, Restored, backup, restore};
pub use blog_address::{WrongBlog, site_of_blog};
pub use callbacks::AkismetCallback;
pub use check::{CheckAnswer, CheckRequest};
pub use error::ServiceError;
pub use feedback::{FeedbackAnswer, FeedbackTarget};
pub use forgetting::{Certificate, Forecast, How, ModelChange, PersonExport, Remade, Remake, Whom};
pub use installation::Installation;
pub use live::Service;
pub use models::{LiveErrors, ModelName, ModelView, ShadowView, give_way, shipped};
pub use moderation::NewDecision;
pub use replay::{Change, Replay, ReplayOutcome};
pub use review::{QueuePage, QueueQuery, Reviewed, View};
pub use sites::{KEY_OVERLAP, NewKeys};
pub use stats::{CommentCounts, DecisionCounts, ErrorRates, Queue, Rate, Stats};
pub use views::{CommentDetail, CommentPage, ListedComment, TimedJudgement};
pub use webhooks::{Courier, NewSecret, TestReport};
