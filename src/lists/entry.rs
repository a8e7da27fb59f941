//! One line of a block list, whatever its format: WordPress's disallowed keys,
//! hosts files, lists of domains, addresses or ranges, simple ad-block rules.

use std::net::IpAddr;

use ipnet::IpNet;
use url::Host;

/// Shorter phrases would be found in any text.
const SHORTEST_PHRASE: usize = 3;
/// Longer lines are no phrases.
const LONGEST_LINE: usize = 1_000;

/// What a line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A host and all below it, in lower case and punycode.
    Host(String),
    /// An address or a range of them.
    Network(IpNet),
    /// An e-mail address, in lower case.
    Email(String),
    /// Anything else, in lower case: found anywhere in a comment, also within
    /// words, as WordPress does it.
    Phrase(String),
}

impl Entry {
    /// What a line names: several hosts on a line of a hosts file, nothing where
    /// it is empty or a comment. `None` where it cannot be understood.
    pub fn read(line: &str) -> Option<Vec<Self>> {
        let line = without_comment(line);
        if line.is_empty() {
            return Some(Vec::new());
        }
        if line.len() > LONGEST_LINE || line.starts_with("@@") {
            return None;
        }
        if let Some(rule) = line.strip_prefix("||") {
            let end = rule.find(['^', '/', '$']).unwrap_or(rule.len());
            return Some(vec![Self::Host(host(&rule[..end])?)]);
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [address, hosts @ ..] = words.as_slice()
            && !hosts.is_empty()
            && let Ok(address) = address.parse::<IpAddr>()
        {
            return of_hosts_file(address, hosts);
        }
        one(line).map(|entry| vec![entry])
    }
}

/// `0.0.0.0 ads.example tracker.example`
fn of_hosts_file(address: IpAddr, hosts: &[&str]) -> Option<Vec<Entry>> {
    // Another address says where a host really is.
    if !address.is_unspecified() && !address.is_loopback() {
        return None;
    }
    // A machine's own names have no dot: `localhost`, `broadcasthost`.
    let named = hosts.iter().filter(|name| name.contains('.'));
    Some(
        named
            .filter_map(|name| host(name))
            .map(Entry::Host)
            .collect(),
    )
}

fn one(line: &str) -> Option<Entry> {
    if let Some(network) = network(line) {
        // "Everybody" is a slip of the pen.
        return match network.prefix_len() {
            0 => None,
            _ => Some(Entry::Network(network)),
        };
    }
    let lower = line.to_lowercase();
    if let Some((local, domain)) = lower.split_once('@')
        && !lower.contains(char::is_whitespace)
        && let Some(domain) = host(domain)
    {
        return Some(match local {
            "" | "*" => Entry::Host(domain),
            local => Entry::Email(format!("{local}@{domain}")),
        });
    }
    let bare = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"));
    let bare = bare.unwrap_or(&lower).trim_end_matches('/');
    let below = bare.strip_prefix("*.").or_else(|| bare.strip_prefix('.'));
    if let Some(host) = host(below.unwrap_or(bare)) {
        return Some(Entry::Host(host));
    }
    match bare.len() < SHORTEST_PHRASE {
        true => None,
        false => Some(Entry::Phrase(bare.to_owned())),
    }
}

fn network(text: &str) -> Option<IpNet> {
    let network = text.parse::<IpNet>();
    let network = network.or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    network.ok().map(|network| network.trunc())
}

/// The host as links have it; `None` unless it is one below a top-level domain
/// that there is. All of a country or of `com` is a slip of the pen.
fn host(text: &str) -> Option<String> {
    let text = text.trim_end_matches('.');
    let named =
        text.contains('.') && !text.contains(|c: char| c.is_whitespace() || "/:*?".contains(c));
    let Some(Host::Domain(host)) = Host::parse(text).ok().filter(|_| named) else {
        return None;
    };
    let suffix = psl::suffix(host.as_bytes())?;
    let is_known = suffix.typ().is_some();
    let is_all_of_it =
        suffix.as_bytes().len() == host.len() && suffix.typ() == Some(psl::Type::Icann);
    let labels_are_right = host.split('.').all(|label| {
        let inner = !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        inner && label.bytes().all(plain)
    });
    (is_known && !is_all_of_it && labels_are_right).then_some(host)
}

/// Without what a `#`, `;` or `!` begins, where that is not within a word.
fn without_comment(line: &str) -> &str {
    let line = line.trim_start_matches('\u{feff}').trim();
    if line.starts_with(['#', ';', '!', '[']) {
        return "";
    }
    let end = [" #", "\t#", " ;", "\t;"].map(|mark| line.find(mark));
    let end = end.into_iter().flatten().min();
    line[..end.unwrap_or(line.len())].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<Vec<Entry>> {
        Entry::read(line)
    }

    fn host(name: &str) -> Entry {
        Entry::Host(name.into())
    }

    #[test]
    fn a_line_is_read_whatever_its_format() {
        let network = |text: &str| Entry::Network(text.parse().unwrap());
        let phrase = |text: &str| Entry::Phrase(text.into());
        for (line, entries) in [
            ("", vec![]),
            ("  # a comment", vec![]),
            ("! Title: ads", vec![]),
            ("[Adblock Plus 2.0]", vec![]),
            ("\u{feff}spam.com", vec![host("spam.com")]),
            ("Shop.Example.COM.", vec![host("shop.example.com")]),
            ("*.spam.com", vec![host("spam.com")]),
            (".spam.com", vec![host("spam.com")]),
            ("https://spam.com/", vec![host("spam.com")]),
            ("bücher.de", vec![host("xn--bcher-kva.de")]),
            ("||ads.com^$third-party", vec![host("ads.com")]),
            (
                "0.0.0.0 ads.com  more.ads.com # both",
                vec![host("ads.com"), host("more.ads.com")],
            ),
            ("127.0.0.1 localhost", vec![]),
            ("::1 ip6-localhost ads.com", vec![host("ads.com")]),
            ("192.0.2.7", vec![network("192.0.2.7/32")]),
            ("192.0.2.7/24 ; a range", vec![network("192.0.2.0/24")]),
            ("2001:db8::/32", vec![network("2001:db8::/32")]),
            ("Mia@Spam.com", vec![Entry::Email("mia@spam.com".into())]),
            ("@spam.com", vec![host("spam.com")]),
            ("Casino", vec![phrase("casino")]),
            ("buy  now", vec![phrase("buy  now")]),
            ("192.0.2.", vec![phrase("192.0.2.")]),
            ("spam.com/buy", vec![phrase("spam.com/buy")]),
            ("c#", vec![]),
            ("購入", vec![phrase("購入")]),
            ("e.g", vec![phrase("e.g")]),
        ] {
            let read = read(line);
            match line {
                "c#" => assert_eq!(read, None, "too short"),
                _ => assert_eq!(read, Some(entries), "{line}"),
            }
        }
    }

    #[test]
    fn slips_of_the_pen_name_nothing() {
        for line in [
            "0.0.0.0/0",
            "::/0",
            "ab",
            "||com^",
            "@@||good.com^",
            "192.0.2.7 real.com",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
        // All of a country is a phrase at most, and never a host.
        assert_eq!(read("co.uk"), Some(vec![Entry::Phrase("co.uk".into())]));
        assert!(read(&"x".repeat(2_000)).is_none());
    }
}
