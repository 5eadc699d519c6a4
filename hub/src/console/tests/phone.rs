//! A device that pushes what a test hands it, chained as a real one's.

use countersign_model::command::{Command, Origin, chain_start};
use countersign_model::payload::{DeviceEnrol, Payload};
use countersign_model::record::Scope;
use countersign_model::time::TimeRecord;
use countersign_model::trust::PrivateKey;
use countersign_model::{Digest, Id};

use super::company::{Company, START, id};
use crate::judge::{Caller, RawEnvelope, RawPush};

/// It has no token: what it sends goes in as the API hands it on.
pub(super) struct Phone {
    pub(super) key: PrivateKey,
    pub(super) device: Id,
    pub(super) person: Id,
    sent: u64,
    hash: Digest,
}

impl Phone {
    pub(super) fn new(name: &str, person: Id, seed: u8) -> Phone {
        let device = id(name);
        let key = PrivateKey::from_bytes(&[seed; 32]).unwrap();
        Phone { key, device, person, sent: 0, hash: chain_start(device) }
    }

    /// The office knows it as its person's, by this code.
    pub(super) fn enrolled(&self, company: &Company, code: &str) {
        let (name, code) = ("phone".to_owned(), code.to_owned());
        let enrol = DeviceEnrol { device: self.device, person: self.person, name, code, key: self.key.public() };
        let lane = Scope::device(self.device);
        company.hub.order(&company.hub.system(), &Payload::DeviceEnrol(enrol), lane).unwrap();
    }

    pub(super) fn push(&mut self, company: &Company, payload: &Payload, lane: Scope, unconfirmed: bool) -> Id {
        let caller = Caller { device: self.device, person: self.person, revoked: None, left: false, unconfirmed };
        self.push_by(company, &caller, payload, lane)
    }

    pub(super) fn push_by(&mut self, company: &Company, caller: &Caller, payload: &Payload, lane: Scope) -> Id {
        self.sent += 1;
        let command = Command {
            id: Id::derived("command", &[self.device.bytes(), &self.sent.to_be_bytes()]),
            kind: payload.kind().to_owned(),
            version: payload.version(),
            author: self.person,
            time: TimeRecord::by_hub(START),
            lane,
            seen: None,
            instead_of: None,
            payload: payload.to_value(),
        };
        let origin = Origin::Device { id: self.device, seq: self.sent, prev_hash: self.hash };
        let value = serde_json::to_value(&command).unwrap();
        let body = Digest::of(&countersign_model::canonical::to_bytes(&value).unwrap());
        self.hash = countersign_model::command::chain_link(self.hash, self.sent, body);
        let push = RawPush { envelopes: vec![RawEnvelope { origin, command: value }], signature: None };
        company.hub.receive(caller, push).unwrap();
        command.id
    }
}
