//! `hub check`: every hash and every invariant that can be recomputed, each finding named. It changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use countersign_model::command::{Command, chain_link, chain_start};
use countersign_model::document::{Attestation, sign_offs_digest};
use countersign_model::entity::{Device, DeviceState, Document, Entity, Holding, Job, Visit, document_id};
use countersign_model::holding::{always, merge};
use countersign_model::log::TreeHead;
use countersign_model::record::{Row, Scope, kind, parent_of};
use countersign_model::trust::{TrustChain, chain_statement};
use countersign_model::{Digest, Id, canonical, merkle};
use serde::Serialize;

use crate::error::Outcome;
use crate::hub::Hub;
use crate::judge::wanted_by;
use crate::store::{Direction, Entry, Link, SealedRow};

/// Rows read at a time.
const PAGE: usize = 500;

/// Something that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// What, such as `media/<sha256>` or `device/<id>/chain/12`.
    pub item: String,
    /// Why.
    pub why: String,
}

/// The result of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// How many things of each sort were checked.
    pub checked: BTreeMap<String, u64>,
    /// What does not hold; empty for a sound hub.
    pub findings: Vec<Finding>,
    /// What a person should know and is no damage: unsigned links, documents without attestation.
    pub notes: Vec<Finding>,
}

impl CheckReport {
    /// Whether everything holds.
    pub fn ok(&self) -> bool {
        self.findings.is_empty()
    }

    fn count(&mut self, sort: &str) {
        let count = self.checked.entry(sort.to_owned()).or_default();
        *count = count.saturating_add(1);
    }

    fn find(&mut self, item: impl Into<String>, why: impl Into<String>) {
        self.findings.push(Finding { item: item.into(), why: why.into() });
    }

    fn note(&mut self, item: impl Into<String>, why: impl Into<String>) {
        self.notes.push(Finding { item: item.into(), why: why.into() });
    }
}

impl Hub {
    /// Checks everything that can be recomputed. `progress` hears the sort of thing that begins.
    pub fn check(&self, progress: &mut dyn FnMut(&str)) -> Outcome<CheckReport> {
        let mut report = CheckReport::default();
        let chain = self.chain()?;
        progress("keys");
        if let Err(problem) = chain.check() {
            report.find("keys", problem.to_string());
        }
        progress("records");
        self.check_counter(&mut report)?;
        self.check_references(&mut report)?;
        progress("inbox");
        self.check_inbox(&mut report)?;
        progress("chains");
        self.check_chains(&mut report)?;
        progress("log");
        self.check_log(&mut report, &chain)?;
        progress("documents");
        self.check_sealed(&mut report)?;
        self.check_documents(&mut report)?;
        progress("holdings");
        self.check_holdings(&mut report)?;
        progress("media");
        self.check_media(&mut report)?;
        report.notes.extend(self.safekeeping_notes()?);
        Ok(report)
    }

    fn check_counter(&self, report: &mut CheckReport) -> Outcome {
        let (counter, highest) = self.read(|read| Ok((read.counter()?, read.highest_place()?)))?;
        report.count("counter");
        if counter != highest {
            report.find("feed counter", format!("it stands at {counter}, the highest row at {highest}"));
        }
        Ok(())
    }

    /// Every record's parent must exist, where the kind has one.
    fn check_references(&self, report: &mut CheckReport) -> Outcome {
        for (child, parent) in PARENT_KINDS {
            self.each(child, |hub, row| {
                report.count("records");
                let above = row.body.as_ref().and_then(|body| parent_of(child, body));
                if let Some(above) = above
                    && hub.read(|read| Ok(read.row(parent, above)?))?.is_none()
                {
                    report.find(format!("{child}/{}", row.id), format!("its {parent} {above} is not there"));
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn each(&self, kind: &str, mut work: impl FnMut(&Hub, Row) -> Outcome) -> Outcome {
        let mut after = None;
        loop {
            let page = self.list(kind, after, PAGE, Direction::Ascending)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id);
            for row in page {
                work(self, row)?;
            }
        }
    }

    fn check_inbox(&self, report: &mut CheckReport) -> Outcome {
        let mut after = None;
        loop {
            let page = self.read(|read| Ok(read.entries(after, PAGE)?))?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.arrival);
            for entry in page {
                report.count("commands");
                self.check_entry(report, &entry)?;
                report.findings.extend(self.check_restored(&entry)?);
            }
        }
    }

    fn check_entry(&self, report: &mut CheckReport, entry: &Entry) -> Outcome {
        let item = format!("command/{}", entry.command.id);
        let body = self.read(|read| Ok(read.received_body(entry.command.id)?))?.unwrap_or_default();
        if Digest::of(body.as_bytes()) != entry.digest {
            report.find(&item, "its stored body does not have its digest");
        }
        let inside: Option<Command> = serde_json::from_str(&body).ok();
        if inside.is_none_or(|command| command.id != entry.command.id) {
            report.find(&item, "its stored body belongs to another command");
        }
        Ok(())
    }

    fn check_chains(&self, report: &mut CheckReport) -> Outcome {
        for device in self.read(|read| Ok(read.chained_devices()?))? {
            let mut before = (0_u64, chain_start(device));
            loop {
                let links = self.read(|read| Ok(read.links(device, before.0, PAGE)?))?;
                if links.is_empty() {
                    break;
                }
                for link in links {
                    report.count("chain links");
                    self.check_link(report, &link, before)?;
                    before = (link.seq, link.chain_hash);
                }
            }
            self.check_signatures(report, device)?;
        }
        Ok(())
    }

    fn check_link(&self, report: &mut CheckReport, link: &Link, before: (u64, Digest)) -> Outcome {
        let item = format!("device/{}/chain/{}", link.device, link.seq);
        let digest = self.read(|read| Ok(read.received_as(link.command)?))?;
        if link.seq != before.0.saturating_add(1) {
            report.find(&item, format!("number {} is missing before it", before.0.saturating_add(1)));
        }
        let hash = digest.map(|digest| chain_link(before.1, link.seq, digest));
        if link.prev_hash != before.1 || hash != Some(link.chain_hash) {
            report.find(&item, "its hash does not follow from the link before and the command");
        }
        Ok(())
    }

    fn check_signatures(&self, report: &mut CheckReport, device: Id) -> Outcome {
        let (signatures, unsigned) =
            self.read(|read| Ok((read.chain_signatures(device)?, read.unsigned_links(device)?)))?;
        let key = self.get::<Device>(device)?.map(|(_, body)| body.key);
        for signature in signatures {
            report.count("chain signatures");
            let link = self.read(|read| Ok(read.link(device, signature.seq)?))?;
            let statement = chain_statement(device, signature.seq, signature.chain_hash)?;
            let holds = key.as_ref().is_some_and(|key| key.verify(&statement, &signature.signature).is_ok());
            if !holds || link.is_none_or(|link| link.chain_hash != signature.chain_hash) {
                let item = format!("device/{device}/signature/{}", signature.seq);
                report.find(item, "the device's signature does not fit its chain");
            }
        }
        if unsigned > 0 {
            report.note(format!("device/{device}"), format!("{unsigned} commands are not signed by its key yet"));
        }
        Ok(())
    }

    fn check_log(&self, report: &mut CheckReport, chain: &TrustChain) -> Outcome {
        let mut from = 0;
        let mut hashes = Vec::new();
        loop {
            let page = self.read(|read| Ok(read.leaves(from, PAGE)?))?;
            let Some((last, _)) = page.last() else { break };
            from = last.place.saturating_add(1);
            for (leaf, entry) in page {
                report.count("log leaves");
                let expected = u64::try_from(hashes.len()).unwrap_or(u64::MAX);
                if leaf.place != expected {
                    report.find(format!("log/{expected}"), "the leaf is not there");
                }
                let computed = entry.map(|entry| merkle::leaf(&leaf.salt, &entry));
                if computed != Some(leaf.leaf) {
                    report.find(format!("log/{}", leaf.place), "the leaf does not fit its command in the inbox");
                }
                hashes.push(leaf.leaf);
            }
        }
        let (size, arrivals) = self.read(|read| Ok((read.log_size()?, read.inbox_size()?)))?;
        if size != arrivals {
            report.find("log", format!("it has {size} leaves for {arrivals} commands"));
        }
        for (from, to, kept) in self.read(|read| Ok(read.log_nodes()?))? {
            report.count("log runs");
            let run = usize::try_from(from).ok().zip(usize::try_from(to).ok());
            if run.and_then(|(from, to)| hashes.get(from..to)).map(merkle::root) != Some(kept) {
                report.find(format!("log/{from}-{to}"), "the root that is kept for this run is not that of its leaves");
            }
        }
        for checkpoint in self.read(|read| Ok(read.checkpoints()?))? {
            report.count("checkpoints");
            self.check_checkpoint(report, chain, &hashes, &checkpoint)?;
        }
        Ok(())
    }

    fn check_checkpoint(
        &self,
        report: &mut CheckReport,
        chain: &TrustChain,
        hashes: &[Digest],
        checkpoint: &TreeHead,
    ) -> Outcome {
        let item = format!("checkpoint/{}", checkpoint.size);
        let covered = usize::try_from(checkpoint.size).ok().and_then(|size| hashes.get(..size));
        if covered.map(merkle::root) != Some(checkpoint.root) {
            report.find(&item, "the log does not have the root that was signed");
        }
        let statement = checkpoint.statement(self.tenant())?;
        let key = chain.key(checkpoint.key_number);
        if key.is_none_or(|key| key.verify(&statement, &checkpoint.signature).is_err()) {
            report.find(&item, "its signature is not of a key of this hub");
        }
        Ok(())
    }

    fn check_sealed(&self, report: &mut CheckReport) -> Outcome {
        let mut after = None;
        loop {
            let page = self.read(|read| Ok(read.sealed_after(after, PAGE)?))?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.sha256);
            for sealed in page {
                report.count("sealed documents");
                self.check_sealed_row(report, &sealed)?;
            }
        }
    }

    fn check_sealed_row(&self, report: &mut CheckReport, sealed: &SealedRow) -> Outcome {
        let item = format!("sealed/{}", sealed.sha256);
        if Digest::of(sealed.body.as_bytes()) != sealed.sha256 {
            report.find(&item, "the sealed bytes do not have the digest that names them");
        }
        let Some((_, document)) = self.get::<Document>(document_id(sealed.sha256))? else {
            report.find(&item, "its document record is not there");
            return Ok(());
        };
        let same_body = canonical::to_text(&document.sealed)? == sealed.body;
        let same_signs = canonical::to_text(&document.sign_offs)? == sealed.sign_offs;
        if !same_body || !same_signs || document.sealed_sha256 != sealed.sha256 {
            report.find(&item, "the document record says something else than was sealed");
        }
        Ok(())
    }

    fn check_documents(&self, report: &mut CheckReport) -> Outcome {
        self.each(kind::DOCUMENT, |hub, row| {
            let Some(document) = Document::of(&row) else {
                report.find(format!("document/{}", row.id), "its body cannot be read");
                return Ok(());
            };
            report.count("documents");
            let item = format!("document/{}", document.sealed_sha256);
            if hub.read(|read| Ok(read.sealed(document.sealed_sha256)?))?.is_none() {
                report.find(&item, "its sealed bytes are not there");
            }
            match &document.attestation {
                None => report.note(&item, "its device has not signed it yet"),
                Some(attestation) => hub.check_attestation(report, &item, &document, attestation)?,
            }
            Ok(())
        })
    }

    fn check_attestation(
        &self,
        report: &mut CheckReport,
        item: &str,
        document: &Document,
        attestation: &Attestation,
    ) -> Outcome {
        let signs = sign_offs_digest(&document.sign_offs)?;
        let statement = Attestation::statement(
            attestation.sealed_sha256,
            attestation.sign_offs_sha256,
            attestation.device,
            &attestation.time,
        )?;
        let key = self.get::<Device>(attestation.device)?.map(|(_, device)| device.key);
        let verified = key.is_some_and(|key| key.verify(&statement, &attestation.signature).is_ok());
        if !verified || attestation.sealed_sha256 != document.sealed_sha256 || attestation.sign_offs_sha256 != signs {
            report.find(item, "the device's signature does not fit what it should sign");
        }
        Ok(())
    }

    fn check_holdings(&self, report: &mut CheckReport) -> Outcome {
        for (row, device) in self.all::<Device>()? {
            if device.state != DeviceState::Active {
                continue;
            }
            report.count("devices");
            let (mut wanted, held) = self.read(|read| {
                let held = read.children_of::<Holding>(row.id)?;
                Ok((wanted_by(read, device.person, self.now())?, held))
            })?;
            merge(&mut wanted, always(row.id));
            let held: BTreeSet<Scope> = held.into_iter().map(|(_, holding)| holding.held).collect();
            for scope in wanted.keys().filter(|scope| !held.contains(*scope)) {
                report.find(format!("device/{}", row.id), format!("it should hold {scope} and does not"));
            }
        }
        self.each(kind::VISIT, |hub, row| {
            let job = Visit::of(&row).map(|visit| visit.job);
            let found = job.map(|job| hub.get::<Job>(job)).transpose()?.flatten();
            if found.is_none() {
                report.find(format!("visit/{}", row.id), "its job is not there");
            }
            Ok(())
        })
    }

    fn check_media(&self, report: &mut CheckReport) -> Outcome {
        let mut after = None;
        loop {
            let page = self.read(|read| Ok(read.media_after(after, PAGE)?))?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = Some(*last);
            for (sha256, bytes) in page {
                report.count("media");
                self.check_blob(report, sha256, bytes)?;
            }
        }
    }

    fn check_blob(&self, report: &mut CheckReport, sha256: Digest, bytes: u64) -> Outcome {
        let item = format!("media/{sha256}");
        let Some(mut blob) = self.inner.blobs.open(self.tenant(), sha256)? else {
            report.find(item, "the file is not there");
            return Ok(());
        };
        match Digest::read(&mut blob.file) {
            Ok(found) if found == sha256 && blob.bytes == bytes => {}
            Ok(found) => report.find(item, format!("the file has the digest {found} and {} bytes", blob.bytes)),
            Err(error) => report.find(item, format!("the file cannot be read: {error}")),
        }
        Ok(())
    }

    /// Signs the log's root as it stands now, where it grew since the last checkpoint.
    pub fn checkpoint(&self) -> Outcome<Option<TreeHead>> {
        // Whatever was received before this moment is covered.
        let time = self.now();
        let grown = self.read(|read| {
            let (size, known) = (read.log_size()?, read.newest_checkpoint()?.map_or(0, |known| known.size));
            Ok(if size == known { None } else { Some((size, read.log_root(size)?)) })
        })?;
        let Some((size, root)) = grown else { return Ok(None) };
        let signer = self.signer()?;
        let mut checkpoint = TreeHead { size, root, time, key_number: signer.number, signature: String::new() };
        checkpoint.signature = signer.key.sign(&checkpoint.statement(self.tenant())?);
        self.write(|write| Ok(write.keep_checkpoint(&checkpoint)?))?;
        Ok(Some(checkpoint))
    }
}

/// Which kind of record must stand above which.
const PARENT_KINDS: &[(&str, &str)] = &[
    (kind::CONTACT, kind::CUSTOMER),
    (kind::SITE, kind::CUSTOMER),
    (kind::MACHINE, kind::CUSTOMER),
    (kind::VOUCHER, kind::VISIT),
    (kind::ANSWER, kind::FILL),
    (kind::ITEM, kind::FILL),
    (kind::AMENDMENT, kind::VISIT),
    (kind::REVIEW, kind::VOUCHER),
    (kind::DEVICE, kind::PERSON),
];
