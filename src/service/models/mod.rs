//! Models in an installation: their files, which one judges, who made it so,
//! and what a shadow would have said.

mod background;
mod files;
mod follow;
mod live_errors;
mod pins;
mod registry;
mod shadow;
pub mod shipped;
mod succession;
mod views;

pub use background::give_way;
pub(super) use files::ModelFiles;
pub(super) use follow::Following;
pub use live_errors::LiveErrors;
pub(super) use shadow::Beside;
pub use views::{ModelName, ModelView, ShadowView};
