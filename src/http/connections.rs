//! Cuts connections that wait without a request under way. actix-web limits
//! the time of a connection's first request head only: without this, a client
//! that dribbles its second head is never cut.

use std::any::Any;
use std::net::Shutdown;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{Extensions, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::rt::net::TcpStream;
use socket2::{SockRef, Socket};

/// One open connection.
pub struct Connection {
    socket: Socket,
    requests: AtomicUsize,
    /// Milliseconds from the sweeper's start to the last end of a request.
    idle_since: AtomicU64,
    begun: Instant,
}

/// Every open connection.
#[derive(Clone)]
pub struct Sweeper {
    open: Arc<Mutex<Vec<Weak<Connection>>>>,
    begun: Instant,
    idle: Duration,
}

impl Sweeper {
    /// Connections may be idle for `idle`.
    pub fn new(idle: Duration) -> Self {
        Self {
            open: Arc::default(),
            begun: Instant::now(),
            idle,
        }
    }

    /// For `HttpServer::on_connect`.
    pub fn watch(&self, stream: &dyn Any, extensions: &mut Extensions) {
        let Some(stream) = stream.downcast_ref::<TcpStream>() else {
            return;
        };
        // Shutting a copy of the descriptor down ends the connection itself.
        let Ok(socket) = SockRef::from(stream).try_clone() else {
            return;
        };
        let connection = Arc::new(Connection {
            socket,
            requests: AtomicUsize::new(0),
            idle_since: AtomicU64::new(self.begun.elapsed().as_millis() as u64),
            begun: self.begun,
        });
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.push(Arc::downgrade(&connection));
        extensions.insert(connection);
    }

    /// Shuts idle connections down, every second, for ever.
    pub async fn sweep(self) {
        let mut tick = tokio::time::interval(Duration::from_secs(1));
        loop {
            tick.tick().await;
            let now = self.begun.elapsed().as_millis() as u64;
            let limit = self.idle.as_millis() as u64;
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.retain(|connection| {
                let Some(connection) = connection.upgrade() else {
                    return false;
                };
                let idle = connection.requests.load(Ordering::Acquire) == 0
                    && now.saturating_sub(connection.idle_since.load(Ordering::Acquire)) > limit;
                if idle {
                    // It may have gone by itself.
                    let _ = connection.socket.shutdown(Shutdown::Both);
                }
                !idle
            });
        }
    }
}

/// A request under way; its connection is idle again when this goes.
struct UnderWay(Arc<Connection>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        let now = self.0.begun.elapsed().as_millis() as u64;
        self.0.idle_since.store(now, Ordering::Release);
        self.0.requests.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Tells the sweeper that a request is under way.
pub async fn mark_busy(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let _under_way = request.conn_data::<Arc<Connection>>().map(|connection| {
        connection.requests.fetch_add(1, Ordering::AcqRel);
        UnderWay(Arc::clone(connection))
    });
    next.call(request).await
}
