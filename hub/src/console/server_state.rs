//! What the office server's own machine asks of a person: a disk that fills up, a journal that cannot be written.

use super::desk::Desk;
use super::trouble::Trouble;
use super::words::Words;

/// Free bytes below which people are told: about a thousand photos at 2 MB each, hours of work of a company with many
/// devices. At nothing devices are turned away, keep their work and try again.
const LITTLE_SPACE: u64 = 2 << 30;

/// What a person must do about the machine, in words; nothing where all is well.
pub(super) fn notices(desk: &Desk<'_>) -> Result<Vec<String>, Trouble> {
    let hub = desk.hub();
    let mut notices: Vec<String> = about_space(&desk.words, hub.free_bytes()).into_iter().collect();
    let (head, written) = hub.journal_heads()?;
    if head > written {
        notices.push(desk.words.t("console-safekeeping-journal-behind"));
    }
    Ok(notices)
}

/// A disk that does not say how much is free must not look full.
fn about_space(words: &Words, free: Option<u64>) -> Option<String> {
    let free = free.filter(|free| *free < LITTLE_SPACE)?;
    Some(words.with("console-little-space", &[("free", words.texts.bytes(free).into())]))
}

#[cfg(test)]
mod tests {
    use countersign_model::Language;
    use countersign_texts::{Texts, Zone};

    use super::*;

    #[test]
    fn little_space_is_told_in_each_language_and_enough_or_unknown_is_not() {
        for language in Language::ALL {
            let words = Words { texts: Texts::new(language), zone: Zone::utc() };
            for (free, told) in
                [(Some(0), true), (Some(LITTLE_SPACE - 1), true), (Some(LITTLE_SPACE), false), (None, false)]
            {
                let notice = about_space(&words, free);
                assert_eq!(notice.is_some(), told, "{language:?} {free:?}");
                assert!(notice.is_none_or(|notice| notice.contains(&words.texts.bytes(free.unwrap_or_default()))));
            }
        }
    }
}
