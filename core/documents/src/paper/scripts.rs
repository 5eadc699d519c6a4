//! What scripts ask of the paper: names that one face must draw whole, and the direction of names inside a sentence.

use std::borrow::Cow;
use std::ops::Range;

/// What opens and closes an isolated stretch of text, whose direction is its own.
const ISOLATE: (char, char) = ('\u{2068}', '\u{2069}');

/// Signs that only steer the direction of others and are never seen.
pub(crate) fn is_steering(sign: char) -> bool {
    matches!(sign, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2068}' | '\u{2069}')
}

/// Signs with which a text could turn round what stands beside it: a sum, a number. They are not drawn by.
pub(crate) fn turns_round(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}' | '\u{2067}')
}

/// Whether a text has letters that are read from right to left.
fn reads_leftwards(text: &str) -> bool {
    text.chars().any(|sign| {
        matches!(sign, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
            || matches!(sign, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// A name for the middle of a sentence: what stands beside it keeps its own place.
pub(crate) fn isolated(text: &str) -> Cow<'_, str> {
    match reads_leftwards(text) {
        true => Cow::Owned(format!("{}{text}{}", ISOLATE.0, ISOLATE.1)),
        false => Cow::Borrowed(text),
    }
}

/// Signs of Chinese and its punctuation, which stand between words of other scripts.
fn is_chinese(sign: char) -> bool {
    matches!(sign, '\u{2e80}'..='\u{312f}' | '\u{31c0}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
        || matches!(sign, '\u{ff00}'..='\u{ffef}' | '\u{2010}'..='\u{2027}' | '\u{20000}'..='\u{3ffff}')
}

/// Stretches between Chinese signs with a letter that the main face does not have: another face draws them whole, so that
/// no name is put together of letters of two faces.
pub(crate) fn foreign_stretches(text: &str, has: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    let mut foreign = false;
    for (at, sign) in text.char_indices().chain([(text.len(), '\u{3000}')]) {
        if is_chinese(sign) {
            found.extend(start.take().filter(|_| foreign).map(|start| start..at));
            foreign = false;
            continue;
        }
        start = start.or(Some(at));
        foreign |= sign.is_alphabetic() && !has(sign);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_scripts_are_found_whole_with_their_neighbours() {
        let has = |sign: char| sign.is_ascii() || matches!(sign, '\u{4e00}'..='\u{9fff}');
        let rows: [(&str, &[&str]); 6] = [
            ("plain words", &[]),
            ("客户Nguyễn先生", &["Nguyễn"]),
            ("Ștefan Pop", &["Ștefan Pop"]),
            ("محمد علي, 42", &["محمد علي, 42"]),
            ("ok 🔧 ok", &[]),
            ("“김철수”", &["김철수"]),
        ];
        for (text, want) in rows {
            let got: Vec<&str> =
                foreign_stretches(text, has).into_iter().map(|range| text.get(range).unwrap()).collect();
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn only_names_that_are_read_leftwards_are_isolated() {
        assert_eq!(isolated("Ana"), "Ana");
        assert_eq!(isolated("محمد"), "\u{2068}محمد\u{2069}");
        assert_eq!(isolated("שלום"), "\u{2068}שלום\u{2069}");
    }
}
