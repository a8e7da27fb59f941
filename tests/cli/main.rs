//! Black box over the binary: what a person types, and what comes back.

mod backup;
mod binary;
mod crash;
#[cfg(target_os = "linux")]
mod disk;
mod evaluate;
mod forgetting;
mod help;
mod judging;
mod killed;
mod labels;
mod mistakes;
mod models;
mod moderators;
#[path = "../receiver/mod.rs"]
mod receiver;
mod replaying;
mod served;
mod serving;
mod settings;
mod sites;
mod training;
mod webhooks;
