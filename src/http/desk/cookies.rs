//! The desk's three cookies: the session, the form's, and the known device.

use actix_web::HttpRequest;

use super::address::Front;
use crate::http::headers;

/// A cookie, by what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// Who is signed in; gone with the browser's window or the session.
    Session,
    /// For whom a form was made that is filled in before signing in.
    Form,
    /// That somebody signed in from here before.
    Device,
}

/// A device is known for half a year.
const DEVICE_SECONDS: u32 = 15_552_000;

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
        }
    }

    /// The value that the request carries.
    pub fn read(self, front: &Front, request: &HttpRequest) -> Option<String> {
        headers::cookie(request, self.name(front)).map(str::to_owned)
    }

    /// The header that sets it.
    pub fn set(self, front: &Front, value: &str) -> String {
        let name = self.name(front);
        let secure = if front.is_secure() { "; Secure" } else { "" };
        let life = match self {
            Self::Device => format!("; Max-Age={DEVICE_SECONDS}"),
            Self::Session | Self::Form => String::new(),
        };
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{life}")
    }

    /// The header that takes it away.
    pub fn drop(self, front: &Front) -> String {
        format!("{}; Max-Age=0", self.set(front, ""))
    }
}
