//! Functions about numbers.

use crate::xpath::ast::Expr;
use crate::xpath::evaluate::{At, evaluate};
use crate::xpath::functions::{nodes_of, number_of, texts_of};
use crate::xpath::table::Function;
use crate::xpath::text::numeric_mix;
use crate::xpath::value::{NodeRef, Value, string_value, text_number};

/// The value of a call, or `None` when the function is not about numbers.
pub(crate) fn call(function: Function, arguments: &[Expr], at: At<'_>) -> Option<Value> {
    let first = |apply: fn(f64) -> f64| apply(number_of(arguments, 0, at));
    let number = match function {
        Function::Number if arguments.is_empty() => text_number(&string_value(at.world, at.node), at.world),
        Function::Number => first(|value| value),
        Function::Sum => sum(arguments, at),
        Function::Floor => first(f64::floor),
        Function::Ceiling => first(f64::ceil),
        Function::Round => round(arguments, at),
        Function::Int => first(f64::trunc),
        Function::Abs => first(f64::abs),
        Function::Pow => number_of(arguments, 0, at).powf(number_of(arguments, 1, at)),
        Function::Sqrt => first(f64::sqrt),
        Function::Exp => first(f64::exp),
        Function::Exp10 => first(|value| 10f64.powf(value)),
        Function::Log => first(f64::ln),
        Function::Log10 => first(f64::log10),
        Function::Sin => first(f64::sin),
        Function::Cos => first(f64::cos),
        Function::Tan => first(f64::tan),
        Function::Asin => first(f64::asin),
        Function::Acos => first(f64::acos),
        Function::Atan => first(f64::atan),
        Function::Atan2 => number_of(arguments, 0, at).atan2(number_of(arguments, 1, at)),
        Function::Pi => std::f64::consts::PI,
        Function::Min => extreme(arguments, at, f64::min),
        Function::Max => extreme(arguments, at, f64::max),
        // 53 bits of chance, the most that a number below 1 can hold evenly.
        Function::Random => (at.world.chance(at.current) >> 11) as f64 / (1u64 << 53) as f64,
        Function::Randomize => return Some(Value::Nodes(randomize(arguments, at))),
        _ => return None,
    };
    Some(Value::Number(number))
}

/// Blank answers do not count (design section 7); anything else that is no number makes the sum no number.
fn sum(arguments: &[Expr], at: At<'_>) -> f64 {
    let texts = nodes_of(arguments, 0, at).into_iter().map(|node| string_value(at.world, node));
    texts.filter(|text| !text.is_empty()).map(|text| text_number(&text, at.world)).sum()
}

fn extreme(arguments: &[Expr], at: At<'_>, better: fn(f64, f64) -> f64) -> f64 {
    let numbers: Vec<f64> = texts_of(arguments, at).iter().map(|text| text_number(text, at.world)).collect();
    // `f64::min` and `max` would skip what is not a number.
    if numbers.iter().any(|number| number.is_nan()) {
        return f64::NAN;
    }
    numbers.into_iter().reduce(better).unwrap_or(f64::NAN)
}

/// XPath's rounding: halves go up.
pub(crate) fn round_half_up(value: f64) -> f64 {
    (value + 0.5).floor()
}

/// `round(number, places)`: halves go away from zero. Decimal places are cut in decimal, or 2.15 would round down.
fn round(arguments: &[Expr], at: At<'_>) -> f64 {
    let value = number_of(arguments, 0, at);
    let places = if arguments.len() > 1 { number_of(arguments, 1, at) } else { 0.0 };
    if !value.is_finite() || !places.is_finite() {
        return f64::NAN;
    }
    if places <= 0.0 {
        let unit = 10f64.powi((-places).min(300.0) as i32);
        return (value / unit).round() * unit + 0.0;
    }
    let shown: Result<rust_decimal::Decimal, _> = format!("{value}").parse();
    let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    match shown {
        // 28 digits is all that a decimal holds.
        Ok(decimal) => {
            let rounded = decimal.round_dp_with_strategy(places.min(28.0) as u32, strategy);
            rounded.to_string().parse().unwrap_or(value)
        }
        Err(_) => value,
    }
}

/// Shuffles nodes; with a seed in the order that every ODK engine gives (Park-Miller, Fisher-Yates inside out).
fn randomize(arguments: &[Expr], at: At<'_>) -> Vec<NodeRef> {
    let nodes = nodes_of(arguments, 0, at);
    let seed = match arguments.get(1) {
        Some(expr) => match evaluate(expr, at).number(at.world) {
            seed if seed.is_finite() => (seed as i64).rem_euclid(2_147_483_647),
            _ => 0,
        },
        None => (numeric_mix(at.world.chance(at.current)) % 2_147_483_647) as i64,
    };
    let mut state = if seed <= 0 { seed + 2_147_483_646 } else { seed };
    let mut shuffled: Vec<NodeRef> = Vec::with_capacity(nodes.len());
    for (place, node) in nodes.into_iter().enumerate() {
        state = state * 16_807 % 2_147_483_647;
        let chance = (state - 1) as f64 / 2_147_483_646.0;
        shuffled.push(node);
        shuffled.swap(place, (chance * (place as f64 + 1.0)) as usize);
    }
    shuffled
}
