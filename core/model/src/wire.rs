//! What phone and hub say to each other. They share these types and nothing else.
//!
//! | call | sends | answers |
//! |---|---|---|
//! | `GET /v1/trust` | – | [`Trust`] |
//! | `POST /v1/enrol` | [`EnrolRequest`] | [`Enrolment`] |
//! | `POST /v1/introduce` | [`crate::trust::Introduction`] | [`Introduced`]: of a device whose token the hub does not know |
//! | `POST /v1/commands` | [`Push`] | [`Pushed`] |
//! | `GET /v1/feed?cursor=&limit=` | – | [`FeedPage`] |
//! | `GET /v1/scopes/{scope}?after=&limit=` | – | [`ScopePage`] (the slash of the scope is sent as it is) |
//! | `POST /v1/scopes` | [`ScopesRequest`] | [`ScopesPage`]: many scopes in one call; a hub that does not know it answers `404` or `405` |
//! | `POST /v1/media` | [`MediaOffer`] | [`MediaState`] |
//! | `PUT /v1/media/{sha256}/chunks/{i}` | bytes, `Content-Digest: sha-256=:…:` | `204` |
//! | `POST /v1/media/{sha256}/finish` | – | [`crate::trust::Receipt`] |
//! | `GET /v1/media/{sha256}` | – | bytes, ranges |
//! | `POST /v1/receipts` | [`ReceiptRequest`] | [`crate::trust::Receipt`] |
//! | `GET /v1/poke` | – | server-sent events without content |
//!
//! Every call but trust, enrol and introduce carries `Authorization: Bearer <token>`. Every answer of the hub carries the header
//! [`HUB_HEADER`]; an answer without it is not the hub's (a captive portal's, say) and counts as not connected.
//! Errors are an [`Error`] with the HTTP status that fits.

use serde::{Deserialize, Serialize};

use crate::command::Envelope;
use crate::decide::Refusal;
use crate::digest::Digest;
use crate::entity::DecisionOutcome;
use crate::id::Id;
use crate::log::TreeHead;
use crate::open_enum;
use crate::record::{Row, Scope};
use crate::recovery::RecoveryKeys;
use crate::scope_sum::ScopeSum;
use crate::trust::{Credential, PublicKey, Receipt, TlsStatement, TrustChain};

/// Header by which an answer is known to be a hub's; its value is the tenant's id, or `-` before enrolment.
pub const HUB_HEADER: &str = "countersign-hub";
/// Header with the hub's clock, milliseconds since 1970, by which phones measure their offset.
pub const TIME_HEADER: &str = "countersign-time";
/// Size of a media chunk: S3 wants parts of at least 5 MiB, and a phone loses at most this by a cut.
pub const CHUNK_BYTES: u64 = 8 << 20;
/// Most commands in one push.
pub const PUSH_COMMANDS: usize = 200;
/// Most bytes of one push.
pub const PUSH_BYTES: usize = 4 << 20;
/// Most bytes of one command body: a document with 200 answers takes a tenth of this.
pub const COMMAND_BYTES: usize = 1 << 20;
/// Most rows of one page.
pub const PAGE_ROWS: usize = 1_000;
/// Most scopes that are asked for in one call.
pub const SCOPES_AT_ONCE: usize = 500;
/// Most bytes of one file: two hours of video in phone quality.
pub const MEDIA_BYTES: u64 = 16 << 30;

/// What a phone must know before it trusts a hub; printed as QR or typed.
/// Text form: `countersign:1:<url>|<code>|<tenant key fingerprint>|<spki fingerprint or ->`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentString {
    /// Where the hub is, such as `https://hub.example:8443`.
    pub url: String,
    /// One-time secret.
    pub code: String,
    /// Fingerprint of the tenant key.
    pub tenant_key: Digest,
    /// SHA-256 of the TLS key (SubjectPublicKeyInfo), where it is self-signed.
    pub tls_key: Option<Digest>,
}

const ENROLMENT_PREFIX: &str = "countersign:1:";
/// Longest address of a hub: a QR code that cameras read well holds some 300 characters, with the rest of the string.
const ADDRESS: usize = 200;

/// Whether this can be the address of a hub in an enrolment string: its parts are divided by bars, nobody types a gap, and
/// what stands before an `@` only looks like the host.
pub fn is_hub_address(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let fits =
        |letter: char| letter.is_ascii_graphic() && !matches!(letter, '|' | '"' | '<' | '>' | '\\' | '@' | '?' | '#');
    url.len() <= ADDRESS
        && host.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[')
        && url.chars().all(fits)
}

impl std::fmt::Display for EnrolmentString {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tls = self.tls_key.map_or_else(|| "-".to_owned(), |digest| digest.hex());
        write!(f, "{ENROLMENT_PREFIX}{}|{}|{}|{tls}", self.url, self.code, self.tenant_key)
    }
}

/// A text that is no enrolment string.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not an enrolment string: ask the office for a new invitation and copy it whole")]
pub struct NotAnEnrolment;

impl std::str::FromStr for EnrolmentString {
    type Err = NotAnEnrolment;
    fn from_str(text: &str) -> Result<EnrolmentString, NotAnEnrolment> {
        let rest = text.trim().strip_prefix(ENROLMENT_PREFIX).ok_or(NotAnEnrolment)?;
        let parts: Vec<&str> = rest.split('|').collect();
        let [url, code, tenant_key, tls] = parts.as_slice() else { return Err(NotAnEnrolment) };
        let fits = |letter: char| letter.is_ascii_graphic();
        if !is_hub_address(url) || code.is_empty() || code.len() > 64 || !code.chars().all(fits) {
            return Err(NotAnEnrolment);
        }
        let tls_key = match *tls {
            "-" => None,
            digest => Some(digest.parse().map_err(|_| NotAnEnrolment)?),
        };
        Ok(EnrolmentString {
            url: url.trim_end_matches('/').to_owned(),
            code: (*code).to_owned(),
            tenant_key: tenant_key.parse().map_err(|_| NotAnEnrolment)?,
            tls_key,
        })
    }
}

/// The hub's keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Trust {
    /// The tenant's key chain.
    pub chain: TrustChain,
    /// The hub's epoch.
    pub epoch: String,
    /// The tenant key's word about the hub's TLS key; `None` from a hub that was never served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<TlsStatement>,
    /// To which keys rescue files are encrypted; `None` from a hub that has none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<RecoveryKeys>,
    /// What the company calls itself, for a person who is about to enrol; empty from an older hub. Nobody signs it: it
    /// says nothing about who answers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub company: String,
}

impl Trust {
    /// A name for these keys: a device whose own differ from those of the feed asks for them.
    pub fn name_of(chain: &TrustChain, recovery: Option<&RecoveryKeys>) -> Digest {
        let newest = chain.keys.last().map(|link| link.key.as_hex()).unwrap_or_default();
        let stated = recovery.map(|keys| keys.signature.as_str()).unwrap_or_default();
        Digest::of_parts(&[b"countersign/keys/1", newest.as_bytes(), stated.as_bytes()])
    }
}

/// Redeems an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolRequest {
    /// The one-time secret.
    pub code: String,
    /// The device's public key; enrolling again with the same code and key answers the same until the first
    /// authenticated call.
    pub key: PublicKey,
    /// What its owner calls the device.
    pub name: String,
    /// The program's version.
    pub program: String,
}

/// What a device becomes by enrolling.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolment {
    /// The device.
    pub device: Id,
    /// Its person.
    pub person: Id,
    /// The bearer token; the hub keeps only its digest.
    pub token: String,
    /// The lease's end, hub time in milliseconds.
    pub lease_until: i64,
    /// The tenant key's statement about the device key; holds the short code.
    pub credential: Credential,
    /// The tenant's keys.
    pub chain: TrustChain,
    /// To which keys rescue files are encrypted; `None` from a hub that has none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<RecoveryKeys>,
    /// The hub's epoch.
    pub epoch: String,
    /// The tenant key's word about the hub's TLS key, from whose counter the device goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<TlsStatement>,
}

impl std::fmt::Debug for Enrolment {
    /// Without the token: whoever reads a log must not be able to call as the device.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Enrolment").field("device", &self.device).field("person", &self.person).finish_non_exhaustive()
    }
}

/// The hub knows who calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Introduced {
    /// Whether a person at the office must confirm the device first: until then it pushes into quarantine.
    pub unconfirmed: bool,
}

/// A run of a device's chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Push {
    /// The commands, in the order of their sequence numbers.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 200))]
    pub envelopes: Vec<Envelope>,
    /// The device's signature over its chain up to a sequence number; `None` while its key is locked.
    pub signature: Option<ChainSignature>,
}

/// A device's word for its chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChainSignature {
    /// Up to here.
    pub seq: u64,
    /// The chain's value there.
    pub chain_hash: Digest,
    /// Over [`crate::trust::chain_statement`].
    pub signature: String,
}

/// What became of a push. The decisions themselves come by the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pushed {
    /// The hub durably has everything up to here.
    pub stored: u64,
    /// Whether it went into quarantine: a revoked device learns only this.
    #[serde(default)]
    pub quarantined: bool,
    /// First judgements, for showing; not the road by which commands are forgotten.
    #[serde(default)]
    pub outcomes: Vec<PushedOutcome>,
}

/// First judgement of one command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushedOutcome {
    /// Which command.
    pub command: Id,
    /// How it ended so far.
    pub outcome: DecisionOutcome,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

/// A page of the feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeedPage {
    /// Where to go on; opaque.
    pub cursor: String,
    /// The hub's epoch; another one than before means: fetch everything anew and offer everything again.
    pub epoch: String,
    /// Rows and tombstones in the order of `seq`.
    pub rows: Vec<Row>,
    /// Nothing newer existed in the held scopes in the same read snapshot.
    pub at_head: bool,
    /// The hub's clock, milliseconds.
    pub hub_time: i64,
    /// Up to which of the device's sequence numbers a proven backup covers; `None` where no marks are announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup_mark: Option<u64>,
    /// The lease's end after this call.
    pub lease_until: i64,
    /// Which keys the office has, as [`Trust::name_of`] names them: others than the device knows mean that it asks for
    /// them. `None` from an older hub.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys: Option<Digest>,
    /// The newest signed head of the log. `None` from an older hub, and while nothing was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<TreeHead>,
    /// At head: sums of scopes that this page touches, of the same read snapshot. A device whose base of such a scope has
    /// another sum fetches that scope anew. Long scopes have none; empty from an older hub.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<ScopeSum>,
}

/// A page of a scope's snapshot, by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopePage {
    /// The scope.
    pub scope: Scope,
    /// The tenant's counter when the first page was read: rows up to here that are not listed are gone.
    pub as_of: u64,
    /// Rows, without tombstones.
    pub rows: Vec<Row>,
    /// Where to go on; `None` at the end.
    pub next: Option<String>,
}

/// A scope that a device asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopeWanted {
    /// Which.
    pub scope: Scope,
    /// Where to go on: the `next` of its last page; `None` from the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Asks for many scopes at once: a first sync of thousands would otherwise be a call for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopesRequest {
    /// At most [`SCOPES_AT_ONCE`], in the order in which they are wanted.
    pub wanted: Vec<ScopeWanted>,
    /// Most rows of the answer, all scopes together.
    pub limit: usize,
}

/// As many of the wanted scopes as fit, in the order in which they were wanted. What is neither on a page nor denied did
/// not fit: it is asked for again. Every page is one of a snapshot of its own, as [`ScopePage`] is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScopesPage {
    /// Pages; only the last may leave its scope incomplete.
    pub pages: Vec<ScopePage>,
    /// Scopes that this device does not hold.
    #[serde(default)]
    pub denied: Vec<Scope>,
}

/// Offers bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MediaOffer {
    /// Their digest.
    pub sha256: Digest,
    /// Their length.
    #[cfg_attr(feature = "openapi", schema(maximum = 17_179_869_184_u64))]
    pub bytes: u64,
}

/// What the hub has of offered bytes from this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MediaState {
    /// Size of a chunk; the last may be shorter.
    pub chunk_bytes: u64,
    /// Chunks that are missing, ascending.
    pub missing: Vec<u64>,
    /// A receipt, where this device already sent all of it and it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
}

/// Asks for a receipt over bytes that this device sent before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptRequest {
    /// Which.
    #[cfg_attr(feature = "openapi", schema(max_items = 10_000))]
    pub sha256: Vec<Digest>,
}

open_enum! {
    /// What a person or program can do about a failed call.
    ErrorCode {
        /// The request does not fit; a newer or older program sent it.
        BadRequest = "bad_request",
        /// The token is not known: enrol again.
        SignIn = "sign_in",
        /// The office must confirm the device first; what it pushes is kept until then.
        Unconfirmed = "unconfirmed",
        /// The device is revoked.
        Revoked = "revoked",
        /// The invitation is used up or too old: ask for another.
        CodeUsed = "code_used",
        /// The invitation is not known.
        CodeUnknown = "code_unknown",
        /// Not there, or not for this device.
        NotFound = "not_found",
        /// A sequence number was skipped; `detail` names the one expected.
        Gap = "gap",
        /// The same sequence number came with other content: the store was copied.
        Fork = "fork",
        /// Too large.
        TooLarge = "too_large",
        /// Too often: wait.
        TooOften = "too_often",
        /// The bytes do not have the digest.
        DigestMismatch = "digest_mismatch",
        /// The hub has no space or cannot write.
        Storage = "storage",
        /// The hub cannot answer now: try again.
        Unavailable = "unavailable",
    }
}

/// The body of a failed call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Error {
    /// What can be done.
    pub code: ErrorCode,
    /// For people who look closer; in English, without secrets.
    #[serde(default)]
    pub detail: String,
}

/// The chunks that a file of this length has.
pub fn chunk_count(bytes: u64, chunk_bytes: u64) -> u64 {
    bytes.div_ceil(chunk_bytes.max(1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enrolment_string_reads_back_and_garbage_is_refused() {
        let string = EnrolmentString {
            url: "http://127.0.0.1:8080".to_owned(),
            code: "K7QM-3FHT-9WZC".to_owned(),
            tenant_key: Digest::of(b"key"),
            tls_key: Some(Digest::of(b"tls")),
        };
        assert_eq!(string.to_string().parse(), Ok(string.clone()));
        let whole = string.to_string();
        for cut in 0..whole.len() - 1 {
            assert!(whole[..cut].parse::<EnrolmentString>().is_err(), "{}", &whole[..cut]);
        }
        assert!("countersign:1:ftp://x|c|00|-".parse::<EnrolmentString>().is_err());
    }

    #[test]
    fn every_file_has_at_least_one_chunk() {
        let rows = [(0, 1), (1, 1), (CHUNK_BYTES, 1), (CHUNK_BYTES + 1, 2), (3 * CHUNK_BYTES, 3)];
        for (bytes, chunks) in rows {
            assert_eq!(chunk_count(bytes, CHUNK_BYTES), chunks, "{bytes}");
        }
    }
}
