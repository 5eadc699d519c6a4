//! Invitations and tokens of devices, both by digest only.

use countersign_model::trust::PublicKey;
use countersign_model::{Digest, Id};
use rusqlite::params;

use super::{Read, Stored, Write, digest_at, id_at, maybe_id_at};

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteRow {
    /// Digest of its code.
    pub code: Digest,
    /// For whom.
    pub person: Id,
    /// Until when, hub time.
    pub expires: i64,
    /// Chance from which the token is derived.
    pub nonce: [u8; 32],
    /// The key that redeemed it.
    pub key: Option<String>,
    /// The device that it became.
    pub device: Option<Id>,
    /// The device called with its token: the invitation is used up.
    pub closed: bool,
}

/// A token of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// Its digest.
    pub digest: Digest,
    /// Whose.
    pub device: Id,
    /// The invitation behind it.
    pub invite: Digest,
    /// Whether it was ever used.
    pub used: bool,
    /// When it was last seen, hub time.
    pub last_seen: i64,
    /// When the device was revoked, hub time.
    pub revoked: Option<i64>,
}

fn token_at(row: &rusqlite::Row<'_>) -> rusqlite::Result<TokenRow> {
    Ok(TokenRow {
        digest: digest_at(row, 0)?,
        device: id_at(row, 1)?,
        invite: digest_at(row, 2)?,
        used: row.get(3)?,
        last_seen: row.get(4)?,
        revoked: row.get(5)?,
    })
}

impl Read<'_> {
    /// The invitation with this digest of a code.
    pub fn invite(&self, code: Digest) -> Stored<Option<InviteRow>> {
        self.first(
            "SELECT code, person, expires, nonce, key, device, closed FROM invite WHERE tenant = ?1 AND code = ?2",
            params![self.tenant(), code.0],
            |row| {
                Ok(InviteRow {
                    code: digest_at(row, 0)?,
                    person: id_at(row, 1)?,
                    expires: row.get(2)?,
                    nonce: row.get(3)?,
                    key: row.get(4)?,
                    device: maybe_id_at(row, 5)?,
                    closed: row.get(6)?,
                })
            },
        )
    }

    /// The token with this digest.
    pub fn token(&self, digest: Digest) -> Stored<Option<TokenRow>> {
        let sql = "SELECT digest, device, invite, used, last_seen, revoked FROM token
                   WHERE tenant = ?1 AND digest = ?2";
        self.first(sql, params![self.tenant(), digest.0], token_at)
    }

    /// The token of a device.
    pub fn token_of(&self, device: Id) -> Stored<Option<TokenRow>> {
        let sql = "SELECT digest, device, invite, used, last_seen, revoked FROM token
                   WHERE tenant = ?1 AND device = ?2";
        self.first(sql, params![self.tenant(), device.bytes()], token_at)
    }
}

impl Write<'_> {
    /// Keeps an invitation.
    pub fn keep_invite(&self, code: Digest, person: Id, expires: i64, nonce: [u8; 32]) -> Stored {
        self.execute(
            "INSERT INTO invite (tenant, code, person, expires, nonce) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![self.tenant(), code.0, person.bytes(), expires, nonce],
        )?;
        Ok(())
    }

    /// A key redeemed an invitation and became a device.
    pub fn redeem(&self, code: Digest, key: &PublicKey, device: Id) -> Stored {
        self.execute(
            "UPDATE invite SET key = ?3, device = ?4 WHERE tenant = ?1 AND code = ?2",
            params![self.tenant(), code.0, key.as_hex(), device.bytes()],
        )?;
        Ok(())
    }

    /// Keeps a token's digest. False where it was kept before.
    pub fn keep_token(&self, digest: Digest, device: Id, invite: Digest, now: i64) -> Stored<bool> {
        let kept = self.execute(
            "INSERT INTO token (tenant, digest, device, invite, last_seen) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO NOTHING",
            params![self.tenant(), digest.0, device.bytes(), invite.0, now],
        )?;
        Ok(kept > 0)
    }

    /// The device called: its invitation is used up, and it was seen.
    pub fn token_used(&self, token: &TokenRow, now: i64) -> Stored {
        self.execute(
            "UPDATE token SET used = 1, last_seen = ?3 WHERE tenant = ?1 AND digest = ?2",
            params![self.tenant(), token.digest.0, now],
        )?;
        if !token.used {
            self.execute(
                "UPDATE invite SET closed = 1 WHERE tenant = ?1 AND code = ?2",
                params![self.tenant(), token.invite.0],
            )?;
        }
        Ok(())
    }

    /// The device may only push into quarantine from now on.
    pub fn revoke_token(&self, device: Id, now: i64) -> Stored {
        self.execute(
            "UPDATE token SET revoked = ?3 WHERE tenant = ?1 AND device = ?2 AND revoked IS NULL",
            params![self.tenant(), device.bytes(), now],
        )?;
        Ok(())
    }
}
