//! A device without a store that speaks the real protocol: it chains and signs what it is told and sends it over HTTP.

use countersign_hub::Hub;
use countersign_model::command::{Command, Envelope, Origin, chain_next, chain_start};
use countersign_model::payload::{NoteAdd, Payload};
use countersign_model::record::{Scope, kind};
use countersign_model::time::TimeRecord;
use countersign_model::trust::{PrivateKey, chain_statement};
use countersign_model::wire::{ChainSignature, EnrolRequest, FeedPage, Push, Pushed};
use countersign_model::{Digest, Id, RecordRef};

use crate::chance::Chance;

/// An enrolled device.
pub struct Pusher {
    /// Which device.
    pub device: Id,
    /// What it calls with.
    pub token: String,
    person: Id,
    key: PrivateKey,
    seq: u64,
    chain_hash: Digest,
}

impl Pusher {
    /// Enrols at this hub; the seed makes the key.
    pub fn enrol(hub: &Hub, person: Id, seed: u64) -> Result<Pusher, String> {
        let key = PrivateKey::from_bytes(&Chance::new(seed).key()).map_err(|error| error.to_string())?;
        let invite = hub.invite(person, Some("http://127.0.0.1:1")).map_err(|error| error.to_string())?;
        let request = EnrolRequest {
            code: invite.code,
            key: key.public(),
            name: format!("pusher {seed}"),
            program: "bench".to_owned(),
        };
        let enrolment = hub.enrol(&request).map_err(|problem| format!("{problem:?}"))?;
        let device = enrolment.device;
        Ok(Pusher { device, token: enrolment.token, person, key, seq: 0, chain_hash: chain_start(device) })
    }

    /// A push of so many notes on a visit; the name makes their ids.
    pub fn notes(&mut self, job: Id, visit: Id, name: &str, count: usize) -> Result<Push, String> {
        let subject = RecordRef::new(kind::VISIT, visit);
        let lane = Scope::job(job);
        let mut envelopes = Vec::with_capacity(count);
        for place in 0..count {
            let parts = [self.device.bytes().as_slice(), name.as_bytes(), &place.to_be_bytes()];
            let note = NoteAdd {
                note: Id::derived("note", &parts),
                subject: subject.clone(),
                text: format!("Checked the seal, {} bar after the repair", 150 + place % 40),
                instead_of: None,
            };
            envelopes.push(self.envelope(Id::derived("command", &parts), &lane, &Payload::NoteAdd(note))?);
        }
        let statement = chain_statement(self.device, self.seq, self.chain_hash).map_err(|error| error.to_string())?;
        let signature = self.key.sign(&statement);
        let signature = ChainSignature { seq: self.seq, chain_hash: self.chain_hash, signature };
        Ok(Push { envelopes, signature: Some(signature) })
    }

    fn envelope(&mut self, id: Id, lane: &Scope, payload: &Payload) -> Result<Envelope, String> {
        self.seq += 1;
        let command = Command {
            id,
            kind: payload.kind().to_owned(),
            version: payload.version(),
            author: self.person,
            time: TimeRecord { wall: crate::bench::NOW, ..TimeRecord::default() },
            lane: lane.clone(),
            seen: None,
            instead_of: None,
            payload: payload.to_value(),
        };
        let origin = Origin::Device { id: self.device, seq: self.seq, prev_hash: self.chain_hash };
        self.chain_hash = chain_next(self.chain_hash, self.seq, &command).map_err(|error| error.to_string())?;
        Ok(Envelope { origin, command })
    }
}

/// Sends a push; every command in it must be accepted.
pub async fn push(client: &reqwest::Client, url: &str, token: &str, push: &Push) -> Result<(), String> {
    let sent = client.post(format!("{url}/v1/commands")).bearer_auth(token).json(push).send().await;
    let pushed: Pushed = answer(sent).await?;
    match pushed.outcomes.iter().find(|outcome| outcome.outcome.as_str() != "accepted") {
        Some(other) => Err(format!("a command was not accepted: {other:?}")),
        None if pushed.outcomes.len() == push.envelopes.len() => Ok(()),
        None => Err(format!("{} of {} commands were answered", pushed.outcomes.len(), push.envelopes.len())),
    }
}

/// Asks for the next page of the feed.
pub async fn feed(client: &reqwest::Client, url: &str, token: &str, cursor: &str) -> Result<FeedPage, String> {
    let request = client.get(format!("{url}/v1/feed?cursor={cursor}")).bearer_auth(token);
    answer(request.send().await).await
}

async fn answer<T: serde::de::DeserializeOwned>(sent: Result<reqwest::Response, reqwest::Error>) -> Result<T, String> {
    let response = sent.map_err(|error| error.to_string())?;
    let status = response.status();
    let text = response.text().await.map_err(|error| error.to_string())?;
    if !status.is_success() {
        return Err(format!("the hub answered {status}: {text}"));
    }
    serde_json::from_str(&text).map_err(|error| error.to_string())
}
