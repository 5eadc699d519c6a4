//! The last line of a voucher: the device's signature over every byte before it, in one strict form.

use countersign_model::Id;
use countersign_model::trust::PublicKey;

const BEGIN: &[u8] = b"%countersign/1 device=";
const KEY: &[u8] = b" key=";
const SIGNATURE: &[u8] = b" sig=";
/// The whole line with its end: 22 + 36 + 5 + 66 + 5 + 128 + 1 bytes. Readers of PDF accept up to 500 after the end.
pub(crate) const LENGTH: usize = 263;

/// What the last line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LastLine {
    pub device: Id,
    pub key: PublicKey,
    pub signature: String,
}

/// Why there is no last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineProblem {
    /// Nothing at the end begins like one.
    Missing,
    /// It is not in its one form.
    Malformed,
}

impl LastLine {
    /// The line with its end.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let device = self.device.to_string();
        let parts =
            [BEGIN, device.as_bytes(), KEY, self.key.as_hex().as_bytes(), SIGNATURE, self.signature.as_bytes(), b"\n"];
        parts.concat()
    }

    /// Splits a file into what is signed and the line. The line must be the very bytes that writing it again gives.
    pub(crate) fn split(file: &[u8]) -> Result<(&[u8], LastLine), LineProblem> {
        let body_end =
            file.iter().rev().skip(1).position(|byte| *byte == b'\n').map_or(0, |back| file.len() - 1 - back);
        let (body, line) = file.split_at_checked(body_end).ok_or(LineProblem::Missing)?;
        if !line.starts_with(BEGIN) {
            return Err(LineProblem::Missing);
        }
        let parsed = LastLine::parse(line).ok_or(LineProblem::Malformed)?;
        if line.len() != LENGTH || parsed.to_bytes() != line {
            return Err(LineProblem::Malformed);
        }
        Ok((body, parsed))
    }

    fn parse(line: &[u8]) -> Option<LastLine> {
        let text = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
        let text = text.strip_prefix(std::str::from_utf8(BEGIN).ok()?)?;
        let (device, text) = text.split_once(std::str::from_utf8(KEY).ok()?)?;
        let (key, signature) = text.split_once(std::str::from_utf8(SIGNATURE).ok()?)?;
        let strict = signature.len() == 128 && signature.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let key = PublicKey::parse(key).ok()?;
        strict.then(|| Some(LastLine { device: device.parse().ok()?, key, signature: signature.to_owned() }))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_model::trust::PrivateKey;

    fn line() -> LastLine {
        let key = PrivateKey::from_bytes(&[3; 32]).unwrap();
        LastLine { device: Id::derived("device", &[b"d"]), key: key.public(), signature: key.sign(b"body\n") }
    }

    #[test]
    fn the_line_has_one_form_and_stands_at_the_very_end() {
        let bytes = line().to_bytes();
        assert_eq!(bytes.len(), LENGTH);
        let file = [b"body\n".as_slice(), &bytes].concat();
        assert_eq!(LastLine::split(&file), Ok((b"body\n".as_slice(), line())));

        let text = String::from_utf8(bytes.clone()).unwrap();
        let rows: [(Vec<u8>, LineProblem); 8] = [
            (b"body\n".to_vec(), LineProblem::Missing),
            (Vec::new(), LineProblem::Missing),
            (b"\n".to_vec(), LineProblem::Missing),
            ([file.as_slice(), b"\n"].concat(), LineProblem::Missing),
            ([file.as_slice(), b" "].concat(), LineProblem::Missing),
            (file[..file.len() - 1].to_vec(), LineProblem::Malformed),
            (
                text.to_uppercase().replace("%COUNTERSIGN/1 DEVICE", "%countersign/1 device").into(),
                LineProblem::Malformed,
            ),
            (text.replace(" sig=", "  sig=").into(), LineProblem::Malformed),
        ];
        for (index, (file, want)) in rows.into_iter().enumerate() {
            assert_eq!(LastLine::split(&file), Err(want), "row {index}");
        }
    }
}
