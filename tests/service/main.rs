//! Black box over HTTP: a service on port 0, asked as a blog or a moderator
//! would ask it. One file for each capability.

mod akismet;
mod auth;
mod bad_input;
mod check;
mod desk_admin;
mod desk_language;
mod desk_acting;
mod desk_queue;
mod desk_roles;
mod desk_second_factor;
mod desk_sign_in;
mod docs;
mod harness;
mod integrate;
mod learning;
mod models;
mod moderation;
mod ops;
mod outbound;
#[path = "../receiver/mod.rs"]
mod receiver;
mod robustness;
mod site_rules;
mod slow;
mod storage;
mod stream;
mod webhooks;
