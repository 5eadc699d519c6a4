//! What the pages of a document say, once more as text: for screen readers, for very large type, and wherever a picture
//! is hard to read. The pictures are the pages that are signed; this is the same content beside them, in the signer's
//! language.

use countersign_model::document::Content;
use countersign_texts::{Texts, Value, Zone};

/// A heading with rows of label and value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageSection {
    /// The heading.
    pub title: String,
    /// What stands below.
    pub rows: Vec<PageRow>,
}

/// A label with its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRow {
    /// The label.
    pub label: String,
    /// The value.
    pub value: String,
}

fn row(label: impl Into<String>, value: impl Into<String>) -> PageRow {
    PageRow { label: label.into(), value: value.into() }
}

/// The content in its own order.
pub fn page_sections(content: &Content) -> Vec<PageSection> {
    let texts = &Texts::new(content.language);
    let mut sections = vec![head(texts, content)];
    sections.extend(amendment(texts, content));
    for section in &content.sections {
        let none = texts.get("voucher-no-answer");
        let shown = |display: &str| if display.is_empty() { none.clone() } else { display.to_owned() };
        let media = |count: usize| texts.with("photos-count", &[("count", Value::from(count))]);
        let rows = section.answers.iter().map(|answer| {
            let value = if answer.media.is_empty() { shown(&answer.display) } else { media(answer.media.len()) };
            row(format!("{} {}", answer.number, answer.question), value)
        });
        sections.push(PageSection { title: section.title.clone(), rows: rows.collect() });
    }
    sections.extend([parts(texts, content), charges(texts, content), times(texts, content), totals(texts, content)]);
    sections.retain(|section| !section.rows.is_empty());
    sections
}

fn head(texts: &Texts, content: &Content) -> PageSection {
    let zone = Zone::of(&content.zone, 0);
    let machine = content.machine.as_ref().map(|machine| format!("{} {}", machine.model, machine.serial));
    let facts = [
        ("voucher-number", content.number.clone()),
        ("voucher-class", texts.word("class", content.class.as_str())),
        ("voucher-customer", content.customer.as_ref().map(|party| party.name.clone()).unwrap_or_default()),
        ("voucher-site", content.site.as_ref().map(|party| party.name.clone()).unwrap_or_default()),
        ("voucher-machine", machine.unwrap_or_default()),
        ("voucher-engineers", content.engineers.join(", ")),
        ("voucher-fault", content.fault.clone()),
    ];
    let said = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let steps = content.steps.iter();
    let steps =
        steps.map(|step| row(texts.get(&format!("step-{}", step.step)), texts.date_time(step.time.wall, &zone)));
    let rows = said.map(|(key, value)| row(texts.get(key), value)).chain(steps).collect();
    PageSection { title: content.company.name.clone(), rows }
}

fn amendment(texts: &Texts, content: &Content) -> Option<PageSection> {
    let amendment = content.amendment.as_ref()?;
    let none = texts.get("voucher-change-nothing");
    let side = |text: &str| if text.is_empty() { none.clone() } else { text.to_owned() };
    let changes = amendment.changes.iter();
    let changes =
        changes.map(|change| row(change.what.clone(), format!("{} → {}", side(&change.before), side(&change.after))));
    let reason = row(texts.get("voucher-amendment-reason"), amendment.reason.clone());
    let title = texts.with("voucher-amends", &[("number", amendment.of_number.as_str().into())]);
    Some(PageSection { title, rows: std::iter::once(reason).chain(changes).collect() })
}

fn parts(texts: &Texts, content: &Content) -> PageSection {
    let rows = content.parts.iter().map(|part| {
        let price = part.line.as_ref().filter(|_| content.prices_shown).map(|line| texts.money(&line.net));
        let name = if part.name.is_empty() { part.code.clone() } else { format!("{} {}", part.code, part.name) };
        let quantity = texts.number(&part.quantity);
        row(name, price.map_or_else(|| quantity.clone(), |price| format!("{quantity} · {price}")))
    });
    PageSection { title: texts.get("voucher-parts"), rows: rows.collect() }
}

fn charges(texts: &Texts, content: &Content) -> PageSection {
    let rows = content.charges.iter().map(|charge| row(charge.description.clone(), texts.money(&charge.line.net)));
    let rows = if content.prices_shown { rows.collect() } else { Vec::new() };
    PageSection { title: texts.get("voucher-charges"), rows }
}

fn times(texts: &Texts, content: &Content) -> PageSection {
    let rows = content.times.iter().map(|time| {
        let kind = texts.word("time", &time.kind);
        row(format!("{} · {kind}", time.person), texts.duration(time.minutes))
    });
    PageSection { title: texts.get("voucher-times"), rows: rows.collect() }
}

fn totals(texts: &Texts, content: &Content) -> PageSection {
    let totals = content.totals.as_ref().filter(|_| content.prices_shown);
    let rows = totals.map(|totals| {
        vec![
            row(texts.get("voucher-total-net"), texts.money(&totals.net)),
            row(texts.get("voucher-total-tax"), texts.money(&totals.tax)),
            row(texts.get("voucher-total-gross"), texts.money(&totals.gross)),
        ]
    });
    PageSection { title: texts.get("voucher-charges"), rows: rows.unwrap_or_default() }
}
