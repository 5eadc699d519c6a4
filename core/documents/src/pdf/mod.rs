//! Just enough of PDF to read back what this crate writes, and to write a voucher around the shown pages.
//!
//! The reader is strict: one revision, plain cross-references, every byte accounted for. It is no general reader of
//! PDF, and it repairs nothing: what it does not expect is a failure of the document.

mod file;
mod photos;
mod syntax;
mod words;

pub(crate) use file::{Pdf, end, read, read_objects, table};
pub(crate) use photos::{page_photos, photo};
pub(crate) use syntax::{Object, Reader, Value};
pub(crate) use words::{page_stream, page_words};

/// Where and how a file is not what this crate writes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} at byte {at}")]
pub(crate) struct NotOurs {
    pub what: &'static str,
    pub at: usize,
}

/// The first line and the binary marker of every file.
pub(crate) const HEADER: &[u8] = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n";
