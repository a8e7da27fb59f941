//! Under which address the desk is reached, and from which one a request comes.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::config::Config;

/// What the settings say of the world before the desk.
pub struct Front {
    /// `https://hamgate.example`; empty: this machine's own names only.
    public: String,
    /// Of the public address: host, and port where it is not the usual one.
    authority: String,
    /// In which a proxy names the client.
    header: String,
}

impl Front {
    pub fn of(config: &Config) -> Self {
        let authority = config.public_url.split_once("://");
        Self {
            authority: authority.map_or("", |(_, authority)| authority).to_owned(),
            public: config.public_url.clone(),
            header: config.desk.client_address_header.clone(),
        }
    }

    /// Whether browsers reach the desk by TLS: then its cookies are for TLS
    /// only. The setting decides, for a header could be anybody's.
    pub fn is_secure(&self) -> bool {
        self.public.starts_with("https://")
    }

    /// Whether the request is for a name of ours. Another site's name that was
    /// made to lead here (DNS rebinding) is none.
    pub fn serves(&self, request: &HttpRequest) -> bool {
        let host = host(request);
        is_local(host) || (!host.is_empty() && host.eq_ignore_ascii_case(&self.authority))
    }

    /// Whether a page of that origin is ours, for a request that came here.
    pub fn is_ours(&self, origin: &str, request: &HttpRequest) -> bool {
        let host = host(request);
        (!self.public.is_empty() && origin == self.public)
            || (is_local(host) && origin == format!("http://{host}"))
    }

    /// Where the request comes from. A proxy's word counts only from this
    /// machine or a private network, and of a list its last entry: those before
    /// are what the client wrote.
    pub fn client(&self, request: &HttpRequest) -> Option<IpAddr> {
        let peer = request.peer_addr().map(|peer| peer.ip().to_canonical());
        let named = || {
            let value = request.headers().get_all(&self.header).next_back()?;
            let last = value.to_str().ok()?.rsplit(',').next()?.trim();
            last.parse::<IpAddr>()
                .or_else(|_| last.parse::<SocketAddr>().map(|socket| socket.ip()))
                .ok()
        };
        match peer {
            Some(peer) if !self.header.is_empty() && is_private(peer) => named().or(Some(peer)),
            peer => peer,
        }
    }
}

fn host(request: &HttpRequest) -> &str {
    let host = request.headers().get(header::HOST);
    host.and_then(|host| host.to_str().ok()).unwrap_or_default()
}

/// Names that no other machine's pages can have: `localhost` and addresses of
/// the loopback.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    }
}

/// The desk's address to print for people: the public one, or this machine's.
pub fn desk_address(config: &Config, listening: Option<SocketAddr>) -> String {
    format!("{}/desk", address(config, listening))
}

/// The same of a site's page for commenters, by the site's public id.
pub fn privacy_address(config: &Config, listening: Option<SocketAddr>, public_id: &str) -> String {
    format!("{}/privacy/{public_id}", address(config, listening))
}

fn address(config: &Config, listening: Option<SocketAddr>) -> String {
    if !config.public_url.is_empty() {
        return config.public_url.clone();
    }
    match listening {
        Some(address) if address.ip().is_loopback() => format!("http://{address}"),
        Some(address) => format!("http://localhost:{}", address.port()),
        None => {
            let port = config.listen.rsplit(':').next().unwrap_or_default();
            format!("http://localhost:{port}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn front(public: &str, header: &str) -> Front {
        let mut config = Config {
            public_url: public.into(),
            ..Config::default()
        };
        config.desk.client_address_header = header.into();
        Front::of(&config)
    }

    fn at(host: &str) -> HttpRequest {
        TestRequest::default()
            .insert_header(("host", host))
            .to_http_request()
    }

    #[test]
    fn only_names_of_ours_are_served() {
        let local = front("", "");
        for host in ["localhost:8080", "127.0.0.1", "[::1]:8080", "LOCALHOST"] {
            assert!(local.serves(&at(host)), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.nip.io",
            "10.0.0.1",
            "",
        ] {
            assert!(!local.serves(&at(host)), "{host}");
        }
        let public = front("https://hamgate.example", "");
        assert!(public.serves(&at("hamgate.example")) && !public.serves(&at("evil.example")));
        assert!(public.is_ours("https://hamgate.example", &at("hamgate.example")));
        assert!(public.is_ours("https://hamgate.example", &at("127.0.0.1:8080")));
        for origin in ["http://hamgate.example", "https://evil.example", "null"] {
            assert!(!public.is_ours(origin, &at("hamgate.example")), "{origin}");
        }
        assert!(!local.is_ours("http://localhost:9999", &at("localhost:8080")));
    }

    #[test]
    fn a_client_cannot_name_itself() {
        let ask = |front: &Front, peer: &str, named: &str| {
            let request = TestRequest::default()
                .peer_addr(peer.parse().unwrap())
                .insert_header(("x-forwarded-for", named))
                .to_http_request();
            front.client(&request).unwrap().to_string()
        };
        let trusting = front("", "x-forwarded-for");
        assert_eq!(
            ask(&trusting, "127.0.0.1:1", "6.6.6.6, 192.0.2.7"),
            "192.0.2.7"
        );
        assert_eq!(ask(&trusting, "127.0.0.1:1", "nonsense"), "127.0.0.1");
        assert_eq!(ask(&trusting, "203.0.113.9:1", "192.0.2.7"), "203.0.113.9");
        assert_eq!(ask(&front("", ""), "127.0.0.1:1", "192.0.2.7"), "127.0.0.1");
    }
}
