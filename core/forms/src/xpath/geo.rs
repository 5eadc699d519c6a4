//! Distances and areas on the globe, with the figures that JavaRosa uses.

use crate::xpath::ast::Expr;
use crate::xpath::evaluate::At;
use crate::xpath::functions::{text_of, texts_of};
use crate::xpath::table::Function;
use crate::xpath::value::Value;

/// Equatorial radius of the earth in metres (JavaRosa's figure).
const RADIUS: f64 = 6_378_100.0;

/// The value of a call, or `None` when the function is not about places.
pub(crate) fn call(function: Function, arguments: &[Expr], at: At<'_>) -> Option<Value> {
    Some(match function {
        Function::Area => {
            let trace = texts_of(arguments, at).join(";");
            Value::Number(points(&trace).map_or(0.0, |trace| area(&trace)))
        }
        Function::Distance => {
            let trace = texts_of(arguments, at).join(";");
            Value::Number(points(&trace).map_or(f64::NAN, |trace| length(&trace)))
        }
        Function::Geofence => {
            let (point, shape) = (points(&text_of(arguments, 0, at)), points(&text_of(arguments, 1, at)));
            Value::Boolean(matches!((point, shape), (Some(point), Some(shape)) if inside(&point, &shape)))
        }
        _ => return None,
    })
}

/// Reads `latitude longitude [altitude [accuracy]]; …` in degrees, given in radians. `None` when a point is wrong.
fn points(text: &str) -> Option<Vec<(f64, f64)>> {
    let mut found = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let numbers: Option<Vec<f64>> = part.split_whitespace().map(|number| number.parse().ok()).collect();
        let numbers = numbers?;
        let (latitude, longitude) = (*numbers.first()?, *numbers.get(1)?);
        if latitude.abs() > 90.0 || longitude.abs() > 180.0 {
            return None;
        }
        found.push((latitude.to_radians(), longitude.to_radians()));
    }
    (!found.is_empty()).then_some(found)
}

fn to_centimetres(metres: f64) -> f64 {
    (metres * 100.0).round() / 100.0
}

fn pairs(trace: &[(f64, f64)]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> + '_ {
    trace.iter().copied().zip(trace.iter().copied().skip(1))
}

fn length(trace: &[(f64, f64)]) -> f64 {
    let arc = |((latitude, longitude), (to_latitude, to_longitude)): ((f64, f64), (f64, f64))| {
        let across =
            latitude.sin() * to_latitude.sin() + latitude.cos() * to_latitude.cos() * (to_longitude - longitude).cos();
        across.clamp(-1.0, 1.0).acos() * RADIUS
    };
    to_centimetres(pairs(trace).map(arc).sum())
}

fn area(trace: &[(f64, f64)]) -> f64 {
    let mut closed = trace.to_vec();
    if closed.len() < 3 {
        return 0.0;
    }
    if closed.first() != closed.last() {
        closed.extend(trace.first().copied());
    }
    let slice = |((latitude, longitude), (to_latitude, to_longitude)): ((f64, f64), (f64, f64))| {
        (to_longitude - longitude) * (2.0 + latitude.sin() + to_latitude.sin())
    };
    to_centimetres((pairs(&closed).map(slice).sum::<f64>() * RADIUS * RADIUS / 2.0).abs())
}

/// Whether a point lies in a closed shape: a ray crosses its border an odd number of times.
fn inside(point: &[(f64, f64)], shape: &[(f64, f64)]) -> bool {
    let Some((y, x)) = point.first().copied() else { return false };
    let crossings =
        pairs(shape).filter(|((y1, x1), (y2, x2))| (*y1 > y) != (*y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1);
    crossings.count() % 2 == 1
}
