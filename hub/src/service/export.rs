//! The leave test's first half: everything of the company in one file that a stand-alone program can read.
//!
//! Records are JSON lines by kind; sealed documents stand as they were signed; media under their digests. The file is
//! the bundle format, written to disk beside its name and renamed when it is whole.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use countersign_documents::{Bundle, BundleKind};
use countersign_model::record::Row;
use countersign_model::{canonical, record};

use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::store::Direction;

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Records.
    pub records: u64,
    /// Files.
    pub media: u64,
    /// Length of the export.
    pub bytes: u64,
}

/// Rows and digests read at a time.
const PAGE: usize = 500;
/// A bundle is put together in memory; a company with more media is exported part by part.
const LARGEST: u64 = 2 << 30;

/// The kinds that leave with the company: everything that people made. Devices' holdings and decisions stay.
const KINDS: &[&str] = &[
    record::kind::COMPANY,
    record::kind::BRANCH,
    record::kind::PERSON,
    record::kind::CUSTOMER,
    record::kind::CONTACT,
    record::kind::SITE,
    record::kind::MODEL,
    record::kind::MACHINE,
    record::kind::PART,
    record::kind::FORM,
    record::kind::POLICY,
    record::kind::CALL,
    record::kind::JOB,
    record::kind::VISIT,
    record::kind::VOUCHER,
    record::kind::FILL,
    record::kind::ANSWER,
    record::kind::ITEM,
    record::kind::EVIDENCE,
    record::kind::PART_USE,
    record::kind::CHARGE,
    record::kind::TIME_ENTRY,
    record::kind::METER_READING,
    record::kind::NOTE,
    record::kind::DOCUMENT,
    record::kind::AMENDMENT,
    record::kind::REVIEW,
    record::kind::FLAG,
    record::kind::DEVICE,
];

impl Hub {
    /// Writes everything into one new file.
    pub fn export(&self, file: &Path) -> Outcome<Exported> {
        if file.exists() {
            return Err(HubError::Input(format!("{} exists already: name a new file", file.display())));
        }
        let mut exported = Exported::default();
        let mut files = BTreeMap::new();
        for kind in KINDS {
            let lines = self.lines_of(kind, &mut exported)?;
            files.insert(format!("records/{kind}.jsonl"), lines);
        }
        self.add_media(&mut files, &mut exported)?;
        files.insert("trust.json".to_owned(), canonical::to_bytes(&self.chain()?)?);
        let bundle = Bundle::new(BundleKind::Export, files).and_then(|bundle| bundle.write());
        let bytes = bundle.map_err(|problem| HubError::Input(problem.to_string()))?;
        exported.bytes = bytes.len() as u64;
        let aside = file.with_extension("part");
        std::fs::write(&aside, &bytes).map_err(HubError::file(&aside))?;
        let synced = std::fs::File::open(&aside).and_then(|open| open.sync_all());
        synced.and_then(|()| std::fs::rename(&aside, file)).map_err(HubError::file(file))?;
        Ok(exported)
    }

    fn lines_of(&self, kind: &str, exported: &mut Exported) -> Outcome<Vec<u8>> {
        let mut lines = Vec::new();
        let mut after = None;
        loop {
            let page: Vec<Row> = self.list(kind, after, PAGE, Direction::Ascending)?;
            let Some(last) = page.last() else { return Ok(lines) };
            after = Some(last.id);
            for row in page {
                lines.extend(canonical::to_bytes(&row)?);
                lines.push(b'\n');
                exported.records += 1;
            }
        }
    }

    fn add_media(&self, files: &mut BTreeMap<String, Vec<u8>>, exported: &mut Exported) -> Outcome {
        let mut after = None;
        let mut total = 0_u64;
        loop {
            let page = self.read(|read| Ok(read.media_after(after, PAGE)?))?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = Some(*last);
            for (sha256, bytes) in page {
                total = total.saturating_add(bytes);
                if total > LARGEST {
                    return Err(HubError::Input(
                        "there are more than 2 GiB of files: copy the hub's folder instead".to_owned(),
                    ));
                }
                let missing = || HubError::NotFound { what: "file", name: sha256.to_string() };
                let mut blob = self.open_media(sha256)?.ok_or_else(missing)?;
                let mut content = Vec::new();
                blob.file.read_to_end(&mut content).map_err(HubError::file(sha256.to_string()))?;
                files.insert(format!("media/{sha256}"), content);
                exported.media += 1;
            }
        }
    }
}
