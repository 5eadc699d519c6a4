//! The text of a page, read back through the fonts' own maps to Unicode and the texts that stand for groups of glyphs:
//! what a person who copies it would get.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::file::Pdf;
use super::syntax::{Object, Reader, Token, Value};

/// The largest stream that is unpacked: far above any page, far below what would exhaust a phone.
const LARGEST_STREAM: u64 = 64 * 1024 * 1024;

/// The unpacked content of a page.
pub(crate) fn page_stream(pdf: &Pdf<'_>, page: u32) -> Option<Vec<u8>> {
    let contents = pdf.object(page)?.value.get("Contents")?.reference()?;
    unpacked(pdf.object(contents)?)
}

/// The text of a page in the order in which it is drawn, without spaces and line ends.
pub(crate) fn page_words(pdf: &Pdf<'_>, page: u32) -> Option<String> {
    let stream = page_stream(pdf, page)?;
    let resources = pdf.resolve(pdf.object(page)?.value.get("Resources")?);
    let Value::Dictionary(fonts) = pdf.resolve(resources.get("Font")?) else { return None };
    let mut maps = BTreeMap::new();
    for (name, font) in fonts {
        maps.insert(name.clone(), font_map(pdf, font)?);
    }
    Some(drawn(&stream, &maps).split_whitespace().collect())
}

fn unpacked(object: &Object<'_>) -> Option<Vec<u8>> {
    let stream = object.stream?;
    match object.value.get("Filter") {
        None => Some(stream.to_vec()),
        Some(filter) if filter.is_name("FlateDecode") => {
            let mut out = Vec::new();
            ZlibDecoder::new(stream).take(LARGEST_STREAM).read_to_end(&mut out).ok()?;
            Some(out)
        }
        Some(_) => None,
    }
}

/// Text by glyph code.
type Map = BTreeMap<u16, String>;

fn font_map(pdf: &Pdf<'_>, font: &Value) -> Option<Map> {
    let number = pdf.resolve(font).get("ToUnicode")?.reference()?;
    let stream = unpacked(pdf.object(number)?)?;
    let text = String::from_utf8_lossy(&stream);
    let mut map = Map::new();
    let mut inside = false;
    for line in text.lines() {
        inside = line.ends_with("beginbfchar") || (inside && !line.ends_with("endbfchar"));
        let mut codes = line.split(['<', '>', ' ']).filter(|part| !part.is_empty());
        let pair = (inside, codes.next(), codes.next(), codes.next());
        if let (true, Some(code), Some(units), None) = pair
            && let (Ok(code), Some(text)) = (u16::from_str_radix(code, 16), utf16(units))
        {
            map.insert(code, text);
        }
    }
    Some(map)
}

fn utf16(digits: &str) -> Option<String> {
    let bytes = hex::decode(digits).ok()?;
    let units: Vec<u16> =
        bytes.chunks_exact(2).filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?))).collect();
    String::from_utf16(&units).ok()
}

/// Follows the text operators of a content stream: the font in use, the texts that are shown, and the marks that say which
/// text some glyphs stand for.
fn drawn(stream: &[u8], maps: &BTreeMap<Vec<u8>, Map>) -> String {
    let mut out = String::new();
    let mut font: Option<&Map> = None;
    let mut operands: Vec<Value> = Vec::new();
    // For each open mark, whether its glyphs stand for a text that was read already.
    let mut marks: Vec<bool> = Vec::new();
    let mut reader = Reader::new(stream, 0);
    while let Some(token) = reader.token() {
        let Token::Operator(operator) = token else {
            operands.extend(token.operand());
            continue;
        };
        match operator {
            b"Tf" => font = operands.iter().find_map(|value| value.as_name().and_then(|name| maps.get(name))),
            b"BDC" | b"BMC" => {
                let covered = marks.contains(&true);
                let text = operands.iter().find_map(|value| value.get("ActualText")).and_then(stands_for);
                marks.push(text.is_some());
                out.extend(text.filter(|_| !covered));
            }
            b"EMC" => drop(marks.pop()),
            b"TJ" | b"Tj" if marks.contains(&true) => {}
            b"TJ" | b"Tj" => operands.iter().flat_map(texts).for_each(|text| read_codes(text, font, &mut out)),
            _ => {}
        }
        operands.clear();
    }
    out
}

/// The text of a mark: UTF-16 behind its sign, or plain ASCII.
fn stands_for(value: &Value) -> Option<String> {
    let Value::Text(text) = value else { return None };
    let bytes = plain_bytes(text);
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(units) => utf16(&hex::encode(units)),
        None => String::from_utf8(bytes).ok(),
    }
}

fn texts(value: &Value) -> Vec<&[u8]> {
    match value {
        Value::Text(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

fn read_codes(text: &[u8], font: Option<&Map>, out: &mut String) {
    let Some(map) = font else { return };
    for pair in plain_bytes(text).chunks_exact(2) {
        let Ok(pair) = <[u8; 2]>::try_from(pair) else { continue };
        if let Some(text) = map.get(&u16::from_be_bytes(pair)) {
            out.push_str(text);
        }
    }
}

/// The bytes that a text in brackets stands for.
fn plain_bytes(text: &[u8]) -> Vec<u8> {
    let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
    if text.starts_with(b"<") {
        return hex::decode(inner).unwrap_or_default();
    }
    let mut out = Vec::new();
    let mut rest = inner;
    while let Some((byte, tail)) = rest.split_first() {
        let (value, tail) = if *byte == b'\\' { escaped(tail) } else { (Some(*byte), tail) };
        out.extend(value);
        rest = tail;
    }
    out
}

/// What follows a backslash: three octal digits or one letter.
fn escaped(text: &[u8]) -> (Option<u8>, &[u8]) {
    let octal = text.first_chunk::<3>().and_then(|digits| std::str::from_utf8(digits).ok());
    if let Some(value) = octal.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
        return (Some(value), text.get(3..).unwrap_or_default());
    }
    let Some((letter, tail)) = text.split_first() else { return (None, text) };
    let value = match letter {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'f' => 12,
        other => *other,
    };
    (Some(value), tail)
}
