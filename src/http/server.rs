//! The server: bound first, so that its address is known, then run until it
//! is told to stop.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{App, HttpServer};

use super::connections::{self, Sweeper};
use super::door::Door;
use super::{guard, observe, routes};
use crate::config::Config;
use crate::service::Service;

/// Clients that send nothing are cut after this long, before the first request.
const FIRST_HEAD: Duration = Duration::from_secs(5);
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// A bound service, not yet answering.
pub struct Application {
    address: SocketAddr,
    server: Server,
    sweeper: Sweeper,
}

impl Application {
    /// Binds the address of the settings; port 0 takes any free one.
    ///
    /// # Errors
    /// The address cannot be bound.
    pub fn build(service: Arc<Service>, config: &Config) -> std::io::Result<Self> {
        Self::build_with(service, config, |_| {})
    }

    /// The same with further routes, for benchmarks and tests.
    ///
    /// # Errors
    /// The address cannot be bound.
    pub fn build_with(
        service: Arc<Service>,
        config: &Config,
        more: fn(&mut ServiceConfig),
    ) -> std::io::Result<Self> {
        let listener = TcpListener::bind(&config.listen)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let door = Data::new(Door::new(service, config));
        let sweeper = Sweeper::new(config.http.idle_time());
        let watcher = sweeper.clone();
        let connections = usize::try_from(config.http.connections).unwrap_or(8_192);
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        let server = HttpServer::new(move || {
            App::new()
                .app_data(door.clone())
                .configure(routes)
                .configure(more)
                .wrap(from_fn(guard::catch_panics))
                .wrap(from_fn(guard::limit_time))
                .wrap(from_fn(observe::observe))
                .wrap(from_fn(connections::mark_busy))
        })
        .workers(workers)
        .on_connect(move |stream, extensions| watcher.watch(stream, extensions))
        .client_request_timeout(FIRST_HEAD)
        .keep_alive(KEEP_ALIVE)
        .max_connections(connections.div_ceil(workers))
        .shutdown_timeout(config.http.drain_seconds)
        .listen(listener)?
        .run();
        Ok(Self {
            address,
            server,
            sweeper,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until SIGTERM or SIGINT; requests under way are answered first.
    ///
    /// # Errors
    /// The listener failed.
    pub async fn run(self) -> std::io::Result<()> {
        let sweeping = actix_web::rt::spawn(self.sweeper.sweep());
        let outcome = self.server.await;
        sweeping.abort();
        outcome
    }
}
