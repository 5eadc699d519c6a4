//! Splits an expression into tokens.
//!
//! After an operand, `*`, `and`, `or`, `div` and `mod` are operators; anywhere else they are names (XPath 1.0, 3.7).

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token {
    Number(f64),
    Text(String),
    /// A name with its prefix, if it has one.
    Name(Option<String>, String),
    /// `prefix:*`
    SpaceStar(String),
    /// A name test `*`.
    Star,
    /// Operators and punctuation, as written.
    Mark(&'static str),
}

const MARKS: [&str; 22] = [
    "!=", "<=", ">=", "//", "..", "::", "(", ")", "[", "]", ".", "@", ",", "/", "|", "+", "-", "=", "<", ">", "$", ":",
];
const WORD_OPERATORS: [&str; 4] = ["and", "or", "div", "mod"];

/// Splits a text. The error says what could not be read.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found: Vec<Token> = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (token, after) = next(rest, found.last().is_some_and(ends_operand))?;
        found.push(token);
        rest = after.trim_start();
    }
    Ok(found)
}

fn ends_operand(token: &Token) -> bool {
    match token {
        Token::Number(_) | Token::Text(_) | Token::Name(..) | Token::SpaceStar(_) | Token::Star => true,
        Token::Mark(mark) => matches!(*mark, ")" | "]" | "." | ".."),
    }
}

fn next(rest: &str, after_operand: bool) -> Result<(Token, &str), String> {
    let first = rest.chars().next().unwrap_or_default();
    if first == '"' || first == '\'' {
        return literal(rest, first);
    }
    if first.is_ascii_digit() || (first == '.' && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit())) {
        return number(rest);
    }
    if after_operand && let Some(found) = operator(rest) {
        return Ok(found);
    }
    if let Some(after) = rest.strip_prefix('*') {
        return Ok((Token::Star, after));
    }
    if starts_name(first) {
        return Ok(name(rest));
    }
    MARKS
        .iter()
        .find_map(|mark| rest.strip_prefix(mark).map(|after| (Token::Mark(mark), after)))
        .ok_or_else(|| format!("unexpected {first:?}"))
}

fn operator(rest: &str) -> Option<(Token, &str)> {
    if let Some(after) = rest.strip_prefix('*') {
        return Some((Token::Mark("*"), after));
    }
    WORD_OPERATORS.iter().find_map(|word| rest.strip_prefix(word).map(|after| (Token::Mark(word), after)))
}

fn literal(rest: &str, quote: char) -> Result<(Token, &str), String> {
    let inside = rest.strip_prefix(quote).unwrap_or_default();
    let (text, after) = inside.split_once(quote).ok_or_else(|| "a text without its closing quote".to_owned())?;
    Ok((Token::Text(text.to_owned()), after))
}

fn number(rest: &str) -> Result<(Token, &str), String> {
    let mut dots = 0;
    let end = rest
        .find(|c: char| {
            dots += usize::from(c == '.');
            !(c.is_ascii_digit() || (c == '.' && dots == 1))
        })
        .unwrap_or(rest.len());
    let (digits, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let value = digits.parse().map_err(|_| format!("{digits:?} is not a number"))?;
    Ok((Token::Number(value), after))
}

fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn continues_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{b7}')
}

fn plain_name(rest: &str) -> (&str, &str) {
    let end = rest.find(|c: char| !continues_name(c)).unwrap_or(rest.len());
    rest.split_at_checked(end).unwrap_or((rest, ""))
}

fn name(rest: &str) -> (Token, &str) {
    let (first, after) = plain_name(rest);
    let plain = (Token::Name(None, first.to_owned()), after);
    let Some(local) = after.strip_prefix(':').filter(|local| !local.starts_with(':')) else { return plain };
    if let Some(after) = local.strip_prefix('*') {
        return (Token::SpaceStar(first.to_owned()), after);
    }
    if !local.starts_with(starts_name) {
        return plain;
    }
    let (second, after) = plain_name(local);
    (Token::Name(Some(first.to_owned()), second.to_owned()), after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<Token> {
        tokens(text).unwrap()
    }

    #[test]
    fn words_are_operators_only_after_an_operand() {
        assert_eq!(marks("div div div").len(), 3);
        assert_eq!(marks("div div div")[1], Token::Mark("div"));
        assert_eq!(marks("1and1"), vec![Token::Number(1.0), Token::Mark("and"), Token::Number(1.0)]);
        assert_eq!(marks("* * *")[1], Token::Mark("*"));
        assert_eq!(marks("/data/a-b")[3], Token::Name(None, "a-b".to_owned()));
    }

    #[test]
    fn names_carry_their_prefix_but_axes_do_not() {
        assert_eq!(marks("jr:itext")[0], Token::Name(Some("jr".to_owned()), "itext".to_owned()));
        assert_eq!(marks("self::node()")[1], Token::Mark("::"));
        assert_eq!(marks("h:*")[0], Token::SpaceStar("h".to_owned()));
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        for text in ["'open", "#", "1 ~ 2"] {
            assert!(tokens(text).is_err(), "{text}");
        }
    }
}
