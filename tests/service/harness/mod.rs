//! A running service with one site, and the calls that its users make.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::web::ServiceConfig;
use hamgate::config::Config;
use hamgate::filter::{Budget, Filter};
use hamgate::http::Application;
use hamgate::service::{Installation, Service};
use reqwest::blocking::{Client, RequestBuilder};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tokio::sync::oneshot;

pub const HONEST: &str = "I followed your steps for the sourdough starter and it finally rose on \
     the fifth day. My kitchen is cold, so I kept it on top of the fridge. How long do you let \
     the dough rest before shaping?";
pub const SPAM: &str = "Buy cheap viagra and cialis online without prescription! Best casino \
     bonus, free spins: http://cheap-pills-casino.example/buy http://viagra-casino.example/win";

/// Ends when it goes out of scope.
pub struct TestApp {
    pub address: SocketAddr,
    pub key: String,
    pub installation: Installation,
    client: Client,
    stop: Option<oneshot::Sender<()>>,
    server: Option<JoinHandle<()>>,
    _data: tempfile::TempDir,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The body of a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{self:?}");
        self.json()
    }

    /// The body of a problem, whose shape is checked.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        let body = self.json();
        assert_eq!(body["status"], status, "{body}");
        assert_eq!(body["code"], code, "{body}");
        assert_eq!(body["type"], format!("/docs#{code}"), "{body}");
        for field in ["title", "detail", "remedy"] {
            assert!(
                body[field].as_str().is_some_and(|text| !text.is_empty()),
                "{field} is missing: {body}"
            );
        }
        let id = body["request_id"].as_str().unwrap();
        assert!(!id.is_empty());
        assert_eq!(id, self.header("x-request-id"), "{body}");
        body
    }

    /// The body with its request id blanked: what is left must not differ.
    pub fn without_request_id(&self) -> String {
        self.text.replace(self.header("x-request-id"), "ID")
    }
}

impl TestApp {
    pub fn start() -> Self {
        Self::start_with(|_| {}, |_| {})
    }

    /// With other settings, and further routes.
    pub fn start_with(change: fn(&mut Config), more: fn(&mut ServiceConfig)) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut config = Config {
            listen: "127.0.0.1:0".into(),
            data: data.path().join("data"),
            ..Config::default()
        };
        change(&mut config);
        let installation = Installation::open(&config.data).unwrap();
        let key = add_site(&installation, "blog");
        let opened = installation.clone();
        let (started, address) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let server = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let model = hamgate::cli::load_model(None).unwrap();
                let filter = Filter::new(model, Budget::default(), Default::default());
                let service = Arc::new(Service::new(opened, filter, &config));
                let application = Application::build_with(service, &config, more).unwrap();
                started.send(application.address()).unwrap();
                tokio::select! {
                    outcome = application.run() => outcome.unwrap(),
                    _ = stopped => {}
                }
            });
        });
        let client = Client::builder()
            .timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        Self {
            address: address.recv().expect("the server did not start"),
            key,
            installation,
            client,
            stop: Some(stop),
            server: Some(server),
            _data: data,
        }
    }

    pub fn add_site(&self, name: &str) -> String {
        add_site(&self.installation, name)
    }

    pub fn data_directory(&self) -> std::path::PathBuf {
        self._data.path().join("data")
    }

    pub fn revoke(&self, name: &str) {
        assert!(block_on(self.installation.revoke_keys(name)).unwrap() > 0);
    }

    /// A request without a key.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse().unwrap();
        let url = format!("http://{}{path}", self.address);
        self.client.request(method, url)
    }

    /// A request with the first site's key.
    pub fn asks(&self, method: &str, path: &str) -> RequestBuilder {
        self.request(method, path).bearer_auth(&self.key)
    }

    pub fn get(&self, path: &str) -> Answer {
        send(self.asks("GET", path))
    }

    pub fn check(&self, comment: &Value) -> Answer {
        send(self.asks("POST", "/v1/check").json(comment))
    }

    pub fn check_text(&self, content: &str) -> Answer {
        self.check(&json!({ "content": content }))
    }

    /// A check whose body is not what a JSON library writes.
    pub fn check_bytes(&self, body: impl Into<Vec<u8>>) -> Answer {
        send(
            self.asks("POST", "/v1/check")
                .header("content-type", "application/json")
                .body(body.into()),
        )
    }

    pub fn check_once(&self, idempotency_key: &str, comment: &Value) -> Answer {
        send(
            self.asks("POST", "/v1/check")
                .header("idempotency-key", idempotency_key)
                .json(comment),
        )
    }

    pub fn check_stream(&self, lines: &str) -> Answer {
        send(
            self.asks("POST", "/v1/check/stream")
                .header("content-type", "application/x-ndjson")
                .body(lines.to_owned()),
        )
    }

    pub fn feedback(&self, body: &Value) -> Answer {
        send(self.asks("POST", "/v1/feedback").json(body))
    }

    /// `query` is what stands after the `?`.
    pub fn comments(&self, query: &str) -> Answer {
        self.get(&format!("/v1/comments?{query}"))
    }

    pub fn comment(&self, id: &str) -> Answer {
        self.get(&format!("/v1/comments/{id}"))
    }

    pub fn decide(&self, id: &str, body: &Value) -> Answer {
        let path = format!("/v1/comments/{id}/decision");
        send(self.asks("POST", &path).json(body))
    }

    pub fn undo(&self, id: &str) -> Answer {
        send(self.asks("DELETE", &format!("/v1/comments/{id}/decision")))
    }

    pub fn stats(&self) -> Value {
        self.get("/v1/stats").ok()
    }

    pub fn connect(&self) -> RawClient {
        let socket = TcpStream::connect(self.address).unwrap();
        socket
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        RawClient(socket)
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
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
}

pub fn send(request: RequestBuilder) -> Answer {
    let response = request.send().expect("there was no answer");
    Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.text().unwrap(),
    }
}

pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

fn add_site(installation: &Installation, name: &str) -> String {
    let url = format!("https://{name}.example");
    let keys = block_on(installation.add_site(name, &url, None)).unwrap();
    keys.api_key.as_str().to_owned()
}

/// The text of a field that must be there.
#[track_caller]
pub fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value}"))
        .to_owned()
}

/// The names of an object's fields, sorted.
#[track_caller]
pub fn fields(value: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = value
        .as_object()
        .unwrap_or_else(|| panic!("no object: {value}"))
        .keys()
        .map(String::as_str)
        .collect();
    names.sort_unstable();
    names
}
