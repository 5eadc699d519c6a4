//! How the core's small types travel: ids, digests, words and paths as texts, a signature as its points.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::str::FromStr;

use countersign_device::evidence::Rgb;
use countersign_device::forms::ItemId;
use countersign_device::model::document::{Outcome, Payer, Provenance, SignerRole, Stage, VoucherClass};
use countersign_device::model::entity::{
    CashMethod, CashState, ChargeKind, Ink, JobState, MachineState, PartGroup, Priority, RequestState, TimeKind,
    VisitState, VoucherState,
};
use countersign_device::model::recovery::EncryptionKey;
use countersign_device::model::{Digest, Id};
use serde_json::Value;

/// Marks by aspect.
pub(crate) type Aspects = BTreeMap<String, u8>;

/// A text that is none of what is asked for.
#[derive(Debug, thiserror::Error)]
#[error("this is no {what}")]
struct NotOne {
    what: &'static str,
}

fn lift<T: FromStr>(what: &'static str, text: &str) -> Result<T, uniffi::deps::anyhow::Error> {
    text.parse().map_err(|_| NotOne { what }.into())
}

uniffi::custom_type!(Id, String, { remote, lower: |id| id.to_string(), try_lift: |text| lift("id", &text) });
uniffi::custom_type!(Digest, String, { remote, lower: |digest| digest.to_string(), try_lift: |text| lift("digest", &text) });
uniffi::custom_type!(EncryptionKey, String, { remote, lower: |key| key.to_string(), try_lift: |text| lift("key", &text) });
uniffi::custom_type!(ItemId, String, {
    remote,
    lower: |item| item.as_str().to_owned(),
    try_lift: |text| ItemId::parse(&text).ok_or_else(|| NotOne { what: "item" }.into()),
});
uniffi::custom_type!(Value, String, {
    remote,
    lower: |value| value.to_string(),
    try_lift: |text| Ok(serde_json::from_str(&text)?),
});
// Paths of an app's own folder are texts on every phone.
uniffi::custom_type!(PathBuf, String, {
    remote,
    lower: |path| path.to_string_lossy().into_owned(),
    try_lift: |text| Ok(PathBuf::from(text)),
});
uniffi::custom_type!(Aspects, HashMap<String, u8>, {
    remote,
    lower: |aspects| aspects.into_iter().collect(),
    try_lift: |aspects| Ok(aspects.into_iter().collect()),
});

// Red, green, blue in the lowest 24 bits.
uniffi::custom_type!(Rgb, u32, {
    remote,
    lower: |colour| colour.iter().fold(0, |bits, part| bits << 8 | u32::from(*part)),
    try_lift: |bits| {
        let [_, red, green, blue] = bits.to_be_bytes();
        Ok([red, green, blue])
    },
});

/// Words that a newer program may add to travel as they are.
macro_rules! words {
    ($($name:ident),+ $(,)?) => {
        $(uniffi::custom_type!($name, String, {
            remote,
            lower: |word| word.as_str().to_owned(),
            try_lift: |word| Ok($name::from_word(&word)),
        });)+
    };
}

words!(
    CashMethod,
    CashState,
    ChargeKind,
    Ink,
    JobState,
    MachineState,
    Outcome,
    PartGroup,
    Payer,
    Priority,
    Provenance,
    RequestState,
    SignerRole,
    Stage,
    TimeKind,
    VisitState,
    VoucherClass,
    VoucherState,
);
