//! Names of hosts to addresses that may be called. What is connected to is what
//! was looked at: between the two nothing is resolved again.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;

use super::ranges::{Reach, reach};

/// Where the addresses of a host are asked for.
#[async_trait]
pub trait Names: Send + Sync + 'static {
    /// Every address of the host.
    ///
    /// # Errors
    /// There is none, or nobody answered.
    async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>>;
}

/// The operating system's resolver.
#[derive(Debug, Clone, Copy)]
pub struct SystemNames;

#[async_trait]
impl Names for SystemNames {
    async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        let found = tokio::net::lookup_host((host, 0)).await?;
        Ok(found.map(|address| address.ip()).collect())
    }
}

/// Every address that was found is one that may not be called.
#[derive(Debug, Clone, Copy, Error)]
#[error("the address may not be called")]
pub(super) struct Refused;

/// The host has no address.
#[derive(Debug, Clone, Copy, Error)]
#[error("the name has no address")]
pub(super) struct Unknown;

/// Which addresses may be called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guard {
    pub allow_private: bool,
}

impl Guard {
    pub(super) fn admits(self, address: IpAddr) -> bool {
        match reach(address) {
            Reach::Public => true,
            Reach::Private => self.allow_private,
            Reach::Never => false,
        }
    }
}

/// A resolver that never tells of an address that may not be called. Of a name
/// that has both, only the others are used.
pub(super) struct GuardedNames {
    pub names: Arc<dyn Names>,
    pub guard: Guard,
}

impl Resolve for GuardedNames {
    fn resolve(&self, name: Name) -> Resolving {
        let (names, guard) = (Arc::clone(&self.names), self.guard);
        Box::pin(async move {
            let found = names.addresses(name.as_str()).await.unwrap_or_default();
            if found.is_empty() {
                return Err(Unknown.into());
            }
            let admitted: Vec<SocketAddr> = found
                .into_iter()
                .filter(|address| guard.admits(*address))
                .map(|address| SocketAddr::new(address, 0))
                .collect();
            if admitted.is_empty() {
                return Err(Refused.into());
            }
            Ok(Box::new(admitted.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Mixed;

    #[async_trait]
    impl Names for Mixed {
        async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
            let all = match host {
                "mixed.example" => vec!["10.0.0.1", "1.1.1.1", "::1", "2606:4700::1111"],
                "inside.example" => vec!["10.0.0.1", "169.254.169.254"],
                _ => return Err(io::ErrorKind::NotFound.into()),
            };
            Ok(all.into_iter().map(|one| one.parse().unwrap()).collect())
        }
    }

    async fn resolved(host: &str, allow_private: bool) -> Result<Vec<String>, String> {
        let names = GuardedNames {
            names: Arc::new(Mixed),
            guard: Guard { allow_private },
        };
        let found = names.resolve(host.parse().unwrap()).await;
        found
            .map(|found| found.map(|address| address.ip().to_string()).collect())
            .map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn only_what_may_be_called_is_told() {
        let public = vec!["1.1.1.1".to_owned(), "2606:4700::1111".to_owned()];
        assert_eq!(resolved("mixed.example", false).await, Ok(public));
        assert_eq!(resolved("mixed.example", true).await.unwrap().len(), 4);
        let refused = resolved("inside.example", false).await;
        assert_eq!(refused, Err(Refused.to_string()));
        let own = resolved("inside.example", true).await.unwrap();
        assert_eq!(own, ["10.0.0.1"], "metadata stays out of reach");
        let unknown = resolved("nowhere.example", true).await;
        assert_eq!(unknown, Err(Unknown.to_string()));
    }
}
