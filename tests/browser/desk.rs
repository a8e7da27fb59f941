//! The moderator's desk, as people use it.

mod deciding;
mod signing_in;
