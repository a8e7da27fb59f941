//! A web server that is told of comments, and answers as the test says.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web::{Bytes, Data, to};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use serde_json::Value;

/// A request that came.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    pub path: String,
    /// By their names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Received {
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.unwrap_or_else(|| panic!("no {name}: {self:?}"))
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    /// The signatures that the specification's own library makes of it.
    pub fn signed_by(&self, secret: &str) -> String {
        let timestamp = self.header("webhook-timestamp").parse().unwrap();
        let webhook = standardwebhooks::Webhook::new(secret).unwrap();
        let id = self.header("webhook-id");
        webhook.sign(id, timestamp, self.body.as_bytes()).unwrap()
    }
}

/// An answer; `None` is never given.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }
}

struct Script {
    replies: Mutex<VecDeque<Option<Reply>>>,
    received: Mutex<mpsc::Sender<Received>>,
}

/// Answers 204, unless told otherwise. Ends when it goes out of scope.
pub struct Receiver {
    pub address: SocketAddr,
    script: Arc<Script>,
    received: mpsc::Receiver<Received>,
    handle: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Receiver {
    pub fn start() -> Self {
        let (sender, received) = mpsc::channel();
        let script = Arc::new(Script {
            replies: Mutex::default(),
            received: Mutex::new(sender),
        });
        let shared = Data::from(Arc::clone(&script));
        let (started, start) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = HttpServer::new(move || {
                    App::new()
                        .app_data(shared.clone())
                        .default_service(to(answer))
                })
                .workers(1)
                .disable_signals()
                .shutdown_timeout(0)
                .bind("127.0.0.1:0")
                .unwrap();
                let address = server.addrs()[0];
                let server = server.run();
                started.send((address, server.handle())).unwrap();
                server.await.unwrap();
            });
        });
        let (address, handle) = start.recv().unwrap();
        Self {
            address,
            script,
            received,
            handle,
            thread: Some(thread),
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers so after what it was told to answer before; `None`: not at all.
    pub fn then(&self, reply: Option<Reply>) {
        self.script.replies.lock().unwrap().push_back(reply);
    }

    /// What came and was not looked at yet.
    pub fn received(&self) -> Vec<Received> {
        self.received.try_iter().collect()
    }

    /// The one request that came.
    #[track_caller]
    pub fn only(&self) -> Received {
        let mut received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received.remove(0)
    }

    /// The next request, waited for.
    #[track_caller]
    pub fn next(&self) -> Received {
        self.received
            .recv_timeout(Duration::from_secs(60))
            .expect("nothing came")
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let stopping = self.handle.stop(false);
        actix_web::rt::System::new().block_on(stopping);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn answer(script: Data<Script>, request: HttpRequest, body: Bytes) -> HttpResponse {
    let headers = request.headers().iter();
    let received = Received {
        path: request.uri().to_string(),
        headers: headers
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect(),
        body: String::from_utf8(body.to_vec()).unwrap(),
    };
    let reply = script.replies.lock().unwrap().pop_front();
    let _ = script.received.lock().unwrap().send(received);
    let Some(reply) = reply.unwrap_or(Some(Reply::status(204))) else {
        return std::future::pending().await;
    };
    let mut response = HttpResponse::build(reply.status.try_into().unwrap());
    for header in reply.headers {
        response.insert_header(header);
    }
    response.body(reply.body)
}
