//! Orders that were carried out already: a button that is pressed twice, or a request that is sent again because its
//! answer was lost, has one effect.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most orders that are remembered: far more than anybody presses between two tries.
const MOST: usize = 1000;

/// Names of orders and where each one led.
#[derive(Default)]
pub(crate) struct Once {
    done: Mutex<VecDeque<(String, String)>>,
}

/// The right to carry an order out; whoever comes meanwhile waits and then hears where it led.
pub(crate) struct Turn<'a> {
    done: MutexGuard<'a, VecDeque<(String, String)>>,
    name: String,
}

impl Once {
    /// Where the order of this name led, or the right to carry it out. An order without a name is always carried out.
    pub fn turn(&self, name: &str) -> Result<Turn<'_>, String> {
        let done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let known = done.iter().find(|(known, _)| known == name).map(|(_, led)| led.clone());
        match known.filter(|_| !name.is_empty()) {
            Some(led) => Err(led),
            None => Ok(Turn { done, name: name.to_owned() }),
        }
    }
}

impl Turn<'_> {
    /// The order was carried out and led here. A turn that is dropped may be tried again.
    pub fn led(mut self, place: &str) {
        if self.name.is_empty() {
            return;
        }
        if self.done.len() >= MOST {
            self.done.pop_front();
        }
        let name = std::mem::take(&mut self.name);
        self.done.push_back((name, place.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_press_hears_where_the_first_one_led() {
        let once = Once::default();
        once.turn("a").map(|turn| turn.led("/there")).unwrap();
        assert_eq!(once.turn("a").err().as_deref(), Some("/there"));
        // A failure may be tried again, and what has no name is always carried out.
        drop(once.turn("b").ok().unwrap());
        assert!(once.turn("b").is_ok());
        once.turn("").map(|turn| turn.led("/x")).unwrap();
        assert!(once.turn("").is_ok());
    }
}
