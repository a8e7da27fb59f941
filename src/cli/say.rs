//! Standard output, for readers that may have seen enough (`| head`).

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};
use std::process::exit;

/// Writes a line. `println!` would panic where nobody reads any more; a
/// command then has nothing left to do, and ends as if all had been read.
pub fn line(text: Arguments<'_>) {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}") {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => exit(0),
        Err(error) => {
            eprintln!("hamgate: standard output cannot be written: {error}");
            exit(1);
        }
    }
}

/// The same for a service, which goes on whoever listens.
pub fn line_to_anyone(text: Arguments<'_>) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// `println!` for commands.
macro_rules! say {
    ($($text:tt)*) => { $crate::cli::say::line(format_args!($($text)*)) };
}
pub(super) use say;
