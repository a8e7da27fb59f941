//! Who signs in, with what, what they get, and why they do not.

use std::net::IpAddr;
use std::time::Duration;

use thiserror::Error;

use crate::domain::FieldError;
use crate::secret::ClearToken;
use crate::service::ServiceError;
use crate::store::StoreError;

/// Why nobody was signed in.
#[derive(Debug, Error)]
pub enum SignInError {
    /// No such name, or another password: which of the two is not told.
    #[error("the name or the password is wrong")]
    Refused,
    #[error("too many attempts; wait {} s", .0.as_secs())]
    TooMany(Duration),
    /// The code of the second factor is wrong, or was used before.
    #[error("the code is wrong, or was used before")]
    WrongCode,
    /// The password was typed too long ago for the code to count.
    #[error("the password was typed too long ago")]
    TooLate,
    /// More people sign in than hashes can be computed.
    #[error("too many people sign in at once")]
    Busy,
    /// The one-time link is unknown, used or too old.
    #[error("the link does not work any more")]
    DeadLink,
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StoreError> for SignInError {
    fn from(error: StoreError) -> Self {
        Self::Service(error.into())
    }
}

impl From<FieldError> for SignInError {
    fn from(error: FieldError) -> Self {
        Self::Service(error.into())
    }
}

/// Where somebody signs in from.
#[derive(Debug, Clone)]
pub struct Guest {
    pub address: Option<IpAddr>,
    /// The cookie that an earlier sign-in left.
    pub device: Option<String>,
    pub agent: String,
}

impl Guest {
    /// /24 of IPv4, /64 of IPv6: what one person easily has. Empty without an
    /// address.
    pub(super) fn network(&self) -> String {
        match self.address.map(|address| address.to_canonical()) {
            None => String::new(),
            Some(IpAddr::V4(v4)) => format!("{:?}", &v4.octets()[..3]),
            Some(IpAddr::V6(v6)) => format!("{:?}", &v6.segments()[..4]),
        }
    }
}

/// Name and password as they were typed.
#[derive(Debug, Clone)]
pub struct Signing {
    pub name: String,
    pub password: String,
}

/// A session that was opened: two cookies.
#[derive(Debug)]
pub struct SignedIn {
    pub session: ClearToken,
    /// By which the device is known from now on.
    pub device: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_what_one_person_easily_has() {
        let network = |address: &str| {
            let guest = Guest {
                address: Some(address.parse().unwrap()),
                device: None,
                agent: String::new(),
            };
            guest.network()
        };
        let same = |a: &str, b: &str| network(a) == network(b);
        assert!(same("192.0.2.1", "192.0.2.254") && !same("192.0.2.1", "192.0.3.1"));
        assert!(same("::ffff:192.0.2.1", "192.0.2.9"));
        assert!(same("2001:db8::1", "2001:db8::ffff:1") && !same("2001:db8::1", "2001:db8:0:1::1"));
    }
}
