//! The desk's cookies: the session, the form's, the known device, and the
//! password that was right.

use actix_web::HttpRequest;
use actix_web::http::header;

use super::address::Front;

/// A cookie, by what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Who is signed in; gone with the browser's window or the session.
    Session,
    /// For whom a form was made that is filled in before signing in.
    Form,
    /// That somebody signed in from here before.
    Device,
    /// That the password was right, until the code is too.
    HalfWay,
}

/// A device is known for half a year.
const DEVICE_SECONDS: u32 = 15_552_000;
/// No longer than its value counts.
const HALF_WAY_SECONDS: u32 = 300;

impl Cookie {
    /// `__Host-` keeps other hosts of the same domain from setting it; it
    /// exists with TLS only.
    fn name(self, front: &Front) -> &'static str {
        match (self, front.is_secure()) {
            (Self::Session, true) => "__Host-hamgate",
            (Self::Session, false) => "hamgate",
            (Self::Form, true) => "__Host-hamgate-form",
            (Self::Form, false) => "hamgate-form",
            (Self::Device, true) => "__Host-hamgate-device",
            (Self::Device, false) => "hamgate-device",
            (Self::HalfWay, true) => "__Host-hamgate-half",
            (Self::HalfWay, false) => "hamgate-half",
        }
    }

    /// The value that the request carries.
    pub fn read(self, front: &Front, request: &HttpRequest) -> Option<String> {
        let name = self.name(front);
        request
            .headers()
            .get_all(header::COOKIE)
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, value)| *key == name && !value.is_empty() && value.len() <= 256)
            .map(|(_, value)| value.to_owned())
    }

    /// The header that sets it.
    pub fn set(self, front: &Front, value: &str) -> String {
        let name = self.name(front);
        let secure = if front.is_secure() { "; Secure" } else { "" };
        let life = match self {
            Self::Device => format!("; Max-Age={DEVICE_SECONDS}"),
            Self::HalfWay => format!("; Max-Age={HALF_WAY_SECONDS}"),
            Self::Session | Self::Form => String::new(),
        };
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{life}")
    }

    /// The header that takes it away.
    pub fn drop(self, front: &Front) -> String {
        format!("{}; Max-Age=0", self.set(front, ""))
    }
}
