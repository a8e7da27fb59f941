//! Clients that take their time, on purpose or not.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::harness::TestApp;

/// A connection whose bytes are in the test's hand.
pub struct Raw(TcpStream);

impl Raw {
    pub fn connect(app: &TestApp) -> Self {
        let stream = TcpStream::connect(app.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        Self(stream)
    }

    pub fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).unwrap();
    }

    /// One answer with a `content-length`.
    pub fn answer(&mut self) -> String {
        let mut text = String::new();
        loop {
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length: usize = head
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: "))
                    .map_or(0, |length| length.parse().unwrap());
                if body.len() >= length {
                    return text;
                }
            }
            let mut part = [0; 4096];
            let read = self.0.read(&mut part).unwrap();
            assert!(read > 0, "closed after {text:?}");
            text.push_str(&String::from_utf8_lossy(&part[..read]));
        }
    }

    /// What comes until `end` is in it.
    pub fn read_until(&mut self, end: &str) -> String {
        let mut text = String::new();
        while !text.contains(end) {
            let mut part = [0; 4096];
            let read = self.0.read(&mut part).unwrap();
            assert!(read > 0, "closed after {text:?}");
            text.push_str(&String::from_utf8_lossy(&part[..read]));
        }
        text
    }

    /// Sends `text` one byte at a time until the other side has closed;
    /// returns how long that took, or `None` if it did not within `limit`.
    fn dribble(&mut self, text: &str, limit: Duration) -> Option<Duration> {
        let begun = Instant::now();
        self.0
            .set_read_timeout(Some(Duration::from_millis(200)))
            .unwrap();
        for byte in text.bytes().cycle() {
            if begun.elapsed() > limit {
                return None;
            }
            let mut part = [0; 4096];
            let closed = match self.0.read(&mut part) {
                Ok(0) => true,
                Ok(_) => false,
                Err(error) => !matches!(
                    error.kind(),
                    std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                ),
            };
            if closed || self.0.write_all(&[byte]).is_err() {
                return Some(begun.elapsed());
            }
        }
        None
    }
}

const LIVEZ: &str = "GET /livez HTTP/1.1\r\nhost: x\r\n\r\n";
const LONG: Duration = Duration::from_secs(12);

#[tokio::test]
async fn a_second_head_that_dribbles_in_is_cut() {
    let app = TestApp::start_with(|config| config.http.idle_seconds = 2).await;
    let mut connection = Raw::connect(&app);
    connection.send(LIVEZ);
    assert!(connection.answer().starts_with("HTTP/1.1 200 "));
    connection.send("GET /livez HTTP/1.1\r\n");
    let cut = connection.dribble("x-slow: 1\r\n", LONG);
    assert!(
        cut.is_some_and(|cut| cut < Duration::from_secs(6)),
        "{cut:?}"
    );
}

#[tokio::test]
async fn a_first_head_that_dribbles_in_is_cut() {
    let app = TestApp::start().await;
    let mut connection = Raw::connect(&app);
    connection.send("GET /livez HTTP/1.1\r\n");
    let cut = connection.dribble("x-slow: 1\r\n", LONG);
    assert!(
        cut.is_some_and(|cut| cut < Duration::from_secs(9)),
        "{cut:?}"
    );
}

#[tokio::test]
async fn a_connection_without_a_request_is_cut() {
    let app = TestApp::start_with(|config| config.http.idle_seconds = 2).await;
    let mut connection = Raw::connect(&app);
    connection.send(LIVEZ);
    connection.answer();
    let begun = Instant::now();
    assert_eq!(connection.0.read(&mut [0; 16]).unwrap(), 0);
    assert!(begun.elapsed() > Duration::from_secs(1), "cut at once");
}

#[tokio::test]
async fn a_body_that_dribbles_in_is_a_408_and_closed() {
    let app = TestApp::start_with(|config| config.http.body_seconds = 1).await;
    let mut connection = Raw::connect(&app);
    connection.send(&format!(
        "POST /v1/check HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\
         content-length: 1000\r\n\r\n{{\"content\"",
        app.api_key
    ));
    let answer = connection.answer();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("body_timeout") && answer.contains("connection: close"));
    let cut = connection.dribble("x", LONG);
    assert!(
        cut.is_some_and(|cut| cut < Duration::from_secs(6)),
        "{cut:?}"
    );
}

#[tokio::test]
async fn a_stream_that_moves_is_not_idle() {
    let app = TestApp::start_with(|config| config.http.idle_seconds = 1).await;
    let mut connection = Raw::connect(&app);
    connection.send(&format!(
        "POST /v1/check/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\n\
         transfer-encoding: chunked\r\n\r\n",
        app.api_key
    ));
    for number in 0..3 {
        let line = format!("{{\"content\": \"Line {number}\", \"dry_run\": true}}\n");
        connection.send(&format!("{:x}\r\n{line}\r\n", line.len()));
        let answer = connection.read_until("\"policy\"");
        assert!(answer.contains("verdict"), "{answer}");
        std::thread::sleep(Duration::from_millis(2500));
    }
    connection.send("0\r\n\r\n");
    connection.read_until("0\r\n\r\n");
}
