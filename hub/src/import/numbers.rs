//! Which sign stands before a fraction in a file, found out from all of its numbers. What they do not tell is asked.

/// What one number tells: the sign of its fraction, nothing, or that it could be read in two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tells {
    Sign(char),
    Nothing,
    Unclear,
}

fn tells(text: &str) -> Tells {
    let signs: Vec<char> = text.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let after = text.rsplit(['.', ',']).next().map_or(0, |rest| rest.chars().filter(char::is_ascii_digit).count());
    let other = |sign: char| if sign == '.' { ',' } else { '.' };
    match signs.as_slice() {
        [] => Tells::Nothing,
        [_] if after == 3 => Tells::Unclear,
        [sign] => Tells::Sign(*sign),
        [first, .., last] if first == last => Tells::Sign(other(*first)),
        [.., last] => Tells::Sign(*last),
    }
}

/// The sign before the fraction in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FractionSign {
    /// This one.
    Is(char),
    /// Numbers such as `1,234` can be read in two ways, and nothing in the file tells which.
    Unclear,
}

/// What the numbers of a file tell together. Numbers that contradict each other are read with a point; those that do
/// not fit are findings of their own.
pub(super) fn sign<'a>(numbers: impl Iterator<Item = &'a str>) -> FractionSign {
    let (mut point, mut comma, mut unclear) = (false, false, false);
    for number in numbers {
        match tells(number) {
            Tells::Sign('.') => point = true,
            Tells::Sign(_) => comma = true,
            Tells::Unclear => unclear = true,
            Tells::Nothing => {}
        }
    }
    match (point, comma, unclear) {
        (false, true, _) => FractionSign::Is(','),
        (false, false, true) => FractionSign::Unclear,
        _ => FractionSign::Is('.'),
    }
}

/// Whether one number can be read in two ways.
pub(super) fn is_unclear(text: &str) -> bool {
    tells(text) == Tells::Unclear
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_file_tell_the_sign_together() {
        let rows: &[(&[&str], FractionSign)] = &[
            (&["1204.5", "3"], FractionSign::Is('.')),
            (&["1.204,5"], FractionSign::Is(',')),
            (&["1,204", "3.5"], FractionSign::Is('.')),
            (&["1,204", "3,5"], FractionSign::Is(',')),
            (&["1.234.567"], FractionSign::Is(',')),
            (&["1,204", "12"], FractionSign::Unclear),
            (&["12"], FractionSign::Is('.')),
            (&["1,5", "1.5"], FractionSign::Is('.')),
        ];
        for (numbers, want) in rows {
            assert_eq!(sign(numbers.iter().copied()), *want, "{numbers:?}");
        }
    }
}
