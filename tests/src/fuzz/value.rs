//! Changes of JSON that leave it JSON: what reads fields comes further with these than with changed bytes.

use serde_json::{Value, json};

use crate::chance::Chance;

/// One to three changes of a value somewhere inside.
pub fn change_value(value: &mut Value, chance: &mut Chance) {
    for _ in 0..=chance.below(3) {
        let count = nodes(value);
        let donor = chance.below(count);
        let donor = node(value, &mut { donor }).cloned().unwrap_or(Value::Null);
        let mut at = chance.below(count);
        if let Some(place) = node(value, &mut at) {
            change(place, donor, chance);
        }
    }
}

/// The same of a text that holds JSON; text that holds none stays.
pub fn change_text(text: &str, chance: &mut Chance) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
    change_value(&mut value, chance);
    value.to_string()
}

fn nodes(value: &Value) -> u64 {
    1 + match value {
        Value::Array(items) => items.iter().map(nodes).sum(),
        Value::Object(fields) => fields.values().map(nodes).sum(),
        _ => 0,
    }
}

/// The node with this number, in the order of reading.
fn node<'a>(value: &'a mut Value, left: &mut u64) -> Option<&'a mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| node(item, left)),
        Value::Object(fields) => fields.values_mut().find_map(|field| node(field, left)),
        _ => None,
    }
}

fn change(place: &mut Value, donor: Value, chance: &mut Chance) {
    match (place, chance.below(8)) {
        (Value::Object(fields), 0..=2) if !fields.is_empty() => {
            let at = chance.below(fields.len() as u64) as usize;
            if let Some(name) = fields.keys().nth(at).cloned() {
                let taken = fields.remove(&name).unwrap_or(Value::Null);
                if chance.below(2) == 0 {
                    fields.insert(odd_text(&name, chance), taken);
                }
            }
        }
        (Value::Array(items), 0..=2) if !items.is_empty() => {
            let at = chance.below(items.len() as u64) as usize;
            let item = items[at].clone();
            items.extend(std::iter::repeat_n(item, 1 << chance.below(6)));
        }
        (Value::String(text), 0..=4) => *text = odd_text(text, chance),
        (place, 0..=5) => *place = odd_value(chance),
        (place, _) => *place = donor,
    }
}

fn odd_value(chance: &mut Chance) -> Value {
    let deep = |depth: u64| (0..depth).fold(Value::Null, |inner, _| json!([inner]));
    match chance.below(14) {
        0 => Value::Null,
        1 => json!(0),
        2 => json!(-1),
        3 => json!(u64::MAX),
        4 => json!(i64::MIN),
        5 => json!(9_007_199_254_740_991i64),
        6 => json!(1.5e300),
        7 => json!(""),
        8 => json!({}),
        9 => json!([]),
        10 => json!(true),
        11 => deep(1 + chance.below(90)),
        12 => json!("\u{202e}\u{0}é../../🔧"),
        _ => json!(chance.draw() as i64 >> chance.below(60)),
    }
}

fn odd_text(text: &str, chance: &mut Chance) -> String {
    match chance.below(9) {
        0 => String::new(),
        1 => text.repeat(1 << chance.below(8)),
        2 => text.chars().rev().collect(),
        3 => format!("{text}\u{0}"),
        4 => "A".repeat(1 << chance.below(17)),
        5 => ["-1", "99999999999999999999999999999999", "1e9999", "0.000000000000000000000000001", "١٢"]
            [chance.below(5) as usize]
            .to_owned(),
        6 => text.to_uppercase(),
        7 => text.chars().skip(1).collect(),
        _ => {
            let at = chance.below(text.chars().count() as u64 + 1) as usize;
            let mut letters: Vec<char> = text.chars().collect();
            letters.insert(at, char::from(chance.below(128) as u8));
            letters.into_iter().collect()
        }
    }
}
