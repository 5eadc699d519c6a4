//! Three hundred seeds of a company under bad weather. See `countersign_tests::simulation`.
#![cfg(test)]

use countersign_tests::simulation::{Template, run};

#[test]
fn a_seed_that_is_run_twice_leaves_the_same_trace() {
    let template = Template::new();
    for seed in 0..4 {
        let (one, other) = (run(&template, seed), run(&template, seed));
        assert_eq!(one.broken, None, "seed {seed}");
        let differs = one.lines.iter().zip(&other.lines).position(|(one, other)| one != other);
        assert_eq!(differs.map(|at| (&one.lines[at], &other.lines[at])), None, "seed {seed}");
        assert_eq!(one.trace(), other.trace(), "seed {seed}");
    }
}
