//! Functions about dates and times, and dates as days.
//!
//! A date is a text; days count from 1970-01-01T00:00Z, so a date without an offset begins at midnight of the fill's
//! offset. Never reads a clock.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, TimeZone, Timelike};

use crate::xpath::ast::Expr;
use crate::xpath::evaluate::{At, evaluate};
use crate::xpath::functions::text_of;
use crate::xpath::table::Function;
use crate::xpath::value::Value;

/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

/// The value of a call, or `None` when the function is not about time.
pub(crate) fn call(function: Function, arguments: &[Expr], at: At<'_>) -> Option<Value> {
    let now = at.world.now();
    Some(match function {
        Function::Today => Value::Text(now.date_naive().format("%Y-%m-%d").to_string()),
        Function::Now => Value::Text(print(now)),
        Function::Date | Function::DateTime => Value::Text(date(arguments.first()?, at)),
        Function::DecimalDateTime => Value::Number(evaluate(arguments.first()?, at).number(at.world)),
        Function::DecimalTime => Value::Number(decimal_time(&text_of(arguments, 0, at), now.offset())),
        Function::FormatDate => Value::Text(format(arguments, at)),
        _ => return None,
    })
}

/// A date and time as ODK writes it: milliseconds and offset.
pub(crate) fn print(moment: DateTime<FixedOffset>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Millis, false)
}

/// Days as a date, or as a date and time when it is not midnight.
pub(crate) fn from_days(days: f64, offset: &FixedOffset) -> Option<String> {
    let moment = moment_of_days(days, offset)?;
    let midnight = moment.time() == NaiveTime::MIN;
    Some(if midnight { moment.format("%Y-%m-%d").to_string() } else { print(moment) })
}

fn moment_of_days(days: f64, offset: &FixedOffset) -> Option<DateTime<FixedOffset>> {
    if !days.is_finite() {
        return None;
    }
    let utc = DateTime::from_timestamp_millis((days * DAY).round() as i64)?;
    Some(utc.with_timezone(offset))
}

/// A date or a date and time as days; `None` for another text.
pub(crate) fn days(text: &str, offset: &FixedOffset) -> Option<f64> {
    moment(text, offset).map(|moment| moment.timestamp_millis() as f64 / DAY)
}

/// Reads a date or a date and time.
pub(crate) fn moment(text: &str, offset: &FixedOffset) -> Option<DateTime<FixedOffset>> {
    let text = text.trim();
    // Most texts are no dates; say so before anything is taken apart.
    if !text.is_ascii() || text.len() < 8 || !text.contains('-') {
        return None;
    }
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let date = read_date(date)?;
    let Some(time) = time else { return offset.from_local_datetime(&date.and_time(NaiveTime::MIN)).single() };
    let (time, zone) = read_time(time)?;
    zone.unwrap_or(*offset).from_local_datetime(&date.and_time(time)).single().map(|found| found.with_timezone(offset))
}

/// Reads `Y-M-D`; month and day may have one digit.
pub(crate) fn read_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits =
        |part: &str, most: usize| !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Reads `HH:MM[:SS[.mmm]]` with an optional offset.
pub(crate) fn read_time(text: &str) -> Option<(NaiveTime, Option<FixedOffset>)> {
    let text = text.trim();
    let place = text.find(['Z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at_checked(place)?;
    let zone = if zone.is_empty() { None } else { Some(read_zone(zone)?) };
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or("0"));
    if parts.next().is_some() || hour.len() != 2 || minute.len() != 2 {
        return None;
    }
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths: String = fraction.chars().chain("000".chars()).take(3).collect();
    let milli = thousandths.parse().ok()?;
    let time = NaiveTime::from_hms_milli_opt(hour.parse().ok()?, minute.parse().ok()?, second.parse().ok()?, milli)?;
    Some((time, zone))
}

fn read_zone(text: &str) -> Option<FixedOffset> {
    if text == "Z" {
        return FixedOffset::east_opt(0);
    }
    let (sign, rest) = text.split_at_checked(1)?;
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "0"));
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    if !(0..24).contains(&hours) || !(0..60).contains(&minutes) {
        return None;
    }
    let seconds = hours * 3600 + minutes * 60;
    FixedOffset::east_opt(if sign == "-" { -seconds } else { seconds })
}

/// `date()` and `date-time()`: a text that is a date, brought to the fill's offset; a number of days; else blank.
fn date(argument: &Expr, at: At<'_>) -> String {
    let offset = *at.world.now().offset();
    let value = evaluate(argument, at);
    if let Value::Number(days) = value {
        return from_days(days, &offset).unwrap_or_default();
    }
    let text = value.text(at.world);
    match moment(&text, &offset) {
        Some(found) if text.contains('T') => print(found),
        Some(found) => found.format("%Y-%m-%d").to_string(),
        None => crate::xpath::number::read(&text).and_then(|days| from_days(days, &offset)).unwrap_or_default(),
    }
}

/// A time of day as a part of a day.
fn decimal_time(text: &str, offset: &FixedOffset) -> f64 {
    let Some((time, zone)) = read_time(text) else { return f64::NAN };
    let shift = offset.local_minus_utc() - zone.unwrap_or(*offset).local_minus_utc();
    let milliseconds = f64::from(time.num_seconds_from_midnight()) * 1000.0 + f64::from(time.nanosecond() / 1_000_000);
    ((milliseconds + f64::from(shift) * 1000.0) / DAY).rem_euclid(1.0)
}

fn format(arguments: &[Expr], at: At<'_>) -> String {
    let offset = *at.world.now().offset();
    let Some(argument) = arguments.first() else { return String::new() };
    let found = match evaluate(argument, at) {
        Value::Number(days) => moment_of_days(days, &offset),
        other => {
            let text = other.text(at.world);
            let time_only = || read_time(&text).map(|(time, _)| NaiveDate::default().and_time(time));
            moment(&text, &offset).or_else(|| time_only().and_then(|local| offset.from_local_datetime(&local).single()))
        }
    };
    found.map(|moment| format_moment(moment.naive_local(), &text_of(arguments, 1, at))).unwrap_or_default()
}

/// The marks of `format-date`: `%Y %y %m %n %b %d %e %H %h %M %S %3 %a`.
fn format_moment(moment: NaiveDateTime, pattern: &str) -> String {
    let mut text = String::new();
    let mut marks = pattern.chars();
    while let Some(c) = marks.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        let part = match marks.next() {
            Some('Y') => format!("{:04}", moment.year()),
            Some('y') => format!("{:02}", moment.year().rem_euclid(100)),
            Some('m') => format!("{:02}", moment.month()),
            Some('n') => moment.month().to_string(),
            Some('b') => moment.format("%b").to_string(),
            Some('d') => format!("{:02}", moment.day()),
            Some('e') => moment.day().to_string(),
            Some('H') => format!("{:02}", moment.hour()),
            Some('h') => moment.hour().to_string(),
            Some('M') => format!("{:02}", moment.minute()),
            Some('S') => format!("{:02}", moment.second()),
            Some('3') => format!("{:03}", moment.nanosecond() / 1_000_000),
            Some('a') => moment.format("%a").to_string(),
            Some(other) => format!("%{other}"),
            None => "%".to_owned(),
        };
        text.push_str(&part);
    }
    text
}
