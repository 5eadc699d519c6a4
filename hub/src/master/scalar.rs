//! One typed value at a time: lines, days, numbers, words. Pure; what is looked up stands in `typed.rs`.

use countersign_model::Language;
use countersign_texts::Zone;
use serde_json::{Value, json};

use super::flaw::Flaw;
use super::typed::DateOrder;

/// Most characters of one line.
const LINE: usize = 500;
/// Most characters of several lines.
const LINES: usize = 10_000;

/// Characters that no text of ours holds: they would break papers and files.
pub(super) fn unwritable(text: &str, lines: bool) -> Option<Flaw> {
    let bad = |c: char| (c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t'))) || c == '\u{FFFD}';
    text.chars().any(bad).then(|| Flaw::new("unwritable"))
}

pub(super) fn line(text: &str) -> Result<Value, Flaw> {
    within(text, LINE)
}

pub(super) fn long(text: &str) -> Result<Value, Flaw> {
    within(&text.replace("\r\n", "\n").replace('\r', "\n"), LINES)
}

fn within(text: &str, most: usize) -> Result<Value, Flaw> {
    match text.chars().count() <= most {
        true => Ok(json!(text)),
        false => Err(Flaw::new("too-long").with("most", &most.to_string())),
    }
}

pub(super) fn mail(text: &str) -> Result<Value, Flaw> {
    let plausible = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@')
    });
    if text.is_empty() || (plausible && !text.contains(char::is_whitespace) && text.len() <= 254) {
        return Ok(json!(text));
    }
    Err(Flaw::new("mail").with("value", text))
}

/// `2026-12-31`, `2026/12/31`, `2026年12月31日`, `31.12.2026`; with slashes or dashes and the year last only where the
/// order is known.
pub(super) fn day(text: &str, order: Option<DateOrder>) -> Result<String, Flaw> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let flaw = || Flaw::new("day").with("value", text);
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let signs: Vec<char> = text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect();
    let &[first, second, third] = numbers.as_slice() else { return Err(flaw()) };
    let known = matches!(signs.as_slice(), ['-', '-'] | ['/', '/'] | ['.', '.'] | ['年', '月', '日'] | ['年', '月']);
    if !known {
        return Err(flaw());
    }
    let (year, month, day) = if first.len() == 4 {
        (first, second, third)
    } else if third.len() == 4 {
        let day_first = match (signs.first(), order) {
            (Some('.'), _) => true,
            (_, Some(order)) => order == DateOrder::DayFirst,
            // Only one of the two can be a month.
            _ if first.parse::<u32>().is_ok_and(|n| n > 12) => true,
            _ if second.parse::<u32>().is_ok_and(|n| n > 12) => false,
            _ => return Err(Flaw::new("day-order").with("value", text)),
        };
        if day_first { (third, second, first) } else { (third, first, second) }
    } else {
        return Err(flaw());
    };
    let found = year.parse().ok().zip(month.parse().ok()).zip(day.parse().ok());
    let found = found.and_then(|((year, month), day)| chrono::NaiveDate::from_ymd_opt(year, month, day));
    found.map(|date| date.format("%Y-%m-%d").to_string()).ok_or_else(flaw)
}

/// A decimal with `sign` between whole and fraction and the other sign, or spaces, between groups of three.
pub(super) fn decimal(text: &str, sign: char) -> Result<String, Flaw> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let flaw = || Flaw::new("number").with("value", text);
    let (minus, digits) = text.strip_prefix(['-', '−']).map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once(sign).unwrap_or((digits, ""));
    let group = if sign == ',' { '.' } else { ',' };
    let grouped = whole.contains([group, ' ', '\u{a0}', '\u{202f}', '\'']);
    let groups: Vec<&str> = whole.split([group, ' ', '\u{a0}', '\u{202f}', '\'']).collect();
    let fits = groups.iter().skip(1).all(|part| part.len() == 3) && groups.first().is_some_and(|part| part.len() <= 3);
    if grouped && !fits {
        return Err(flaw());
    }
    let whole: String = groups.concat();
    let digits_only = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 15 || fraction.len() > 6 || !digits_only(&whole) || !digits_only(fraction) {
        return Err(flaw());
    }
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.trim_end_matches('0');
    let plain = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
    Ok(if plain == "0" { plain } else { format!("{minus}{plain}") })
}

pub(super) fn percent(text: &str, sign: char) -> Result<Value, Flaw> {
    let bare = text.trim_end_matches(['%', '％']).trim();
    if bare.is_empty() {
        return Ok(json!(0));
    }
    let flaw = || Flaw::new("percent").with("value", text);
    let plain = decimal(bare, sign).map_err(|_| flaw())?;
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let points: i64 = format!("{whole}{fraction:0<2}").parse().map_err(|_| flaw())?;
    if fraction.len() > 2 || !(0..=10_000).contains(&points) {
        return Err(flaw());
    }
    Ok(json!(points))
}

const YES: &[&str] = &["1", "yes", "y", "true", "x", "sí", "si", "s", "是"];
const NO: &[&str] = &["", "0", "no", "n", "false", "否"];

pub(super) fn flag(text: &str) -> Result<Value, Flaw> {
    let lower = text.to_lowercase();
    match (YES.contains(&lower.as_str()), NO.contains(&lower.as_str())) {
        (true, _) => Ok(json!(true)),
        (_, true) => Ok(json!(false)),
        _ => Err(Flaw::new("flag").with("value", text)),
    }
}

pub(super) fn language(text: &str) -> Result<Value, Flaw> {
    if text.is_empty() {
        return Ok(json!(Language::default()));
    }
    let by_name = Language::ALL.into_iter().find(|language| language.own_name().eq_ignore_ascii_case(text));
    let known: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
    by_name
        .or_else(|| Language::from_tag(text))
        .map(|language| json!(language))
        .ok_or_else(|| Flaw::new("word").with("value", text).with("allowed", &known.join(", ")))
}

pub(super) fn currency(text: &str) -> Result<Value, Flaw> {
    let upper = text.to_uppercase();
    match upper.is_empty() || (upper.len() == 3 && upper.bytes().all(|byte| byte.is_ascii_uppercase())) {
        true => Ok(json!(upper)),
        false => Err(Flaw::new("currency").with("value", text)),
    }
}

pub(super) fn zone(text: &str) -> Result<Value, Flaw> {
    match text.is_empty() || Zone::named(text).is_some() {
        true => Ok(json!(text)),
        false => Err(Flaw::new("zone").with("value", text)),
    }
}

pub(super) fn word(text: &str, known: &[&str]) -> Result<Value, Flaw> {
    let lower = text.to_lowercase().replace([' ', '-'], "_");
    match known.iter().find(|word| **word == lower) {
        Some(word) => Ok(json!(word)),
        None if text.is_empty() => Ok(Value::Null),
        None => Err(Flaw::new("word").with("value", text).with("allowed", &known.join(", "))),
    }
}

pub(super) fn words(text: &str, known: &[&str]) -> Result<Value, Flaw> {
    let mut found: Vec<Value> = Vec::new();
    for part in text.split([';', ',', '\n', '，', '；', '、']).map(str::trim).filter(|part| !part.is_empty()) {
        let word = word(part, known)?;
        if !found.contains(&word) {
            found.push(word);
        }
    }
    Ok(Value::Array(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_one_way_only() {
        use DateOrder::{DayFirst, MonthFirst};
        let rows = [
            ("2026-12-31", None, Ok("2026-12-31")),
            ("2026/2/3", None, Ok("2026-02-03")),
            ("2026年2月3日", None, Ok("2026-02-03")),
            ("31.12.2026", None, Ok("2026-12-31")),
            ("3.4.2026", Some(MonthFirst), Ok("2026-04-03")),
            ("31/12/2026", None, Ok("2026-12-31")),
            ("12/31/2026", None, Ok("2026-12-31")),
            ("03/04/2026", None, Err("day-order")),
            ("03/04/2026", Some(DayFirst), Ok("2026-04-03")),
            ("03/04/2026", Some(MonthFirst), Ok("2026-03-04")),
            ("31/12/2026", Some(MonthFirst), Err("day")),
            ("2026-02-30", None, Err("day")),
            ("31/12/26", None, Err("day")),
            ("tomorrow", None, Err("day")),
            ("2026-12-31T00:00", None, Err("day")),
            ("", None, Ok("")),
        ];
        for (text, order, want) in rows {
            assert_eq!(day(text, order).as_deref().map_err(|flaw| flaw.code), want, "{text}");
        }
    }

    #[test]
    fn decimals_are_read_with_the_sign_that_was_said() {
        let rows = [
            ("1204.5", '.', Ok("1204.5")),
            ("1,204.50", '.', Ok("1204.5")),
            ("1.204,5", ',', Ok("1204.5")),
            ("1 204,5", ',', Ok("1204.5")),
            ("1'204.5", '.', Ok("1204.5")),
            ("-0.00", '.', Ok("0")),
            ("007", '.', Ok("7")),
            ("1,2", '.', Err("number")),
            ("1.2.3", '.', Err("number")),
            ("1e5", '.', Err("number")),
            ("12,34,567", '.', Err("number")),
            (".5", '.', Err("number")),
            ("9999999999999999", '.', Err("number")),
        ];
        for (text, sign, want) in rows {
            assert_eq!(decimal(text, sign).as_deref().map_err(|flaw| flaw.code), want, "{text}");
        }
    }

    #[test]
    fn percent_mail_currency_and_words_are_checked() {
        assert_eq!(percent("21", '.'), Ok(json!(2100)));
        assert_eq!(percent("5,5 %", ','), Ok(json!(550)));
        assert_eq!(percent("101", '.').map_err(|flaw| flaw.code), Err("percent"));
        assert_eq!(percent("-1", '.').map_err(|flaw| flaw.code), Err("percent"));
        assert!(mail("ana@example.com").is_ok() && mail("").is_ok());
        assert!(["ana", "a@b", "a b@c.d", "a@b@c.d"].iter().all(|text| mail(text).is_err()));
        assert_eq!(currency("eur"), Ok(json!("EUR")));
        assert!(currency("€").is_err() && currency("EURO").is_err());
        assert_eq!(words("Engineer; call desk", &["engineer", "call_desk"]), Ok(json!(["engineer", "call_desk"])));
        assert!(unwritable("a\u{0}b", false).is_some() && unwritable("a\nb", false).is_some());
        assert!(unwritable("a\nb", true).is_none() && unwritable("🚜 مضخة \"x\"", false).is_none());
    }
}
