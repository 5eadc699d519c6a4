//! A push as it came over the wire, read into the links of one chain.

use countersign_model::command::{Command, Origin, chain_link};
use countersign_model::wire::{COMMAND_BYTES, ChainSignature, ErrorCode, Push};
use countersign_model::{Digest, Id, canonical};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::problem::Problem;

/// A push as it came. Bodies stay raw, so that fields of a newer program are stored and hashed as they are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RawPush {
    /// The commands with their origins.
    pub envelopes: Vec<RawEnvelope>,
    /// The origin's signature over its chain.
    #[serde(default)]
    pub signature: Option<ChainSignature>,
}

/// One command as it came.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RawEnvelope {
    /// Where it came from.
    pub origin: Origin,
    /// Its body.
    pub command: Value,
}

impl RawEnvelope {
    /// The command's id, where its body has one.
    pub(crate) fn id(&self) -> Option<Id> {
        self.command.get("id").and_then(Value::as_str).and_then(|text| text.parse().ok())
    }
}

impl From<&Push> for RawPush {
    fn from(push: &Push) -> RawPush {
        let envelopes = push.envelopes.iter().map(|envelope| RawEnvelope {
            origin: envelope.origin.clone(),
            command: serde_json::to_value(&envelope.command).unwrap_or(Value::Null),
        });
        RawPush { envelopes: envelopes.collect(), signature: push.signature.clone() }
    }
}

/// One command with its place in its chain.
pub(super) struct Sent {
    pub(super) origin: Origin,
    pub(super) seq: u64,
    pub(super) prev_hash: Digest,
    pub(super) chain_hash: Digest,
    pub(super) command: Command,
    pub(super) body: String,
    pub(super) digest: Digest,
}

pub(super) fn bad(detail: impl Into<String>) -> Problem {
    Problem::new(ErrorCode::BadRequest, detail)
}

pub(super) fn fork(seq: u64) -> Problem {
    Problem::new(ErrorCode::Fork, format!("number {seq} came with other content: the store was copied; enrol anew"))
}

/// Reads a push: one chain, numbers without a gap, each link hashed over the one before.
pub(super) fn read_push(push: RawPush) -> Result<(Id, Vec<Sent>), Problem> {
    let mut sent: Vec<Sent> = Vec::with_capacity(push.envelopes.len());
    let mut chain = None;
    for envelope in push.envelopes {
        let Origin::Device { id, seq, prev_hash } = envelope.origin else {
            return Err(bad("a device pushes commands of devices only"));
        };
        if *chain.get_or_insert(id) != id || seq == 0 {
            return Err(bad("one push holds one chain, numbered from 1"));
        }
        if let Some(before) = sent.last() {
            if seq != before.seq.saturating_add(1) {
                return Err(bad("the numbers of a push are contiguous"));
            }
            if prev_hash != before.chain_hash {
                return Err(fork(seq));
            }
        }
        sent.push(read_command(envelope.origin, seq, prev_hash, envelope.command)?);
    }
    Ok((chain.ok_or_else(|| bad("the push is empty"))?, sent))
}

pub(super) fn read_command(origin: Origin, seq: u64, prev_hash: Digest, value: Value) -> Result<Sent, Problem> {
    let body = canonical::to_text(&value).map_err(|error| bad(error.to_string()))?;
    if body.len() > COMMAND_BYTES {
        return Err(Problem::new(ErrorCode::TooLarge, format!("command {seq} has more than {COMMAND_BYTES} bytes")));
    }
    let digest = Digest::of(body.as_bytes());
    let command: Command =
        serde_json::from_value(value).map_err(|error| bad(format!("command {seq} cannot be read: {error}")))?;
    Ok(Sent { origin, seq, prev_hash, chain_hash: chain_link(prev_hash, seq, digest), command, body, digest })
}
