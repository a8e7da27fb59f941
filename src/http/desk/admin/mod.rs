//! Where admins set things up: sites with their keys and webhooks, rules, people.

mod behaviour;
pub mod deliveries;
mod once;
pub mod people;
mod refusal;
mod rule_row;
pub mod rules;
pub mod site;
pub mod sites;
pub mod webhooks;
