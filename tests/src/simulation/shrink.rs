//! The shortest history that still fails: steps are left out, larger runs of them first, as long as it goes on failing.

use super::plan::Step;
use super::world::Template;

/// Runs at most, so that a person does not wait all day.
const MOST_RUNS: usize = 400;

/// Leaves out what a failing history does not need. Gives it back as it is where it does not fail.
pub fn shortest(template: &Template, seed: u64, steps: &[Step]) -> Vec<Step> {
    let mut runs = 0;
    let mut fails = |steps: &[Step]| {
        runs += 1;
        (runs <= MOST_RUNS).then(|| super::run_steps(template, seed, steps).broken.is_some())
    };
    if fails(steps) == Some(true) { reduced(steps.to_vec(), fails) } else { steps.to_vec() }
}

/// Delta debugging by halves: tries to do without each run of steps, of half the length, a quarter, and so on to one.
/// `fails` answers `None` when nobody wants to wait any longer.
fn reduced<T: Clone>(mut steps: Vec<T>, mut fails: impl FnMut(&[T]) -> Option<bool>) -> Vec<T> {
    let mut length = steps.len().div_ceil(2);
    while length > 0 {
        let mut at = 0;
        let mut shortened = false;
        while at < steps.len() {
            let end = (at + length).min(steps.len());
            let without: Vec<T> = steps[..at].iter().chain(&steps[end..]).cloned().collect();
            match fails(&without) {
                None => return steps,
                Some(true) => {
                    steps = without;
                    shortened = true;
                }
                Some(false) => at = end,
            }
        }
        if length > 1 || !shortened {
            length /= 2;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::reduced;

    #[test]
    fn only_what_a_failure_needs_is_left() {
        let all: Vec<u32> = (0..60).collect();
        let left = reduced(all.clone(), |steps| Some(steps.contains(&7) && steps.contains(&41) && steps.contains(&42)));
        assert_eq!(left, [7, 41, 42]);
        assert_eq!(reduced(all.clone(), |_| None), all, "nobody waits");
    }
}
