//! The request edge: the only place of the hub that asks for the time and for chance.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use countersign_model::Id;

/// Gives the hub's time in milliseconds since 1970. Tests bring their own.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The machine's clock.
pub fn system_clock() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

/// The operating system gives no random bytes; nothing secret can be made without them.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the operating system gives no random bytes: {0}")]
pub struct NoChance(String);

/// Fills bytes with chance. Tests bring their own where everything is to happen the same way again.
pub type Chance = Arc<dyn Fn(&mut [u8]) -> Result<(), NoChance> + Send + Sync>;

/// What the hub knows of the world beside its folder.
#[derive(Clone)]
pub struct Edge {
    /// The time.
    pub clock: Clock,
    /// Chance: keys, secrets and ids are made of it.
    pub chance: Chance,
}

impl Edge {
    /// The machine's.
    pub fn system() -> Edge {
        Edge::from(system_clock())
    }

    /// Bytes of chance.
    ///
    /// # Errors
    /// There is none; nothing secret can be made then.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], NoChance> {
        let mut bytes = [0; N];
        (self.chance)(&mut bytes)?;
        Ok(bytes)
    }

    /// A new id that sorts by time.
    ///
    /// # Errors
    /// There is no chance.
    pub fn new_id(&self, now: i64) -> Result<Id, NoChance> {
        Ok(Id::from_time(u64::try_from(now).unwrap_or(0), self.random()?))
    }

    /// So many random letters; each carries five bits.
    ///
    /// # Errors
    /// There is no chance.
    pub fn random_letters(&self, count: usize) -> Result<String, NoChance> {
        let mut text = String::with_capacity(count);
        for _ in 0..count {
            let [byte] = self.random::<1>()?;
            text.extend(ALPHABET.get(usize::from(byte & 31)));
        }
        Ok(text)
    }

    /// A one-time code of 80 bits, such as `K7QM-3FHT-9WZC-41XN`: hopeless to guess, possible to type.
    ///
    /// # Errors
    /// There is no chance.
    pub fn random_code(&self) -> Result<String, NoChance> {
        let parts: Result<Vec<String>, NoChance> = (0..4).map(|_| self.random_letters(4)).collect();
        Ok(parts?.join("-"))
    }
}

/// This clock, and the machine's chance.
impl From<Clock> for Edge {
    fn from(clock: Clock) -> Edge {
        let chance = Arc::new(|into: &mut [u8]| getrandom::fill(into).map_err(|error| NoChance(error.to_string())));
        Edge { clock, chance }
    }
}

/// Bytes of chance from the operating system, for what no test needs twice.
///
/// # Errors
/// The system gives none.
pub fn random<const N: usize>() -> Result<[u8; N], NoChance> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| NoChance(error.to_string()))?;
    Ok(bytes)
}

/// A new id that sorts by time, where no hub is at hand.
///
/// # Errors
/// The system gives no chance.
pub fn new_id(now: i64) -> Result<Id, NoChance> {
    Ok(Id::from_time(u64::try_from(now).unwrap_or(0), random()?))
}

/// Letters and digits that nobody confuses when reading aloud (Crockford's base 32).
const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P',
    'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];

/// What a person typed, as the code was made: small letters, spaces and look-alikes are forgiven.
pub fn read_code(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let edge = Edge::system();
        let code = edge.random_code().unwrap();
        assert_eq!(code.len(), 19);
        let plain = read_code(&code);
        assert_eq!(plain.len(), 16);
        for typed in [code.to_lowercase(), code.replace('-', " "), code.replace('0', "o").replace('1', "l")] {
            assert_eq!(read_code(&typed), plain, "{typed}");
        }
        assert_ne!(edge.random_code().unwrap(), code);
    }
}
