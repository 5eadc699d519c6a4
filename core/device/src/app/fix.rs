//! Where a phone says that it is, and how that is kept.

use countersign_model::entity::Location;

/// A fix as a phone has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Radius in metres within which it is with two chances in three.
    pub accuracy_metres: f64,
    /// How old it is, milliseconds.
    pub age_ms: i64,
}

/// An older fix would say where somebody had lunch.
const OLDEST: i64 = 300_000;

/// A fix of the last half minute within twenty metres is as good as any that a phone could find now.
const FRESH: i64 = 30_000;
const GOOD_METRES: f64 = 20.0;

/// How far somebody walks meanwhile, metres a second: what a fix may be off by grows with its age.
const WALK: f64 = 1.5;

impl Fix {
    /// The one of these that says best where the device is: a sharp fix of a minute ago before a wide one of now. `None`
    /// where none of them is a place.
    pub fn best(fixes: &[Fix]) -> Option<Fix> {
        let places = fixes.iter().copied().filter(|fix| fix.location().is_some());
        places.min_by(|one, other| one.off_by().total_cmp(&other.off_by()))
    }

    /// Within how many metres the device is now, if its owner walks.
    fn off_by(self) -> f64 {
        self.accuracy_metres + self.age_ms.max(0) as f64 / 1_000.0 * WALK
    }

    /// Whether no better one need be waited for.
    pub fn is_good(self) -> bool {
        (0..=FRESH).contains(&self.age_ms) && self.accuracy_metres <= GOOD_METRES && self.location().is_some()
    }

    /// As it is kept as the place of a capture: degrees to a decimetre, the radius in whole metres and never too small.
    /// `None` for what is no place on Earth, and for what is too old to be this one.
    pub fn location(self) -> Option<Location> {
        if self.age_ms > OLDEST {
            return None;
        }
        let is_place = self.latitude.abs() <= 90.0 && self.longitude.abs() <= 180.0 && self.accuracy_metres >= 0.0;
        let radius = self.accuracy_metres.ceil();
        (is_place && radius.is_finite()).then(|| Location {
            latitude: degrees(self.latitude),
            longitude: degrees(self.longitude),
            accuracy_metres: radius as i64,
        })
    }
}

/// Six digits are a decimetre; nothing is negative that is nought.
fn degrees(value: f64) -> String {
    let text = format!("{value:.6}");
    match text.strip_prefix('-') {
        Some(nought) if nought.bytes().all(|byte| matches!(byte, b'0' | b'.')) => nought.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fix_is_kept_to_a_decimetre() {
        let rows = [
            ((40.4168, -3.703_790_123, 4.2), Some(("40.416800", "-3.703790", 5))),
            ((-90.0, 180.0, 0.0), Some(("-90.000000", "180.000000", 0))),
            ((-0.000_000_1, 0.000_000_6, 0.1), Some(("0.000000", "0.000001", 1))),
            ((90.1, 0.0, 1.0), None),
            ((0.0, -180.1, 1.0), None),
            ((f64::NAN, 0.0, 1.0), None),
            ((0.0, 0.0, f64::INFINITY), None),
            ((0.0, 0.0, -1.0), None),
        ];
        for ((latitude, longitude, accuracy_metres), want) in rows {
            let kept = Fix { latitude, longitude, accuracy_metres, age_ms: 0 }.location();
            let want = want.map(|(latitude, longitude, accuracy_metres)| Location {
                latitude: latitude.to_owned(),
                longitude: longitude.to_owned(),
                accuracy_metres,
            });
            assert_eq!(kept, want, "{latitude} {longitude} {accuracy_metres}");
        }
    }

    #[test]
    fn the_sharpest_place_is_taken_though_it_is_a_little_older() {
        let fix = |age_ms, accuracy_metres| Fix { latitude: 40.4, longitude: -3.7, accuracy_metres, age_ms };
        let (sharp, wide, near) = (fix(60_000, 15.0), fix(0, 2_000.0), fix(0, 90.0));
        let rows: [(&[Fix], Option<Fix>); 5] = [
            (&[wide, sharp], Some(sharp)),
            (&[sharp, near, wide], Some(near)),
            (&[fix(OLDEST + 1, 1.0), wide], Some(wide)),
            (&[fix(0, f64::NAN), fix(0, -1.0)], None),
            (&[], None),
        ];
        for (fixes, want) in rows {
            assert_eq!(Fix::best(fixes), want, "{fixes:?}");
        }
    }

    #[test]
    fn an_old_fix_is_no_place_of_a_capture_and_a_fresh_sharp_one_needs_no_other() {
        let fix = |age_ms, accuracy_metres| Fix { latitude: 40.4, longitude: -3.7, accuracy_metres, age_ms };
        let rows = [
            (0, 5.0, true, true),
            (FRESH, GOOD_METRES, true, true),
            (FRESH + 1, 5.0, true, false),
            (0, 20.5, true, false),
            (OLDEST, 5.0, true, false),
            (OLDEST + 1, 5.0, false, false),
            // The clock went back: it is a place, and a newer one is looked for.
            (-1, 5.0, true, false),
            (0, -1.0, false, false),
        ];
        for (age_ms, accuracy_metres, is_place, is_good) in rows {
            let fix = fix(age_ms, accuracy_metres);
            assert_eq!((fix.location().is_some(), fix.is_good()), (is_place, is_good), "{fix:?}");
        }
    }
}
