//! Redeeming an invitation: the hub's keys first, then the device's public key for an identity.
//!
//! Nothing is believed because of TLS: the chain must hold the key whose fingerprint the invitation names, and the
//! store checks the credential once more before it becomes the device. A lost reply is asked for again with the same
//! code and key, also after a restart ([`Store::pending_enrolment`]).

use std::sync::Arc;
use std::time::Duration;

use countersign_model::trust::PublicKey;
use countersign_model::wire::{EnrolRequest, Enrolment, EnrolmentString, Trust};
use zeroize::Zeroize as _;

use super::carrier::Carrier;
use super::failure::Failure;
use super::http::{HttpCarrier, HubAddress};
use crate::store::{Identity, Store, StoreError};
use crate::vault::{Vault, VaultError};

/// A reply may be lost this often before a person is asked to try later.
const TRIES: u32 = 3;
/// Before the second try; doubled for the third.
const WAIT: Duration = Duration::from_secs(1);

/// Who enrols.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newcomer {
    /// The device's public key, already kept where it survives a stop.
    pub key: PublicKey,
    /// What its owner calls the device.
    pub name: String,
    /// The program's version.
    pub program: String,
}

/// Why an enrolment did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum EnrolProblem {
    /// Try again where there is a network.
    #[error("the office server is not reached ({0}): try again with a network")]
    NotConnected(String),
    /// Try again later.
    #[error("the office server cannot answer now ({0}): try again later")]
    Busy(String),
    /// Ask for another invitation.
    #[error("this invitation is used up or too old: ask the office for another")]
    CodeUsed,
    /// Copy it again.
    #[error("the office server does not know this invitation: copy it again, whole, or ask for another")]
    CodeUnknown,
    /// Do not go on; ask the office.
    #[error("this is not the office that the invitation names ({0}): do not go on, ask the office")]
    Untrusted(String),
    /// Update the app.
    #[error("the office server and this program do not understand each other ({0}): update the program")]
    NotUnderstood(String),
    /// Look first who answers, and compare the print.
    #[error("nobody has seen yet which office answers for this invitation: look at it and compare the print first")]
    NotSeen,
    /// The device's vault cannot keep the token: unlock the device and try again.
    #[error("{0}")]
    Vault(VaultError),
    /// The device's own store.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for EnrolProblem {
    fn from(error: StoreError) -> EnrolProblem {
        match error {
            StoreError::Vault(error) => EnrolProblem::Vault(error),
            other => EnrolProblem::Store(other),
        }
    }
}

/// What answers at an invitation's address, before anybody enrols there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubSeen {
    /// What the company calls itself; empty where an older hub does not say.
    pub company: String,
    /// Where it is.
    pub url: String,
    /// The invitation, as one text: whoever enrols shows that they saw this for the very same one.
    pub invitation: String,
    /// The print of the key that the invitation names and that the hub has, for comparing it with the office's.
    pub print: String,
}

impl From<Failure> for EnrolProblem {
    fn from(failure: Failure) -> EnrolProblem {
        let words = failure.to_string();
        match failure {
            Failure::Invitation { used: true } => EnrolProblem::CodeUsed,
            Failure::Invitation { used: false } => EnrolProblem::CodeUnknown,
            Failure::Untrusted(why) => EnrolProblem::Untrusted(why),
            Failure::NotConnected(why) => EnrolProblem::NotConnected(why),
            Failure::Vault(error) => EnrolProblem::Vault(error),
            Failure::NotTheHub(_) => EnrolProblem::NotConnected(words),
            Failure::TooOften { .. } | Failure::Unavailable { .. } | Failure::HubStorage { .. } => {
                EnrolProblem::Busy(words)
            }
            _ => EnrolProblem::NotUnderstood(words),
        }
    }
}

/// Most characters of an invitation as it is typed, pasted or scanned, gaps included. The longest that an office gives has
/// some 420.
const INVITATION: usize = 4_000;

/// Most characters of a company's name that are shown before anybody enrolled there.
const COMPANY: usize = 120;

/// Reads an invitation as it was typed, pasted or scanned. A code that was broken over lines by a mail is the same code;
/// anything else than an invitation is [`EnrolProblem::CodeUnknown`], whatever it is.
pub fn invitation(text: &str) -> Result<EnrolmentString, EnrolProblem> {
    if text.len() > INVITATION {
        return Err(EnrolProblem::CodeUnknown);
    }
    let code: String = text.split_whitespace().collect();
    code.parse().map_err(|_none| EnrolProblem::CodeUnknown)
}

fn carrier_to(string: &EnrolmentString) -> Result<HttpCarrier, Failure> {
    HttpCarrier::new(&HubAddress { url: string.url.clone(), tls_key: string.tls_key }, None)
}

/// Asks who answers at the address that the invitation names, and believes them only if they have its key. The code stays
/// unused and is not sent.
pub async fn look(string: &EnrolmentString) -> Result<HubSeen, EnrolProblem> {
    let trust = trusted(&carrier_to(string)?, string).await?;
    // What a stranger's program calls itself must fit on a screen.
    let company = trust.company.trim().chars().filter(|letter| !letter.is_control()).take(COMPANY).collect();
    let (url, print) = (string.url.clone(), string.tenant_key.print());
    Ok(HubSeen { company, url, invitation: string.to_string(), print })
}

/// Enrols over HTTP at the address that the invitation names. The token is sealed by this vault.
pub async fn enrol(
    store: &Store,
    vault: Arc<dyn Vault>,
    string: &EnrolmentString,
    who: Newcomer,
) -> Result<Identity, EnrolProblem> {
    enrol_by(store, vault, &carrier_to(string)?, string, who).await
}

/// What the hub says of its keys, if the one that the invitation names is among them.
async fn trusted<C: Carrier>(carrier: &C, string: &EnrolmentString) -> Result<Trust, EnrolProblem> {
    let trust = carrier.trust().await?;
    trust.chain.check().map_err(|problem| EnrolProblem::Untrusted(problem.to_string()))?;
    if !trust.chain.holds(string.tenant_key) {
        return Err(EnrolProblem::Untrusted("its key has another fingerprint".to_owned()));
    }
    Ok(trust)
}

/// Enrols through this carrier.
pub async fn enrol_by<C: Carrier>(
    store: &Store,
    vault: Arc<dyn Vault>,
    carrier: &C,
    string: &EnrolmentString,
    who: Newcomer,
) -> Result<Identity, EnrolProblem> {
    trusted(carrier, string).await?;
    write(store, {
        let (string, key) = (string.clone(), who.key.clone());
        move |store| store.begin_enrolment(&string, &key)
    })
    .await?;
    let mut enrolment = redeem(carrier, string, &who).await?;
    check(string, &who.key, &enrolment)?;
    let string = string.clone();
    write(store, move |store| {
        let saved = store.save_enrolment(&string, &enrolment, &*vault);
        enrolment.token.zeroize();
        saved
    })
    .await?;
    write(store, |store| store.identity()).await?.ok_or(EnrolProblem::Store(StoreError::NotEnrolled))
}

async fn write<T: Send + 'static>(
    store: &Store,
    work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, EnrolProblem> {
    let store = store.clone();
    let done = tokio::task::spawn_blocking(move || work(&store)).await;
    Ok(done.map_err(|error| EnrolProblem::NotUnderstood(error.to_string()))??)
}

async fn redeem<C: Carrier>(carrier: &C, string: &EnrolmentString, who: &Newcomer) -> Result<Enrolment, EnrolProblem> {
    let mut wait = WAIT;
    let mut tries = 1;
    loop {
        let request = EnrolRequest {
            code: string.code.clone(),
            key: who.key.clone(),
            name: who.name.clone(),
            program: who.program.clone(),
        };
        match carrier.enrol(request).await {
            Ok(enrolment) => return Ok(enrolment),
            Err(Failure::NotConnected(_) | Failure::Unavailable { .. }) if tries < TRIES => {
                tokio::time::sleep(wait).await;
                wait *= 2;
                tries += 1;
            }
            Err(failure) => return Err(failure.into()),
        }
    }
}

/// The answer must be for this key and by the tenant that the invitation names.
fn check(string: &EnrolmentString, key: &PublicKey, enrolment: &Enrolment) -> Result<(), EnrolProblem> {
    let untrusted = |why: &str| EnrolProblem::Untrusted(why.to_owned());
    let credential = &enrolment.credential;
    enrolment.chain.check().map_err(|problem| EnrolProblem::Untrusted(problem.to_string()))?;
    if !enrolment.chain.holds(string.tenant_key) {
        return Err(untrusted("its key has another fingerprint"));
    }
    credential.check(&enrolment.chain).map_err(|problem| EnrolProblem::Untrusted(problem.to_string()))?;
    if let Some(recovery) = &enrolment.recovery {
        recovery.check(&enrolment.chain).map_err(|problem| EnrolProblem::Untrusted(problem.to_string()))?;
    }
    if credential.key != *key {
        return Err(untrusted("the credential is for another key"));
    }
    if credential.device != enrolment.device || credential.person != enrolment.person {
        return Err(untrusted("the credential is for another device"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a scanner, a link or a paste may bring in the place of an invitation.
    #[test]
    fn only_an_invitation_is_one_and_all_else_is_a_clear_word() {
        let key = "ab".repeat(32);
        let good = format!("countersign:1:https://hub.example:8443|K7QM-3FHT|{key}|-");
        let broken: String = good.chars().flat_map(|letter| [letter, '\n', ' ']).collect();
        for text in [good.clone(), format!(" {good}\r\n"), broken] {
            assert_eq!(invitation(&text).unwrap().to_string(), good, "{text}");
        }
        let of = |url: &str, code: &str| format!("countersign:1:{url}|{code}|{key}|-");
        let long = "x".repeat(300);
        let rows = [
            String::new(),
            "9".repeat(1 << 20),
            format!("{good}{}", " ".repeat(8_000)),
            good.to_uppercase(),
            format!("{good}|more"),
            "countersign://job/J-26-0001".to_owned(),
            "https://hub.example/".to_owned(),
            "intent://scan/#Intent;scheme=countersign;end".to_owned(),
            "countersign:1:|||".to_owned(),
            of("javascript:alert(1)", "C"),
            of("file:///etc/passwd", "C"),
            of("ftp://hub.example", "C"),
            of("https://", "C"),
            of("https://hub.example@evil.example", "C"),
            of("https://evil.example/#hub.example", "C"),
            of("https://evil.example/?hub.example", "C"),
            of("https://hub.ex\u{430}mple", "C"),
            of(&format!("https://{long}.example"), "C"),
            of("https://hub.example", ""),
            of("https://hub.example", &long),
            of("https://hub.example", "c\u{0}de"),
            "countersign:1:https://hub.example|C|00|-".to_owned(),
            format!("countersign:1:https://hub.example|C|{key}|"),
        ];
        for text in rows {
            let refused = invitation(&text);
            let shown: String = text.chars().take(90).collect();
            assert!(matches!(refused, Err(EnrolProblem::CodeUnknown)), "{shown}: {refused:?}");
        }
    }
}
