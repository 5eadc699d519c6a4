//! How much memory a JSON text takes once it is read, looked at before it is read: three bytes (`[],`) become thirty, six
//! (`{"":0}`) some six hundred. Whoever takes JSON from outside sets a limit to this as to its length.

/// A value beside others in a list or an object.
const VALUE: usize = 48;
/// An object with one to eleven fields: a leaf of the tree that they are kept in.
const OBJECT: usize = 640;

/// At least the bytes that the values of this text take in memory, without the text itself. For a text that is no JSON it
/// says anything.
pub fn parsed_bytes(json: &[u8]) -> usize {
    let (mut bytes, mut in_text, mut is_escaped) = (VALUE, false, false);
    for byte in json {
        match (in_text, byte) {
            (true, _) if is_escaped => is_escaped = false,
            (true, b'\\') => is_escaped = true,
            (_, b'"') => in_text = !in_text,
            (false, b'{') => bytes += OBJECT,
            (false, b'[' | b',') => bytes += VALUE,
            _ => {}
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_count_and_texts_do_not() {
        let rows: [(&str, usize); 6] = [
            ("1", VALUE),
            (r#""[,{,[\",,{""#, VALUE),
            ("[1,2,3]", 4 * VALUE),
            ("[[],[],[]]", 7 * VALUE),
            (r#"{"a":{"b":1},"c":2}"#, 2 * VALUE + 2 * OBJECT),
            (r#"{"a\\":[1]}"#, 2 * VALUE + OBJECT),
        ];
        for (json, bytes) in rows {
            assert_eq!(parsed_bytes(json.as_bytes()), bytes, "{json}");
        }
    }
}
