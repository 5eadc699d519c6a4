//! Which fault each exchange has: by rule, by weather, or by cutting at one place after the other.

use std::collections::BTreeMap;

use super::{Exchange, Fault};
use crate::chance::Chance;

/// Where a fault is placed: the `skip + 1`-th exchange whose method and path fit, and `times` of them.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub method: String,
    pub path: String,
    pub skip: usize,
    pub times: usize,
    pub fault: Fault,
}

impl Rule {
    fn fits(&self, method: &str, path: &str) -> bool {
        (self.method == "*" || self.method == method) && path.starts_with(&self.path)
    }
}

/// Faults that are drawn: of a thousand exchanges this many have one.
pub(super) struct Weather {
    pub chance: Chance,
    pub per_mille: u64,
}

#[derive(Default)]
pub(super) struct Plan {
    pub rules: Vec<Rule>,
    pub weather: Option<Weather>,
    pub cuts: Option<Cuts>,
    pub log: Vec<(usize, Exchange)>,
    pub exchanges: usize,
}

impl Plan {
    pub fn choose(&mut self, method: &str, path: &str) -> Fault {
        for rule in &mut self.rules {
            if rule.times == 0 || !rule.fits(method, path) {
                continue;
            }
            if rule.skip > 0 {
                rule.skip -= 1;
                continue;
            }
            rule.times = rule.times.saturating_sub(1);
            return rule.fault.clone();
        }
        if let Some(cuts) = &mut self.cuts {
            return cuts.next(method, path);
        }
        self.weather.as_mut().map_or(Fault::Pass, Weather::draw)
    }

    /// The hub answered this exchange.
    pub fn answered(&mut self, exchange: &Exchange) {
        if let (Some(cuts), Fault::CutAt(at)) = (&mut self.cuts, &exchange.fault)
            && *at >= exchange.request_bytes + exchange.reply_bytes
        {
            cuts.passed(&exchange.method, &exchange.path);
        }
    }
}

impl Weather {
    fn draw(&mut self) -> Fault {
        if self.chance.below(1_000) >= self.per_mille {
            return Fault::Pass;
        }
        // Cuts fall into the first 2 kB, where heads and most bodies are.
        let at = usize::try_from(self.chance.below(2_048)).unwrap_or(0);
        match self.chance.below(9) {
            0 => Fault::Refuse,
            1 => Fault::CutRequest(at),
            2 => Fault::CutReply(at),
            3 | 4 => Fault::DropReply,
            5 => Fault::portal_page(),
            6 => Fault::portal_redirect(),
            7 => Fault::status(429, "too_often", None),
            _ => Fault::status(503, "unavailable", None),
        }
    }
}

/// Cuts each call at one place after the other.
pub(super) struct Cuts {
    every: usize,
    /// By method and path: where the next one is cut.
    places: BTreeMap<(String, String), usize>,
}

impl Cuts {
    /// So many bytes apart.
    pub fn every(every: usize) -> Cuts {
        Cuts { every: every.max(1), places: BTreeMap::new() }
    }

    fn next(&mut self, method: &str, path: &str) -> Fault {
        let place = self.places.entry((method.to_owned(), path.to_owned())).or_default();
        let at = *place;
        *place += self.every;
        Fault::CutAt(at)
    }

    fn passed(&mut self, method: &str, path: &str) {
        self.places.remove(&(method.to_owned(), path.to_owned()));
    }
}
