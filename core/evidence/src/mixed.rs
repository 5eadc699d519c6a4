//! Files that are two things at once: a photo that a browser or an archiver would open as something else.
//!
//! Such a file is kept like any other; the office is told, since it is the usual way to slip a program past a filter.

use crate::kind::Kind;

/// How far into a file readers of PDF look for its mark (PDF 1.7, appendix H, note 13).
const PDF_REACH: usize = 1024;
/// Where an archive's end record may begin: its comment is at most 65,535 bytes.
const ARCHIVE_REACH: usize = 65_535 + 22;

/// What else a file of `kind` is.
pub(crate) fn also(kind: Kind, bytes: &[u8]) -> Option<Kind> {
    let head = bytes.get(..PDF_REACH.min(bytes.len())).unwrap_or_default();
    if kind != Kind::Pdf && head.windows(5).any(|window| window == b"%PDF-") {
        return Some(Kind::Pdf);
    }
    let begin = bytes.len().saturating_sub(ARCHIVE_REACH);
    let tail = bytes.get(begin..).unwrap_or_default();
    let ends_here = |at: usize| {
        let comment = tail.get(at + 20..at + 22).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes);
        comment.is_some_and(|comment| at + 22 + usize::from(comment) == tail.len())
    };
    let mut marks = tail.windows(4).enumerate().filter(|(_, window)| window == b"PK\x05\x06");
    marks.any(|(at, _)| ends_here(at)).then_some(Kind::Other)
}
