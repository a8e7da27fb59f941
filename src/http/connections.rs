//! Connections that take their time. actix-web has no time limit after a
//! connection's first head, so each connection is registered, and one on which
//! nothing moves is shut.

use std::any::Any;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_web::Error;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Extensions, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::rt::net::TcpStream;
use actix_web::web::Bytes;
use socket2::{SockRef, Socket};

/// How often connections are looked at.
const SWEEP: Duration = Duration::from_secs(1);

/// Every open connection of a server.
#[derive(Clone)]
pub struct Connections {
    open: Arc<Mutex<Vec<Weak<Connection>>>>,
    begun: Instant,
}

/// One connection: a second handle to its socket, and when it last moved.
struct Connection {
    socket: Socket,
    /// Requests whose answers are not written yet.
    under_way: AtomicU32,
    /// Milliseconds since the server began.
    moved_at: AtomicU64,
    begun: Instant,
}

impl Connection {
    fn moved(&self) {
        self.moved_at.store(millis(self.begun), Ordering::Relaxed);
    }
}

impl Connections {
    pub fn new() -> Self {
        Self {
            open: Arc::default(),
            begun: Instant::now(),
        }
    }

    /// For [`actix_web::HttpServer::on_connect`].
    pub fn register(&self, stream: &dyn Any, data: &mut Extensions) {
        let Some(stream) = stream.downcast_ref::<TcpStream>() else {
            return;
        };
        let Ok(socket) = SockRef::from(stream).try_clone() else {
            // Out of file descriptors: the connection is cut by closing it.
            let _ = SockRef::from(stream).shutdown(std::net::Shutdown::Both);
            return;
        };
        let connection = Arc::new(Connection {
            socket,
            under_way: AtomicU32::new(0),
            moved_at: AtomicU64::new(millis(self.begun)),
            begun: self.begun,
        });
        self.lock().push(Arc::downgrade(&connection));
        data.insert(connection);
    }

    /// Shuts connections without a request for longer than `idle`, and those
    /// whose request has not moved for longer than `stalled`. Never returns.
    pub async fn sweep(self, idle: Duration, stalled: Duration) {
        let mut ticks = tokio::time::interval(SWEEP);
        loop {
            ticks.tick().await;
            let now = millis(self.begun);
            self.lock().retain(|connection| {
                let Some(connection) = connection.upgrade() else {
                    return false;
                };
                let still = now.saturating_sub(connection.moved_at.load(Ordering::Relaxed));
                let limit = match connection.under_way.load(Ordering::Relaxed) {
                    0 => idle,
                    _ => stalled,
                };
                if u128::from(still) > limit.as_millis() {
                    let _ = connection.socket.shutdown(std::net::Shutdown::Both);
                    return false;
                }
                true
            });
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Weak<Connection>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn millis(begun: Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Held while a request is under way, and by its answer's body until that is
/// written.
struct UnderWay(Arc<Connection>);

impl UnderWay {
    fn begin(connection: Arc<Connection>) -> Self {
        connection.under_way.fetch_add(1, Ordering::Relaxed);
        connection.moved();
        Self(connection)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.moved();
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Marks the connection while a request is under way on it.
pub async fn mark(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let under_way = request
        .conn_data::<Arc<Connection>>()
        .map(|connection| UnderWay::begin(Arc::clone(connection)));
    let response = next.call(request).await?.map_into_boxed_body();
    Ok(response.map_body(|_, body| BoxBody::new(Moving { body, under_way })))
}

/// A body that tells its connection when a part of it leaves.
struct Moving {
    body: BoxBody,
    under_way: Option<UnderWay>,
}

impl MessageBody for Moving {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let part = Pin::new(&mut self.body).poll_next(context);
        if let (Poll::Ready(_), Some(under_way)) = (&part, &self.under_way) {
            under_way.0.moved();
        }
        part
    }
}
