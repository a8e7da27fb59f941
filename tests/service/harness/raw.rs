//! Clients that write what no HTTP library would, and when none would.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::TestApp;

impl TestApp {
    pub fn connect(&self) -> RawClient {
        let socket = TcpStream::connect(self.address).unwrap();
        socket
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        RawClient(socket)
    }
}

/// One connection, byte for byte.
pub struct RawClient(pub TcpStream);

impl RawClient {
    pub fn write(&mut self, text: &str) -> std::io::Result<()> {
        self.0.write_all(text.as_bytes())
    }

    /// Reads one answer with a `Content-Length`, and leaves the connection open.
    pub fn answer(&mut self) -> String {
        let mut read = Vec::new();
        let mut byte = [0];
        while !read.ends_with(b"\r\n\r\n") {
            self.0.read_exact(&mut byte).unwrap();
            read.push(byte[0]);
        }
        let head = String::from_utf8(read).unwrap();
        let length = head
            .to_ascii_lowercase()
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok())
            .unwrap_or(0);
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).unwrap();
        head + &String::from_utf8(body).unwrap()
    }

    /// Sends `text` over and over, byte by byte, until the other side has
    /// closed; returns how long that took.
    pub fn dribble(&mut self, text: &str) -> Duration {
        let begun = Instant::now();
        self.0
            .set_read_timeout(Some(Duration::from_millis(200)))
            .unwrap();
        for byte in text.bytes().cycle() {
            assert!(begun.elapsed() < Duration::from_secs(12), "never cut");
            let closed = match self.0.read(&mut [0; 4096]) {
                Ok(0) => true,
                Ok(_) => false,
                Err(error) => error.kind() != io::ErrorKind::WouldBlock,
            };
            if closed || self.write(&char::from(byte).to_string()).is_err() {
                break;
            }
        }
        begun.elapsed()
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
}
