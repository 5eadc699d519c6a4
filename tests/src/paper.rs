//! Small signed documents for tests that are about keeping and carrying them, not about what is on their pages.

use countersign_model::document::{
    AmendmentShown, Attestation, Content, Outcome, Sealed, SignOff, SignerRole, VoucherClass, sign_offs_digest,
};
use countersign_model::payload::DocumentSign;
use countersign_model::time::TimeRecord;
use countersign_model::trust::PrivateKey;
use countersign_model::{Digest, Id};

/// What is signed, in short.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Which job.
    pub job: Id,
    /// Which visit.
    pub visit: Id,
    /// Printed number.
    pub number: String,
    /// The one thing that the pages say.
    pub says: String,
    /// When it was made, milliseconds since 1970.
    pub wall: i64,
    /// The amendment's draft and what it amends.
    pub amends: Option<(Id, Vec<Digest>)>,
}

impl Paper {
    fn time(&self) -> TimeRecord {
        TimeRecord { wall: self.wall, ..TimeRecord::default() }
    }

    /// The pages that were shown; not a PDF, since nobody looks at it here.
    pub fn pages(&self) -> Vec<u8> {
        format!("the pages of {} say: {}", self.number, self.says).into_bytes()
    }

    /// Layers 1 to 3; internal work, which needs no customer.
    pub fn sealed(&self) -> Sealed {
        let amendment = self.amends.as_ref().map(|(_, amends)| AmendmentShown {
            amends: amends.clone(),
            of_number: self.number.clone(),
            reason: self.says.clone(),
            remarks: Vec::new(),
            changes: Vec::new(),
        });
        let content = Content {
            kind: self.kind().to_owned(),
            number: self.number.clone(),
            language: Default::default(),
            zone: "UTC".to_owned(),
            class: VoucherClass::Internal,
            company: Default::default(),
            customer: None,
            site: None,
            machine: None,
            job: self.job,
            visit: self.visit,
            fault: self.says.clone(),
            engineers: vec!["Ana Ruiz".to_owned()],
            steps: Vec::new(),
            form: None,
            sections: Vec::new(),
            evidence: Vec::new(),
            parts: Vec::new(),
            charges: Vec::new(),
            times: Vec::new(),
            totals: None,
            prices_shown: false,
            amendment,
            prepared: self.time(),
            ..Content::default()
        };
        Sealed { content, shown_sha256: Digest::of(&self.pages()), renderer: "tests".to_owned() }
    }

    fn kind(&self) -> &'static str {
        if self.amends.is_some() { "amendment" } else { "voucher" }
    }

    /// The document's name.
    pub fn digest(&self) -> Digest {
        self.sealed().digest().expect("no number is too large")
    }

    /// The engineer's word.
    pub fn sign_offs(&self) -> Vec<SignOff> {
        vec![SignOff {
            sealed_sha256: self.digest(),
            role: SignerRole::Engineer,
            name: "Ana Ruiz".to_owned(),
            outcome: Outcome::Accepted,
            remarks: String::new(),
            satisfaction: None,
            aspects: Default::default(),
            strokes: "strokes".to_owned(),
            stamp: None,
            stamp_preview: None,
            time: self.time(),
        }]
    }

    /// The command that signs it.
    pub fn sign(&self) -> DocumentSign {
        let sealed = self.sealed();
        let (draft, amends) = self.amends.clone().map_or((None, Vec::new()), |(draft, amends)| (Some(draft), amends));
        DocumentSign {
            kind: self.kind().to_owned(),
            visit: self.visit,
            job: self.job,
            draft,
            amends,
            content_sha256: sealed.content.digest().expect("no number is too large"),
            sealed,
            sign_offs: self.sign_offs(),
        }
    }

    /// The device's word over it.
    pub fn attestation(&self, device: Id, key: &PrivateKey) -> Attestation {
        let sealed_sha256 = self.digest();
        let sign_offs_sha256 = sign_offs_digest(&self.sign_offs()).expect("no number is too large");
        let statement = Attestation::statement(sealed_sha256, sign_offs_sha256, device, &self.time())
            .expect("no number is too large");
        let signature = key.sign(&statement);
        Attestation { sealed_sha256, sign_offs_sha256, device, time: self.time(), signature }
    }
}
