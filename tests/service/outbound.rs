//! Who may be called, and for how long: whatever address somebody gave.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{IpAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use hamgate::outbound::{Answer, Client, Failure, Names, Times};
use reqwest::header::HeaderMap;

use crate::harness::block_on;
use crate::receiver::{Receiver, Reply};

/// Names with the addresses that a test gives them.
#[derive(Default)]
struct Given {
    known: BTreeMap<&'static str, Vec<IpAddr>>,
    asked: AtomicUsize,
}

impl Given {
    fn new(names: &[(&'static str, &[&str])]) -> Arc<Self> {
        let parsed = names.iter().map(|(name, addresses)| {
            let addresses = addresses.iter().map(|one| one.parse().unwrap());
            (*name, addresses.collect())
        });
        Arc::new(Self {
            known: parsed.collect(),
            asked: AtomicUsize::new(0),
        })
    }
}

#[async_trait]
impl Names for Given {
    async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let found = self.known.get(host).cloned();
        found.ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// Where something comes in the end.
const LONG: Times = Times {
    connect: Duration::from_secs(60),
    whole: Duration::from_secs(60),
    body: Duration::from_secs(60),
};

fn post(client: &Client, url: &str, most: usize) -> Result<Answer, Failure> {
    block_on(client.post(url, HeaderMap::new(), "{}".into(), most))
}

/// Nobody called, as far as the system knows.
fn untouched(canary: &TcpListener) -> bool {
    canary.set_nonblocking(true).unwrap();
    matches!(canary.accept(), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
}

#[test]
fn inside_addresses_are_not_called_in_any_writing() {
    let canary = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = canary.local_addr().unwrap().port();
    let names = Given::new(&[
        ("inside.example", &["127.0.0.1"]),
        ("mapped.example", &["::ffff:127.0.0.1", "::ffff:10.0.0.1"]),
        ("six.example", &["::1"]),
        ("carried.example", &["64:ff9b::7f00:1", "2002:7f00:1::1"]),
        ("cloud.example", &["169.254.169.254"]),
        ("localhost", &["127.0.0.1", "::1"]),
    ]);
    let client = Client::new(names, false, Times::default()).unwrap();
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0177.0.0.1",
        "0x7f000001",
        "0x7f.0.0.1",
        "127.0.0.1.",
        "１２７.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::7f00:1]",
        "0.0.0.0",
        "0",
        "169.254.169.254",
        "[fe80::1]",
        "[fd00:ec2::254]",
        "224.0.0.1",
        "255.255.255.255",
        "inside.example",
        "INSIDE.example",
        "mapped.example",
        "six.example",
        "carried.example",
        "cloud.example",
        "localhost",
        "user@inside.example",
        "blog.example@127.0.0.1",
    ] {
        let url = format!("http://{host}:{port}/");
        let answer = post(&client, &url, 100);
        assert_eq!(answer.err(), Some(Failure::RefusedAddress), "{url}");
    }
    assert!(untouched(&canary));
}

#[test]
fn the_owners_word_opens_his_networks_and_no_others() {
    let receiver = Receiver::start();
    let port = receiver.address.port();
    let names = Given::new(&[
        ("inside.example", &["127.0.0.1"]),
        (
            "mixed.example",
            &["169.254.169.254", "203.0.113.1", "127.0.0.1"],
        ),
        (
            "cloud.example",
            &["169.254.169.254", "100.100.100.200", "fd00:ec2::254"],
        ),
    ]);
    let client = Client::new(names.clone(), true, Times::default()).unwrap();
    for host in ["127.0.0.1", "2130706433", "inside.example", "mixed.example"] {
        let answer = post(&client, &format!("http://{host}:{port}/"), 100);
        assert_eq!(answer.unwrap().status, 204, "{host}");
    }
    assert_eq!(
        names.asked.load(Ordering::Relaxed),
        2,
        "at every request, and only for names"
    );
    post(&client, &format!("http://inside.example:{port}/"), 100).unwrap();
    assert_eq!(
        names.asked.load(Ordering::Relaxed),
        3,
        "nothing is remembered"
    );
    for host in [
        "169.254.169.254",
        "100.100.100.200",
        "0.0.0.0",
        "cloud.example",
    ] {
        let answer = post(&client, &format!("http://{host}:{port}/"), 100);
        assert_eq!(answer.err(), Some(Failure::RefusedAddress), "{host}");
    }
    assert_eq!(receiver.received().len(), 5);
}

#[test]
fn a_redirect_is_an_answer_like_another() {
    let (receiver, inside) = (Receiver::start(), Receiver::start());
    receiver.then(Some(Reply {
        headers: vec![("Location", inside.url("/"))],
        ..Reply::status(302)
    }));
    let client = Client::new(Given::new(&[]), true, Times::default()).unwrap();
    let answer = post(&client, &receiver.url("/"), 100).unwrap();
    assert_eq!(answer.status, 302);
    assert_eq!(inside.received(), []);
}

/// Answers every connection with `head`, then with `part` over and over.
fn endless(head: &'static str, part: &'static [u8], pause: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream: TcpStream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let mut sent = stream.write_all(head.as_bytes());
            while sent.is_ok() {
                std::thread::sleep(pause);
                sent = stream.write_all(part);
            }
        }
    });
    url
}

#[test]
fn an_answer_is_read_only_so_far() {
    let client = Client::new(Given::new(&[]), true, LONG).unwrap();
    let gigabyte = "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n";
    let url = endless(gigabyte, &[b'x'; 65_536], Duration::ZERO);
    let answer = post(&client, &url, 4096).unwrap();
    assert_eq!((answer.status, answer.body.len()), (200, 4096));

    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let url = endless(chunked, b"5\r\nhello\r\n", Duration::ZERO);
    let answer = post(&client, &url, 4096).unwrap();
    assert_eq!((answer.status, answer.body.len()), (200, 4096));

    let short = Times {
        body: Duration::from_millis(200),
        ..LONG
    };
    let client = Client::new(Given::new(&[]), true, short).unwrap();
    let url = endless(chunked, b"1\r\n.\r\n", Duration::from_millis(50));
    let answer = post(&client, &url, 4096).unwrap();
    assert_eq!(answer.status, 200, "its head was there");
    assert!(answer.body.len() < 4096);
}

#[test]
fn an_endless_head_or_none_at_all_is_no_answer() {
    let client = Client::new(Given::new(&[]), true, LONG).unwrap();
    let url = endless(
        "HTTP/1.1 200 OK\r\n",
        b"X-More: and more\r\n",
        Duration::ZERO,
    );
    assert_eq!(post(&client, &url, 4096).err(), Some(Failure::Broken));
    let url = endless("SSH-2.0-OpenSSH_9.2\r\n", b"", Duration::from_millis(50));
    assert_eq!(post(&client, &url, 4096).err(), Some(Failure::Broken));

    let short = Times {
        whole: Duration::from_millis(300),
        ..LONG
    };
    let client = Client::new(Given::new(&[]), true, short).unwrap();
    let url = endless(
        "HTTP/1.1 100 Continue\r\n\r\n",
        b"",
        Duration::from_millis(50),
    );
    assert_eq!(post(&client, &url, 4096).err(), Some(Failure::TooSlow));
    // It accepts, and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap());
    assert_eq!(post(&client, &url, 4096).err(), Some(Failure::TooSlow));
}

#[test]
fn what_cannot_be_reached_is_told_apart() {
    let client = Client::new(Given::new(&[]), true, LONG).unwrap();
    let unknown = post(&client, "http://nowhere.example/", 100);
    assert_eq!(unknown.err(), Some(Failure::UnknownName));
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let refused = post(&client, &format!("http://{closed}/"), 100);
    assert_eq!(refused.err(), Some(Failure::NotConnected));
    let receiver = Receiver::start();
    let plain = format!("https://{}/", receiver.address);
    assert_eq!(post(&client, &plain, 100).err(), Some(Failure::Tls));
    for bad in ["", "blog.example", "ftp://blog.example/", "http://[::1/"] {
        let answer = post(&client, bad, 100);
        assert_eq!(answer.err(), Some(Failure::BadUrl), "{bad}");
    }
}
