//! From bytes to text. A file that says its encoding, or can only be in one, is read; of any other a person is asked.

use encoding_rs::{BIG5, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::master::Flaw;

/// How bytes are read as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// GB 18030, which holds GBK and GB 2312.
    Gb18030,
    /// Big5.
    Big5,
    /// Windows-1252, which holds Latin-1.
    Windows1252,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Encoding; 6] = [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Gb18030,
        Encoding::Big5,
        Encoding::Windows1252,
    ];

    /// Its word on the command line and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Gb18030 => "gb18030",
            Encoding::Big5 => "big5",
            Encoding::Windows1252 => "windows-1252",
        }
    }

    /// The encoding of a word.
    pub fn of_word(word: &str) -> Option<Encoding> {
        Encoding::ALL.into_iter().find(|encoding| encoding.word() == word.trim().to_ascii_lowercase())
    }

    fn of(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => UTF_8,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
            Encoding::Gb18030 => GB18030,
            Encoding::Big5 => BIG5,
            Encoding::Windows1252 => WINDOWS_1252,
        }
    }

    /// The text, if all of the bytes are text in this encoding.
    fn read(self, bytes: &[u8]) -> Option<String> {
        let (text, broken) = self.of().decode_without_bom_handling(bytes);
        // Controls of the C1 block stand for bytes that Windows-1252 does not define.
        let undefined = self == Encoding::Windows1252 && text.chars().any(|c| matches!(c, '\u{80}'..='\u{9f}'));
        (!broken && !undefined).then(|| text.into_owned())
    }
}

/// The text of a file.
pub(super) fn decoded(bytes: &[u8], said: Option<Encoding>) -> Result<String, Flaw> {
    let (marked, rest) = mark(bytes);
    if let Some(encoding) = marked.or(said).or_else(|| certain(bytes)) {
        let rest = if marked.is_some() { rest } else { bytes };
        return encoding.read(rest).ok_or_else(|| Flaw::new("file-not-encoded").with("encoding", encoding.word()));
    }
    if bytes.contains(&0) {
        // No encoding of letters makes a zero: asking which one it is would lead nowhere.
        return Err(Flaw::new("file-binary"));
    }
    let words: Vec<&str> = candidates(bytes).iter().map(|(encoding, _)| encoding.word()).collect();
    Err(Flaw::new("file-encoding").with("encodings", &words.join(", ")))
}

/// The encoding that a byte order mark names, and what follows it.
fn mark(bytes: &[u8]) -> (Option<Encoding>, &[u8]) {
    let marks: [(&[u8], Encoding); 3] =
        [(b"\xef\xbb\xbf", Encoding::Utf8), (b"\xff\xfe", Encoding::Utf16Le), (b"\xfe\xff", Encoding::Utf16Be)];
    for (mark, encoding) in marks {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return (Some(encoding), rest);
        }
    }
    (None, bytes)
}

/// The encoding that bytes without a mark can only be in: UTF-8 does not happen by chance, and a zero in every second
/// byte is UTF-16.
fn certain(bytes: &[u8]) -> Option<Encoding> {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second, half) = (zeros(0), zeros(1), bytes.len() / 2);
    match (first, second) {
        (0, 0) if std::str::from_utf8(bytes).is_ok() => Some(Encoding::Utf8),
        (0, second) if second > half / 4 => Some(Encoding::Utf16Le),
        (first, 0) if first > half / 4 => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// The encodings in which a file can be read, each with its first lines that are not plain ASCII, for a person to see
/// which one reads right.
pub fn candidates(bytes: &[u8]) -> Vec<(Encoding, String)> {
    let readable = Encoding::ALL
        .into_iter()
        .filter(|encoding| !matches!(encoding, Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be));
    readable.filter_map(|encoding| encoding.read(bytes).map(|text| (encoding, sample(&text)))).collect()
}

fn sample(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.is_ascii()).take(3);
    lines.map(|line| line.chars().take(80).collect::<String>()).collect::<Vec<_>>().join("\n")
}
