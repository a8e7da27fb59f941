//! Clients that take their time: those that move are served, others are cut.

use std::io::Read;
use std::time::{Duration, Instant};

use crate::harness::{TestApp, send};

const LIVEZ: &str = "GET /livez HTTP/1.1\r\nhost: x\r\n\r\n";

fn head(app: &TestApp, path: &str, length: &str) -> String {
    let key = &app.key;
    format!("POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {key}\r\n{length}\r\n\r\n")
}

#[test]
fn a_first_head_that_dribbles_in_is_cut() {
    let app = TestApp::start();
    let mut client = app.connect();
    client.write("GET /livez HTTP/1.1\r\n").unwrap();
    assert!(client.dribble("x-slow: 1\r\n") < Duration::from_secs(9));
}

#[test]
fn a_second_head_that_dribbles_in_is_cut_in_its_time() {
    let app = TestApp::start_with(|config| config.http.idle_seconds = 1, |_| {});
    let mut client = app.connect();
    client.write(LIVEZ).unwrap();
    assert!(client.answer().starts_with("HTTP/1.1 200"));
    client.write("GET /livez HTTP/1.1\r\n").unwrap();
    let lived = client.dribble("X");
    assert!(lived > Duration::from_millis(500), "it had no time");
    assert_eq!(send(app.request("GET", "/livez")).status, 200);
}

#[test]
fn a_connection_without_a_request_is_cut_in_its_time() {
    let app = TestApp::start_with(|config| config.http.idle_seconds = 2, |_| {});
    let mut client = app.connect();
    client.write(LIVEZ).unwrap();
    client.answer();
    let begun = Instant::now();
    assert_eq!(client.0.read(&mut [0; 16]).unwrap(), 0);
    assert!(begun.elapsed() > Duration::from_secs(1), "cut at once");
}

#[test]
fn a_body_that_dribbles_in_is_a_408_and_closed() {
    let app = TestApp::start_with(|config| config.http.body_seconds = 1, |_| {});
    let mut client = app.connect();
    client
        .write(&head(&app, "/v1/check", "content-length: 1000"))
        .unwrap();
    client.write("{\"content\"").unwrap();
    let answer = client.answer();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("body_timeout") && answer.contains("connection: close"));
    assert!(client.dribble("x") < Duration::from_secs(6));
}

#[test]
fn a_body_over_the_limit_is_refused_without_its_length_too() {
    let app = TestApp::start();
    let mut client = app.connect();
    client
        .write(&head(&app, "/v1/check", "transfer-encoding: chunked"))
        .unwrap();
    let text = format!("{{\"content\": \"{}\"}}", "x".repeat(2_000_000));
    client
        .write(&format!("{:x}\r\n{text}\r\n0\r\n\r\n", text.len()))
        .unwrap();
    let answer = client.answer();
    assert!(answer.contains("body_too_large"), "{answer}");
}

#[test]
fn a_stream_that_moves_is_not_idle() {
    let app = TestApp::start_with(|config| config.http.idle_seconds = 1, |_| {});
    let mut client = app.connect();
    client
        .write(&head(
            &app,
            "/v1/check/stream",
            "transfer-encoding: chunked",
        ))
        .unwrap();
    for number in 0..3 {
        let line = format!("{{\"content\": \"Line {number}\", \"dry_run\": true}}\n");
        client
            .write(&format!("{:x}\r\n{line}\r\n", line.len()))
            .unwrap();
        let answer = client.read_until("\"policy\"");
        assert!(answer.contains("verdict"), "{answer}");
        std::thread::sleep(Duration::from_millis(2500));
    }
    client.write("0\r\n\r\n").unwrap();
    client.read_until("0\r\n\r\n");
}

#[test]
fn a_stream_whose_next_line_does_not_come_is_ended() {
    let app = TestApp::start_with(|config| config.http.body_seconds = 1, |_| {});
    let mut client = app.connect();
    client
        .write(&head(
            &app,
            "/v1/check/stream",
            "transfer-encoding: chunked",
        ))
        .unwrap();
    client.write("a\r\n{\"content\"\r\n").unwrap();
    let answer = client.read_until("0\r\n\r\n");
    assert!(answer.contains("body_timeout"), "{answer}");
}
