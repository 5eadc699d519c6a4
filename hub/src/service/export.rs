//! The leave test: everything of a company in one file that can be read without this program.
//!
//! A bundle of kind `export`: records, received commands, chains, log, keys as JSON lines, and all held bytes. Secrets
//! (private keys, tokens, passwords, codes) are not in it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write as _};
use std::path::Path;

use countersign_documents::{BundleKind, BundleProblem, FileSource, StreamProblem, StreamedBundle, measure};
use countersign_model::{canonical, record::Row};
use serde::Serialize;
use serde_json::json;

use crate::blobs::{Temporary, sync_folder, tempfile_in};
use crate::error::{HubError, Outcome};
use crate::hub::Hub;

/// Rows read at a time.
const PAGE: usize = 500;

/// What an export holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// Records, tombstones left out.
    pub records: u64,
    /// Received commands.
    pub commands: u64,
    /// Files.
    pub media: u64,
    /// Bytes of the export.
    pub bytes: u64,
}

/// JSON lines under a name, written beside the export until their turn comes: a company's records do not fit into memory.
struct Lines {
    name: &'static str,
    file: Temporary,
    out: BufWriter<File>,
    count: u64,
}

impl Lines {
    fn new(name: &'static str, folder: &Path) -> Outcome<Lines> {
        let file = tempfile_in(folder).map_err(HubError::file(folder))?;
        let out = BufWriter::new(file.file.try_clone().map_err(HubError::file(&file.path))?);
        Ok(Lines { name, file, out, count: 0 })
    }

    fn add(&mut self, value: &impl Serialize) -> Outcome {
        let mut line = canonical::to_bytes(value)?;
        line.push(b'\n');
        self.out.write_all(&line).map_err(HubError::file(&self.file.path))?;
        self.count = self.count.saturating_add(1);
        Ok(())
    }

    /// The file as it goes into the bundle; it lies on the disk until then.
    fn source(&mut self) -> Outcome<FileSource<'_>> {
        self.out.flush().map_err(HubError::file(&self.file.path))?;
        let path = &self.file.path;
        let read = move || File::open(path);
        let measured = read().and_then(measure).map_err(HubError::file(path))?;
        let open = Box::new(move || Ok(Box::new(read()?) as Box<dyn Read>));
        Ok(FileSource { name: self.name.to_owned(), measured, open })
    }
}

impl Hub {
    /// Writes everything of the company into one file. An existing file is not overwritten.
    pub fn export(&self, file: &Path) -> Outcome<Exported> {
        if file.exists() {
            return Err(HubError::Input(format!("{} is there already: name another file", file.display())));
        }
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let trust = canonical::to_bytes(&json!({"chain": self.chain()?, "epoch": self.epoch()}))?;
        let mut lines = [
            self.export_records(folder)?,
            self.export_commands(folder)?,
            self.export_chains(folder)?,
            self.export_log(folder)?,
        ];
        let [records, commands, ..] = &lines;
        let mut exported = Exported { records: records.count, commands: commands.count, ..Exported::default() };
        let mut files = vec![FileSource::of_bytes("trust.json", trust)];
        for lines in &mut lines {
            files.push(lines.source()?);
        }
        let media = self.export_media()?;
        exported.media = u64::try_from(media.len()).unwrap_or(u64::MAX);
        files.extend(media);
        exported.bytes = write_whole(file, folder, files)?;
        Ok(exported)
    }

    fn export_records(&self, folder: &Path) -> Outcome<Lines> {
        let mut lines = Lines::new("records.jsonl", folder)?;
        let mut after = 0;
        loop {
            let rows: Vec<Row> = self.read(|read| Ok(read.live_after(after, PAGE)?))?;
            let Some(last) = rows.last() else { return Ok(lines) };
            after = last.seq;
            rows.iter().try_for_each(|row| lines.add(row))?;
        }
    }

    fn export_commands(&self, folder: &Path) -> Outcome<Lines> {
        let mut lines = Lines::new("commands.jsonl", folder)?;
        let mut after = None;
        loop {
            let entries = self.read(|read| Ok(read.entries(after, PAGE)?))?;
            let Some(last) = entries.last() else { return Ok(lines) };
            after = Some(last.arrival);
            for entry in entries {
                lines.add(&json!({
                    "arrival": entry.arrival, "origin": entry.origin, "command": entry.command,
                    "received": entry.received, "digest": entry.digest, "state": entry.state,
                    "decision": entry.decision,
                }))?;
            }
        }
    }

    fn export_chains(&self, folder: &Path) -> Outcome<Lines> {
        let mut lines = Lines::new("chains.jsonl", folder)?;
        for device in self.read(|read| Ok(read.chained_devices()?))? {
            let mut after = 0;
            loop {
                let links = self.read(|read| Ok(read.links(device, after, PAGE)?))?;
                let Some(last) = links.last() else { break };
                after = last.seq;
                for link in links {
                    lines.add(&json!({
                        "device": device, "seq": link.seq, "command": link.command, "chain_hash": link.chain_hash,
                    }))?;
                }
            }
            for signature in self.read(|read| Ok(read.chain_signatures(device)?))? {
                lines.add(&json!({
                    "device": device, "signed_to": signature.seq, "chain_hash": signature.chain_hash,
                    "signature": signature.signature,
                }))?;
            }
        }
        Ok(lines)
    }

    fn export_log(&self, folder: &Path) -> Outcome<Lines> {
        let mut lines = Lines::new("log.jsonl", folder)?;
        let mut from = 0;
        loop {
            let leaves = self.read(|read| Ok(read.leaves(from, PAGE)?))?;
            let Some((last, _)) = leaves.last() else { break };
            from = last.place.saturating_add(1);
            for (leaf, _) in leaves {
                lines.add(&json!({
                    "place": leaf.place, "leaf": leaf.leaf, "salt": hex::encode(leaf.salt), "command": leaf.command,
                }))?;
            }
        }
        for checkpoint in self.read(|read| Ok(read.checkpoints()?))? {
            lines.add(&json!({
                "size": checkpoint.size, "root": checkpoint.root, "time": checkpoint.time,
                "key_number": checkpoint.key_number, "signature": checkpoint.signature,
            }))?;
        }
        Ok(lines)
    }

    /// Every held file, read once here for its digest and once more on its way into the bundle.
    fn export_media(&self) -> Outcome<Vec<FileSource<'_>>> {
        let mut after = None;
        let mut files = Vec::new();
        loop {
            let media = self.read(|read| Ok(read.media_after(after, PAGE)?))?;
            let Some((last, _)) = media.last() else { return Ok(files) };
            after = Some(*last);
            for (sha256, _) in media {
                let missing = move || HubError::NotFound { what: "file", name: sha256.to_string() };
                let blob = self.open_media(sha256)?.ok_or_else(missing)?;
                let measured = measure(blob.file).map_err(HubError::file(sha256.hex()))?;
                let open = Box::new(move || {
                    let blob = self.open_media(sha256).map_err(io::Error::other)?;
                    let blob = blob.ok_or_else(|| io::Error::other(missing()))?;
                    Ok(Box::new(blob.file) as Box<dyn Read>)
                });
                files.push(FileSource { name: format!("media/{sha256}"), measured, open });
            }
        }
    }
}

/// The file appears whole or not at all; returns its length.
fn write_whole(file: &Path, folder: &Path, files: Vec<FileSource<'_>>) -> Outcome<u64> {
    let mut temporary = tempfile_in(folder).map_err(HubError::file(folder))?;
    let mut out = BufWriter::new(temporary.file.try_clone().map_err(HubError::file(file))?);
    let refused = |problem: BundleProblem| HubError::Input(problem.to_string());
    let bundle = StreamedBundle::new(BundleKind::Export, files).map_err(refused)?;
    bundle.write(None, &mut out).map_err(|problem| match problem {
        StreamProblem::Io(error) => HubError::file(file)(error),
        other => HubError::Input(other.to_string()),
    })?;
    out.flush().map_err(HubError::file(file))?;
    drop(out);
    temporary.file.sync_all().map_err(HubError::file(file))?;
    let bytes = temporary.file.metadata().map_err(HubError::file(file))?.len();
    fs::rename(&temporary.path, file).map_err(HubError::file(file))?;
    temporary.kept = true;
    sync_folder(folder).map_err(HubError::file(folder))?;
    Ok(bytes)
}
