//! The whole check over HTTP with its durable write, beside a route of the same
//! server that only parses the same body and answers. Both in one process, in
//! turns, 64 connections each; client and server share the processors.

#[path = "shipped/filter.rs"]
mod shipped;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Barrier, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use hamgate::config::Config;
use hamgate::http::{Application, bench_routes};
use hamgate::service::{Installation, Service};

const CONNECTIONS: usize = 64;
const ROUNDS: usize = 5;
const PHASE: Duration = Duration::from_secs(2);
const WARM_UP: Duration = Duration::from_millis(500);
const CHECK: &str = "/v1/check";
const PARSE: &str = "/bench/parse";

/// Comments sent so far: each has an id of its own.
static SENT: AtomicU64 = AtomicU64::new(0);

fn main() {
    // On the disk of the build: in memory a durable write would cost nothing.
    let data = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory");
    let (sender, receiver) = mpsc::channel();
    let path = data.path().to_owned();
    thread::spawn(move || serve(&path, &sender));
    let (address, key, installation) = receiver.recv().expect("the server starts");

    for route in [CHECK, PARSE] {
        phase(address, &key, route, WARM_UP);
    }
    println!("round  check/s  parse/s  ratio  checks per commit");
    let mut ratios = Vec::new();
    for round in 1..=ROUNDS {
        let before = commits(&installation);
        let check = phase(address, &key, CHECK, PHASE);
        let after = commits(&installation);
        let parse = phase(address, &key, PARSE, PHASE);
        let grouped = (after.0 - before.0) / (after.1 - before.1).max(1.0);
        println!(
            "{round:>5} {check:>8.0} {parse:>8.0} {:>6.3} {grouped:>18.1}",
            check / parse
        );
        ratios.push(check / parse);
    }
    ratios.sort_by(f64::total_cmp);
    println!("median ratio {:.3}", ratios[ROUNDS / 2]);
}

type Started = (SocketAddr, String, Installation);

fn serve(data: &Path, started: &mpsc::Sender<Started>) {
    actix_web::rt::System::new().block_on(async {
        let config = Config {
            listen: "127.0.0.1:0".into(),
            data: data.to_owned(),
            ..Config::default()
        };
        let installation = Installation::open(data).expect("the store opens");
        let keys = installation.first_start().await.expect("the store writes");
        let key = keys.expect("it is new").api_key.as_str().to_owned();
        let service = Arc::new(Service::new(
            installation.clone(),
            shipped::filter(),
            &config,
        ));
        let application =
            Application::build_with(service, &config, bench_routes).expect("a port is free");
        started
            .send((application.address(), key, installation))
            .expect("somebody waits");
        application.run().await.expect("the server runs");
    });
}

/// Writes and commits since the start, from the metrics.
fn commits(installation: &Installation) -> (f64, f64) {
    let text = installation.metrics().render().expect("metrics");
    let text = String::from_utf8(text).expect("text");
    let value = |name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
            .unwrap_or_else(|| panic!("no metric {name}"))
    };
    (value("hamgate_store_jobs"), value("hamgate_store_commits"))
}

/// Requests per second of one route, all connections busy for `time`.
fn phase(address: SocketAddr, key: &str, route: &str, time: Duration) -> f64 {
    let ready = Barrier::new(CONNECTIONS + 1);
    thread::scope(|scope| {
        let ready = &ready;
        let clients: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                scope.spawn(move || {
                    let mut client = Client::new(address, key, route);
                    ready.wait();
                    let begun = Instant::now();
                    let mut answered = 0_u32;
                    while begun.elapsed() < time {
                        client.send();
                        answered += 1;
                    }
                    answered
                })
            })
            .collect();
        ready.wait();
        let begun = Instant::now();
        let answered: u32 = clients
            .into_iter()
            .map(|client| client.join().expect("a client ends well"))
            .sum();
        f64::from(answered) / begun.elapsed().as_secs_f64()
    })
}

/// One keep-alive connection that waits for each answer.
struct Client {
    stream: TcpStream,
    head: String,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Client {
    fn new(address: SocketAddr, key: &str, route: &str) -> Self {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        Self {
            stream,
            head: format!(
                "POST {route} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\
                 Content-Type: application/json\r\nContent-Length: "
            ),
            request: Vec::new(),
            answer: vec![0; 64 * 1024],
        }
    }

    fn send(&mut self) {
        let body = body(SENT.fetch_add(1, Ordering::Relaxed));
        self.request.clear();
        write!(self.request, "{}{}\r\n\r\n{body}", self.head, body.len()).expect("memory");
        self.stream.write_all(&self.request).expect("sent");
        let mut filled = 0;
        loop {
            let read = self
                .stream
                .read(&mut self.answer[filled..])
                .expect("answer");
            assert!(read > 0, "the server closed the connection");
            filled += read;
            if complete(&self.answer[..filled]) {
                break;
            }
        }
    }
}

/// Whether an answer is all there. Anything but 200 ends the benchmark.
fn complete(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let text = String::from_utf8_lossy(answer);
    assert!(head.starts_with("http/1.1 200"), "{text}");
    let length: usize = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())
        .expect("a content-length");
    answer.len() >= end + 4 + length
}

/// A comment of about 400 bytes; words and author differ from one to the next,
/// so that they are no campaign.
fn body(number: u64) -> String {
    const WORDS: [&str; 32] = [
        "garden", "winter", "recipe", "kernel", "reader", "wrote", "because", "thought", "simple",
        "morning", "river", "compile", "bread", "letter", "street", "window", "answer", "careful",
        "quiet", "music", "planted", "weather", "older", "sister", "kitchen", "battery", "station",
        "the", "and", "with", "that", "this",
    ];
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut content = String::with_capacity(300);
    while content.len() < 250 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        content.push_str(WORDS[(state >> 32) as usize % WORDS.len()]);
        content.push(' ');
    }
    format!(
        "{{\"id\":\"bench-{number}\",\"content\":\"{content}\",\"author\":{{\"name\":\"Reader {number}\",\
         \"email\":\"r{number}@mail.example\",\"ip\":\"10.{}.{}.7\"}},\"post\":{{\"title\":\"Bread in winter\"}}}}",
        number >> 8 & 255,
        number & 255
    )
}
