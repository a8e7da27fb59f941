//! The client: one request, one answer, both bounded.

use std::error::Error;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{ClientBuilder, RequestBuilder, Response, redirect, retry};
use thiserror::Error;
use url::{Host, Url};

use super::names::{Guard, GuardedNames, Names, Refused, Unknown};

/// How long each part of a request may take.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// For the name and the connection.
    pub connect: Duration,
    /// For everything.
    pub whole: Duration,
    /// For what still comes after the head of an answer.
    pub body: Duration,
}

impl Default for Times {
    /// As Standard Webhooks recommends.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            whole: Duration::from_secs(15),
            body: Duration::from_secs(5),
        }
    }
}

/// Why there was no answer. Its words are kept in the log of deliveries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Failure {
    #[error("bad_url")]
    BadUrl,
    /// The host has only addresses that may not be called.
    #[error("refused_address")]
    RefusedAddress,
    #[error("unknown_name")]
    UnknownName,
    #[error("not_connected")]
    NotConnected,
    /// No safe connection: a certificate that is expired, foreign or unknown.
    #[error("tls")]
    Tls,
    #[error("too_slow")]
    TooSlow,
    /// The connection broke, or what came was not HTTP.
    #[error("broken")]
    Broken,
}

impl Failure {
    /// What a person can do about it.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::BadUrl => "the address is no web address",
            Self::RefusedAddress => {
                "the host has only addresses that may not be called; an own network is \
                 opened by `webhooks.allow_private = true`"
            }
            Self::UnknownName => "the host's name has no address; check the spelling and the DNS",
            Self::NotConnected => "nobody listens there, or a firewall is in between",
            Self::Tls => "the certificate is expired, of another host, or of an unknown authority",
            Self::TooSlow => "there was no answer in time; answer first, and work later",
            Self::Broken => "the connection broke, or what came was not HTTP",
        }
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub retry_after: Option<String>,
    /// The start of the body, as far as it came.
    pub body: Vec<u8>,
}

/// Calls other hosts. Follows no redirect and no proxy of the environment, and
/// keeps no connection: every request looks at the address anew.
#[derive(Clone)]
pub struct Client {
    client: reqwest::Client,
    guard: Guard,
    body_time: Duration,
}

impl Client {
    /// A client that asks `names`; `allow_private` opens the owner's networks.
    ///
    /// # Errors
    /// The system's resolver or TLS cannot be set up.
    pub fn new(
        names: Arc<dyn Names>,
        allow_private: bool,
        times: Times,
    ) -> Result<Self, reqwest::Error> {
        choose_cryptography();
        let guard = Guard { allow_private };
        let resolver = Arc::new(GuardedNames { names, guard });
        let builder = || -> ClientBuilder {
            reqwest::Client::builder()
                .user_agent(concat!("hamgate/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(times.connect)
                .timeout(times.whole)
                .redirect(redirect::Policy::none())
                .retry(retry::never())
                .referer(false)
                .no_proxy()
                .pool_max_idle_per_host(0)
                .dns_resolver(Arc::clone(&resolver))
        };
        let client = builder().build().or_else(|error| {
            tracing::warn!(%error, "https addresses cannot be called: install ca-certificates");
            builder().tls_certs_only([]).build()
        })?;
        Ok(Self {
            client,
            guard,
            body_time: times.body,
        })
    }

    /// Posts a body, and reads at most `most` bytes of the answer's.
    ///
    /// # Errors
    /// There was no answer.
    pub async fn post(
        &self,
        url: &str,
        headers: HeaderMap,
        body: String,
        most: usize,
    ) -> Result<Answer, Failure> {
        let url = self.admitted(url)?;
        let request = self.client.post(url).headers(headers).body(body);
        self.answer(request, most).await
    }

    /// Asks for a page, and reads at most `most` bytes of it.
    ///
    /// # Errors
    /// There was no answer.
    pub async fn get(&self, url: &str, headers: HeaderMap, most: usize) -> Result<Answer, Failure> {
        let url = self.admitted(url)?;
        self.answer(self.client.get(url).headers(headers), most)
            .await
    }

    fn admitted(&self, url: &str) -> Result<Url, Failure> {
        let url = Url::parse(url).map_err(|_| Failure::BadUrl)?;
        // An address is not resolved, so the resolver does not see it.
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            Some(Host::Domain(_)) => None,
            None => return Err(Failure::BadUrl),
        };
        match literal.is_some_and(|address| !self.guard.admits(address)) {
            true => Err(Failure::RefusedAddress),
            false => Ok(url),
        }
    }

    async fn answer(&self, request: RequestBuilder, most: usize) -> Result<Answer, Failure> {
        let response = request.send().await.map_err(|error| classed(&error))?;
        let retry_after = response.headers().get(RETRY_AFTER);
        Ok(Answer {
            status: response.status().as_u16(),
            retry_after: retry_after
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            body: start_of(response, most, self.body_time).await,
        })
    }
}

/// The head has said all that counts, so a body that is slow, endless or broken
/// is just left.
async fn start_of(mut response: Response, most: usize, time: Duration) -> Vec<u8> {
    let mut body = Vec::new();
    let reading = async {
        while body.len() < most
            && let Ok(Some(chunk)) = response.chunk().await
        {
            body.extend_from_slice(&chunk[..chunk.len().min(most - body.len())]);
        }
    };
    let _ = tokio::time::timeout(time, reading).await;
    body
}

fn classed(error: &reqwest::Error) -> Failure {
    if caused_by::<Refused>(error) {
        Failure::RefusedAddress
    } else if caused_by::<Unknown>(error) {
        Failure::UnknownName
    } else if caused_by::<rustls::Error>(error) {
        Failure::Tls
    } else if error.is_builder() {
        Failure::BadUrl
    } else if error.is_timeout() {
        Failure::TooSlow
    } else if error.is_connect() {
        Failure::NotConnected
    } else {
        Failure::Broken
    }
}

/// Whether `T` is among the causes. An I/O error hides what is in it from
/// `source`.
fn caused_by<T: Error + 'static>(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(cause) = next {
        if cause.is::<T>() {
            return true;
        }
        let inner = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        next = match inner {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    false
}

/// Tells rustls which implementation of cryptography to use, for every client of
/// this process; without one, none can be made.
pub fn choose_cryptography() {
    // It fails where one was chosen before.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
