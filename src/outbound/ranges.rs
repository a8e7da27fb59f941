//! Which addresses may be called: IANA's registries of special-purpose
//! addresses as a table (iana-ipv4-special-registry, iana-ipv6-special-registry),
//! and the addresses at which clouds tell a machine its own secrets.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use ipnet::IpNet;

/// How far an address may be trusted to be no one's inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Anyone on the internet can call it.
    Public,
    /// This machine or its network: only with the owner's word.
    Private,
    /// No blog answers there, or only a cloud's own services do.
    Never,
}

/// The first row that holds an address counts.
const RANGES: &[(&str, Reach)] = &[
    // Where a cloud tells a machine its credentials. Amazon's, Google's and most
    // others' for IPv4 is link-local.
    ("100.100.100.200/32", Reach::Never), // Alibaba
    ("168.63.129.16/32", Reach::Never),   // Azure
    ("fd00:ec2::/32", Reach::Never),      // Amazon
    ("fd20:ce::/32", Reach::Never),       // Google
    ("0.0.0.0/8", Reach::Never),          // "this network", RFC 791
    ("10.0.0.0/8", Reach::Private),       // RFC 1918
    ("100.64.0.0/10", Reach::Private),    // behind a carrier's NAT, RFC 6598
    ("127.0.0.0/8", Reach::Private),      // loopback, RFC 1122
    ("169.254.0.0/16", Reach::Never),     // link-local, RFC 3927
    ("172.16.0.0/12", Reach::Private),    // RFC 1918
    ("192.0.0.0/24", Reach::Never),       // protocol assignments, RFC 6890
    ("192.0.2.0/24", Reach::Never),       // documentation, RFC 5737
    ("192.88.99.0/24", Reach::Never),     // 6to4 relays, RFC 7526
    ("192.168.0.0/16", Reach::Private),   // RFC 1918
    ("198.18.0.0/15", Reach::Private),    // benchmarks, RFC 2544
    ("198.51.100.0/24", Reach::Never),    // documentation, RFC 5737
    ("203.0.113.0/24", Reach::Never),     // documentation, RFC 5737
    ("224.0.0.0/4", Reach::Never),        // multicast, RFC 5771
    ("240.0.0.0/4", Reach::Never),        // reserved and broadcast, RFC 1112, RFC 8190
    ("0.0.0.0/0", Reach::Public),
    ("::1/128", Reach::Private),     // loopback, RFC 4291
    ("fc00::/7", Reach::Private),    // unique local, RFC 4193
    ("2001::/23", Reach::Never),     // protocol assignments, Teredo among them, RFC 2928, RFC 4380
    ("2001:db8::/32", Reach::Never), // documentation, RFC 3849
    ("3fff::/20", Reach::Never),     // documentation, RFC 9637
    ("2000::/3", Reach::Public),     // global unicast, RFC 4291
    // All else: unspecified, IPv4-compatible, link-local and site-local (RFC
    // 4291, RFC 3879), local NAT64 (RFC 8215), discard (RFC 6666), segment
    // routing (RFC 9602), multicast, and what was never handed out.
    ("::/0", Reach::Never),
];

static TABLE: LazyLock<Vec<(IpNet, Reach)>> = LazyLock::new(|| {
    let parsed = RANGES.iter().map(|(range, reach)| {
        let range = range.parse().expect("every row of the table is a range");
        (range, *reach)
    });
    parsed.collect()
});

/// How far an address reaches. One that only carries an IPv4 address reaches as
/// far as that.
pub fn reach(address: IpAddr) -> Reach {
    if let IpAddr::V6(outer) = address
        && let Some(inner) = carried(outer)
    {
        return reach(inner.into());
    }
    TABLE
        .iter()
        .find(|(range, _)| range.contains(&address))
        .map_or(Reach::Never, |(_, reach)| *reach)
}

/// The IPv4 address to which a packet for `outer` finds its way in the end.
fn carried(outer: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = outer.segments();
    let of = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match [a, b, c, d, e, f] {
        // IPv4-mapped, RFC 4291.
        [0, 0, 0, 0, 0, 0xffff] => Some(of(g, h)),
        // NAT64, RFC 6052.
        [0x64, 0xff9b, 0, 0, 0, 0] => Some(of(g, h)),
        // 6to4, RFC 3056.
        [0x2002, ..] => Some(of(b, c)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_are(expected: Reach, addresses: &[&str]) {
        for address in addresses {
            assert_eq!(reach(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn what_anyone_can_call_is_public() {
        let public = [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "128.0.0.0",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450:4001:82a::200e",
            "2001:200::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2002:808:808::1",
        ];
        all_are(Reach::Public, &public);
    }

    #[test]
    fn what_is_inside_is_private_in_every_writing() {
        let private = [
            "10.0.0.0",
            "10.255.255.255",
            "100.64.0.0",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "172.16.0.0",
            "172.31.255.255",
            "192.168.0.1",
            "198.19.255.255",
            "::1",
            "fc00::1",
            "fdff:ffff::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::c0a8:1",
            "2002:7f00:1::1",
            "2002:a00:1::",
        ];
        all_are(Reach::Private, &private);
    }

    #[test]
    fn what_no_blog_has_is_never_called() {
        let never = [
            "0.0.0.0",
            "0.1.2.3",
            "169.254.169.254",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "198.51.100.1",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2002:a9fe:a9fe::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "5f00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ];
        all_are(Reach::Never, &never);
    }
}
