//! Devices that this hub does not know and whose credential the tenant key signed: those that enrolled after the backup
//! from which the hub was restored. They push into quarantine until an administrator confirms them or turns them down.

use countersign_model::entity::{Device, DeviceState, Entity as _, Person, Role};
use countersign_model::payload::{DeviceConfirm, DeviceEnrol, DeviceIntroduce, DeviceRevoke, MasterSave, Payload};
use countersign_model::record::{Scope, kind};
use countersign_model::trust::{Credential, Introduction};
use countersign_model::wire::{ErrorCode, Introduced};
use countersign_model::{Digest, Id, Language, RecordRef, canonical};
use serde_json::json;

use super::Actor;
use super::devices::check_key;
use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::problem::Problem;
use crate::safekeeping::journal;
use crate::store::Write;

/// Longest name of a device, characters.
const NAME: usize = 80;

fn unknown() -> Problem {
    Problem::new(ErrorCode::SignIn, "this credential is not of this office: enrol the device again")
}

impl Hub {
    /// Takes a device's word for who it is, if the tenant key vouches for it. The same introduction twice is one.
    pub fn introduce(&self, introduction: &Introduction) -> Result<Introduced, Problem> {
        let credential = &introduction.credential;
        check_key(&credential.key)?;
        introduction.check(&self.chain()?).map_err(|_| unknown())?;
        // One at a time, as enrolments: two must not draw one short code.
        let _one = self.inner.enrolling.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let state = match self.get::<Device>(credential.device)? {
            None => {
                self.order(&self.system(), &introduced(introduction), Scope::device(credential.device))?;
                DeviceState::Unconfirmed
            }
            Some((_, device)) if device.key == credential.key => device.state,
            Some(_) => return Err(unknown()),
        };
        let known = self.read(|read| Ok(read.token_of(credential.device)?))?;
        let may_come_back = matches!(state, DeviceState::Active | DeviceState::Unconfirmed);
        match known {
            // A token is never exchanged for another, and whoever is revoked does not come back by this door.
            Some(token) if token.digest != introduction.token => return Err(unknown()),
            Some(_) => {}
            None if may_come_back => self.keep_shown_token(introduction)?,
            None => return Err(unknown()),
        }
        Ok(Introduced { unconfirmed: state == DeviceState::Unconfirmed })
    }

    fn keep_shown_token(&self, introduction: &Introduction) -> Outcome {
        let device = introduction.credential.device;
        let statement = introduction.credential.statement()?;
        // There is no invitation behind it; its place is taken by what the credential says.
        let invite = Digest::of_parts(&[b"countersign/introduction/1", &statement]);
        let now = self.now();
        self.write(|write| Ok(write.keep_token(introduction.token, device, invite, now).map(|_| ())?))
    }

    /// An administrator knows the device again: it is the device that it was, and what it pushed is judged. A person
    /// whom the restored hub does not know either comes back as an engineer, under the name that the credential bears.
    pub fn confirm_device(&self, actor: &Actor, device: Id, reason: &str) -> Outcome {
        let missing = || HubError::NotFound { what: "device", name: device.to_string() };
        let (_, body) = self.get::<Device>(device)?.ok_or_else(missing)?;
        let unknown = self.get::<Person>(body.person)?.is_none();
        if unknown && body.state == DeviceState::Unconfirmed {
            self.order(actor, &person_again(&body), Scope::office())?;
        }
        let payload = Payload::DeviceConfirm(DeviceConfirm { device, reason: reason.to_owned() });
        self.order(actor, &payload, Scope::device(device))?;
        // The order put what was held back to the stored commands, in its own transaction: a stop here loses nothing.
        self.judge_left_over()
    }

    /// An administrator turns the device down: what it sent stays here and has no effect, and the device is told.
    pub fn turn_down_device(&self, actor: &Actor, device: Id, reason: &str) -> Outcome {
        let missing = || HubError::NotFound { what: "device", name: device.to_string() };
        let (_, body) = self.get::<Device>(device)?.ok_or_else(missing)?;
        if body.state != DeviceState::Unconfirmed {
            use countersign_model::decide::{Refusal, RefusalCode};
            return Err(HubError::Refused(Refusal::new(RefusalCode::State).with("state", body.state.as_str())));
        }
        let payload = Payload::DeviceRevoke(DeviceRevoke { device, reason: reason.to_owned() });
        self.order(actor, &payload, Scope::device(device))?;
        let held = self.read(|read| Ok(read.quarantined_of(device)?))?;
        self.reject_quarantined(&held, reason)
    }
}

fn introduced(introduction: &Introduction) -> Payload {
    let Credential { device, person, person_name, code, key, .. } = introduction.credential.clone();
    let name: String = introduction.name.trim().chars().take(NAME).collect();
    let name = if name.is_empty() { code.clone() } else { name };
    Payload::DeviceIntroduce(DeviceIntroduce { device, person, person_name, name, code, key })
}

fn person_again(device: &Device) -> Payload {
    let name = if device.person_name.is_empty() { device.code.clone() } else { device.person_name.clone() };
    let person = Person { name, roles: vec![Role::Engineer], language: Language::default(), ..Person::default() };
    let record = RecordRef::new(kind::PERSON, device.person);
    Payload::MasterSave(MasterSave { record, fields: person.body(), seen: None })
}

/// What follows in the transaction that confirms a device: its own commands go to the judge, and the journal outside
/// the backup knows the device, so that the next restore does.
pub(crate) fn confirmed(write: &Write<'_>, device: Id, now: i64) -> Outcome {
    let Some((_, body)) = write.get::<Device>(device)? else { return Ok(()) };
    for command in write.quarantined_of(device)? {
        let Some(entry) = write.entry(command)? else { continue };
        let own = entry.origin.device().is_some_and(|(origin, _)| origin == device);
        // What it wrote in somebody else's name, or carried for another device, is still to be confirmed one by one.
        if own && entry.command.author == body.person {
            write.reopen(command)?;
        }
    }
    let Device { person, name, code, key, .. } = body;
    let enrolled = canonical::to_text(&DeviceEnrol { device, person, name, code, key })?;
    write.journal_entry(now, journal::ENROLLED, &enrolled)?;
    if let Some(token) = write.token_of(device)? {
        let token = json!({"device": device, "digest": token.digest, "invite": token.invite}).to_string();
        write.journal_entry(now, journal::TOKEN, &token)?;
    }
    Ok(())
}
