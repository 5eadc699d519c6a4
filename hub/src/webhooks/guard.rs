//! Where webhooks may go. Whoever may add an endpoint must not reach this machine or its network by it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;

/// Longest address.
const LONGEST: usize = 500;

/// Why an address cannot be an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressProblem {
    /// It is no address.
    #[error("write a whole address such as https://example.com/hook")]
    NotAnAddress,
    /// It would travel readable for everyone.
    #[error("it must begin with https://")]
    NotHttps,
    /// It holds a name and password, which would be stored in the clear.
    #[error("leave name and password out: deliveries are signed instead")]
    Credentials,
    /// It is a private address.
    #[error("it leads to a private network: allow that with `hub webhook private` first")]
    Private,
}

/// Reads the address of an endpoint: https, or http on loopback where that is allowed.
pub fn check_url(text: &str, private: bool) -> Result<Url, AddressProblem> {
    let plain = text.len() <= LONGEST && !text.chars().any(|letter| letter.is_control() || letter.is_whitespace());
    let url = Url::parse(text).ok().filter(|url| plain && url.has_host()).ok_or(AddressProblem::NotAnAddress)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressProblem::Credentials);
    }
    let literal = literal_of(&url);
    let loopback = url.host_str() == Some("localhost") || literal.is_some_and(|address| address.is_loopback());
    match url.scheme() {
        "https" => {}
        "http" if loopback && private => {}
        "http" => return Err(AddressProblem::NotHttps),
        _ => return Err(AddressProblem::NotAnAddress),
    }
    match literal {
        Some(address) if !may_reach(address, private) => Err(AddressProblem::Private),
        None if loopback && !private => Err(AddressProblem::Private),
        _ => Ok(url),
    }
}

/// The address that a URL names by number.
pub(super) fn literal_of(url: &Url) -> Option<IpAddr> {
    url.host_str()?.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Whether a webhook may go to an address. Where private networks are allowed, link-local ones are not: machines of
/// cloud providers answer there with their own secrets.
pub fn may_reach(address: IpAddr, private: bool) -> bool {
    match address {
        IpAddr::V4(v4) => may_reach_v4(v4, private),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => may_reach_v4(v4, private),
            None => may_reach_v6(v6, private),
        },
    }
}

fn may_reach_v4(address: Ipv4Addr, private: bool) -> bool {
    let [a, b, c, _] = address.octets();
    let own = address.is_private() || address.is_loopback() || (a == 100 && (64..128).contains(&b));
    let special = a == 0
        || a >= 224
        || address.is_link_local()
        || address.is_documentation()
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99)
        || (a == 198 && (b == 18 || b == 19));
    !special && (private || !own)
}

fn may_reach_v6(address: Ipv6Addr, private: bool) -> bool {
    let [a, b, ..] = address.segments();
    let own = address.is_loopback() || (a & 0xfe00) == 0xfc00;
    // Only global unicast; within it the ranges that carry an IPv4 address inside, and documentation, are left out.
    let global = (a & 0xe000) == 0x2000;
    let special = a == 0x2002 || (a == 0x2001 && (b == 0 || b == 0x0db8)) || (a == 0x3fff && b < 0x1000);
    (global && !special) || (private && own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_reached_unless_private_ones_are_allowed() {
        // (address, reached, reached where private networks are allowed)
        let rows = [
            ("93.184.216.34", true, true),
            ("2606:4700::1111", true, true),
            ("127.0.0.1", false, true),
            ("10.1.2.3", false, true),
            ("172.16.0.1", false, true),
            ("192.168.1.1", false, true),
            ("100.64.0.1", false, true),
            ("::1", false, true),
            ("fd00::1", false, true),
            ("::ffff:127.0.0.1", false, true),
            ("::ffff:93.184.216.34", true, true),
            ("169.254.169.254", false, false),
            ("::ffff:169.254.169.254", false, false),
            ("0.0.0.0", false, false),
            ("255.255.255.255", false, false),
            ("224.0.0.1", false, false),
            ("198.18.0.1", false, false),
            ("192.0.2.1", false, false),
            ("fe80::1", false, false),
            ("::", false, false),
            ("64:ff9b::7f00:1", false, false),
            ("2002:7f00:1::", false, false),
            ("2001:0:4136:e378::", false, false),
            ("ff02::1", false, false),
        ];
        for (address, public, private) in rows {
            let parsed = address.parse().unwrap();
            assert_eq!((may_reach(parsed, false), may_reach(parsed, true)), (public, private), "{address}");
        }
    }

    #[test]
    fn an_endpoint_is_https_and_no_trick() {
        use AddressProblem::{Credentials, NotAnAddress, NotHttps, Private};
        // (address, refused, refused where private networks are allowed)
        let rows = [
            ("https://example.com/hook?x=1", None, None),
            ("https://93.184.216.34:8443/", None, None),
            ("http://example.com/", Some(NotHttps), Some(NotHttps)),
            ("http://localhost:9000/", Some(NotHttps), None),
            ("http://127.0.0.1:9000/", Some(NotHttps), None),
            ("https://localhost/", Some(Private), None),
            ("https://127.0.0.1/", Some(Private), None),
            ("https://0x7f.1/", Some(Private), None),
            ("https://2130706433/", Some(Private), None),
            ("https://[::ffff:10.0.0.1]/", Some(Private), None),
            ("https://169.254.169.254/latest", Some(Private), Some(Private)),
            ("https://user:word@example.com/", Some(Credentials), Some(Credentials)),
            ("ftp://example.com/", Some(NotAnAddress), Some(NotAnAddress)),
            ("file:///etc/passwd", Some(NotAnAddress), Some(NotAnAddress)),
            ("example.com", Some(NotAnAddress), Some(NotAnAddress)),
            ("https://exa mple.com/", Some(NotAnAddress), Some(NotAnAddress)),
            ("https://example.com/\r\nX: y", Some(NotAnAddress), Some(NotAnAddress)),
            ("", Some(NotAnAddress), Some(NotAnAddress)),
        ];
        for (text, public, private) in rows {
            assert_eq!((check_url(text, false).err(), check_url(text, true).err()), (public, private), "{text}");
        }
        assert!(check_url(&format!("https://example.com/{}", "a".repeat(500)), false).is_err());
    }
}
