//! When a file was taken that lay among the files of a device before somebody chose it: only the file itself can say.

use chrono::{DateTime, NaiveDateTime};

use crate::{Texts, Value, Zone};

impl Texts {
    /// When a chosen file was taken, as the file says, and when it was chosen. `claimed` is what the file says of itself,
    /// `YYYY-MM-DDTHH:MM:SS` with an offset if it names one, empty for nothing; `chosen` is worded already.
    pub fn chosen(&self, claimed: &str, chosen: &str) -> String {
        match self.claimed(claimed) {
            Some(taken) => self.with(
                "evidence-chosen-taken",
                &[("taken", Value::from(taken.as_str())), ("time", Value::from(chosen))],
            ),
            None => self.with("evidence-chosen", &[("time", Value::from(chosen))]),
        }
    }

    /// By the clock that the camera had: nobody knows its zone better than the file does.
    fn claimed(&self, claimed: &str) -> Option<String> {
        let local = match DateTime::parse_from_rfc3339(claimed) {
            Ok(moment) => moment.naive_local(),
            Err(_) => NaiveDateTime::parse_from_str(claimed, "%Y-%m-%dT%H:%M:%S").ok()?,
        };
        Some(self.date_time(local.and_utc().timestamp_millis(), &Zone::utc()))
    }
}

#[cfg(test)]
mod tests {
    use countersign_model::Language;

    use super::*;

    #[test]
    fn a_chosen_file_says_itself_when_it_was_taken() {
        let texts = Texts::new(Language::English);
        let says = |claimed: &str| texts.chosen(claimed, "today");
        assert_eq!(says("2025-03-02T14:05:09"), says("2025-03-02T14:05:09+08:00"));
        assert!(says("2025-03-02T14:05:09").contains("2 Mar 2025") && says("2025-03-02T14:05:09").contains("14:05"));
        for none in ["", "soon", "2025-13-40T00:00:00"] {
            assert_eq!(says(none), says(""), "{none}");
            assert!(says(none).contains("today") && !says(none).contains("Mar"));
        }
        for language in Language::ALL {
            let texts = Texts::new(language);
            assert!(texts.has("evidence-chosen") && texts.has("evidence-chosen-taken"), "{language:?}");
        }
    }
}
