//! iCalendar (RFC 5545) as text: times in UTC, texts escaped, lines folded at 75 bytes. Pure.

use chrono::DateTime;

/// Most bytes of a line without its end.
const LINE: usize = 75;

/// Whether an appointment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Confirmed,
    Cancelled,
}

/// One appointment. Times are milliseconds since 1970.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub uid: String,
    pub made: i64,
    pub from: i64,
    pub to: i64,
    pub sequence: u64,
    pub status: Status,
    pub title: String,
    pub description: String,
    pub place: String,
    pub url: String,
}

/// A calendar with its name.
#[derive(Clone, Debug)]
pub(super) struct Calendar {
    pub name: String,
    pub language: &'static str,
    pub events: Vec<Event>,
}

impl Calendar {
    pub fn text(&self) -> String {
        let mut out = Lines::default();
        out.line("BEGIN", "VCALENDAR");
        out.line("VERSION", "2.0");
        out.line("PRODID", "-//Countersign//Hub//EN");
        out.line("CALSCALE", "GREGORIAN");
        out.text(&format!("NAME;LANGUAGE={}", self.language), &self.name);
        // What Apple's and Google's calendars read instead of NAME and REFRESH-INTERVAL.
        out.text("X-WR-CALNAME", &self.name);
        out.line("REFRESH-INTERVAL;VALUE=DURATION", "PT15M");
        out.line("X-PUBLISHED-TTL", "PT15M");
        for event in &self.events {
            event.write(self.language, &mut out);
        }
        out.line("END", "VCALENDAR");
        out.0
    }
}

impl Event {
    /// An appointment whose times are outside what a calendar can say is left out.
    fn write(&self, language: &str, out: &mut Lines) {
        let (Some(made), Some(from), Some(to)) = (utc(self.made), utc(self.from), utc(self.to.max(self.from))) else {
            return;
        };
        out.line("BEGIN", "VEVENT");
        out.line("UID", &self.uid);
        out.line("DTSTAMP", &made);
        out.line("DTSTART", &from);
        out.line("DTEND", &to);
        out.line("SEQUENCE", &self.sequence.to_string());
        out.line("STATUS", if self.status == Status::Cancelled { "CANCELLED" } else { "CONFIRMED" });
        out.text(&format!("SUMMARY;LANGUAGE={language}"), &self.title);
        out.text(&format!("DESCRIPTION;LANGUAGE={language}"), &self.description);
        out.text("LOCATION", &self.place);
        if !self.url.is_empty() {
            out.line("URL", &self.url);
        }
        out.line("END", "VEVENT");
    }
}

/// `20261123T090000Z`; nothing for years that have not four digits.
fn utc(milliseconds: i64) -> Option<String> {
    let text = DateTime::from_timestamp_millis(milliseconds)?.format("%Y%m%dT%H%M%SZ").to_string();
    (text.len() == 16).then_some(text)
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    /// A text that a person wrote; nothing where it is empty.
    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.line(name, &escaped(value));
        }
    }

    /// A line, folded where it is longer than what a reader must take, never inside a character.
    fn line(&mut self, name: &str, value: &str) {
        let mut room = LINE;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            // A line is ended by us only.
            if matches!(letter, '\r' | '\n') {
                continue;
            }
            if letter.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            room = room.saturating_sub(letter.len_utf8());
            self.0.push(letter);
        }
        self.0.push_str("\r\n");
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push(' '),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(title: &str) -> Event {
        Event {
            uid: "visit-1@t".to_owned(),
            made: 0,
            from: 1_795_424_400_000,
            to: 1_795_431_600_000,
            sequence: 3,
            status: Status::Confirmed,
            title: title.to_owned(),
            description: String::new(),
            place: String::new(),
            url: String::new(),
        }
    }

    fn text_of(event: Event) -> String {
        Calendar { name: "n".to_owned(), language: "en", events: vec![event] }.text()
    }

    /// Joins folded lines, as a reader does.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split("\r\n").filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn what_people_write_cannot_leave_its_line() {
        // (title, as it stands in the file)
        let rows = [
            ("a, b; c\\d", "a\\, b\\; c\\\\d"),
            ("two\nlines\r\nthree\rfour", "two\\nlines\\nthree\\nfour"),
            ("x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "x\\nEND:VEVENT\\nBEGIN:VEVENT"),
            ("tab\tbell\u{7}", "tab bell"),
            ("液压泵漏油，🙂 \u{202e}abc", "液压泵漏油，🙂 \u{202e}abc"),
        ];
        for (title, want) in rows {
            let text = text_of(event(title));
            let lines = unfolded(&text);
            assert!(lines.contains(&format!("SUMMARY;LANGUAGE=en:{want}")), "{title}: {lines:?}");
            assert_eq!(lines.iter().filter(|line| line.as_str() == "BEGIN:VEVENT").count(), 1, "{title}");
        }
    }

    #[test]
    fn no_line_is_longer_than_75_bytes_and_none_is_cut_inside_a_character() {
        for title in ["a".repeat(1000), "液".repeat(400), "🙂é".repeat(200), "\\;,".repeat(300)] {
            let text = text_of(event(&title));
            assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{title}");
            assert!(unfolded(&text).contains(&format!("SUMMARY;LANGUAGE=en:{}", escaped(&title))));
            assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
        }
    }

    #[test]
    fn times_are_in_utc_and_an_impossible_one_is_left_out() {
        let lines = unfolded(&text_of(event("x")));
        for want in ["DTSTART:20261123T090000Z", "DTEND:20261123T110000Z", "SEQUENCE:3", "STATUS:CONFIRMED"] {
            assert!(lines.contains(&want.to_owned()), "{want}: {lines:?}");
        }
        let far = Event { from: i64::MAX, to: i64::MAX, ..event("x") };
        assert!(!text_of(far).contains("VEVENT"));
        let backwards = unfolded(&text_of(Event { to: 0, ..event("x") }));
        assert!(backwards.contains(&"DTEND:20261123T090000Z".to_owned()));
    }
}
