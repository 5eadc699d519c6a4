//! What holds for any answers: computing step by step gives what computing from nothing gives.
#![cfg(test)]

mod common;

use common::{environment, fill, form, id, service_visit};
use countersign_forms::{Fill, Form, NodeKey, NodeView, QuestionKind, QuestionView, Saved, ValueOrigin};
use proptest::prelude::*;

/// What a person may do next; numbers choose among what is there.
#[derive(Debug, Clone)]
enum Step {
    Answer { question: usize, value: usize },
    Add(u8),
    Remove(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => (any::<usize>(), any::<usize>()).prop_map(|(question, value)| Step::Answer { question, value }),
        1 => (1u8..200).prop_map(Step::Add),
        1 => any::<usize>().prop_map(Step::Remove),
    ];
    prop::collection::vec(step, 1..40)
}

fn candidates(question: &QuestionView) -> Vec<String> {
    let words: &[&str] = match question.kind {
        QuestionKind::Integer => &["", "0", "7", "250000"],
        QuestionKind::Decimal => &["", "0", "180.5", "210", "999"],
        QuestionKind::Date => &["", "2026-01-31", "2027-12-01"],
        QuestionKind::Time => &["", "08:00", "16:45:00.000"],
        QuestionKind::DateTime => &["", "2026-11-22T07:00:00.000+01:00"],
        QuestionKind::SelectOne | QuestionKind::SelectMany => {
            let mut values: Vec<String> = question.options.iter().map(|option| option.value.clone()).collect();
            values.push(String::new());
            return values;
        }
        _ => &["", "text", "SN-4711", "a < b & \"c\""],
    };
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn items(fill: &Fill) -> Vec<NodeKey> {
    let is_item = |node: &NodeView| node.key.path == "/visit/work/component";
    fill.nodes().into_iter().filter(is_item).map(|node| node.key).collect()
}

fn act(fill: &mut Fill, step: &Step) {
    match step {
        Step::Answer { question, value } => {
            let questions = fill.questions();
            let question = &questions[question % questions.len()];
            let values = candidates(question);
            let _ = fill.set(&question.key, &values[value % values.len()]);
        }
        Step::Add(number) => {
            let _ = fill.add_item("/visit/work/component", &[], id(*number));
        }
        Step::Remove(place) => {
            let items = items(fill);
            if !items.is_empty() {
                fill.remove_item(&items[place % items.len()]).unwrap();
            }
        }
    }
}

fn saved(fill: &Fill) -> Saved {
    let kept = |node: &NodeView| matches!(node.origin, ValueOrigin::Answer | ValueOrigin::Default);
    Saved {
        added: items(fill),
        removed: Vec::new(),
        answers: fill.nodes().into_iter().filter(kept).map(|node| (node.key, node.value)).collect(),
    }
}

/// All that a person sees of a fill, without where values come from.
fn shown(fill: &Fill) -> Vec<NodeView> {
    let plain = |node: NodeView| NodeView { origin: ValueOrigin::Empty, ..node };
    fill.nodes().into_iter().map(plain).collect()
}

fn again(form: &Form, fill: &Fill) -> Fill {
    let (again, orphans) = Fill::restore(form, &environment("en"), &saved(fill));
    assert_eq!(orphans, Vec::new());
    again
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn step_by_step_equals_from_nothing(steps in steps()) {
        let form = service_visit();
        let mut fill = Fill::new(&form, &environment("en"));
        for step in &steps {
            act(&mut fill, step);
            prop_assert_eq!(shown(&fill), shown(&again(&form, &fill)));
        }
    }

    #[test]
    fn changes_name_everything_that_looks_different(steps in steps()) {
        let form = service_visit();
        let mut fill = Fill::new(&form, &environment("en"));
        for step in &steps {
            let before = fill.nodes();
            let changes = match step {
                Step::Answer { question, value } => {
                    let questions = fill.questions();
                    let question = &questions[question % questions.len()];
                    let values = candidates(question);
                    fill.set(&question.key, &values[value % values.len()]).unwrap_or_default()
                }
                Step::Add(number) => fill.add_item("/visit/work/component", &[], id(*number)).unwrap_or_default(),
                Step::Remove(_) => continue,
            };
            for node in fill.nodes() {
                let was = before.iter().find(|old| old.key == node.key);
                let state = |node: &NodeView| (node.value.clone(), node.relevant, node.required, node.read_only);
                if was.map(state) != Some(state(&node)) {
                    prop_assert!(changes.nodes.contains(&node.key), "{} is not named", node.reference);
                }
            }
        }
    }

    #[test]
    fn no_text_breaks_the_compiler(noise in "[<>/&a-z\"'=() \\[\\]]{0,80}") {
        let _ = Form::compile(&noise);
        let _ = Form::compile(&common::xml("<a/>", &format!("<bind nodeset=\"/d/a\" calculate=\"{}\"/>",
            noise.replace(['<', '&', '"'], "")), ""));
    }
}

/// Each of forty calculations is twice the one before: a terabyte, if texts had no end.
#[test]
fn calculations_that_double_each_other_end() {
    let names = 0..40;
    let instance: String = names.clone().map(|n| format!("<n{n}/>")).collect();
    let of = |n: usize, doubled: &str| format!("<bind nodeset='/d/n{n}' type='string' calculate=\"{doubled}\"/>");
    let both = |n: usize| {
        [of(n, &format!("concat(/d/n{0}, /d/n{0})", n - 1)), of(n, &format!("join(' ', /d/n{0}, /d/n{0})", n - 1))]
    };
    for kind in 0..2 {
        let binds: String = (1..40).map(|n| both(n)[kind].clone()).collect();
        let body = "<input ref='/d/n0'><label>A</label></input>";
        let mut fill = fill(&form(&instance, &binds, body));
        let question = fill.questions().remove(0).key;
        fill.set(&question, "a text of some length, with ä and 喷").unwrap();
        let longest = fill.nodes().into_iter().map(|node| node.value.len()).max().unwrap();
        assert!((30_000..=64 << 10).contains(&longest), "{longest}");
    }
}
