//! The scene of a sample photo: a machine's panel with a pressure gauge and a readout, a pump with its pipes,
//! and a leak with drops and a puddle. Where the needle stands, what leaks and how much follows from the seed.

use super::canvas::{Area, Canvas, Colour, length};
use super::chance::{Chance, cosine, sine};
use crate::pixels::Picture;

const DARK: Colour = Colour(38.0, 42.0, 48.0);
const STEEL: Colour = Colour(150.0, 158.0, 166.0);
const PAPER: Colour = Colour(240.0, 240.0, 234.0);
const GREEN: Colour = Colour(70.0, 168.0, 92.0);
const AMBER: Colour = Colour(238.0, 176.0, 52.0);
const RED: Colour = Colour(208.0, 58.0, 48.0);
/// Where the floor begins, in scene units.
const FLOOR: f32 = 628.0;
/// Paints that machine makers use.
const PAINTS: [Colour; 5] = [
    Colour(66.0, 110.0, 158.0),
    Colour(88.0, 132.0, 106.0),
    Colour(196.0, 124.0, 58.0),
    Colour(116.0, 124.0, 138.0),
    Colour(170.0, 74.0, 66.0),
];
/// What drips: hydraulic oil, coolant, water.
const FLUIDS: [Colour; 3] = [Colour(120.0, 78.0, 26.0), Colour(86.0, 160.0, 120.0), Colour(126.0, 158.0, 184.0)];

/// Draws the scene of `seed`.
pub(super) fn draw(seed: u64, width: u16, height: u16) -> Picture {
    let mut chance = Chance::new(seed);
    let paint = PAINTS.get(chance.below(PAINTS.len())).copied().unwrap_or(STEEL);
    let fluid = FLUIDS.get(chance.below(FLUIDS.len())).copied().unwrap_or(STEEL);
    let pressure = chance.between(0.08, 0.97);
    let mut canvas = Canvas::new(width, height);
    room(&mut canvas);
    cabinet(&mut canvas, paint);
    gauge(&mut canvas, pressure);
    readout(&mut canvas, (pressure * 250.0) as u32, pressure);
    lamps(&mut canvas, pressure);
    type_plate(&mut canvas, &mut chance);
    pump(&mut canvas, paint);
    leak(&mut canvas, fluid, &mut chance);
    canvas.finish(&mut chance)
}

/// A wall and a floor of slabs.
fn room(canvas: &mut Canvas) {
    let all = canvas.everything();
    canvas.paint(all, |_, _| -1.0, |_, y| Colour(196.0, 200.0, 198.0).lit(0.82 + 0.2 * (y / FLOOR).clamp(0.0, 1.0)));
    let floor = Area { top: FLOOR, ..all };
    canvas.paint(
        floor,
        |_, y| FLOOR - y,
        |x, y| {
            let depth = (y - FLOOR) / 122.0;
            let joint = ((x - 500.0) / (1.0 + depth) / 130.0).rem_euclid(1.0);
            let slab = if joint < 0.02 || (depth * 2.4).fract() < 0.035 { 0.8 } else { 1.0 };
            Colour(128.0, 126.0, 122.0).lit(slab * (0.78 + 0.25 * depth))
        },
    );
}

fn cabinet(canvas: &mut Canvas, paint: Colour) {
    let body = Area { left: 80.0, top: 58.0, right: 600.0, bottom: 640.0 };
    let shadow = Area { left: 70.0, top: 600.0, right: 640.0, bottom: 668.0 };
    canvas.paint(shadow, |x, y| shadow.distance(x, y, 30.0), |_, _| Colour(74.0, 73.0, 72.0));
    canvas.block(body, 16.0, paint);
    let door = Area { left: 104.0, top: 84.0, right: 576.0, bottom: 566.0 };
    canvas.block(door, 10.0, paint.lit(0.82));
    canvas.block(Area { left: 108.0, top: 88.0, right: 572.0, bottom: 562.0 }, 8.0, paint.lit(1.08));
    let stripes = Area { left: 80.0, top: 584.0, right: 600.0, bottom: 620.0 };
    canvas.paint(
        stripes,
        |x, y| stripes.distance(x, y, 0.0),
        |x, y| {
            if ((x + y) / 52.0).fract() < 0.5 { AMBER } else { DARK }
        },
    );
    for (x, y) in [(124.0, 104.0), (556.0, 104.0), (124.0, 546.0), (556.0, 546.0)] {
        canvas.ball(x, y, 8.0, STEEL);
        canvas.line((x - 4.0, y - 3.0), (x + 4.0, y + 3.0), 2.0, DARK);
    }
}

/// A place on a dial: 0 at the lower left, 1 at the lower right, over the top.
fn on_dial(share: f32, radius: f32) -> (f32, f32) {
    let turns = 0.375 + share * 0.75;
    (GAUGE_X + radius * cosine(turns), GAUGE_Y + radius * sine(turns))
}

const GAUGE_X: f32 = 300.0;
const GAUGE_Y: f32 = 282.0;

fn gauge(canvas: &mut Canvas, pressure: f32) {
    canvas.disc(GAUGE_X + 6.0, GAUGE_Y + 9.0, 158.0, Colour(40.0, 44.0, 48.0));
    canvas.ball(GAUGE_X, GAUGE_Y, 158.0, STEEL);
    canvas.disc(GAUGE_X, GAUGE_Y, 142.0, DARK);
    canvas.disc(GAUGE_X, GAUGE_Y, 137.0, PAPER);
    for step in 0..90_u8 {
        let (from, to) = (f32::from(step) / 90.0, (f32::from(step) + 1.0) / 90.0);
        let colour = if from < 0.62 {
            GREEN
        } else if from < 0.8 {
            AMBER
        } else {
            RED
        };
        canvas.line(on_dial(from, 118.0), on_dial(to, 118.0), 13.0, colour);
    }
    for step in 0..=50_u8 {
        let share = f32::from(step) / 50.0;
        let (inner, thickness) = if step % 10 == 0 {
            (92.0, 5.0)
        } else if step % 5 == 0 {
            (98.0, 3.0)
        } else {
            (104.0, 1.6)
        };
        canvas.line(on_dial(share, inner), on_dial(share, 126.0), thickness, DARK);
    }
    for step in 0..=5_u8 {
        let (x, y) = on_dial(f32::from(step) / 5.0, 74.0);
        number(canvas, u32::from(step) * 5, x, y, 9.0, DARK);
    }
    let (tip_x, tip_y) = on_dial(pressure, 112.0);
    let (tail_x, tail_y) = on_dial(pressure, -28.0);
    canvas.line((tail_x + 3.0, tail_y + 5.0), (tip_x + 3.0, tip_y + 5.0), 6.0, Colour(206.0, 206.0, 200.0));
    canvas.line((tail_x, tail_y), (tip_x, tip_y), 6.0, RED.lit(0.9));
    canvas.ball(GAUGE_X, GAUGE_Y, 15.0, DARK.lit(1.5));
}

fn readout(canvas: &mut Canvas, value: u32, pressure: f32) {
    canvas.block(Area { left: 214.0, top: 460.0, right: 386.0, bottom: 538.0 }, 8.0, DARK);
    canvas.block(Area { left: 222.0, top: 468.0, right: 378.0, bottom: 530.0 }, 4.0, Colour(22.0, 34.0, 26.0));
    let glow = if pressure < 0.8 { Colour(120.0, 235.0, 140.0) } else { Colour(250.0, 130.0, 96.0) };
    number(canvas, value, 300.0, 499.0, 22.0, glow);
}

/// A number in seven-segment digits, centred; `size` is half the height of a digit.
fn number(canvas: &mut Canvas, value: u32, x: f32, y: f32, size: f32, colour: Colour) {
    let digits: Vec<u32> = value.to_string().chars().filter_map(|digit| digit.to_digit(10)).collect();
    let step = size * 1.75;
    let start = x - step * (digits.len() as f32 - 1.0) / 2.0;
    for (index, digit) in digits.iter().enumerate() {
        seven_segments(canvas, *digit, start + step * index as f32, y, size, colour);
    }
}

fn seven_segments(canvas: &mut Canvas, digit: u32, x: f32, y: f32, size: f32, colour: Colour) {
    /// Lit segments of 0 to 9: top, upper right, lower right, bottom, lower left, upper left, middle.
    const LIT: [u8; 10] = [0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f];
    let lit = LIT.get(digit as usize).copied().unwrap_or_default();
    let (half, gap) = (size * 0.5, size * 0.13);
    let segments = [
        ((-half + gap, -size), (half - gap, -size)),
        ((half, -size + gap), (half, -gap)),
        ((half, gap), (half, size - gap)),
        ((-half + gap, size), (half - gap, size)),
        ((-half, gap), (-half, size - gap)),
        ((-half, -size + gap), (-half, -gap)),
        ((-half + gap, 0.0), (half - gap, 0.0)),
    ];
    for (index, ((from_x, from_y), (to_x, to_y))) in segments.into_iter().enumerate() {
        if lit >> index & 1 == 1 {
            canvas.line((x + from_x, y + from_y), (x + to_x, y + to_y), size * 0.24, colour);
        }
    }
}

/// Green, amber and red; the one that the pressure calls for is lit.
fn lamps(canvas: &mut Canvas, pressure: f32) {
    let level = if pressure < 0.62 {
        0
    } else if pressure < 0.8 {
        1
    } else {
        2
    };
    for (index, colour) in [GREEN, AMBER, RED].into_iter().enumerate() {
        let y = 190.0 + 74.0 * index as f32;
        canvas.ball(512.0, y, 28.0, STEEL.lit(0.8));
        if index == level {
            canvas.ball(512.0, y, 22.0, colour.lit(1.15));
            canvas.disc(505.0, y - 8.0, 6.0, colour.mix(PAPER, 0.8));
        } else {
            canvas.ball(512.0, y, 22.0, colour.lit(0.45));
        }
    }
}

/// A plate with lines where its text would be, and the serial number.
fn type_plate(canvas: &mut Canvas, chance: &mut Chance) {
    canvas.block(Area { left: 446.0, top: 430.0, right: 558.0, bottom: 522.0 }, 4.0, Colour(206.0, 208.0, 204.0));
    for row in 0..4_u8 {
        let y = 446.0 + 13.0 * f32::from(row);
        canvas.line((456.0, y), (chance.between(492.0, 548.0), y), 3.5, DARK.lit(1.8));
    }
    number(canvas, 1000 + chance.below(9000) as u32, 502.0, 508.0, 7.0, DARK);
}

const PUMP_X: f32 = 778.0;
const PUMP_Y: f32 = 452.0;

fn pump(canvas: &mut Canvas, paint: Colour) {
    let foot_shadow = Area { left: 650.0, top: 628.0, right: 930.0, bottom: 662.0 };
    canvas.paint(foot_shadow, |x, y| foot_shadow.distance(x, y, 16.0), |_, _| Colour(80.0, 79.0, 78.0));
    pipes(canvas);
    canvas.block(Area { left: 690.0, top: 560.0, right: 866.0, bottom: 644.0 }, 8.0, DARK.lit(1.35));
    let motor = Area { left: 704.0, top: 196.0, right: 852.0, bottom: 372.0 };
    canvas.block(motor, 18.0, paint.lit(0.95));
    for fin in 0..8_u8 {
        let x = 718.0 + 17.0 * f32::from(fin);
        canvas.line((x, 214.0), (x, 354.0), 6.0, paint.lit(0.62));
    }
    canvas.block(Area { left: 826.0, top: 236.0, right: 888.0, bottom: 306.0 }, 6.0, DARK.lit(1.6));
    canvas.ball(PUMP_X, PUMP_Y, 116.0, STEEL.lit(0.92));
    canvas.disc(PUMP_X, PUMP_Y, 84.0, DARK.lit(1.7));
    canvas.ball(PUMP_X, PUMP_Y, 80.0, paint);
    for bolt in 0..8_u8 {
        let turns = f32::from(bolt) / 8.0 + 0.0625;
        canvas.ball(PUMP_X + 99.0 * cosine(turns), PUMP_Y + 99.0 * sine(turns), 9.0, DARK.lit(1.9));
    }
    for blade in 0..5_u8 {
        let turns = f32::from(blade) / 5.0 + 0.04;
        let from = (PUMP_X + 22.0 * cosine(turns), PUMP_Y + 22.0 * sine(turns));
        let to = (PUMP_X + 62.0 * cosine(turns + 0.09), PUMP_Y + 62.0 * sine(turns + 0.09));
        canvas.line(from, to, 10.0, paint.lit(0.6));
    }
    canvas.ball(PUMP_X, PUMP_Y, 22.0, STEEL);
}

/// The pressure pipe from the cabinet, and the suction pipe that leaves to the right.
fn pipes(canvas: &mut Canvas) {
    for (from, to) in [((600.0, 420.0), (680.0, 420.0)), ((860.0, 492.0), (1400.0, 492.0))] {
        let radius = 23.0;
        let area = Area { left: from.0, top: from.1 - radius, right: to.0, bottom: from.1 + radius };
        canvas.paint(
            area,
            |x, y| area.distance(x, y, 0.0),
            |_, y| STEEL.lit(1.2 - 0.75 * ((y - area.top) / (2.0 * radius) - 0.3).abs() * 1.4),
        );
    }
    for (x, y) in [(624.0, 420.0), (668.0, 420.0), (LEAK_X, 492.0)] {
        canvas.block(Area::around(x, y, 11.0, 39.0), 4.0, STEEL.lit(0.75));
        canvas.ball(x, y - 28.0, 5.0, DARK);
        canvas.ball(x, y + 28.0, 5.0, DARK);
    }
}

/// The flange that leaks.
const LEAK_X: f32 = 926.0;

/// Drops from the flange, and what has collected below it.
fn leak(canvas: &mut Canvas, fluid: Colour, chance: &mut Chance) {
    let (reach_x, reach_y) = (chance.between(46.0, 130.0), chance.between(12.0, 24.0));
    let (x, y) = (LEAK_X - 14.0, 686.0);
    let rim = |at_x: f32, at_y: f32| (length((at_x - x) / reach_x, (at_y - y) / reach_y) - 1.0) * reach_y;
    canvas.paint(Area::around(x, y, reach_x + 2.0, reach_y + 2.0), rim, |at_x, at_y| {
        let glint = length((at_x - x + reach_x * 0.35) / reach_x, (at_y - y + reach_y * 0.3) / (reach_y * 0.4));
        fluid.lit(0.62).mix(PAPER, 0.55 * (1.0 - glint * 1.9).max(0.0))
    });
    canvas.line((LEAK_X - 4.0, 526.0), (LEAK_X - 4.0, 538.0), 9.0, fluid);
    let mut fall = 556.0;
    for _ in 0..2 + chance.below(3) {
        drop_of(canvas, LEAK_X - 4.0, fall, chance.between(7.0, 10.5), fluid);
        fall += chance.between(26.0, 42.0);
    }
}

/// A drop: round below, pointed above.
fn drop_of(canvas: &mut Canvas, x: f32, y: f32, radius: f32, fluid: Colour) {
    for step in 0..8_u8 {
        let share = f32::from(step) / 8.0;
        canvas.disc(x, y - radius * 1.9 * (1.0 - share), radius * (0.12 + 0.85 * share), fluid);
    }
    canvas.ball(x, y, radius, fluid.lit(1.1));
    canvas.disc(x - radius * 0.3, y - radius * 0.35, radius * 0.24, fluid.mix(PAPER, 0.8));
}
