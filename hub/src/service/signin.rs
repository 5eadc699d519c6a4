//! Sign-in of people at the console: one-time links, passwords (argon2id), sessions. The database holds digests only.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use countersign_model::entity::{Person, Role};
use countersign_model::{Digest, Id};

use crate::error::{HubError, Outcome};
use crate::hub::Hub;
use crate::store::{Login, SessionRow};

/// A working day and a bit.
const SESSION: i64 = 12 * 60 * 60 * 1000;
/// Long enough to walk from the server to the desk.
const LINK: i64 = 24 * 60 * 60 * 1000;
/// The shortest password, NIST SP 800-63B section 3.1.1.2 for one used alone.
pub const SHORTEST_PASSWORD: usize = 12;
/// A cap, so that hashing cannot be made expensive.
pub const LONGEST_PASSWORD: usize = 256;

/// A link that signs a person in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInLink {
    /// The path with its secret, to be put behind the console's address.
    pub path: String,
    /// For whom.
    pub person: Id,
    /// Until when, hub time.
    pub expires: i64,
}

/// A session at the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub person: Id,
    /// Digest of its id, as commands name it.
    pub digest: Digest,
    /// What the console keeps in it, as JSON.
    pub body: String,
    /// Until when, hub time.
    pub expires: i64,
}

/// The parameters of OWASP's password storage cheat sheet for argon2id: 19 MiB, two passes, one lane.
fn hasher() -> Outcome<Argon2<'static>> {
    let parameters = Params::new(19 * 1024, 2, 1, None).map_err(|error| HubError::Password(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

fn username_of(typed: &str) -> String {
    typed.trim().to_lowercase()
}

impl Hub {
    /// A one-time link for the first administrator; makes that person where there is none.
    pub fn first_admin_link(&self) -> Outcome<SignInLink> {
        let person = match self.somebody_who_is(&Role::Administrator)? {
            Some(person) => person,
            None => self.add_person(
                &self.system(),
                "Administrator",
                &[Role::Administrator],
                countersign_model::Language::English,
            )?,
        };
        self.sign_in_link(person, false)
    }

    /// A link that signs a person in: once, or (the demo's) until it expires.
    pub fn sign_in_link(&self, person: Id, reusable: bool) -> Outcome<SignInLink> {
        let secret = hex::encode(self.random::<32>()?);
        let expires = self.now().saturating_add(LINK);
        let code = Digest::of(secret.as_bytes());
        self.write(|write| Ok(write.keep_sign_in_link(code, person, expires, reusable)?))?;
        Ok(SignInLink { path: format!("/sign-in/{secret}"), person, expires })
    }

    /// For whom a link's secret is, without using it up: for the page that asks "continue?".
    pub fn whose_link(&self, secret: &str) -> Outcome<Option<Id>> {
        let now = self.now();
        self.read(|read| Ok(read.sign_in_link(Digest::of(secret.as_bytes()), now)?))
    }

    /// Uses a link up.
    pub fn redeem_link(&self, secret: &str) -> Outcome<Option<Id>> {
        let now = self.now();
        let code = Digest::of(secret.as_bytes());
        self.write(|write| {
            let person = write.sign_in_link(code, now)?;
            if person.is_some() {
                write.use_sign_in_link(code)?;
            }
            Ok(person)
        })
    }

    /// Sets a person's username and password and ends their sessions.
    pub fn set_password(&self, person: Id, username: &str, password: &str) -> Outcome {
        let username = username_of(username);
        let length = password.chars().count();
        if username.is_empty() || username.len() > 80 {
            return Err(HubError::Input("a username of 1 to 80 letters is needed".to_owned()));
        }
        if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length) {
            return Err(HubError::Input(format!("a password of at least {SHORTEST_PASSWORD} characters is needed")));
        }
        let salt = self.random::<16>()?;
        let hash = hasher()?
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|error| HubError::Password(error.to_string()))?;
        let login = Login { person, username: username.clone(), hash: hash.to_string() };
        self.write(|write| {
            if write.login_named(&username)?.is_some_and(|other| other.person != person) {
                return Err(HubError::Input("this username is taken".to_owned()));
            }
            write.keep_login(&login)?;
            Ok(write.end_sessions_of(person)?)
        })
    }

    /// Whose username and password these are. Takes as long for unknown names, and people who left do not get in.
    pub fn check_password(&self, username: &str, password: &str) -> Outcome<Option<Id>> {
        if password.chars().count() > LONGEST_PASSWORD {
            return Ok(None);
        }
        let login = self.read(|read| Ok(read.login_named(&username_of(username))?))?;
        let hasher = hasher()?;
        let Some(login) = login else {
            let salt = [0_u8; 16];
            let _ = hasher.hash_password_with_salt(password.as_bytes(), &salt);
            return Ok(None);
        };
        let hash = PasswordHash::new(&login.hash).map_err(|error| HubError::Password(error.to_string()))?;
        let fits = hasher.verify_password(password.as_bytes(), &hash).is_ok();
        let person = self.get::<Person>(login.person)?;
        let stays = person.is_some_and(|(_, person)| !person.archived);
        Ok((fits && stays).then_some(login.person))
    }

    /// Whether a person has a password yet.
    pub fn has_password(&self, person: Id) -> Outcome<bool> {
        self.read(|read| Ok(read.login_of(person)?.is_some()))
    }

    /// Opens a session; answers its secret id, which is not kept.
    pub fn open_session(&self, person: Id, body: &str) -> Outcome<String> {
        let id = hex::encode(self.random::<32>()?);
        let row = SessionRow {
            digest: Digest::of(id.as_bytes()),
            person,
            body: body.to_owned(),
            expires: self.now().saturating_add(SESSION),
        };
        self.write(|write| Ok(write.keep_session(&row)?))?;
        Ok(id)
    }

    /// The session with this secret id. Nobody who left has one.
    pub fn session(&self, id: &str) -> Outcome<Option<Session>> {
        let now = self.now();
        let Some(row) = self.read(|read| Ok(read.session(Digest::of(id.as_bytes()), now)?))? else { return Ok(None) };
        let stays = self.get::<Person>(row.person)?.is_some_and(|(_, person)| !person.archived);
        let session = Session { person: row.person, digest: row.digest, body: row.body, expires: row.expires };
        Ok(stays.then_some(session))
    }

    /// Changes what the console keeps in a session.
    pub fn change_session(&self, session: &Session) -> Outcome {
        let row = SessionRow {
            digest: session.digest,
            person: session.person,
            body: session.body.clone(),
            expires: session.expires,
        };
        self.write(|write| Ok(write.keep_session(&row)?))
    }

    /// Ends a session.
    pub fn close_session(&self, id: &str) -> Outcome {
        let digest = Digest::of(id.as_bytes());
        self.write(|write| Ok(write.end_session(digest)?))
    }
}
