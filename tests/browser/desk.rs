//! The moderator's desk, as people use it.

mod auditing;
mod deciding;
mod injections;
mod many;
mod signing_in;
mod together;
mod trusting;
mod without_script;
