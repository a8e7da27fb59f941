//! Every setting: its default, its bound, where its value came from.
//! One TOML file < environment < flags.

mod defaults;
mod field;
mod layers;
mod load;
mod problem;
mod reference;
mod settings;
mod table;

pub use field::Field;
pub use layers::Layers;
pub use load::{Loaded, Shown, load};
pub use problem::{Origin, Problem, Problems};
pub use reference::settings_reference;
pub use settings::{
    Akismet, Config, Desk, Http, Limits, Log, PolicySettings, Retention, RuleSetting, Training,
    Webhooks,
};
pub use table::{SETTINGS, Setting};
