//! Dates, numbers, durations and sizes as the language writes them. Times are milliseconds since 1970 UTC.
//!
//! The separators follow CLDR 46; Spanish groups digits only from five on (`1234,5` but `12.345,6`).

use chrono::{Datelike, Timelike};
use countersign_model::Language;
use countersign_model::entity::Window;
use countersign_model::time::Estimate;

use crate::catalogue::Texts;
use crate::zone::Zone;

/// How a language writes numbers.
struct Separators {
    decimal: char,
    group: char,
    /// Digits before the decimal sign from which on they are grouped.
    group_from: usize,
}

fn separators(language: Language) -> Separators {
    match language {
        Language::Spanish => Separators { decimal: ',', group: '.', group_from: 5 },
        _ => Separators { decimal: '.', group: ',', group_from: 4 },
    }
}

/// Splits a decimal text into sign, whole and fraction digits; `None` for anything else.
fn parts(text: &str) -> Option<(&str, &str, Option<&str>)> {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (digits(whole) && fraction.is_none_or(digits)).then_some((sign, whole, fraction))
}

fn grouped(whole: &str, separators: &Separators) -> String {
    let count = whole.len();
    let mut out = String::with_capacity(count + count / 3);
    for (index, digit) in whole.chars().enumerate() {
        let left = count - index;
        if index > 0 && left.is_multiple_of(3) && count >= separators.group_from {
            out.push(separators.group);
        }
        out.push(digit);
    }
    out
}

impl Texts {
    /// From one to the other, such as `09:00 – 11:00`: both as they are already written.
    pub fn span(&self, from: &str, to: &str) -> String {
        self.with("span", &[("from", from.into()), ("to", to.into())])
    }

    /// An appointment with its day, such as `22 Nov 2026, 09:00 – 11:00`.
    pub fn appointment(&self, window: &Window, zone: &Zone) -> String {
        self.span(&self.date_time(window.from, zone), &self.end_of(window, zone))
    }

    /// The hours of an appointment, where its day stands elsewhere.
    pub fn hours(&self, window: &Window, zone: &Zone) -> String {
        self.span(&self.time(window.from, zone), &self.end_of(window, zone))
    }

    /// The day of the end is said only where it is another one.
    fn end_of(&self, window: &Window, zone: &Zone) -> String {
        match self.date(window.from, zone) == self.date(window.to, zone) {
            true => self.time(window.to, zone),
            false => self.date_time(window.to, zone),
        }
    }

    /// A decimal number as stored (`-1234.5`) in the language's writing; any other text comes back as it is.
    pub fn number(&self, decimal: &str) -> String {
        let Some((sign, whole, fraction)) = parts(decimal.trim()) else { return decimal.to_owned() };
        let separators = separators(self.language());
        let whole = grouped(whole, &separators);
        match fraction {
            Some(fraction) => format!("{sign}{whole}{}{fraction}", separators.decimal),
            None => format!("{sign}{whole}"),
        }
    }

    /// A date such as `22 Nov 2026`; the plain number where no calendar knows it.
    pub fn date(&self, milliseconds: i64, zone: &Zone) -> String {
        match zone.local(milliseconds) {
            Some(local) => self.written(&local),
            None => milliseconds.to_string(),
        }
    }

    /// A day as it is stored (`2026-11-22`) in the language's writing; any other text comes back as it is.
    pub fn day(&self, stored: &str) -> String {
        match chrono::NaiveDate::parse_from_str(stored, "%Y-%m-%d") {
            Ok(day) => self.written(&day),
            Err(_) => stored.to_owned(),
        }
    }

    fn written(&self, local: &impl Datelike) -> String {
        let month = self.get(&format!("month-{}", local.month()));
        let variables = [
            ("day", local.day().to_string().into()),
            ("month", month.into()),
            ("year", local.year().to_string().into()),
        ];
        self.with("date", &variables)
    }

    /// A time of day such as `14:03`, in 24 hours as on service papers.
    pub fn time(&self, milliseconds: i64, zone: &Zone) -> String {
        match zone.local(milliseconds) {
            Some(local) => format!("{:02}:{:02}", local.hour(), local.minute()),
            None => milliseconds.to_string(),
        }
    }

    /// A date with its time, such as `22 Nov 2026, 14:03`.
    pub fn date_time(&self, milliseconds: i64, zone: &Zone) -> String {
        let variables =
            [("date", self.date(milliseconds, zone).into()), ("time", self.time(milliseconds, zone).into())];
        self.with("date-time", &variables)
    }

    /// The best estimate of a time, marked where only the phone's clock speaks.
    pub fn estimated(&self, estimate: &Estimate, zone: &Zone) -> String {
        let time = self.date_time(estimate.best, zone);
        if estimate.verified { time } else { self.with("time-unverified", &[("time", time.into())]) }
    }

    /// A duration in minutes, such as `2 h 10 min`.
    pub fn duration(&self, minutes: i64) -> String {
        let sign = if minutes < 0 { "-" } else { "" };
        let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
        let hours_text = self.number(&format!("{sign}{hours}"));
        match (hours, rest) {
            (0, rest) => self.with("duration-minutes", &[("minutes", format!("{sign}{rest}").into())]),
            (_, 0) => self.with("duration-hours", &[("hours", hours_text.into())]),
            (_, rest) => self
                .with("duration-hours-minutes", &[("hours", hours_text.into()), ("minutes", rest.to_string().into())]),
        }
    }

    /// A size such as `412 MB` (units of 1000), with one decimal below ten.
    pub fn bytes(&self, count: u64) -> String {
        let (unit, key) = match count {
            0..1_000 => return self.with("bytes-b", &[("count", count.to_string().into())]),
            1_000..999_500 => (1_000, "bytes-kb"),
            999_500..999_500_000 => (1_000_000, "bytes-mb"),
            _ => (1_000_000_000, "bytes-gb"),
        };
        let tenths = count.saturating_add(unit / 20) / (unit / 10);
        let size = if tenths < 100 {
            format!("{}.{}", tenths / 10, tenths % 10)
        } else {
            (count.saturating_add(unit / 2) / unit).to_string()
        };
        self.with(key, &[("size", self.number(&size).into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(of: impl Fn(&Texts) -> String) -> [String; 4] {
        Language::ALL.map(|language| of(&Texts::new(language)))
    }

    #[test]
    fn numbers_follow_each_language() {
        let rows = [
            ("1234.5", ["1,234.5", "1234,5", "1,234.5", "1,234.5"]),
            ("-1234567", ["-1,234,567", "-1.234.567", "-1,234,567", "-1,234,567"]),
            ("0.050", ["0.050", "0,050", "0.050", "0.050"]),
            ("12", ["12", "12", "12", "12"]),
            ("1e5", ["1e5", "1e5", "1e5", "1e5"]),
            ("", ["", "", "", ""]),
        ];
        for (text, want) in rows {
            assert_eq!(all(|texts| texts.number(text)), want, "{text}");
        }
    }

    #[test]
    fn dates_follow_the_language_and_the_zone() {
        // 2026-07-01T22:30:00Z: already the next day in Madrid (summer time) and Taipei.
        let time = 1_782_945_000_000;
        let zones = [Zone::of("Europe/Madrid", 0), Zone::of("Nowhere", 480), Zone::of("Asia/Taipei", 0), Zone::utc()];
        let got: Vec<_> = zones.iter().map(|zone| Texts::new(Language::English).date_time(time, zone)).collect();
        assert_eq!(got, ["2 Jul 2026, 00:30", "2 Jul 2026, 06:30", "2 Jul 2026, 06:30", "1 Jul 2026, 22:30"]);
        assert_eq!(
            all(|texts| texts.date_time(time, &Zone::utc())),
            ["1 Jul 2026, 22:30", "1 jul 2026, 22:30", "2026年7月1日 22:30", "2026年7月1日 22:30"]
        );
        assert_eq!(Texts::new(Language::English).date(i64::MAX, &Zone::utc()), i64::MAX.to_string());
    }

    #[test]
    fn a_stored_day_is_written_like_a_date_and_another_text_is_kept() {
        assert_eq!(all(|texts| texts.day("2026-07-01")), ["1 Jul 2026", "1 jul 2026", "2026年7月1日", "2026年7月1日"]);
        for kept in ["", "2026", "2026-02-30", "summer 2019"] {
            assert_eq!(Texts::new(Language::Spanish).day(kept), kept);
        }
    }

    #[test]
    fn an_unverified_time_says_so() {
        let estimate = |verified| Estimate { best: 0, earliest: 0, latest: 0, verified };
        let texts = Texts::new(Language::English);
        assert_eq!(texts.estimated(&estimate(true), &Zone::utc()), "1 Jan 1970, 00:00");
        assert_eq!(texts.estimated(&estimate(false), &Zone::utc()), "1 Jan 1970, 00:00 (phone clock, unverified)");
    }

    #[test]
    fn durations_and_sizes_are_whole_phrases() {
        assert_eq!(all(|texts| texts.duration(130)), ["2 h 10 min", "2 h 10 min", "2 小时 10 分钟", "2 小時 10 分鐘"]);
        let texts = Texts::new(Language::English);
        let durations = [(0, "0 min"), (59, "59 min"), (120, "2 h"), (-61, "-1 h 1 min"), (60_000, "1,000 h")];
        for (minutes, want) in durations {
            assert_eq!(texts.duration(minutes), want);
        }
        let sizes = [
            (0, "0 bytes"),
            (999, "999 bytes"),
            (1_000, "1.0 kB"),
            (9_960, "10 kB"),
            (412_000_000, "412 MB"),
            (999_600, "1.0 MB"),
            (2_500_000_000, "2.5 GB"),
            (u64::MAX, "18,446,744,073 GB"),
        ];
        for (count, want) in sizes {
            assert_eq!(texts.bytes(count), want);
        }
        assert_eq!(Texts::new(Language::Spanish).bytes(2_500_000), "2,5 MB");
    }
}
