//! The leave test: everything of a company in one file that can be read without this program.
//!
//! A bundle of kind `export`: records, received commands, chains, log, keys as JSON lines, and all held bytes. Secrets
//! (private keys, tokens, passwords, codes) are not in it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use countersign_documents::{Bundle, BundleKind};
use countersign_model::{canonical, record::Row};
use serde::Serialize;
use serde_json::json;

use crate::blobs::{sync_folder, tempfile_in};
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

/// JSON lines under a name.
#[derive(Default)]
struct Lines {
    bytes: Vec<u8>,
    count: u64,
}

impl Lines {
    fn add(&mut self, value: &impl Serialize) -> Outcome {
        self.bytes.extend(canonical::to_bytes(value)?);
        self.bytes.push(b'\n');
        self.count = self.count.saturating_add(1);
        Ok(())
    }
}

impl Hub {
    /// Writes everything of the company into one file. An existing file is not overwritten.
    pub fn export(&self, file: &Path) -> Outcome<Exported> {
        if file.exists() {
            return Err(HubError::Input(format!("{} is there already: name another file", file.display())));
        }
        let mut files = BTreeMap::new();
        let chain = self.chain()?;
        files.insert("trust.json".to_owned(), canonical::to_bytes(&json!({"chain": chain, "epoch": self.epoch()}))?);
        let records = self.export_records()?;
        let commands = self.export_commands()?;
        let mut exported = Exported { records: records.count, commands: commands.count, ..Exported::default() };
        files.insert("records.jsonl".to_owned(), records.bytes);
        files.insert("commands.jsonl".to_owned(), commands.bytes);
        files.insert("chains.jsonl".to_owned(), self.export_chains()?.bytes);
        files.insert("log.jsonl".to_owned(), self.export_log()?.bytes);
        exported.media = self.export_media(&mut files)?;
        let refused = |problem: countersign_documents::BundleProblem| HubError::Input(problem.to_string());
        let bytes = Bundle::new(BundleKind::Export, files).and_then(|bundle| bundle.write()).map_err(refused)?;
        exported.bytes = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        write_whole(file, &bytes)?;
        Ok(exported)
    }

    fn export_records(&self) -> Outcome<Lines> {
        let mut lines = Lines::default();
        let mut after = 0;
        loop {
            let rows: Vec<Row> = self.read(|read| Ok(read.live_after(after, PAGE)?))?;
            let Some(last) = rows.last() else { return Ok(lines) };
            after = last.seq;
            rows.iter().try_for_each(|row| lines.add(row))?;
        }
    }

    fn export_commands(&self) -> Outcome<Lines> {
        let mut lines = Lines::default();
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

    fn export_chains(&self) -> Outcome<Lines> {
        let mut lines = Lines::default();
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

    fn export_log(&self) -> Outcome<Lines> {
        let mut lines = Lines::default();
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

    fn export_media(&self, files: &mut BTreeMap<String, Vec<u8>>) -> Outcome<u64> {
        let mut after = None;
        let mut count = 0_u64;
        loop {
            let media = self.read(|read| Ok(read.media_after(after, PAGE)?))?;
            let Some((last, _)) = media.last() else { return Ok(count) };
            after = Some(*last);
            for (sha256, _) in media {
                let Some(mut blob) = self.open_media(sha256)? else {
                    return Err(HubError::NotFound { what: "file", name: sha256.to_string() });
                };
                let mut bytes = Vec::new();
                blob.file.read_to_end(&mut bytes).map_err(HubError::file(sha256.hex()))?;
                files.insert(format!("media/{sha256}"), bytes);
                count = count.saturating_add(1);
            }
        }
    }
}

/// The file appears whole or not at all.
fn write_whole(file: &Path, bytes: &[u8]) -> Outcome {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temporary = tempfile_in(folder).map_err(HubError::file(folder))?;
    temporary.file.write_all(bytes).map_err(HubError::file(file))?;
    temporary.file.sync_all().map_err(HubError::file(file))?;
    fs::rename(&temporary.path, file).map_err(HubError::file(file))?;
    temporary.kept = true;
    sync_folder(folder).map_err(HubError::file(folder))
}
