//! Which site a blog's address belongs to, where several share a key.

use url::Url;

use crate::domain::Site;

/// Why a blog's address is none of a key's sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongBlog {
    NoAddress,
    NotOfTheKey,
}

/// The site whose own address a blog's is: host, port and path are the same.
/// The scheme, `www.`, a slash at the end and letters' case make no difference.
///
/// # Errors
/// It is no web address, or none of the sites'.
pub fn site_of_blog<'s>(sites: &'s [Site], blog: &str) -> Result<&'s Site, WrongBlog> {
    let blog = Place::of(blog).ok_or(WrongBlog::NoAddress)?;
    let mut own = sites
        .iter()
        .filter(|site| Place::of(&site.url).is_some_and(|place| place == blog));
    own.next().ok_or(WrongBlog::NotOfTheKey)
}

/// Where a blog is, as far as it tells blogs apart.
#[derive(PartialEq)]
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
            path: url.path().trim_end_matches('/').to_lowercase(),
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
            public_id: String::new(),
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
        let found = |blog| site_of_blog(&sites, blog).map(|site| site.id.0).ok();
        for (blog, expected) in [
            ("https://blog.example", Some(1)),
            ("http://WWW.blog.example/", Some(1)),
            ("blog.example", Some(1)),
            ("https://blog.example/newsletter", None),
            ("https://blog.example/news/", Some(2)),
            ("HTTPS://Blog.Example/News", Some(2)),
            ("https://blog.example/news/2026", None),
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
