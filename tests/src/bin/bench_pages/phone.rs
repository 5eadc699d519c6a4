//! A phone without a store: it chains what it is told, signs its chain and pushes it, and sends bytes.

use countersign_hub::{Caller, Hub, RawPush};
use countersign_model::command::{Command, Envelope, Origin, chain_next, chain_start};
use countersign_model::payload::Payload;
use countersign_model::record::Scope;
use countersign_model::time::TimeRecord;
use countersign_model::trust::{PrivateKey, chain_statement};
use countersign_model::wire::{ChainSignature, EnrolRequest, MediaOffer, Push};
use countersign_model::{Digest, Id};

/// An enrolled device.
pub struct Phone {
    /// Whose it is.
    pub person: Id,
    /// Which device.
    pub device: Id,
    /// Its key.
    pub key: PrivateKey,
    caller: Caller,
    seq: u64,
    chain_hash: Digest,
    waiting: Vec<Envelope>,
}

impl Phone {
    /// Invites and enrols; the number makes the key.
    pub fn enrol(hub: &Hub, person: Id, number: u8) -> Phone {
        let invite = hub.invite(person, Some("http://127.0.0.1:1")).expect("an invitation");
        let key = PrivateKey::from_bytes(&[number.max(1); 32]).expect("a scalar");
        let request = EnrolRequest {
            code: invite.code,
            key: key.public(),
            name: format!("phone {number}"),
            program: "bench".to_owned(),
        };
        let enrolment = hub.enrol(&request).expect("an enrolment");
        let caller = hub.recognise(&enrolment.token).expect("its token");
        let device = enrolment.device;
        Phone { person, device, key, caller, seq: 0, chain_hash: chain_start(device), waiting: Vec::new() }
    }

    /// Puts a command behind those that wait to be pushed.
    pub fn give(&mut self, hub: &Hub, lane: &Scope, payload: &Payload) {
        self.seq += 1;
        let command = Command {
            id: hub.new_id().expect("an id"),
            kind: payload.kind().to_owned(),
            version: payload.version(),
            author: self.person,
            time: TimeRecord::by_hub(hub.now()),
            lane: lane.clone(),
            seen: None,
            instead_of: None,
            payload: payload.to_value(),
        };
        let origin = Origin::Device { id: self.device, seq: self.seq, prev_hash: self.chain_hash };
        self.chain_hash = chain_next(self.chain_hash, self.seq, &command).expect("a command of ours");
        self.waiting.push(Envelope { origin, command });
    }

    /// Pushes what waits; answers how many commands were not accepted.
    pub fn push(&mut self, hub: &Hub) -> usize {
        if self.waiting.is_empty() {
            return 0;
        }
        let statement = chain_statement(self.device, self.seq, self.chain_hash).expect("a statement");
        let signature =
            ChainSignature { seq: self.seq, chain_hash: self.chain_hash, signature: self.key.sign(&statement) };
        let push = Push { envelopes: std::mem::take(&mut self.waiting), signature: Some(signature) };
        let pushed = hub.receive(&self.caller, RawPush::from(&push)).expect("a push");
        pushed.outcomes.iter().filter(|outcome| outcome.outcome.as_str() != "accepted").count()
    }

    /// Sends bytes of one chunk.
    pub fn send(&self, hub: &Hub, bytes: &[u8]) -> Digest {
        let sha256 = Digest::of(bytes);
        let offer = MediaOffer { sha256, bytes: bytes.len() as u64 };
        for chunk in hub.offer_media(&self.caller, &offer).expect("an offer").missing {
            hub.take_chunk(&self.caller, sha256, chunk, sha256, bytes).expect("a chunk");
        }
        hub.finish_media(&self.caller, sha256).expect("a receipt");
        sha256
    }
}
