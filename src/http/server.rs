//! The application: bound to its address, wired, run until it is told to stop.

use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{App, HttpServer};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::signal::unix::{SignalKind, signal};

use super::connections::{self, Connections};
use super::door::Door;
use super::routes::routes;
use super::{guard, observe};
use crate::config::Config;
use crate::service::Service;

/// Connections that wait to be accepted.
const BACKLOG: i32 = 1024;
/// A connection's first head must be here by then; the sweeper sees to the others.
const HEAD_TIME: Duration = Duration::from_secs(5);
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// After an answer that ends a connection, what still comes is read for this long.
const LINGER: Duration = Duration::from_secs(2);

/// A service with its address. Nothing is served before [`Application::run`].
pub struct Application {
    listener: TcpListener,
    address: SocketAddr,
    service: Arc<Service>,
    config: Config,
    more_routes: fn(&mut ServiceConfig),
}

impl Application {
    /// Binds the address of the settings; port 0 takes a free one.
    ///
    /// # Errors
    /// The address is taken, or none of this machine.
    pub fn build(service: Arc<Service>, config: &Config) -> io::Result<Self> {
        Self::build_with(service, config, |_| {})
    }

    /// The same with further routes, for tests and benchmarks.
    ///
    /// # Errors
    /// The address is taken, or none of this machine.
    pub fn build_with(
        service: Arc<Service>,
        config: &Config,
        more_routes: fn(&mut ServiceConfig),
    ) -> io::Result<Self> {
        let listener = bind(&config.listen)?;
        Ok(Self {
            address: listener.local_addr()?,
            listener,
            service,
            config: config.clone(),
            more_routes,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until SIGTERM or SIGINT; requests under way then get the drain
    /// time of the settings to finish.
    ///
    /// # Errors
    /// The server cannot be started.
    pub async fn run(self) -> io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        self.run_until(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            tracing::info!("stopping");
        })
        .await
    }

    /// Serves until `stop` is ready, and then drains.
    ///
    /// # Errors
    /// The server cannot be started.
    pub async fn run_until(
        self,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let http = &self.config.http;
        let connections = Connections::new();
        let registry = connections.clone();
        let door = Data::new(Door::new(Arc::clone(&self.service), &self.config));
        let more_routes = self.more_routes;
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let open = usize::try_from(http.connections).unwrap_or(usize::MAX);

        // The last layer added is the outermost.
        let server = HttpServer::new(move || {
            App::new()
                .app_data(door.clone())
                .configure(routes)
                .configure(more_routes)
                .wrap(from_fn(guard::catch_panics))
                .wrap(from_fn(guard::limit_time))
                .wrap(from_fn(connections::mark))
                .wrap(from_fn(observe::observe))
        })
        .workers(workers)
        .max_connections(open.div_ceil(workers))
        .client_request_timeout(HEAD_TIME)
        .keep_alive(KEEP_ALIVE)
        .client_disconnect_timeout(LINGER)
        .tcp_nodelay(true)
        .shutdown_timeout(http.drain_seconds)
        .shutdown_signal(stop)
        .on_connect(move |stream, data| registry.register(stream, data))
        .listen(self.listener)?
        .run();

        let stalled = http.body_time() + http.handler_time() + http.idle_time();
        let sweeper = tokio::spawn(connections.sweep(http.idle_time(), stalled));
        let outcome = server.await;
        sweeper.abort();
        outcome
    }
}

/// Binds the first address of `listen` that can be.
fn bind(listen: &str) -> io::Result<TcpListener> {
    let mut refused = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    for address in listen.to_socket_addrs()? {
        match listener(address) {
            Ok(listener) => return Ok(listener),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn listener(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    // A restart must not wait for the connections of the last run to time out.
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    Ok(socket.into())
}
