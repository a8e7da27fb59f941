//! Moderators: their accounts, their passwords, their sessions, and what each
//! role can get hold of.

mod access;
mod attempts;
mod moderators;
mod passwords;
mod sign_in;
mod visit;

pub(super) use attempts::{Attempts, Bucket};
pub(super) use visit::network;

pub use access::{Admin, FoundComment, Moderator, Viewer};
pub use moderators::{AccountView, NewAccount};
pub use sign_in::SignIn;
pub use visit::{Guest, SignInError, SignedIn, Signing};
