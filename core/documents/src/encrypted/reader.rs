//! Reading an encrypted file: the header for anybody, the content part by part for a recipient.

use std::io::{self, Read};

use aead_stream::{Decryptor, NewStream as _, StreamPrimitive as _};
use chacha20poly1305::aead::{KeyInit as _, Payload};
use countersign_model::Digest;
use countersign_model::recovery::{DecryptionKey, EncryptionKey};

use super::{
    About, Cipher, ENCRYPTED_MAGIC, EncryptedProblem, FORMAT, HEADER_BYTES, HeaderLine, PART, Stream, TAG, keys,
    public_half,
};

/// The beginning of an encrypted file: what it says about itself. Nothing of it is proven before the file is opened.
#[derive(Debug)]
pub struct Header {
    line: Digest,
    parsed: HeaderLine,
}

impl Header {
    /// Reads the header; the reader then stands at the first part.
    pub fn read(from: &mut impl Read) -> Result<Header, EncryptedProblem> {
        let first = read_line(from, 64)?.ok_or(EncryptedProblem::NotEncrypted)?;
        let format = std::str::from_utf8(&first).ok().and_then(|line| line.strip_prefix(ENCRYPTED_MAGIC));
        let format = format.and_then(|number| number.parse::<u32>().ok()).ok_or(EncryptedProblem::NotEncrypted)?;
        if format != FORMAT {
            return Err(EncryptedProblem::Newer(format));
        }
        let line = read_line(from, HEADER_BYTES)?;
        let line = line.ok_or_else(|| EncryptedProblem::Header("it has no end".to_owned()))?;
        let parsed = serde_json::from_slice(&line).map_err(|error| EncryptedProblem::Header(error.to_string()))?;
        Ok(Header { line: Digest::of(&line), parsed })
    }

    /// What the file says is inside.
    pub fn about(&self) -> &About {
        &self.parsed.about
    }

    /// Whether the file is encrypted to this key.
    pub fn is_for(&self, key: &EncryptionKey) -> bool {
        let wanted = key.fingerprint();
        self.parsed.recipients.iter().any(|recipient| recipient.key == wanted)
    }
}

/// A line without its end; `None` where there is none within so many bytes.
fn read_line(from: &mut impl Read, most: usize) -> Result<Option<Vec<u8>>, EncryptedProblem> {
    let mut line = Vec::new();
    let mut byte = [0];
    while line.len() <= most {
        if from.read(&mut byte)? == 0 {
            return Ok(None);
        }
        match byte {
            [b'\n'] => return Ok(Some(line)),
            [other] => line.push(other),
        }
    }
    Ok(None)
}

/// The content of an encrypted file. Bytes come out only after their part was authenticated; the end is an end only when
/// the last part said so.
pub struct EncryptedReader<R: Read> {
    from: R,
    header: Digest,
    stream: Option<Decryptor<Cipher, Stream>>,
    /// The next part, still encrypted: one is read ahead, to know which is the last.
    ahead: Vec<u8>,
    part: Vec<u8>,
    given: usize,
    number: u64,
}

impl<R: Read> EncryptedReader<R> {
    /// Opens a file whose header was read from this reader.
    pub fn new(header: &Header, mut from: R, key: &DecryptionKey) -> Result<EncryptedReader<R>, EncryptedProblem> {
        let wanted = public_half(key).fingerprint();
        let recipient = header.parsed.recipients.iter().find(|recipient| recipient.key == wanted);
        let file_key = keys::unwrap(recipient.ok_or(EncryptedProblem::OtherKey)?, key)?;
        let stream = Stream::from_aead(Cipher::new(&file_key.into()), &Default::default()).decryptor();
        let ahead = read_part(&mut from)?;
        let (header, stream) = (header.line, Some(stream));
        Ok(EncryptedReader { from, header, stream, ahead, part: Vec::new(), given: 0, number: 0 })
    }

    /// Reads header and content in one go.
    pub fn open(mut from: R, key: &DecryptionKey) -> Result<EncryptedReader<R>, EncryptedProblem> {
        let header = Header::read(&mut from)?;
        EncryptedReader::new(&header, from, key)
    }

    /// Opens the next part. False at the end.
    fn next_part(&mut self) -> Result<bool, EncryptedProblem> {
        let Some(mut stream) = self.stream.take() else { return Ok(false) };
        self.number = self.number.saturating_add(1);
        let sealed = std::mem::take(&mut self.ahead);
        self.ahead = if sealed.len() == PART + TAG { read_part(&mut self.from)? } else { Vec::new() };
        let payload = Payload { msg: &sealed, aad: &self.header.0 };
        let opened = if self.ahead.is_empty() {
            stream.decrypt_last(payload)
        } else {
            let opened = stream.decrypt_next(payload);
            self.stream = Some(stream);
            opened
        };
        self.given = 0;
        self.part = opened.map_err(|_| EncryptedProblem::Damaged(self.number))?;
        Ok(true)
    }
}

/// A whole encrypted part, a shorter last one, or nothing.
fn read_part(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut part = Vec::with_capacity(PART + TAG);
    let most = u64::try_from(PART + TAG).unwrap_or(u64::MAX);
    from.by_ref().take(most).read_to_end(&mut part)?;
    Ok(part)
}

impl<R: Read> Read for EncryptedReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while self.given >= self.part.len() {
            match self.next_part() {
                Ok(true) => {}
                Ok(false) => return Ok(0),
                Err(problem) => {
                    // What failed once never goes on as if nothing had been.
                    self.stream = None;
                    return Err(problem.into_io());
                }
            }
        }
        let rest = self.part.get(self.given..).unwrap_or_default();
        let count = rest.len().min(into.len());
        into.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        self.given = self.given.saturating_add(count);
        Ok(count)
    }
}
