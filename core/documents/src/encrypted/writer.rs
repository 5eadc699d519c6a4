//! Writing an encrypted file part by part.

use std::io::{self, Write};

use aead_stream::{Encryptor, NewStream as _, StreamPrimitive as _};
use chacha20poly1305::aead::{KeyInit as _, Payload};
use countersign_model::{Digest, canonical};

use super::{
    About, Cipher, ENCRYPTED_MAGIC, EncryptedProblem, FORMAT, HeaderLine, PART, Recipients, Stream, TAG, keys,
};

/// Encrypts what is written to it. Without [`EncryptedWriter::finish`] the file has no last part and never opens.
pub struct EncryptedWriter<W: Write> {
    out: W,
    header: Digest,
    stream: Encryptor<Cipher, Stream>,
    part: Vec<u8>,
}

impl<W: Write> EncryptedWriter<W> {
    /// Writes the header.
    pub fn new(mut out: W, about: About, to: &Recipients) -> Result<EncryptedWriter<W>, EncryptedProblem> {
        let wrap = |(key, chance): &_| keys::wrap(&to.file_key, *key, *chance);
        let recipients = to.keys.iter().map(wrap).collect::<Result<Vec<_>, _>>()?;
        let line = canonical::to_bytes(&HeaderLine { about, recipients })
            .map_err(|error| EncryptedProblem::Header(error.to_string()))?;
        out.write_all(format!("{ENCRYPTED_MAGIC}{FORMAT}\n").as_bytes())?;
        out.write_all(&line)?;
        out.write_all(b"\n")?;
        let stream = Stream::from_aead(Cipher::new(&to.file_key.into()), &Default::default()).encryptor();
        Ok(EncryptedWriter { out, header: Digest::of(&line), stream, part: Vec::with_capacity(PART + TAG) })
    }

    /// Writes the last part and gives the writer back.
    pub fn finish(mut self) -> io::Result<W> {
        let payload = Payload { msg: &self.part, aad: &self.header.0 };
        let sealed = self.stream.encrypt_last(payload).map_err(|_| too_long())?;
        self.out.write_all(&sealed)?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn seal_part(&mut self) -> io::Result<()> {
        let payload = Payload { msg: &self.part, aad: &self.header.0 };
        let sealed = self.stream.encrypt_next(payload).map_err(|_| too_long())?;
        self.part.clear();
        self.out.write_all(&sealed)
    }
}

fn too_long() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "an encrypted file has at most 256 TiB")
}

impl<W: Write> Write for EncryptedWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full part waits for the byte after it: the last one is sealed as such.
        if self.part.len() == PART && !bytes.is_empty() {
            self.seal_part()?;
        }
        let room = PART.saturating_sub(self.part.len());
        let taken = bytes.get(..room).unwrap_or(bytes);
        self.part.extend_from_slice(taken);
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
