//! Which of the sites that share a key a blog's address means.

use url::Url;

use crate::domain::Site;

/// The site that a blog's address belongs to: of the same host and port, with
/// the longest path that the address begins with. `www.`, the scheme and a
/// slash at the end make no difference.
pub fn site_of_blog<'s>(sites: &'s [Site], blog: &str) -> Option<&'s Site> {
    let blog = Place::of(blog)?;
    let within = sites.iter().filter_map(|site| {
        let own = Place::of(&site.url)?;
        let below = blog.path.strip_prefix(own.path.as_str())?;
        let below = below.is_empty() || below.starts_with('/') || own.path.is_empty();
        (own.host == blog.host && below).then_some((own.path.len(), site))
    });
    within
        .max_by_key(|(length, _)| *length)
        .map(|(_, site)| site)
}

/// Where a blog is, as far as it tells blogs apart.
struct Place {
    host: String,
    path: String,
}

impl Place {
    fn of(address: &str) -> Option<Self> {
        let address = address.trim();
        let url = match address.contains("://") {
            true => Url::parse(address),
            false => Url::parse(&format!("http://{address}")),
        };
        let url = url
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let host = url.host_str()?;
        let host = host.strip_prefix("www.").unwrap_or(host);
        let port = url
            .port()
            .map(|port| format!(":{port}"))
            .unwrap_or_default();
        Some(Self {
            host: format!("{host}{port}"),
            path: url.path().trim_end_matches('/').to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::{SiteId, SiteSettings};

    fn site(id: i64, url: &str) -> Site {
        Site {
            id: SiteId(id),
            name: id.to_string(),
            url: url.into(),
            created_at: Timestamp::UNIX_EPOCH,
            live_keys: 1,
            settings: SiteSettings::default(),
        }
    }

    #[test]
    fn a_blogs_address_is_told_apart_by_host_port_and_path() {
        let sites = [
            site(1, "https://blog.example/"),
            site(2, "https://blog.example/news"),
            site(3, "http://localhost:8000"),
        ];
        let found = |blog| site_of_blog(&sites, blog).map(|site| site.id.0);
        for (blog, expected) in [
            ("https://blog.example", Some(1)),
            ("http://WWW.blog.example/", Some(1)),
            ("blog.example", Some(1)),
            ("https://blog.example/newsletter", Some(1)),
            ("https://blog.example/news/", Some(2)),
            ("https://blog.example/news/2026", Some(2)),
            ("http://localhost:8000/", Some(3)),
            ("http://localhost", None),
            ("https://blog.example.evil.example", None),
            ("https://other.example", None),
            ("", None),
            ("javascript:alert(1)", None),
        ] {
            assert_eq!(found(blog), expected, "{blog}");
        }
    }
}
