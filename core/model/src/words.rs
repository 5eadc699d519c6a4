//! How texts become words of a search index and keys of lists, on the hub and on a phone alike. Chinese has no spaces: each
//! run of Chinese characters stands as overlapping pairs, so that two characters are found anywhere. Judges nothing; the
//! indexes are the stores'.

/// Most characters of a list's key: enough to sort names, little enough to index.
const KEY: usize = 80;
/// Most words of one search; more say nothing more.
const WORDS: usize = 12;

fn is_chinese(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// The text as it is indexed: each run of Chinese characters as overlapping pairs and its last character, all else as
/// it is.
pub fn indexed(text: &str) -> String {
    let mut out = String::with_capacity(text.len().saturating_mul(2));
    let mut before: Option<char> = None;
    for c in text.chars() {
        if is_chinese(c) {
            if let Some(before) = before {
                out.extend([before, c, ' ']);
            }
            before = Some(c);
        } else {
            if let Some(last) = before.take() {
                // The last character alone, so that one character is found at the end of a run too.
                out.extend([last, ' ']);
            }
            out.push(c);
        }
    }
    out.extend(before);
    out
}

/// What was typed, as an FTS5 expression: every word must be there, the last characters of a word may be missing. `None`
/// where nothing that can be searched for was typed.
pub fn asked(typed: &str) -> Option<String> {
    let words: Vec<String> = runs(typed).into_iter().take(WORDS).map(|run| run.expression()).collect();
    if words.is_empty() { None } else { Some(words.join(" AND ")) }
}

/// A run of typed characters of one sort.
struct Run {
    chinese: bool,
    text: String,
}

impl Run {
    fn expression(&self) -> String {
        let characters: Vec<char> = self.text.chars().collect();
        if !self.chinese || characters.len() == 1 {
            return format!("\"{}\"*", self.text);
        }
        let pairs: Vec<String> = characters.windows(2).map(|pair| pair.iter().collect()).collect();
        format!("\"{}\"", pairs.join(" "))
    }
}

fn runs(typed: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut fresh = true;
    for c in typed.chars() {
        if c.is_whitespace() || c == '"' || c.is_control() {
            fresh = true;
            continue;
        }
        let chinese = is_chinese(c);
        match runs.last_mut().filter(|run| !fresh && run.chinese == chinese) {
            Some(run) => run.text.push(c),
            None => runs.push(Run { chinese, text: c.to_string() }),
        }
        fresh = false;
    }
    // Punctuation alone has no word in the index and would find nothing.
    runs.retain(|run| run.text.chars().any(char::is_alphanumeric));
    runs
}

/// A text as lists sort and compare it: without case, trimmed, cut. What people type for a serial or a code is compared
/// by this as well.
pub fn key_of(text: &str) -> String {
    text.trim().chars().flat_map(char::to_lowercase).take(KEY).collect()
}

/// An exact decimal as a text that sorts as the number does; empty for what is no number.
pub fn number_key(text: &str) -> String {
    let (negative, digits) = text.trim().strip_prefix('-').map_or((false, text.trim()), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 20 || !plain(whole) || !plain(part) {
        return String::new();
    }
    let key = format!("{whole:0>20}.{:0<6}", part.chars().take(6).collect::<String>());
    if !negative {
        return format!("p{key}");
    }
    let turned = key
        .chars()
        .map(|c| c.to_digit(10).and_then(|digit| char::from_digit(9_u32.saturating_sub(digit), 10)).unwrap_or(c));
    format!("n{}", turned.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_indexed_in_pairs_and_asked_for_in_pairs() {
        assert_eq!(indexed("轴封泄漏 at pump"), "轴封 封泄 泄漏 漏  at pump");
        let rows = [
            ("seal", Some("\"seal\"*")),
            ("SEAL-12 pump", Some("\"SEAL-12\"* AND \"pump\"*")),
            ("泵", Some("\"泵\"*")),
            ("轴封泄", Some("\"轴封 封泄\"")),
            ("H7收割机", Some("\"H7\"* AND \"收割 割机\"")),
            ("a\"b OR c", Some("\"a\"* AND \"b\"* AND \"OR\"* AND \"c\"*")),
            ("  ", None),
            ("--- \" *", None),
        ];
        for (typed, want) in rows {
            assert_eq!(asked(typed).as_deref(), want, "{typed}");
        }
    }

    #[test]
    fn numbers_sort_as_numbers() {
        let rising = ["-1200.5", "-3", "-2.999", "0", "0.5", "3", "12", "1204.5", "99999999999"];
        let keys: Vec<String> = rising.iter().map(|text| number_key(text)).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        for none in ["", "abc", "1e5", "--1", "1.2.3"] {
            assert_eq!(number_key(none), "", "{none}");
        }
    }

    #[test]
    fn keys_have_no_case_and_an_end() {
        assert_eq!(key_of("  ÄRGER Straße "), "ärger straße");
        assert_eq!(key_of(&"x".repeat(10_000)).len(), KEY);
    }
}
