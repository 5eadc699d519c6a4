//! Devices: inviting, enrolling, recognising, revoking.

use std::collections::BTreeSet;

use countersign_model::entity::{Device, DeviceState, Person};
use countersign_model::lease::LEASE_MS;
use countersign_model::payload::{DeviceEnrol, DeviceRevoke, Payload};
use countersign_model::record::Scope;
use countersign_model::trust::{Credential, PublicKey};
use countersign_model::wire::{EnrolRequest, Enrolment, EnrolmentString, ErrorCode, is_hub_address};
use countersign_model::{Digest, Id};
use subtle::ConstantTimeEq as _;

use super::Actor;
use crate::edge;
use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::judge::Caller;
use crate::keys;
use crate::problem::Problem;
use crate::safekeeping::journal;
use crate::store::{InviteRow, StoreError, TokenRow};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// How long an invitation holds.
const INVITE: i64 = 7 * DAY;
/// How long a revoked device may push into quarantine.
const QUARANTINE: i64 = 90 * DAY;
/// How often "last seen" is written: a page each poll would wear the disk for nothing.
const SEEN: i64 = 10 * 60 * 1000;
/// Devices of a company up to which two letters make good short codes (a fifth of all pairs).
const TWO_LETTERS: usize = 200;

/// An invitation to enrol a device.
#[derive(Clone, PartialEq, Eq)]
pub struct Invite {
    /// The one-time code.
    pub code: String,
    /// Where the hub is.
    pub url: String,
    /// Fingerprint of the tenant key.
    pub fingerprint: Digest,
    /// Until when, hub time.
    pub expires: i64,
    /// All of it in one text, for the QR.
    pub enrolment: String,
}

impl std::fmt::Debug for Invite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invite").field("url", &self.url).field("code", &"…").finish_non_exhaustive()
    }
}

/// A device that enrolled, for the console's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// The device.
    pub device: Id,
    /// When it last called, hub time.
    pub last_seen: Option<i64>,
    /// How many of its commands its key has not signed.
    pub unsigned: u64,
    /// How many of its commands are in quarantine.
    pub quarantined: u64,
}

/// Settings under which the last `serve` left where it can be reached.
pub(crate) const URL_SETTING: &str = "serve.url";
/// Fingerprint of the self-signed TLS key; empty where devices need not pin one.
pub(crate) const TLS_SETTING: &str = "serve.tls_key";

fn code_digest(typed: &str) -> Digest {
    Digest::of_parts(&[b"countersign/invite/1", edge::read_code(typed).as_bytes()])
}

/// The tenant key vouches for what stands in a credential: only for a key, in the one form that everybody compares.
pub(super) fn check_key(key: &PublicKey) -> Result<(), Problem> {
    match PublicKey::parse(key.as_hex()) {
        Ok(parsed) if parsed == *key => Ok(()),
        _ => Err(Problem::new(ErrorCode::BadRequest, "the key is no compressed P-256 public key")),
    }
}

impl Hub {
    /// Invites a person to enrol a device. Without a URL it is that of the last `serve`.
    pub fn invite(&self, person: Id, url: Option<&str>) -> Outcome<Invite> {
        let missing = || HubError::NotFound { what: "person", name: person.to_string() };
        let (_, body) = self.get::<Person>(person)?.ok_or_else(missing)?;
        if body.archived {
            return Err(missing());
        }
        let url = self.invitation_address(url)?;
        let tls = self.read(|read| Ok(read.setting(TLS_SETTING)?))?;
        let code = self.inner.edge.random_code()?;
        let expires = self.now().saturating_add(INVITE);
        let nonce = self.random()?;
        self.write(|write| Ok(write.keep_invite(code_digest(&code), person, expires, nonce)?))?;
        let tls_key = tls.and_then(|text| text.parse().ok()).filter(|_| url.starts_with("https://"));
        let string = EnrolmentString { url: url.clone(), code: code.clone(), tenant_key: self.fingerprint(), tls_key };
        Ok(Invite { code, url, fingerprint: self.fingerprint(), expires, enrolment: string.to_string() })
    }

    /// The address that an invitation would name: this one, or that of the last `serve`.
    pub fn invitation_address(&self, url: Option<&str>) -> Outcome<String> {
        let served = self.read(|read| Ok(read.setting(URL_SETTING)?))?;
        let url = match url.map(str::to_owned).or(served) {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => return Err(HubError::Input("name the hub's address: it was not served yet".to_owned())),
        };
        if is_hub_address(&url) {
            return Ok(url);
        }
        let shown: String = url.chars().take(80).collect();
        Err(HubError::Input(format!("\"{shown}\" is no address: write one such as https://service.example:8443")))
    }

    /// Redeems an invitation. The same code and key get the same answer until the device calls with its token.
    pub fn enrol(&self, request: &EnrolRequest) -> Result<Enrolment, Problem> {
        check_key(&request.key)?;
        // One at a time: two enrolments must not draw one short code.
        let _one = self.inner.enrolling.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let now = self.now();
        let invite = self.open_invite(request, now)?;
        let device = match invite.device {
            Some(device) => device,
            None => self.inner.edge.new_id(now).map_err(HubError::from)?,
        };
        self.inner.store.write(self.tenant(), |write| write.redeem(invite.code, &request.key, device))?;
        self.make_device(&invite, device, request)?;
        let token = keys::token(&self.inner.token_secret, &invite.nonce, invite.code, request.key.as_hex());
        let digest = Digest::of(token.as_bytes());
        self.inner.store.write(self.tenant(), |write| {
            if write.keep_token(digest, device, invite.code, now)? {
                let body = serde_json::json!({"device": device, "digest": digest, "invite": invite.code}).to_string();
                write.journal_entry(now, journal::TOKEN, &body)?;
            }
            Ok::<(), StoreError>(())
        })?;
        self.write_journal();
        Ok(Enrolment {
            device,
            person: invite.person,
            token,
            lease_until: now.saturating_add(LEASE_MS),
            credential: self.credential(device)?,
            chain: self.chain()?,
            recovery: self.recovery_keys()?,
            epoch: self.epoch().to_owned(),
            tls: self.tls_statement()?,
        })
    }

    fn open_invite(&self, request: &EnrolRequest, now: i64) -> Result<InviteRow, Problem> {
        let unknown = || Problem::new(ErrorCode::CodeUnknown, "this invitation is not known: check the code");
        let used = || Problem::new(ErrorCode::CodeUsed, "this invitation is used up or too old: ask for another");
        let digest = code_digest(&request.code);
        let invite = self.read(|read| Ok(read.invite(digest)?))?.ok_or_else(unknown)?;
        let other_key = invite.key.as_ref().is_some_and(|key| key != request.key.as_hex());
        let stays = self.get::<Person>(invite.person)?.is_some_and(|(_, person)| !person.archived);
        if invite.closed || invite.expires <= now || other_key || !stays {
            return Err(used());
        }
        Ok(invite)
    }

    fn make_device(&self, invite: &InviteRow, device: Id, request: &EnrolRequest) -> Outcome {
        if self.get::<Device>(device)?.is_some() {
            return Ok(());
        }
        let payload = Payload::DeviceEnrol(DeviceEnrol {
            device,
            person: invite.person,
            name: request.name.trim().chars().take(80).collect(),
            code: self.free_code()?,
            key: request.key.clone(),
        });
        self.order(&Actor::System { person: invite.person }, &payload, Scope::device(device)).map(|_| ())
    }

    /// A short code that no device of the company has or had.
    fn free_code(&self) -> Outcome<String> {
        let mut taken: BTreeSet<String> = self.all::<Device>()?.into_iter().map(|(_, device)| device.code).collect();
        taken.extend(self.journalled_codes()?);
        let prefix = self.code_prefix()?;
        let letters = if taken.len() < TWO_LETTERS { 2 } else { 4 };
        loop {
            let code = format!("{prefix}{}", self.inner.edge.random_letters(letters)?);
            if !taken.contains(&code) {
                return Ok(code);
            }
        }
    }

    /// The tenant key's statement about a device. The same device gets the same one each time.
    fn credential(&self, device: Id) -> Outcome<Credential> {
        let missing = || HubError::NotFound { what: "device", name: device.to_string() };
        let (_, body) = self.get::<Device>(device)?.ok_or_else(missing)?;
        let name = self.get::<Person>(body.person)?.map(|(_, person)| person.name).unwrap_or_default();
        let signer = self.signer()?;
        let credential = Credential {
            tenant: self.tenant(),
            device,
            person: body.person,
            person_name: name,
            code: body.code,
            key: body.key,
            issued: body.enrolled,
            key_number: signer.number,
            signature: String::new(),
        };
        Ok(credential.signed(&signer.key)?)
    }

    /// Recognises a device by its token.
    pub fn recognise(&self, token: &str) -> Result<Caller, Problem> {
        let unknown = || Problem::new(ErrorCode::SignIn, "this device is not known: enrol it again");
        let digest = Digest::of(token.as_bytes());
        let found = self.read(|read| {
            let Some(token) = read.token(digest)? else { return Ok(None) };
            let Some((_, device)) = read.get::<Device>(token.device)? else { return Ok(None) };
            let person = read.get::<Person>(device.person)?;
            Ok(Some((token, device, person.is_none_or(|(_, person)| person.archived))))
        })?;
        let (row, device, left) = found.ok_or_else(unknown)?;
        // Looked up by digest, compared in constant time: neither the lookup nor the comparison tells of the token.
        if !bool::from(row.digest.0.ct_eq(&digest.0)) {
            return Err(unknown());
        }
        let now = self.now();
        let revoked = match device.state {
            DeviceState::Active | DeviceState::Unconfirmed => row.revoked,
            _ => Some(row.revoked.unwrap_or(now)),
        };
        if revoked.is_some_and(|since| now.saturating_sub(since) > QUARANTINE) {
            return Err(unknown());
        }
        self.note_seen(&row, now)?;
        let unconfirmed = device.state == DeviceState::Unconfirmed;
        Ok(Caller { device: row.device, person: device.person, revoked, left, unconfirmed })
    }

    fn note_seen(&self, row: &TokenRow, now: i64) -> Outcome {
        if row.used && now.saturating_sub(row.last_seen) < SEEN {
            return Ok(());
        }
        self.write(|write| Ok(write.token_used(row, now)?))
    }

    /// Revokes a device: its downloads end at once; what it still sends goes to quarantine.
    pub fn revoke(&self, actor: &Actor, device: Id, reason: &str) -> Outcome {
        let payload = Payload::DeviceRevoke(DeviceRevoke { device, reason: reason.to_owned() });
        self.order(actor, &payload, Scope::device(device)).map(|_| ())
    }

    /// What is known of a device besides its record.
    pub fn enrolled(&self, device: Id) -> Outcome<Enrolled> {
        self.read(|read| {
            let last_seen = read.token_of(device)?.filter(|token| token.used).map(|token| token.last_seen);
            let (quarantined, _) = read.quarantine_use(device)?;
            Ok(Enrolled { device, last_seen, unsigned: read.unsigned_links(device)?, quarantined })
        })
    }

    /// When one of a person's devices was last heard of, hub time; `None` where none ever was.
    pub fn last_heard_of(&self, person: Id) -> Outcome<Option<i64>> {
        self.read(|read| {
            let mut last = None;
            for (row, _) in read.children_of::<Device>(person)? {
                let token = read.token_of(row.id)?.filter(|token| token.used);
                last = last.max(token.map(|token| token.last_seen));
            }
            Ok(last)
        })
    }

    /// A device by its id, short code or name.
    pub fn find_device(&self, name: &str) -> Outcome<(Id, Device)> {
        let wanted = name.trim();
        let mut found = self.all::<Device>()?;
        found.retain(|(row, device)| {
            row.id.to_string() == wanted || device.code.eq_ignore_ascii_case(wanted) || device.name == wanted
        });
        match (found.pop(), found.is_empty()) {
            (Some((row, device)), true) => Ok((row.id, device)),
            (Some(_), false) => Err(HubError::Several { what: "devices", name: wanted.to_owned() }),
            (None, _) => Err(HubError::NotFound { what: "device", name: wanted.to_owned() }),
        }
    }
}
