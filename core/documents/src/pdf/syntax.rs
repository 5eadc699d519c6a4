//! Values and indirect objects. Tokens keep their exact text, so that writing a value again gives the bytes it had.

use super::NotOurs;

/// Nesting beyond this is refused: our files come nowhere near it, and the reader recurses.
const DEEPEST: usize = 16;

/// A direct value. Numbers, texts and words keep the bytes they were written with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A number, `true`, `false` or `null`.
    Word(Vec<u8>),
    /// A name without its slash.
    Name(Vec<u8>),
    /// A text with its brackets.
    Text(Vec<u8>),
    /// `[…]`
    Array(Vec<Value>),
    /// `<<…>>` in its order.
    Dictionary(Vec<(Vec<u8>, Value)>),
    /// `12 0 R`
    Reference(u32),
}

impl Value {
    pub(crate) fn name(text: &str) -> Value {
        Value::Name(text.as_bytes().to_vec())
    }

    pub(crate) fn number(value: usize) -> Value {
        Value::Word(value.to_string().into_bytes())
    }

    /// A text of plain ASCII without brackets or backslashes.
    pub(crate) fn text(text: &str) -> Value {
        Value::Text([b"(", text.as_bytes(), b")"].concat())
    }

    pub(crate) fn dictionary(entries: Vec<(&str, Value)>) -> Value {
        Value::Dictionary(entries.into_iter().map(|(key, value)| (key.as_bytes().to_vec(), value)).collect())
    }

    /// The entry of a dictionary.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        let Value::Dictionary(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key.as_bytes()).map(|(_, value)| value)
    }

    pub(crate) fn is_name(&self, name: &str) -> bool {
        matches!(self, Value::Name(bytes) if bytes == name.as_bytes())
    }

    pub(crate) fn as_name(&self) -> Option<&[u8]> {
        if let Value::Name(name) = self { Some(name) } else { None }
    }

    pub(crate) fn reference(&self) -> Option<u32> {
        if let Value::Reference(number) = self { Some(*number) } else { None }
    }

    pub(crate) fn array(&self) -> Option<&[Value]> {
        if let Value::Array(items) = self { Some(items) } else { None }
    }

    pub(crate) fn count(&self) -> Option<usize> {
        let Value::Word(word) = self else { return None };
        std::str::from_utf8(word).ok()?.parse().ok()
    }

    /// This value with every reference renamed.
    pub(crate) fn renumbered(&self, rename: &dyn Fn(u32) -> u32) -> Value {
        match self {
            Value::Array(items) => Value::Array(items.iter().map(|item| item.renumbered(rename)).collect()),
            Value::Dictionary(entries) => {
                Value::Dictionary(entries.iter().map(|(key, value)| (key.clone(), value.renumbered(rename))).collect())
            }
            Value::Reference(number) => Value::Reference(rename(*number)),
            other => other.clone(),
        }
    }

    /// Appends the value as the PDF writer writes it: no space where none is needed.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Value::Word(word) => out.extend_from_slice(word),
            Value::Name(name) => out.extend([b"/".as_slice(), name].concat()),
            Value::Text(text) => out.extend_from_slice(text),
            Value::Reference(number) => out.extend_from_slice(format!("{number} 0 R").as_bytes()),
            Value::Array(items) => {
                out.push(b'[');
                write_spaced(items.iter(), out);
                out.push(b']');
            }
            Value::Dictionary(entries) => {
                out.extend_from_slice(b"<<");
                for (key, value) in entries {
                    out.push(b'/');
                    out.extend_from_slice(key);
                    write_spaced(std::iter::once(value), out);
                }
                out.extend_from_slice(b">>");
            }
        }
    }

    /// Whether the value begins with a letter or digit, so that it needs a space after another such.
    fn begins_word(&self) -> bool {
        matches!(self, Value::Word(_) | Value::Reference(_))
    }
}

fn write_spaced<'v>(values: impl Iterator<Item = &'v Value>, out: &mut Vec<u8>) {
    for value in values {
        let after_word = out.last().is_some_and(u8::is_ascii_alphanumeric) || out.ends_with(b".");
        if after_word && value.begins_word() {
            out.push(b' ');
        }
        value.write(out);
    }
}

/// `12 0 obj … endobj` with its stream, if it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Object<'b> {
    pub value: Value,
    pub stream: Option<&'b [u8]>,
}

impl Object<'_> {
    /// Appends the object under this number.
    pub(crate) fn write(&self, number: u32, out: &mut Vec<u8>) {
        out.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        self.value.write(out);
        if let Some(stream) = self.stream {
            out.extend_from_slice(b"\nstream\n");
            out.extend_from_slice(stream);
            out.extend_from_slice(b"\nendstream");
        }
        out.extend_from_slice(b"\nendobj\n");
    }
}

/// A token of a content stream.
pub(crate) enum Token<'b> {
    Operand(Value),
    Operator(&'b [u8]),
}

impl Token<'_> {
    pub(crate) fn operand(self) -> Option<Value> {
        if let Token::Operand(value) = self { Some(value) } else { None }
    }
}

/// Reads tokens, values and objects from bytes.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8], at: usize) -> Reader<'b> {
        Reader { bytes, at }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    pub(crate) fn fail<T>(&self, what: &'static str) -> Result<T, NotOurs> {
        Err(NotOurs { what, at: self.at })
    }

    pub(crate) fn rest(&self) -> &'b [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Takes these very bytes.
    pub(crate) fn expect(&mut self, wanted: &[u8], what: &'static str) -> Result<(), NotOurs> {
        if !self.rest().starts_with(wanted) {
            return self.fail(what);
        }
        self.at += wanted.len();
        Ok(())
    }

    pub(crate) fn take(&mut self, count: usize, what: &'static str) -> Result<&'b [u8], NotOurs> {
        let Some(taken) = self.rest().get(..count) else { return self.fail(what) };
        self.at += count;
        Ok(taken)
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte == b' ') {
            self.at += 1;
        }
    }

    fn while_byte(&mut self, keep: impl Fn(u8) -> bool) -> &'b [u8] {
        let length = self.rest().iter().position(|byte| !keep(*byte)).unwrap_or(self.rest().len());
        let taken = self.rest().get(..length).unwrap_or_default();
        self.at += length;
        taken
    }

    /// A whole number in plain digits, without leading zeros.
    pub(crate) fn number(&mut self, what: &'static str) -> Result<usize, NotOurs> {
        let digits = self.while_byte(|byte| byte.is_ascii_digit());
        let text = std::str::from_utf8(digits).unwrap_or_default();
        let plain = !text.is_empty() && (text.len() == 1 || !text.starts_with('0'));
        match text.parse() {
            Ok(number) if plain => Ok(number),
            _ => self.fail(what),
        }
    }

    /// A direct value.
    pub(crate) fn value(&mut self) -> Result<Value, NotOurs> {
        self.value_at(0)
    }

    fn value_at(&mut self, depth: usize) -> Result<Value, NotOurs> {
        self.skip_space();
        if depth > DEEPEST {
            return self.fail("values are nested too deep");
        }
        match self.peek() {
            Some(b'/') => Ok(Value::Name(self.name()?)),
            Some(b'(') => self.bracketed_text(),
            Some(b'[') => self.array(depth),
            Some(b'<') if self.rest().starts_with(b"<<") => self.dictionary(depth),
            Some(b'<') => self.hexadecimal_text(),
            Some(byte) if byte.is_ascii_digit() => Ok(self.try_reference().unwrap_or_else(|| self.word())),
            Some(byte) if byte == b'-' || byte == b'.' || byte.is_ascii_lowercase() => Ok(self.word()),
            _ => self.fail("a value is expected"),
        }
    }

    fn word(&mut self) -> Value {
        Value::Word(self.while_byte(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-').to_vec())
    }

    fn name(&mut self) -> Result<Vec<u8>, NotOurs> {
        self.expect(b"/", "a name is expected")?;
        Ok(self.while_byte(|byte| byte.is_ascii_alphanumeric() || b"-_.+#*".contains(&byte)).to_vec())
    }

    fn try_reference(&mut self) -> Option<Value> {
        let mut ahead = self.clone();
        let number = ahead.number("").ok()?;
        ahead.expect(b" 0 R", "").ok()?;
        self.at = ahead.at;
        u32::try_from(number).ok().map(Value::Reference)
    }

    fn bracketed_text(&mut self) -> Result<Value, NotOurs> {
        let start = self.at;
        let mut open = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            match byte {
                b'(' => open += 1,
                b')' => open = open.saturating_sub(1),
                _ => {}
            }
            if open == 0 {
                return Ok(Value::Text(self.bytes.get(start..self.at).unwrap_or_default().to_vec()));
            }
        }
        self.fail("a text does not end")
    }

    fn hexadecimal_text(&mut self) -> Result<Value, NotOurs> {
        let start = self.at;
        self.at += 1;
        self.while_byte(|byte| byte.is_ascii_hexdigit());
        self.expect(b">", "a text does not end")?;
        Ok(Value::Text(self.bytes.get(start..self.at).unwrap_or_default().to_vec()))
    }

    fn array(&mut self, depth: usize) -> Result<Value, NotOurs> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Value::Array(items));
            }
            items.push(self.value_at(depth + 1)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Result<Value, NotOurs> {
        self.at += 2;
        let mut entries: Vec<(Vec<u8>, Value)> = Vec::new();
        while !self.rest().starts_with(b">>") {
            let key = self.name()?;
            if entries.iter().any(|(name, _)| *name == key) {
                return self.fail("a key stands twice");
            }
            let value = self.value_at(depth + 1)?;
            entries.push((key, value));
        }
        self.at += 2;
        Ok(Value::Dictionary(entries))
    }

    /// The next token of a content stream; nothing at its end or where it cannot be read.
    pub(crate) fn token(&mut self) -> Option<Token<'b>> {
        self.while_byte(|byte| byte.is_ascii_whitespace());
        let first = self.peek()?;
        if first.is_ascii_alphabetic() || b"'\"".contains(&first) {
            return Some(Token::Operator(
                self.while_byte(|byte| byte.is_ascii_alphanumeric() || b"*'\"".contains(&byte)),
            ));
        }
        // No references in content streams: `0 0 RG` is two numbers and an operator.
        let number = first.is_ascii_digit();
        let value = if number { self.word() } else { self.value().ok()? };
        Some(Token::Operand(value))
    }

    /// An object in the one way in which they are written; gives its number.
    pub(crate) fn object(&mut self) -> Result<(u32, Object<'b>), NotOurs> {
        let number = self.number("an object's number is expected")?;
        let Ok(number) = u32::try_from(number) else { return self.fail("an object's number is too large") };
        self.expect(b" 0 obj\n", "an object is expected")?;
        let value = self.value()?;
        let mut stream = None;
        if self.rest().starts_with(b"\nstream\n") {
            self.expect(b"\nstream\n", "a stream is expected")?;
            let Some(length) = value.get("Length").and_then(Value::count) else {
                return self.fail("a stream without its length");
            };
            stream = Some(self.take(length, "a stream is cut off")?);
            self.expect(b"\nendstream", "a stream does not end where it should")?;
        }
        self.expect(b"\nendobj\n", "an object does not end where it should")?;
        Ok((number, Object { value, stream }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_again_as_it_was() {
        let samples = [
            "<</Type/Font/W[0 0 1000 1 1 749.5]/A(te\\)xt(x))/B<0AfF>/C true/D<</E 5 0 R/F[6 0 R/G 7 0 R]>>>>",
            "[-1.5 .5 null false/a#20b(x)(y)]",
            "<<>>",
        ];
        for sample in samples {
            let mut reader = Reader::new(sample.as_bytes(), 0);
            let value = reader.value().unwrap();
            assert!(reader.rest().is_empty());
            let mut out = Vec::new();
            value.write(&mut out);
            assert_eq!(String::from_utf8(out).unwrap(), sample);
        }
    }

    #[test]
    fn damaged_values_are_errors_and_never_a_stop() {
        let deep = "[".repeat(5_000);
        for bad in ["", "<<", "<</A", "<</A 1/A 2>>", "(abc", "(abc\\", "<12", "[1 2", "}", "/A<<", &deep] {
            let mut reader = Reader::new(bad.as_bytes(), 0);
            assert!(reader.value().is_err() || !reader.rest().is_empty(), "{bad}");
        }
    }
}
