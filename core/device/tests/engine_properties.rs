//! The sync engine under random histories: it never panics, never has more than one action per lane under way, and
//! when the faults stop everything is through after a bounded number of steps (invariants I11 and I12).
#![cfg(test)]

mod world;

use countersign_device::store::MediaClass;
use countersign_device::sync::engine::{Engine, Settings};
use countersign_device::sync::message::LaneName;
use proptest::prelude::*;
use world::{World, anything};

fn settings() -> impl Strategy<Value = Settings> {
    prop_oneof![Just(Settings::staying()), Just(Settings::once())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Events in any order, also those that nothing asked for.
    #[test]
    fn any_event_at_any_time_is_survived(settings in settings(), seed: u64, choices in prop::collection::vec(any::<u32>(), 0..400)) {
        let mut engine = Engine::new(settings, seed);
        for choice in choices {
            let actions = engine.handle(anything(choice));
            // Start of every lane with its stopped timer and the status is the longest answer.
            prop_assert!(actions.len() <= 2 * LaneName::ALL.len() + 1, "{actions:?}");
        }
    }

    /// A hub, a store and a network that fail as the choices say, then no more.
    #[test]
    fn all_drains_when_the_faults_stop(settings in settings(), seed: u64, choices in prop::collection::vec(any::<u32>(), 0..300)) {
        let mut world = World::new(Engine::new(settings, seed));
        world.begin();
        for choice in choices {
            world.step(choice);
        }
        world.heal();
        let mut steps = 0;
        while !world.is_quiet() {
            world.calm_step();
            steps += 1;
            prop_assert!(steps < 2_000, "still not quiet: {:?}", world);
        }
        prop_assert_eq!(world.what_is_left(), Vec::<String>::new());
    }

    /// Over a network that costs by the byte everything goes but the large files, which wait and are no problem.
    #[test]
    fn large_files_wait_for_a_network_that_costs_nothing(settings in settings(), seed: u64, choices in prop::collection::vec(any::<u32>(), 0..100)) {
        let mut world = World::new(Engine::new(Settings { last_class: MediaClass::Document, ..settings }, seed));
        world.begin();
        for choice in choices {
            world.step(choice);
        }
        world.heal();
        for _ in 0..2_000 {
            if world.is_quiet() {
                break;
            }
            world.calm_step();
        }
        let left = world.what_is_left();
        prop_assert!(matches!(left.as_slice(), [files] if files.starts_with("files")), "{left:?}");
    }
}
