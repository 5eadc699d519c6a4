//! Numbers that look random and follow from a seed alone (SplitMix64; Steele, Lea, Flood 2014).

/// A source of numbers.
pub(super) struct Chance {
    state: u64,
}

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed ^ 0x005e_edc0_de00_5a17 }
    }

    pub(super) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From `low` up to `high`.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        // 24 bits fill the mantissa exactly.
        let share = (self.next() >> 40) as f32 / (1_u32 << 24) as f32;
        low + (high - low) * share
    }

    /// One of 0 to `count` - 1; 0 if `count` is 0.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let index = self.next().checked_rem(count as u64).unwrap_or(0);
        // Smaller than `count`, which is a usize.
        index as usize
    }
}

/// Sine of an angle counted in whole turns.
///
/// Our own, because the platform's may differ in its last digit between machines, and samples must not. Bhaskara's
/// formula, refined once; off by less than 0.0012, far below a pixel.
pub(super) fn sine(turns: f32) -> f32 {
    let within = turns - turns.floor();
    let (half, sign) = if within < 0.5 { (within, 1.0) } else { (within - 0.5, -1.0) };
    let rough = 16.0 * half * (0.5 - half);
    sign * (0.775 * rough + 0.225 * rough * rough)
}

/// Cosine of an angle counted in whole turns.
pub(super) fn cosine(turns: f32) -> f32 {
    sine(turns + 0.25)
}
