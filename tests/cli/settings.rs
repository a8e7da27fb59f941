//! `config`: every problem at once.

use serde_json::Value;

use crate::binary::{hamgate, runs};

#[test]
fn config_check_reports_every_problem_with_the_nearest_name() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("hamgate.toml");
    std::fs::write(
        &file,
        "listn = \"127.0.0.1:1\"\n[limits]\nbody_bites = 5\nline_bytes = 1\n\
         [http]\nidle_seconds = \"soon\"\n[policy]\nreject = 3\n",
    )
    .unwrap();
    let output = hamgate(&["config", "--config", file.to_str().unwrap(), "check"])
        .env("HAMGATE_LISTEM", "x")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    for expected in [
        "`listn`: no such setting; did you mean `listen`?",
        "`limits.body_bites`: no such setting; did you mean `limits.body_bytes`?",
        "`limits.line_bytes`: ",
        "`http.idle_seconds`: ",
        "`policy.reject`: ",
        "`HAMGATE_LISTEM`: no such setting; did you mean `HAMGATE_LISTEN`?",
    ] {
        assert!(said.contains(expected), "{expected}\nis not in\n{said}");
    }
    let fine = runs(&["config", "check", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&fine).unwrap()["ok"], true);
}
