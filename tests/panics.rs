//! A panic's message can quote a comment: the log has its place only. In a
//! binary of its own, for the hook is the whole process's.

use std::io::{self, Write};
use std::panic;
use std::sync::Mutex;

use hamgate::config::Log;
use hamgate::telemetry;

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct LogBuffer;

impl Write for LogBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_panic_is_logged_by_its_place_only() {
    let log = Log {
        format: "json".into(),
        level: "info".into(),
    };
    tracing::subscriber::set_global_default(telemetry::subscriber(&log, || LogBuffer)).unwrap();
    telemetry::hide_panic_messages();
    let outcome = panic::catch_unwind(|| panic!("inside `canary-content`"));
    let _ = panic::take_hook();
    assert!(outcome.is_err());
    let log = String::from_utf8(LOG.lock().unwrap().clone()).unwrap();
    assert!(log.contains("tests/panics.rs"), "{log}");
    assert!(!log.contains("canary"), "{log}");
}
