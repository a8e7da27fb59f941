//! Moderators: their accounts, their passwords, their sessions, and what each
//! role can get hold of.

mod access;
mod acting;
mod administering;
mod attempts;
mod codes;
mod devices;
mod insight;
mod moderators;
mod passwords;
mod second_factor;
mod sign_in;
mod visit;

pub use access::{Admin, FoundComment, Moderator, Viewer};
pub use codes::Enrolment;
pub use moderators::{AccountView, NewAccount};
pub use second_factor::{Entered, SecondFactorState};
pub use sign_in::SignIn;
pub use visit::{Guest, SignInError, SignedIn, Signing};
