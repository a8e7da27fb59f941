//! Pages in a real browser: Chromium, driven by chromedriver, before the real
//! service and the example blog.
//!
//! Without a browser these tests fail; `./test.sh --prepare` installs one on
//! Debian. `HAMGATE_BROWSER=skip` in the environment skips them.

mod blog;
mod desk;
mod harness;
