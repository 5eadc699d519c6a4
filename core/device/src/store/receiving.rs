//! The key by which this device opens hand-over files. Its private half never leaves the store.

use countersign_model::recovery::DecryptionKey;

use super::{Store, StoreError, settings};

impl Store {
    /// The key that is kept, or this fresh one, which is kept from now on.
    pub fn receive_key_or(&self, fresh: &DecryptionKey) -> Result<DecryptionKey, StoreError> {
        let kept = |text: &str| {
            DecryptionKey::parse_file(text)
                .map_err(|_| StoreError::Malformed("the receiving key is damaged".to_owned()))
        };
        if let Some(text) = self.read(|rows| settings::get(rows.connection(), settings::RECEIVE_KEY))? {
            return kept(&text);
        }
        self.write(|tx| {
            // Another process may have been quicker.
            match settings::get(tx.connection(), settings::RECEIVE_KEY)? {
                Some(text) => kept(&text),
                None => {
                    settings::put(tx.connection(), settings::RECEIVE_KEY, &fresh.secret_text())?;
                    Ok(fresh.clone())
                }
            }
        })
    }
}
