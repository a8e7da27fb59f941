//! A running service with one site.

mod answer;
mod browser;
mod calls;
mod raw;

use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use actix_web::web::ServiceConfig;
use hamgate::config::Config;
use hamgate::filter::{Budget, Filter};
use hamgate::http::Application;
use hamgate::service::{Installation, Service};
use hamgate::store::sqlite::SqliteOptions;
use reqwest::blocking::Client;
use tokio::sync::oneshot;

pub use answer::{Answer, fields, text};
pub use browser::{Browser, PASSWORD, hidden};
pub use calls::send;

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
    pub service: Arc<Service>,
    client: Client,
    stop: Option<oneshot::Sender<()>>,
    server: Option<JoinHandle<()>>,
    data: tempfile::TempDir,
}

impl TestApp {
    pub fn start() -> Self {
        Self::start_with(|_| {}, |_| {})
    }

    /// With other settings, and further routes.
    pub fn start_with(change: fn(&mut Config), more: fn(&mut ServiceConfig)) -> Self {
        Self::start_on(SqliteOptions::default(), change, more)
    }

    /// With a database that may only grow so large.
    pub fn start_in(bytes: u64) -> Self {
        let options = SqliteOptions {
            max_bytes: Some(bytes),
        };
        Self::start_on(options, |_| {}, |_| {})
    }

    fn start_on(
        options: SqliteOptions,
        change: fn(&mut Config),
        more: fn(&mut ServiceConfig),
    ) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut config = Config {
            listen: "127.0.0.1:0".into(),
            data: data.path().join("data"),
            ..Config::default()
        };
        change(&mut config);
        let installation = Installation::open_with(&config.data, options).unwrap();
        let key = add_site(&installation, "blog");
        let opened = installation.clone();
        let (started, running) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let server = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let model = hamgate::cli::load_model(None).unwrap();
                let filter = Filter::new(model, Budget::default(), Default::default());
                let service = Arc::new(Service::new(opened, filter, &config));
                let application =
                    Application::build_with(Arc::clone(&service), &config, more).unwrap();
                started.send((application.address(), service)).unwrap();
                tokio::select! {
                    outcome = application.run() => outcome.unwrap(),
                    _ = stopped => {}
                }
            });
        });
        hamgate::outbound::choose_cryptography();
        let client = Client::builder()
            .timeout(Duration::from_secs(60))
            .build()
            .unwrap();
        let (address, service) = running.recv().expect("the server did not start");
        Self {
            address,
            service,
            key,
            installation,
            client,
            stop: Some(stop),
            server: Some(server),
            data,
        }
    }

    pub fn add_site(&self, name: &str) -> String {
        add_site(&self.installation, name)
    }

    pub fn data_directory(&self) -> std::path::PathBuf {
        self.data.path().join("data")
    }

    pub fn revoke(&self, name: &str) {
        assert!(block_on(self.installation.revoke_keys(name)).unwrap() > 0);
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
