//! Where admins set things up: sites with their keys and webhooks, rules, people.

mod behaviour;
mod comparing;
pub mod deliveries;
pub mod lists;
pub mod model;
mod model_words;
pub mod models;
mod once;
pub mod people;
mod refusal;
mod rule_row;
pub mod rules;
pub mod site;
pub mod sites;
pub mod webhooks;

pub use comparing::Comparing;
