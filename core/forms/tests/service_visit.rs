//! The demo's form, filled as an engineer fills it.
#![cfg(test)]

mod common;

use std::collections::BTreeSet;

use common::{add, environment, get, id, question, relevant, service_visit, set};
use countersign_forms::{
    AnswerProblem, Effect, Fill, Form, NodeKey, PageEntry, QuestionKind, QuestionProblemCode, Saved, ValueOrigin,
    samples,
};

#[test]
fn it_has_what_the_demo_needs() {
    let form = service_visit();
    let questions = form.questions("en");
    assert!(questions.len() >= 25);
    let kinds: BTreeSet<QuestionKind> = questions.iter().map(|question| question.kind).collect();
    for kind in [
        QuestionKind::Text,
        QuestionKind::Integer,
        QuestionKind::Decimal,
        QuestionKind::Date,
        QuestionKind::Time,
        QuestionKind::DateTime,
        QuestionKind::SelectOne,
        QuestionKind::SelectMany,
        QuestionKind::Photo,
        QuestionKind::Signature,
        QuestionKind::Note,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    assert_eq!(form.version(), "1");
    assert_eq!(form.languages().len(), 4);
}

#[test]
fn every_text_is_there_in_four_languages() {
    for xml in [samples::SERVICE_VISIT, samples::QUICK_CHECK] {
        let form = Form::compile(xml).unwrap();
        let english = form.questions("en");
        for language in ["es", "zh-Hans", "zh-Hant"] {
            for (question, other) in english.iter().zip(form.questions(language)) {
                assert!(!other.label.is_empty(), "{language} {}", question.path);
                assert_ne!(question.label, other.label, "{language} {}", question.path);
                assert_eq!(question.hint.is_empty(), other.hint.is_empty(), "{language} {}", question.path);
                for (choice, translated) in question.choices.iter().flatten().zip(other.choices.iter().flatten()) {
                    assert!(!translated.label.is_empty(), "{language} {} {}", question.path, choice.value);
                }
            }
        }
    }
}

#[test]
fn a_new_fill_begins_with_its_defaults() {
    let fill = Fill::new(&service_visit(), &environment("en"));
    let defaults: Vec<(String, String)> =
        fill.defaults().into_iter().map(|default| (default.key.path, default.value)).collect();
    assert_eq!(
        defaults,
        [
            ("/visit/safety/arrived".to_owned(), "2026-11-22T08:30:00.000+01:00".to_owned()),
            ("/visit/findings/fault_since".to_owned(), "2026-11-22".to_owned()),
            ("/visit/meta/instanceID".to_owned(), "uuid:07070707-0707-0707-0707-070707070707".to_owned()),
        ]
    );
    assert_eq!(question(&fill, "/visit/safety/arrived").origin, ValueOrigin::Default);
}

#[test]
fn pages_are_the_groups() {
    let fill = Fill::new(&service_visit(), &environment("es"));
    let titles: Vec<String> = fill.pages().into_iter().map(|page| page.title).collect();
    assert_eq!(
        titles,
        [
            "Seguridad y llegada",
            "Diagnóstico",
            "Hidráulica",
            "Electricidad",
            "Trabajo realizado",
            "Entrega y recomendaciones"
        ]
    );
}

#[test]
fn answers_open_and_close_questions_and_nothing_is_dropped() {
    let mut fill = Fill::new(&service_visit(), &environment("en"));
    assert!(!relevant(&fill, "/visit/safety/lockout_reason"));
    set(&mut fill, "/visit/safety/locked_out", "no");
    assert!(relevant(&fill, "/visit/safety/lockout_reason"));
    set(&mut fill, "/visit/safety/lockout_reason", "Customer runs the test");
    set(&mut fill, "/visit/safety/locked_out", "yes");
    assert!(!relevant(&fill, "/visit/safety/lockout_reason"));
    assert_eq!(get(&fill, "/visit/safety/lockout_reason"), "Customer runs the test");
    assert!(!fill.to_xml().contains("Customer runs the test"), "the record leaves out what does not apply");
    set(&mut fill, "/visit/safety/locked_out", "no");
    assert_eq!(question(&fill, "/visit/safety/lockout_reason").problem, None);
}

#[test]
fn constraints_speak_the_language_of_the_fill() {
    let mut fill = Fill::new(&service_visit(), &environment("en"));
    set(&mut fill, "/visit/hydraulics/checked", "yes");
    set(&mut fill, "/visit/hydraulics/pressure_measured", "4000");
    let message = |fill: &Fill| {
        let problem = question(fill, "/visit/hydraulics/pressure_measured").problem.unwrap();
        assert_eq!(problem.code, QuestionProblemCode::Violated);
        problem.message.unwrap()
    };
    assert!(message(&fill).starts_with("A measured pressure"));
    fill.set_language("zh-Hant");
    assert!(message(&fill).starts_with("實測壓力"));
    set(&mut fill, "/visit/hydraulics/pressure_measured", "200");
    assert_eq!(question(&fill, "/visit/hydraulics/pressure_measured").problem, None);
}

#[test]
fn measured_values_are_judged() {
    let mut fill = Fill::new(&service_visit(), &environment("en"));
    set(&mut fill, "/visit/hydraulics/checked", "yes");
    set(&mut fill, "/visit/hydraulics/pressure_nominal", "210.0");
    set(&mut fill, "/visit/hydraulics/pressure_measured", "180");
    assert_eq!(get(&fill, "/visit/hydraulics/pressure_nominal"), "210.0", "kept as typed");
    assert_eq!(get(&fill, "/visit/hydraulics/deviation"), "-14.3");
    assert!(relevant(&fill, "/visit/hydraulics/deviation_action"));
    set(&mut fill, "/visit/hydraulics/pressure_measured", "208");
    assert!(!relevant(&fill, "/visit/hydraulics/deviation_action"));
}

#[test]
fn replaced_components_are_added_up() {
    let mut fill = Fill::new(&service_visit(), &environment("en"));
    set(&mut fill, "/visit/work/kinds", "inspected replaced");
    add(&mut fill, "/visit/work/component", 1);
    let second = add(&mut fill, "/visit/work/component", 2);
    for (item, quantity, price) in [("component", "2", "12.5"), ("component[2]", "1", "80.10")] {
        set(&mut fill, &format!("/visit/work/{item}/quantity"), quantity);
        set(&mut fill, &format!("/visit/work/{item}/price"), price);
    }
    assert_eq!(get(&fill, "/visit/work/component_count"), "3");
    assert_eq!(get(&fill, "/visit/work/component_total"), "105.1");
    fill.remove_item(&second).unwrap();
    assert_eq!(get(&fill, "/visit/work/component_total"), "25");
    set(&mut fill, "/visit/work/begin", "08:00");
    set(&mut fill, "/visit/work/end", "10:45");
    assert_eq!(get(&fill, "/visit/work/duration"), "2.75");
    let summary = question(&fill, "/visit/handover/summary").label;
    assert_eq!(summary, "Working time: 2.75 h. Components: 2, total 25.");
}

#[test]
fn the_list_of_causes_follows_the_symptom() {
    let mut fill = Fill::new(&service_visit(), &environment("zh-Hans"));
    set(&mut fill, "/visit/findings/symptom", "leak");
    let options: Vec<String> =
        question(&fill, "/visit/findings/cause").options.into_iter().map(|option| option.label).collect();
    assert_eq!(options, ["密封件磨损", "软管损坏"]);
    let cause = fill.find("/visit/findings/cause").unwrap();
    let refused = fill.set(&cause, "bearing_worn");
    assert!(matches!(refused, Err(AnswerProblem::NotAnOption { .. })));
    set(&mut fill, "/visit/findings/cause", "seal_worn");
    set(&mut fill, "/visit/findings/symptom", "noise");
    let after = question(&fill, "/visit/findings/cause");
    assert_eq!((after.value.as_str(), after.problem.unwrap().code), ("seal_worn", QuestionProblemCode::NotAnOption));
}

#[test]
fn the_plate_is_compared_with_the_job() {
    let mut fill = Fill::new(&service_visit(), &environment("en"));
    set(&mut fill, "/visit/safety/serial_plate", "SN-0001");
    assert_eq!(question(&fill, "/visit/safety/serial_plate").problem.unwrap().code, QuestionProblemCode::Violated);
    let why = fill.why(&NodeKey::plain("/visit/safety/serial_plate")).unwrap();
    let violated = why.reasons.iter().find(|reason| reason.effect == Effect::Violated).unwrap();
    assert!(
        violated
            .inputs
            .iter()
            .any(|input| { input.reference == "instance('job')/root/serial" && input.value == "SN-4711" })
    );
    set(&mut fill, "/visit/safety/serial_plate", "SN-4711");
    assert_eq!(question(&fill, "/visit/safety/serial_plate").problem, None);
}

#[test]
fn a_hidden_question_says_why() {
    let mut fill = Fill::new(&service_visit(), &environment("en"));
    set(&mut fill, "/visit/safety/locked_out", "yes");
    let why = fill.why(&NodeKey::plain("/visit/safety/lockout_reason")).unwrap();
    let hidden = why.reasons.iter().find(|reason| reason.effect == Effect::Hidden).unwrap();
    assert_eq!(hidden.expression, "/visit/safety/locked_out = 'no'");
    let input = hidden.inputs.first().unwrap();
    assert_eq!(input.label, "Is the machine locked out and tagged?");
    assert_eq!((input.value.as_str(), input.shown_value.as_str()), ("yes", "Yes"));
}

#[test]
fn a_fill_opens_again_as_it_was() {
    let form = service_visit();
    let mut fill = Fill::new(&form, &environment("en"));
    set(&mut fill, "/visit/work/kinds", "replaced");
    let item = add(&mut fill, "/visit/work/component", 9);
    set(&mut fill, "/visit/work/component/name", "Seal");
    let answer = |path: &str, value: &str| (NodeKey::plain(path), value.to_owned());
    let saved = Saved {
        added: vec![item],
        removed: Vec::new(),
        answers: vec![
            answer("/visit/work/kinds", "replaced"),
            (NodeKey::within("/visit/work/component/name", vec![id(9)]), "Seal".to_owned()),
            answer("/visit/safety/arrived", "2026-11-20T07:00:00.000+01:00"),
            answer("/visit/no_longer_there", "kept"),
        ],
    };
    let (again, orphans) = Fill::restore(&form, &environment("en"), &saved);
    assert_eq!(get(&again, "/visit/work/component/name"), "Seal");
    assert_eq!(get(&again, "/visit/safety/arrived"), "2026-11-20T07:00:00.000+01:00", "first-load did not run again");
    let lost: Vec<String> = orphans.into_iter().map(|orphan| orphan.key.path).collect();
    assert_eq!(lost, ["/visit/no_longer_there"]);
}

#[test]
fn progress_counts_what_applies() {
    let mut fill = Fill::new(&service_visit(), &environment("en"));
    let before = fill.progress();
    assert!(before.missing.iter().any(|key| key.path == "/visit/safety/locked_out"));
    assert!(!before.missing.iter().any(|key| key.path == "/visit/safety/lockout_reason"));
    set(&mut fill, "/visit/safety/locked_out", "no");
    let after = fill.progress();
    assert_eq!(after.total, before.total + 1);
    assert_eq!(after.answered, before.answered + 1);
    assert!(after.missing.iter().any(|key| key.path == "/visit/safety/lockout_reason"));
}

#[test]
fn the_repeat_is_listed_with_its_items() {
    let mut fill = Fill::new(&service_visit(), &environment("en"));
    set(&mut fill, "/visit/work/kinds", "replaced");
    add(&mut fill, "/visit/work/component", 1);
    let pages = fill.pages();
    let work = pages.iter().find(|page| page.path == "/visit/work").unwrap();
    let repeat = work.entries.iter().find_map(|entry| match entry {
        PageEntry::Repeat { repeat, depth } => Some((repeat, *depth)),
        _ => None,
    });
    let (repeat, depth) = repeat.unwrap();
    assert_eq!((repeat.count, repeat.can_change, repeat.relevant, depth), (1, true, true, 0));
    let name = work.entries.iter().find_map(|entry| match entry {
        PageEntry::Question { question, depth } if question.key.path.ends_with("/component/name") => {
            Some((question.groups.clone(), *depth))
        }
        _ => None,
    });
    assert_eq!(name.unwrap(), (vec!["Work done".to_owned(), "Replaced component".to_owned()], 2));
}
