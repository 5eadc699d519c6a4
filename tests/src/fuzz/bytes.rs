//! Changes of bytes that know nothing of their format but its words.

use crate::chance::Chance;

/// Words of a format, which chance alone would not find.
pub type Words = &'static [&'static str];

/// Words that mean something in many formats.
const COMMON: Words = &[
    "0",
    "-1",
    "9007199254740992",
    "-9223372036854775808",
    "18446744073709551615",
    "1e400",
    "0.1",
    "NaN",
    "null",
    "true",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{10ffff}",
    "é",
    "\"",
    "\\",
    "\n",
    "%",
    "../",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "&#0;",
];
/// An item is never made longer than this.
const LONGEST: usize = 1 << 20;

/// Changes items of a corpus.
#[derive(Clone, Debug)]
pub struct Mixer {
    corpus: Vec<Vec<u8>>,
    words: Words,
}

impl Mixer {
    /// Of these items, with the words of their format.
    pub fn new(corpus: Vec<Vec<u8>>, words: Words) -> Mixer {
        assert!(corpus.iter().any(|item| !item.is_empty()), "an empty corpus tries nothing");
        Mixer { corpus, words }
    }

    /// An item with one to four changes.
    pub fn mix(&self, chance: &mut Chance) -> Vec<u8> {
        let mut item = self.pick(chance).to_vec();
        for _ in 0..=chance.below(4) {
            self.change(&mut item, chance);
            item.truncate(LONGEST);
        }
        item
    }

    /// The same as text.
    pub fn mix_text(&self, chance: &mut Chance) -> String {
        String::from_utf8_lossy(&self.mix(chance)).into_owned()
    }

    fn pick(&self, chance: &mut Chance) -> &[u8] {
        &self.corpus[chance.below(self.corpus.len() as u64) as usize]
    }

    fn change(&self, item: &mut Vec<u8>, chance: &mut Chance) {
        let at = place(item, chance);
        let end = (at + 1 + chance.below(64) as usize).min(item.len());
        match chance.below(12) {
            0 => flip(item, at, chance),
            1 => item.truncate(at),
            2 => drop(item.drain(at..end)),
            3 => {
                let twice = item[at..end].repeat(1 + chance.below(3) as usize);
                drop(item.splice(at..at, twice));
            }
            4 => self.splice(item, at, chance),
            5 => number(item, at, chance),
            6 => digits(item, at, chance),
            7 => nest(item, at, chance),
            8 => {
                let long = vec![b'A' + chance.below(26) as u8; 1 << (4 + chance.below(13))];
                drop(item.splice(at..at, long));
            }
            9 => (0..4).for_each(|_| {
                let at = place(item, chance);
                flip(item, at, chance);
            }),
            _ => {
                let words = if chance.below(3) == 0 { COMMON } else { self.words };
                let word = words[chance.below(words.len() as u64) as usize];
                let over = if chance.below(2) == 0 { at } else { (at + word.len()).min(item.len()) };
                drop(item.splice(at..over, word.bytes()));
            }
        }
    }

    /// The beginning of this item and the end of another.
    fn splice(&self, item: &mut Vec<u8>, at: usize, chance: &mut Chance) {
        let other = self.pick(chance);
        let from = chance.below(other.len() as u64 + 1) as usize;
        item.truncate(at);
        item.extend_from_slice(&other[from..]);
    }
}

fn place(item: &[u8], chance: &mut Chance) -> usize {
    chance.below(item.len() as u64) as usize
}

fn flip(item: &mut [u8], at: usize, chance: &mut Chance) {
    if let Some(byte) = item.get_mut(at) {
        *byte ^= 1 << chance.below(8);
    }
}

/// A number at its limit, as formats of two, four and eight bytes write it.
fn number(item: &mut [u8], at: usize, chance: &mut Chance) {
    let width = 1usize << chance.below(4);
    let limits = [0u64, 1, u64::MAX, u64::MAX >> 1, 1 << 31, 0x7fff_ffff, 0xffff, 0x8000, 0x10_0000, chance.draw()];
    let limit = limits[chance.below(limits.len() as u64) as usize];
    let big = chance.below(2) == 0;
    let bytes = if big { limit.to_be_bytes() } else { limit.to_le_bytes() };
    let bytes = if big { &bytes[8 - width..] } else { &bytes[..width] };
    item.iter_mut().skip(at).zip(bytes).for_each(|(byte, new)| *byte = *new);
}

/// Another number in the place of the next digits.
fn digits(item: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let Some(from) = item.iter().skip(at).position(u8::is_ascii_digit).map(|offset| at + offset) else { return };
    let length = item[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let numbers = ["0", "-1", "2147483648", "9007199254740993", "18446744073709551616", "1e999", "00", "4294967295"];
    let new = numbers[chance.below(numbers.len() as u64) as usize];
    drop(item.splice(from..from + length, new.bytes()));
}

/// Something opened very often.
fn nest(item: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let opens = ["[", "{\"a\":", "(", "<a>", "-", "not(", "/*", "<<"];
    let open = opens[chance.below(opens.len() as u64) as usize];
    drop(item.splice(at..at, open.repeat(1 << (3 + chance.below(9))).into_bytes()));
}
