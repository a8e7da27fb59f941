//! Starts the real thing. Methods are named after what a user does.

use std::net::SocketAddr;
use std::sync::{Arc, LazyLock, Mutex, Once};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::web::{ServiceConfig, get};
use hamgate::bayes::{Model, ModelFile};
use hamgate::config::{Config, Log};
use hamgate::filter::{Budget, Filter};
use hamgate::http::Application;
use hamgate::service::{Installation, Service};
use hamgate::telemetry;
use reqwest::{Client, Method, RequestBuilder, StatusCode, header::HeaderMap};
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::oneshot;

/// The model that ships.
static MODEL: LazyLock<ModelFile> =
    LazyLock::new(|| ModelFile::decode(include_bytes!("../../models/hamgate.model")).unwrap());

/// All that every application of this binary logged, at its most verbose.
static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static LOGGING: Once = Once::new();

struct LogBuffer;

impl std::io::Write for LogBuffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The log up to now.
pub fn log_so_far() -> String {
    String::from_utf8(LOG.lock().unwrap().clone()).unwrap()
}

/// A filter with the shipped model and the default budget.
pub fn filter() -> Filter {
    Filter::new(
        Model::new(&MODEL, "tests".into()),
        Budget::default(),
        Default::default(),
    )
}

/// A running service and the keys of its first site.
pub struct TestApp {
    pub address: SocketAddr,
    pub api_key: String,
    pub akismet_key: String,
    pub installation: Installation,
    client: Client,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    data: Arc<TempDir>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    /// The body, after a look at the status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()
    }

    /// The problem, after a look at its status and code.
    #[track_caller]
    pub fn expect_problem(&self, status: u16, code: &str) -> Value {
        let problem = self.expect(status);
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        problem
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

/// For tests only: a bug in a handler.
fn test_routes(config: &mut ServiceConfig) {
    async fn panic() -> String {
        panic!("with text that must not be logged: canary-panic")
    }
    config.route("/panic", get().to(panic));
}

impl TestApp {
    /// On a fresh data directory, with the default settings.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let data = Arc::new(tempfile::tempdir().unwrap());
        Self::start_in(data, change).await
    }

    async fn start_in(data: Arc<TempDir>, change: impl FnOnce(&mut Config)) -> Self {
        LOGGING.call_once(|| {
            let log = Log {
                format: "json".into(),
                level: "trace".into(),
            };
            let subscriber = telemetry::subscriber(&log, || LogBuffer);
            tracing::subscriber::set_global_default(subscriber).unwrap();
        });
        let mut config = Config {
            listen: "127.0.0.1:0".into(),
            data: data.path().join("data"),
            ..Config::default()
        };
        change(&mut config);
        let installation = Installation::open(&config.data).unwrap();
        let (api_key, akismet_key) = match installation.first_start().await.unwrap() {
            Some(keys) => (
                keys.api_key.as_str().to_owned(),
                keys.akismet_key.as_str().to_owned(),
            ),
            None => (String::new(), String::new()),
        };
        let service = Arc::new(Service::new(installation.clone(), filter(), &config));
        let application = Application::build(service, &config)
            .unwrap()
            .with_routes(test_routes);
        let address = application.address();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap()
                .block_on(application.run_until(async {
                    let _ = stopped.await;
                }))
                .unwrap();
        });
        Self {
            address,
            api_key,
            akismet_key,
            installation,
            client: Client::builder().no_proxy().build().unwrap(),
            stop: Some(stop),
            thread: Some(thread),
            data,
        }
    }

    /// Stops the service, and starts it again on the same data.
    pub async fn restart(mut self) -> Self {
        self.stop();
        let mut again = Self::start_in(Arc::clone(&self.data), |_| {}).await;
        assert!(again.api_key.is_empty(), "a second first start");
        again.api_key = self.api_key.clone();
        again.akismet_key = self.akismet_key.clone();
        again
    }

    /// Stops the service, and waits for the requests under way.
    pub fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }

    /// A request without a key.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("http://{}{path}", self.address))
            .timeout(Duration::from_secs(30))
    }

    /// A request with the first site's key.
    pub fn signed(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path).bearer_auth(&self.api_key)
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let answer = request.send().await.unwrap();
        Answer {
            status: answer.status(),
            headers: answer.headers().clone(),
            text: answer.text().await.unwrap(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.signed(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.signed(Method::POST, path).json(body)).await
    }

    /// Sends bytes as they are, said to be JSON.
    pub async fn post_bytes(&self, path: &str, body: impl Into<Vec<u8>>) -> Answer {
        let request = self
            .signed(Method::POST, path)
            .header("content-type", "application/json")
            .body(body.into());
        self.send(request).await
    }

    pub async fn check(&self, comment: &Value) -> Answer {
        self.post("/v1/check", comment).await
    }

    /// Checks a comment, and returns hamgate's id of it.
    pub async fn checked(&self, comment: &Value) -> String {
        let answer = self.check(comment).await.expect(200);
        answer["comment_id"].as_str().unwrap().to_owned()
    }

    pub async fn feedback(&self, body: &Value) -> Answer {
        self.post("/v1/feedback", body).await
    }

    pub async fn decide(&self, id: &str, body: &Value) -> Answer {
        self.post(&format!("/v1/comments/{id}/decision"), body)
            .await
    }

    pub async fn undo(&self, id: &str) -> Answer {
        let path = format!("/v1/comments/{id}/decision");
        self.send(self.signed(Method::DELETE, &path)).await
    }

    /// The items of `GET /v1/comments` with this query.
    pub async fn listed(&self, query: &str) -> Vec<Value> {
        let page = self.get(&format!("/v1/comments?{query}")).await.expect(200);
        page["items"].as_array().unwrap().clone()
    }

    /// Makes another site, and returns its API key.
    pub async fn other_site(&self, name: &str) -> String {
        let keys = self
            .installation
            .add_site(name, "https://other.example", None)
            .await
            .unwrap();
        keys.api_key.as_str().to_owned()
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}
