//! The service as a black box over HTTP: the real application on a port of
//! its own, on a fresh data directory. One file per capability.

mod harness;

mod check;
