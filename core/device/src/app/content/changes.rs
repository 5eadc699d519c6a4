//! What an amendment changes, printed as before and after. Everything that the pages say is compared; what is not is named
//! in [`between`] with its reason.

mod facts;
#[cfg(test)]
mod tests;

use countersign_model::Language;
use countersign_model::document::{ChangeShown, Content};
use countersign_model::entity::{Review, ReviewOutcome, voucher_id};
use countersign_texts::Texts;

use crate::app::AppError;
use crate::app::work::Work;
use crate::store::Rows;
use facts::{
    Fact, answers, charges, codes, engineers, evidence, form, left, machine, meters, parts, party, place, steps, text,
    times, total,
};

/// Remarks of the newest review that returned the voucher, in the language of the document.
pub(super) fn remarks(rows: &Rows<'_>, work: &Work, language: Language) -> Result<Vec<String>, AppError> {
    let reviews = rows.children_of::<Review>(voucher_id(work.visit_id))?;
    let newest = reviews.into_iter().map(|(_, review)| review).max_by_key(|review| review.round);
    let returned = newest.filter(|review| review.outcome == ReviewOutcome::Returned);
    let remarks = returned.map(|review| review.remarks).unwrap_or_default();
    Ok(remarks.iter().map(|remark| remark.in_language(language)).collect())
}

/// The differences between what was signed and what will be, in the order of the pages.
pub(super) fn between(before: &Content, after: &Content, texts: &Texts) -> Vec<ChangeShown> {
    compare(said(before, texts), said(after, texts))
}

/// What a document says, as facts to compare. Each field of the content is used, or its name says why not.
fn said(content: &Content, texts: &Texts) -> Vec<Fact> {
    let Content {
        // An amendment has a kind and a number of its own, which the pages print.
        kind: _,
        number: _,
        // How the pages are written, not what was done.
        language: _,
        zone: _,
        prices_shown: _,
        prepared: _,
        // Who serves, from the company's data of the day; nothing of the visit.
        company: _,
        letterhead: _,
        // Those of what is amended: an amendment stays with its visit.
        job: _,
        visit: _,
        // The amendment's own block, and the paper of a cash receipt, which is never amended.
        amendment: _,
        cash: _,
        // Drawn from the captures, which are compared, and checked by the verifier.
        sets: _,
        class,
        class_reason,
        customer,
        site,
        machine: own_machine,
        fault,
        engineers: people,
        steps: own_steps,
        remote,
        leave_reason,
        form: own_form,
        diagnosis,
        findings,
        meters: readings,
        sections,
        parts: own_parts,
        charges: own_charges,
        totals,
        times: own_times,
        evidence: captures,
    } = content;
    let mut facts = vec![
        text("class", texts.get("voucher-class"), texts.word("class", class.as_str())),
        text("class_reason", texts.get("voucher-class-reason"), class_reason.clone()),
        party("customer", texts.get("voucher-customer"), customer.as_ref()),
        party("site", texts.get("voucher-site"), site.as_ref()),
        machine(texts, own_machine.as_ref()),
        text("fault", texts.get("voucher-fault"), fault.clone()),
        engineers(texts, people),
        place(texts, *remote),
        left(texts, leave_reason),
        form(texts, own_form.as_ref()),
    ];
    facts.extend(steps(content, texts, own_steps));
    facts.extend(codes(texts, diagnosis));
    facts.push(meters(texts, readings));
    facts.push(text("findings", texts.get("voucher-findings"), findings.clone()));
    facts.extend(answers(texts, sections));
    facts.extend(parts(content, texts, own_parts));
    facts.extend(charges(content, texts, own_charges));
    facts.push(total(content, texts, totals.as_ref()));
    facts.extend(times(texts, own_times));
    facts.extend(evidence(texts, captures));
    numbered(facts)
}

/// Facts of one key are told apart by their order: two trips are two charges.
fn numbered(mut facts: Vec<Fact>) -> Vec<Fact> {
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for fact in &mut facts {
        let count = seen.entry(fact.key.clone()).or_default();
        *count += 1;
        fact.key = format!("{}#{count}", fact.key);
    }
    facts
}

fn compare(before: Vec<Fact>, after: Vec<Fact>) -> Vec<ChangeShown> {
    let gone = before.iter().filter(|fact| !after.iter().any(|other| other.key == fact.key));
    let kept = after.iter().chain(gone);
    kept.filter_map(|fact| {
        let find = |facts: &[Fact]| facts.iter().find(|other| other.key == fact.key).cloned().unwrap_or_default();
        let (was, is) = (find(&before), find(&after));
        let change = |before, after| Some(ChangeShown { what: fact.what.clone(), before, after });
        match (was.value != is.value, was.detail != is.detail) {
            (true, _) => change(was.value, is.value),
            (false, true) => change(was.detail, is.detail),
            (false, false) => None,
        }
    })
    .collect()
}
