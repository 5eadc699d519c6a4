//! Functions about text. Positions count characters, not bytes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::xpath::ast::Expr;
use crate::xpath::evaluate::At;
use crate::xpath::functions::{number_of, text_of, text_or_context, texts_of};
use crate::xpath::numeric::round_half_up;
use crate::xpath::parser::whole_pattern;
use crate::xpath::table::Function;
use crate::xpath::value::Value;

/// Longest text that is put together from others, bytes: a page of print has three thousand. Without an end a form in which
/// each of forty calculations doubles the one before would fill any memory.
const LONGEST_TEXT: usize = 64 << 10;

/// The value of a call, or `None` when the function is not about text.
pub(crate) fn call(function: Function, arguments: &[Expr], at: At<'_>) -> Option<Value> {
    let text = |place| text_of(arguments, place, at);
    Some(match function {
        Function::String => Value::Text(text_or_context(arguments, at)),
        Function::Concat => Value::Text(joined(&texts_of(arguments, at), "")),
        Function::Join => Value::Text(join(arguments, at)),
        Function::StartsWith => Value::Boolean(text(0).starts_with(&text(1))),
        Function::EndsWith => Value::Boolean(text(0).ends_with(&text(1))),
        Function::Contains => Value::Boolean(text(0).contains(&text(1))),
        Function::SubstringBefore => {
            Value::Text(text(0).split_once(&text(1)).map_or_else(String::new, |(before, _)| before.to_owned()))
        }
        Function::SubstringAfter => {
            Value::Text(text(0).split_once(&text(1)).map_or_else(String::new, |(_, after)| after.to_owned()))
        }
        Function::Substring => Value::Text(substring(arguments, at)),
        Function::Substr => Value::Text(substr(arguments, at)),
        Function::StringLength => Value::Number(text_or_context(arguments, at).chars().count() as f64),
        Function::NormalizeSpace => Value::Text(normalize(&text_or_context(arguments, at))),
        Function::Translate => Value::Text(translate(&text(0), &text(1), &text(2))),
        Function::BooleanFromString => Value::Boolean(matches!(text(0).as_str(), "1" | "true")),
        Function::Regex => Value::Boolean(whole_pattern(&text(1)).is_ok_and(|pattern| pattern.is_match(&text(0)))),
        Function::Digest => Value::Text(digest(&text(0), &text(1), &text(2))),
        Function::Base64Decode => {
            let bytes = STANDARD.decode(text(0)).unwrap_or_default();
            Value::Text(String::from_utf8_lossy(&bytes).into_owned())
        }
        Function::Uuid => Value::Text(uuid(arguments, at)),
        _ => return None,
    })
}

fn join(arguments: &[Expr], at: At<'_>) -> String {
    let between = text_of(arguments, 0, at);
    joined(&texts_of(arguments.get(1..).unwrap_or_default(), at), &between)
}

/// Texts one after the other, cut where they get longer than any text may be.
fn joined(texts: &[String], between: &str) -> String {
    let mut whole = String::new();
    for (place, text) in texts.iter().enumerate() {
        if whole.len() > LONGEST_TEXT {
            break;
        }
        whole.push_str(if place == 0 { "" } else { between });
        whole.push_str(text);
    }
    whole.truncate(whole.floor_char_boundary(LONGEST_TEXT));
    whole
}

/// XPath's substring: positions from 1, rounded.
fn substring(arguments: &[Expr], at: At<'_>) -> String {
    let first = round_half_up(number_of(arguments, 1, at));
    let end = if arguments.len() > 2 { first + round_half_up(number_of(arguments, 2, at)) } else { f64::INFINITY };
    let inside = |place: usize| (place as f64 + 1.0) >= first && (place as f64 + 1.0) < end;
    text_of(arguments, 0, at).chars().enumerate().filter(|(place, _)| inside(*place)).map(|(_, c)| c).collect()
}

/// ODK's substr: positions from 0, the end is left out, negative ones count from the end.
fn substr(arguments: &[Expr], at: At<'_>) -> String {
    let text: Vec<char> = text_of(arguments, 0, at).chars().collect();
    let length = text.len() as f64;
    let place = |value: f64| if value < 0.0 { (length + value).max(0.0) } else { value.min(length) };
    let first = place(number_of(arguments, 1, at));
    let end = if arguments.len() > 2 { place(number_of(arguments, 2, at)) } else { length };
    let inside = |index: usize| index as f64 >= first && (index as f64) < end;
    text.into_iter().enumerate().filter(|(index, _)| inside(*index)).map(|(_, c)| c).collect()
}

fn normalize(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn translate(text: &str, from: &str, to: &str) -> String {
    let to: Vec<char> = to.chars().collect();
    let replace = |c: char| match from.chars().position(|found| found == c) {
        Some(place) => to.get(place).copied(),
        None => Some(c),
    };
    text.chars().filter_map(replace).collect()
}

/// `digest(text, algorithm, encoding)`. MD5 and SHA-1 are not offered: forms use digests to recognise records, and
/// both can be forged.
fn digest(text: &str, algorithm: &str, encoding: &str) -> String {
    let bytes = match algorithm {
        "SHA-256" => Sha256::digest(text).to_vec(),
        "SHA-384" => Sha384::digest(text).to_vec(),
        "SHA-512" => Sha512::digest(text).to_vec(),
        _ => return String::new(),
    };
    if encoding == "hex" { hex::encode(bytes) } else { STANDARD.encode(bytes) }
}

fn uuid(arguments: &[Expr], at: At<'_>) -> String {
    let mut bytes = [0u8; 16];
    let (left, right) = bytes.split_at_mut(8);
    let chance = at.world.chance(at.current);
    left.copy_from_slice(&chance.to_be_bytes());
    right.copy_from_slice(&numeric_mix(chance).to_be_bytes());
    // Version 4, variant 1, as RFC 9562 marks a random id.
    if let Some(version) = bytes.get_mut(6) {
        *version = (*version & 0x0f) | 0x40;
    }
    if let Some(variant) = bytes.get_mut(8) {
        *variant = (*variant & 0x3f) | 0x80;
    }
    let digits = hex::encode(bytes);
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    match arguments.first() {
        Some(_) => text.chars().take(number_of(arguments, 0, at).max(0.0) as usize).collect(),
        None => text,
    }
}

/// One step of splitmix64: the second half of an id from the first.
pub(crate) fn numeric_mix(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
