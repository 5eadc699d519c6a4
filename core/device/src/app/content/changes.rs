//! What an amendment changes, printed as before and after.

use std::collections::BTreeMap;

use countersign_model::Language;
use countersign_model::document::{ChangeShown, Content};
use countersign_model::entity::{Review, ReviewOutcome, voucher_id};
use countersign_texts::Texts;

use crate::app::AppError;
use crate::app::work::Work;
use crate::store::Rows;

/// Remarks of the newest review that returned the voucher, in the language of the document.
pub(super) fn remarks(rows: &Rows<'_>, work: &Work, language: Language) -> Result<Vec<String>, AppError> {
    let reviews = rows.children_of::<Review>(voucher_id(work.visit_id))?;
    let newest = reviews.into_iter().map(|(_, review)| review).max_by_key(|review| review.round);
    let returned = newest.filter(|review| review.outcome == ReviewOutcome::Returned);
    let remarks = returned.map(|review| review.remarks).unwrap_or_default();
    Ok(remarks.iter().map(|remark| remark.in_language(language)).collect())
}

/// The differences between what was signed and what will be.
pub(super) fn between(before: &Content, after: &Content, texts: &Texts) -> Vec<ChangeShown> {
    let mut changes = compare(&job_facts(before, texts), &job_facts(after, texts));
    changes.extend(compare(&answers(before), &answers(after)));
    changes.extend(compare(&parts(before, texts), &parts(after, texts)));
    changes.extend(compare(&charges(before, texts), &charges(after, texts)));
    changes.extend(compare(&times(before, texts), &times(after, texts)));
    changes
}

/// What is compared: a key that stays, its name for people, its value for people; in printed order.
type Facts = Vec<(String, String, String)>;

/// Class, diagnosis, findings and meters.
fn job_facts(content: &Content, texts: &Texts) -> Facts {
    let class = ("class".to_owned(), texts.get("voucher-class"), texts.word("class", content.class.as_str()));
    let codes = content.diagnosis.iter().map(|code| {
        let value = if code.name.is_empty() { code.code.clone() } else { code.name.clone() };
        (code.list.clone(), texts.word("voucher-list", &code.list), value)
    });
    let meters: Vec<String> = content.meters.iter().map(|meter| texts.number(&meter.value)).collect();
    let meters = ("meters".to_owned(), texts.get("voucher-meter"), meters.join(", "));
    let findings = ("findings".to_owned(), texts.get("voucher-findings"), content.findings.clone());
    std::iter::once(class).chain(codes).chain([meters, findings]).collect()
}

fn answers(content: &Content) -> Facts {
    let answers = content.sections.iter().flat_map(|section| &section.answers);
    answers
        .map(|answer| {
            let name = format!("{} {}", answer.number, answer.question);
            (answer.reference.clone(), name, answer.display.clone())
        })
        .collect()
}

fn parts(content: &Content, texts: &Texts) -> Facts {
    let parts = content.parts.iter();
    parts
        .map(|part| {
            let name = format!("{} {}", part.code, part.name);
            (format!("{}/{}", part.code, part.batch), name, texts.number(&part.quantity))
        })
        .collect()
}

fn charges(content: &Content, texts: &Texts) -> Facts {
    let charges = content.charges.iter();
    charges.map(|c| (c.description.clone(), c.description.clone(), texts.money(&c.line.net))).collect()
}

fn times(content: &Content, texts: &Texts) -> Facts {
    let mut sums: BTreeMap<(String, String), i64> = BTreeMap::new();
    for time in &content.times {
        *sums.entry((time.person.clone(), time.kind.clone())).or_default() += time.minutes;
    }
    sums.into_iter()
        .map(|((person, kind), minutes)| {
            let name = format!("{person}, {}", texts.word("time", &kind));
            (format!("{person}/{kind}"), name, texts.duration(minutes))
        })
        .collect()
}

fn compare(before: &Facts, after: &Facts) -> Vec<ChangeShown> {
    let value_in = |facts: &Facts, key: &str| {
        facts.iter().find(|(other, _, _)| other == key).map(|(_, _, value)| value.clone()).unwrap_or_default()
    };
    let gone = before.iter().filter(|(key, _, _)| !after.iter().any(|(other, _, _)| other == key));
    let kept = after.iter().chain(gone);
    kept.filter_map(|(key, name, _)| {
        let change = ChangeShown { what: name.clone(), before: value_in(before, key), after: value_in(after, key) };
        (change.before != change.after).then_some(change)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_name_what_came_what_went_and_what_is_different() {
        let facts = |rows: &[(&str, &str)]| -> Facts {
            rows.iter().map(|(key, value)| ((*key).to_owned(), (*key).to_owned(), (*value).to_owned())).collect()
        };
        let before = facts(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let after = facts(&[("a", "1"), ("b", "9"), ("d", "4")]);
        let got: Vec<_> = compare(&before, &after).into_iter().map(|c| (c.what, c.before, c.after)).collect();
        let want = [("b", "2", "9"), ("d", "", "4"), ("c", "3", "")];
        assert_eq!(got, want.map(|(w, b, a)| (w.to_owned(), b.to_owned(), a.to_owned())));
    }
}
