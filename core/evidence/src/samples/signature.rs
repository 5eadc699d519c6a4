//! A signature that nobody wrote: loops and humps as a quick hand makes them, a crossing and a flourish.

use std::f32::consts::TAU;

use super::chance::{Chance, cosine, sine};
use crate::strokes::{Point, Strokes, UNITS_PER_PIXEL};

/// Milliseconds between two points of a pen: a screen delivers 120 a second.
const INTERVAL: u32 = 8;
/// Milliseconds that the pen is up between two strokes.
const PAUSE: u32 = 140;
/// Where the letters stand, in pixels from the top of a pad 420 wide and 160 high.
const BASELINE: f32 = 105.0;
/// How far a letter leans: pixels to the right per pixel up.
const SLANT: f32 = 0.38;

/// One letter: how high (below zero: how far under the line), how far to the next, and how round.
struct Letter {
    height: f32,
    advance: f32,
    loops: f32,
}

/// A signature for demos and tests, different for each seed: 3 or 4 strokes, about two seconds of writing.
pub fn sample_signature(seed: u64) -> Strokes {
    let mut chance = Chance::new(seed);
    let mut writing = Writing { chance: Chance::new(seed.rotate_left(17)), strokes: Vec::new(), clock: 0 };
    let mut x = chance.between(28.0, 44.0);
    x = writing.word(x, &letters(&mut chance, 74.0, 3));
    x = writing.word(x + 16.0, &letters(&mut chance, 66.0, 4));
    if chance.below(2) == 0 {
        writing.dash(x - 70.0, BASELINE - 46.0, 44.0, -7.0);
    }
    writing.flourish(x, chance.between(90.0, 150.0));
    // The pad is far smaller than the limits, so this is always a signature.
    Strokes::new(writing.strokes).unwrap_or_default()
}

/// A capital and some small letters, of which a few are tall or hang below the line.
fn letters(chance: &mut Chance, capital: f32, least: usize) -> Vec<Letter> {
    let mut word =
        vec![Letter { height: capital, advance: chance.between(30.0, 40.0), loops: chance.between(15.0, 21.0) }];
    for _ in 0..least + chance.below(3) {
        let advance = chance.between(13.0, 20.0);
        word.push(match chance.below(6) {
            0 => Letter { height: chance.between(46.0, 58.0), advance, loops: chance.between(7.0, 10.0) },
            1 => Letter { height: -chance.between(24.0, 34.0), advance, loops: chance.between(6.0, 9.0) },
            2 | 3 => Letter { height: chance.between(16.0, 24.0), advance, loops: chance.between(5.0, 8.0) },
            _ => Letter { height: chance.between(14.0, 20.0), advance, loops: chance.between(0.0, 2.0) },
        });
    }
    word
}

struct Writing {
    chance: Chance,
    strokes: Vec<Vec<Point>>,
    clock: u32,
}

impl Writing {
    /// Writes connected letters from `x` and returns where they end.
    fn word(&mut self, x: f32, letters: &[Letter]) -> f32 {
        let mut points = Vec::new();
        let mut left = x;
        for letter in letters {
            // A hand moves about 1.5 pixels a millisecond, slower in small letters.
            let steps = (letter.height.abs() / 5.0 + letter.advance / 3.0) as u16 + 6;
            for step in 0..steps {
                let share = f32::from(step) / f32::from(steps);
                let rise = letter.height * (1.0 - cosine(share)) / 2.0;
                let across = letter.advance * share + letter.loops * sine(share) * TAU / 6.0;
                let falling = sine(share) * letter.height.signum() < 0.0;
                points.push((left + across + rise * SLANT, BASELINE - rise, if falling { 0.78 } else { 0.42 }));
            }
            left += letter.advance;
        }
        points.push((left + 6.0, BASELINE - 4.0, 0.2));
        self.pen(&points);
        left
    }

    /// A short stroke, as over a t.
    fn dash(&mut self, x: f32, y: f32, length: f32, rise: f32) {
        let points: Vec<_> = (0..10_u8)
            .map(|step| {
                let share = f32::from(step) / 9.0;
                (x + length * share, y + rise * share + 2.0 * sine(share / 2.0), 0.6 - 0.3 * share)
            })
            .collect();
        self.pen(&points);
    }

    /// The line below the name, drawn backwards and forwards again.
    fn flourish(&mut self, end: f32, length: f32) {
        let points: Vec<_> = (0..48_u8)
            .map(|step| {
                let share = f32::from(step) / 47.0;
                let back = length * (0.5 + 0.5 * cosine(share * 0.92 + 0.04));
                (
                    end - length + back + 14.0,
                    BASELINE + 22.0 + 9.0 * sine(share * 0.8) + 4.0 * share,
                    0.35 + 0.4 * sine(share / 2.0),
                )
            })
            .collect();
        self.pen(&points);
    }

    /// Puts points down as one stroke, with the tremor and the swelling pressure of a hand.
    fn pen(&mut self, path: &[(f32, f32, f32)]) {
        let mut stroke = Vec::with_capacity(path.len());
        let mut pressure = 0.15;
        for (x, y, wanted) in path {
            pressure += (wanted - pressure) * 0.35;
            let tremor = (self.chance.between(-0.35, 0.35), self.chance.between(-0.35, 0.35));
            stroke.push(Point {
                x: units(x + tremor.0),
                y: units(y + tremor.1),
                t: self.clock,
                // Between 0.15 and 0.78, so within one byte.
                pressure: (pressure * 255.0) as u8,
            });
            self.clock = self.clock.saturating_add(INTERVAL);
        }
        self.clock = self.clock.saturating_add(PAUSE);
        self.strokes.push(stroke);
    }
}

/// Pixels to sixteenths; the pad is a few hundred pixels wide.
fn units(pixels: f32) -> i32 {
    (pixels * UNITS_PER_PIXEL as f32).round() as i32
}
