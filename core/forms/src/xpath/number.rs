//! Reading and printing numbers.
//!
//! Prints as JavaRosa does where it matters to an answer: whole numbers without a point, never with an exponent.

/// Below this distance from a whole number, a number is printed whole (JavaRosa's figure).
const WHOLE: f64 = 1.0e-12;

/// Reads a decimal number: digits with at most one point, a minus in front, space around. An exponent is taken too,
/// since other engines write one into records. `None` for anything else.
pub(crate) fn read(text: &str) -> Option<f64> {
    let text = text.trim();
    let first = text.trim_start_matches('-').chars().next()?;
    if !(first.is_ascii_digit() || first == '.') || text.starts_with("--") {
        return None;
    }
    text.parse().ok()
}

/// Prints a number.
pub(crate) fn print(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let whole = value.round();
    if (value - whole).abs() < WHOLE {
        // Adding zero turns minus zero into zero.
        return format!("{}", whole + 0.0);
    }
    format!("{value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_a_person_writes_them() {
        let rows = [
            (1.0, "1"),
            (-0.0, "0"),
            (0.5, "0.5"),
            (1e21, "1000000000000000000000"),
            (1e-7, "0.0000001"),
            (2.9999999999999996, "3"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (value, text) in rows {
            assert_eq!(print(value), text);
        }
    }

    #[test]
    fn only_numbers_are_read() {
        for (text, value) in [(" 1.50 ", Some(1.5)), (".5", Some(0.5)), ("5.", Some(5.0)), ("-3", Some(-3.0))] {
            assert_eq!(read(text), value, "{text}");
        }
        for text in ["", " ", "inf", "NaN", "1a", "--1", "+1", " . "] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
