//! Stored ZIP in one exact form: no compression, no comments, no extra fields, one fixed time. The reader takes only
//! what the writer writes; whoever demands one form compares the bytes (see `bundle`).

use flate2::Crc;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// ZIP 2.0: the least that knows folders.
const VERSION: u16 = 20;
/// Names are UTF-8.
const FLAGS: u16 = 0x0800;
/// 1980-01-01, the first day that ZIP knows: a bundle says nothing about when it was made.
const DATE: u16 = 0x0021;
pub(crate) const LOCAL_LENGTH: usize = 30;

/// A file's numbers, the same in both of its headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its checksum.
    pub(crate) crc: u32,
    /// Its length in bytes.
    pub(crate) length: u32,
    /// The length of its name in bytes.
    pub(crate) name_length: u16,
}

impl Entry {
    fn of(name: &str, bytes: &[u8]) -> Option<Entry> {
        let mut crc = Crc::new();
        crc.update(bytes);
        let (length, name_length) = (u32::try_from(bytes.len()).ok()?, u16::try_from(name.len()).ok()?);
        Some(Entry { crc: crc.sum(), length, name_length })
    }

    /// From "version needed" to "length of the extra field".
    fn common(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(26);
        for word in [VERSION, FLAGS, 0, 0, DATE] {
            out.extend_from_slice(&word.to_le_bytes());
        }
        for number in [self.crc, self.length, self.length] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&self.name_length.to_le_bytes());
        out.extend_from_slice(&0_u16.to_le_bytes());
        out
    }
}

impl Entry {
    /// What stands before a file's bytes.
    pub(crate) fn local_header(&self, name: &str) -> Vec<u8> {
        [LOCAL.to_le_bytes().as_slice(), &self.common(), name.as_bytes()].concat()
    }

    /// What stands in the directory at the end; `at` is where the local header begins.
    pub(crate) fn central_header(&self, name: &str, at: u32) -> Vec<u8> {
        let mut out = CENTRAL.to_le_bytes().to_vec();
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend(self.common());
        // No comment, first disk, no attributes.
        out.extend_from_slice(&[0; 10]);
        out.extend_from_slice(&at.to_le_bytes());
        out.extend_from_slice(name.as_bytes());
        out
    }

    /// The checksum, length and length of the name that a local header claims; `None` where it is none.
    pub(crate) fn claimed(header: &[u8; LOCAL_LENGTH]) -> Option<Entry> {
        let word = |from: usize| Some(u32::from_le_bytes(header.get(from..from + 4)?.try_into().ok()?));
        let name_length = u16::from_le_bytes(header.get(26..28)?.try_into().ok()?);
        let entry = Entry { crc: word(14)?, length: word(18)?, name_length };
        (*header.as_slice() == *entry.local_header("")).then_some(entry)
    }
}

/// Whether another file begins with these bytes, and not the directory.
pub(crate) fn begins_file(beginning: &[u8; 4]) -> bool {
    *beginning == LOCAL.to_le_bytes()
}

/// What ends the file: how many files, how long their directory is, where it begins.
pub(crate) fn end(count: u16, length: u32, at: u32) -> Vec<u8> {
    let mut out = END.to_le_bytes().to_vec();
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&at.to_le_bytes());
    out.extend_from_slice(&[0; 2]);
    out
}

/// Writes the files in this order; `None` beyond what ZIP without extensions holds.
pub(crate) fn write(files: &[(&str, &[u8])]) -> Option<Vec<u8>> {
    let (mut out, mut central) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let entry = Entry::of(name, bytes)?;
        central.extend(entry.central_header(name, u32::try_from(out.len()).ok()?));
        out.extend(entry.local_header(name));
        out.extend_from_slice(bytes);
    }
    let count = u16::try_from(files.len()).ok()?;
    let (at, length) = (u32::try_from(out.len()).ok()?, u32::try_from(central.len()).ok()?);
    out.extend(central);
    out.extend(end(count, length, at));
    Some(out)
}

/// Reads the files in their order, from the local headers; no name twice.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<(String, &[u8])>, &'static str> {
    let mut files: Vec<(String, &[u8])> = Vec::new();
    let mut rest = bytes;
    while rest.starts_with(&LOCAL.to_le_bytes()) {
        let (name, file, tail) = next(rest).ok_or("a file in it is cut off")?;
        if files.iter().any(|(known, _)| *known == name) {
            return Err("a file stands in it twice");
        }
        files.push((name, file));
        rest = tail;
    }
    if rest.starts_with(&CENTRAL.to_le_bytes()) { Ok(files) } else { Err("it is no stored ZIP") }
}

fn next(bytes: &[u8]) -> Option<(String, &[u8], &[u8])> {
    let header = bytes.get(..LOCAL_LENGTH)?;
    let length = u32::from_le_bytes(header.get(18..22)?.try_into().ok()?);
    let name_length = u16::from_le_bytes(header.get(26..28)?.try_into().ok()?);
    let (name, rest) = bytes.get(LOCAL_LENGTH..)?.split_at_checked(usize::from(name_length))?;
    let (file, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    Some((String::from_utf8(name.to_vec()).ok()?, file, rest))
}
