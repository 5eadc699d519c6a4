//! What a request carries, as names and values; and addresses put together of names and values.

/// Names and values in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value under a name; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// A value as people mean it, without blanks around it.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).trim()
    }

    /// Every value under a name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// Parts of the path, by name.
    pub path: Fields,
    /// What stands behind `?`.
    pub query: Fields,
    /// The fields of a form.
    pub form: Fields,
    /// The secret of the browser's session.
    pub secret: String,
    /// The languages that the browser asks for.
    pub languages: String,
    /// Whether the shell's own script asks, which wants an answer rather than another page.
    pub script: bool,
}

/// Percent-encoding of everything but unreserved characters (RFC 3986).
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// An address with its query; empty values are left out.
pub(crate) fn address(path: &str, query: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = query
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    let joint = if path.contains('?') { '&' } else { '?' };
    if pairs.is_empty() { path.to_owned() } else { format!("{path}{joint}{}", pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_any_text() {
        assert_eq!(address("/jobs", &[("q", "a b&ü"), ("after", "")]), "/jobs?q=a%20b%26%C3%BC");
        assert_eq!(address("/jobs", &[]), "/jobs");
        assert_eq!(address("/jobs?page=2", &[("done", "saved")]), "/jobs?page=2&done=saved");
    }
}
