//! The ways between these pages, and between the sites that they are of.

use url::form_urlencoded::Serializer;

use crate::http::desk::shown;
use crate::http::locale::Locale;
use crate::service::Viewer;

/// Something to choose, by a link.
pub struct Choice {
    pub name: String,
    pub address: String,
    pub is_chosen: bool,
}

/// Each page with its word, in addresses and in the keys of messages.
const PAGES: [&str; 4] = ["dashboard", "what-if", "history", "model"];

/// The tabs at the head of each page; the site is kept from one to the next.
pub fn tabs(l: Locale, here: &str, site: &str) -> Vec<Choice> {
    PAGES
        .into_iter()
        .map(|word| Choice {
            name: l.say(&format!("dashboard-tab-{word}")),
            address: address(word, &[("site", site)]),
            is_chosen: word == here,
        })
        .collect()
}

/// One for each site that this person sees, and one for all of them together.
pub fn sites(
    l: Locale,
    who: &Viewer,
    page: &str,
    chosen: &str,
    more: &[(&str, &str)],
) -> Vec<Choice> {
    if who.sites().len() < 2 {
        return Vec::new();
    }
    let with = |site: &str| {
        let mut query = vec![("site", site)];
        query.extend(more);
        address(page, &query)
    };
    let all = Choice {
        name: l.say("dashboard-every-site"),
        address: with(""),
        is_chosen: chosen.is_empty(),
    };
    let each = who.sites().iter().map(|site| Choice {
        name: shown::plain(&site.name),
        address: with(&site.name),
        is_chosen: site.name == chosen,
    });
    std::iter::once(all).chain(each).collect()
}

/// A page's address; what is empty is left out.
pub fn address(page: &str, query: &[(&str, &str)]) -> String {
    let mut written = Serializer::new(String::new());
    for (name, value) in query.iter().filter(|(_, value)| !value.is_empty()) {
        written.append_pair(name, value);
    }
    match written.finish() {
        query if query.is_empty() => format!("/desk/{page}"),
        query => format!("/desk/{page}?{query}"),
    }
}

/// The first value of that name in a query; empty if there is none.
pub fn asked(query: &str, name: &str) -> String {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let found = pairs.find(|(key, _)| key == name);
    found.map_or_else(String::new, |(_, value)| value.into_owned())
}
