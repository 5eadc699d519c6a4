//! What the pages of a document say, once more as text of the page: for screen readers, for very large type, and wherever
//! a picture is hard to read. The pictures are the pages that are signed; this is the same content beside them.

use countersign_device::model::document::Content;

use crate::words::Words;

/// A heading with rows of label and value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Section {
    pub title: String,
    pub rows: Vec<(String, String)>,
}

/// The content in its own order.
pub(crate) fn sections(words: &Words, content: &Content) -> Vec<Section> {
    let mut sections = vec![head(words, content)];
    sections.extend(amendment(words, content));
    for section in &content.sections {
        let none = words.t("voucher-no-answer");
        let shown = |display: &str| if display.is_empty() { none.clone() } else { display.to_owned() };
        let media = |count: usize| words.count("laptop-photos", u64::try_from(count).unwrap_or(u64::MAX));
        let rows = section.answers.iter().map(|answer| {
            let value = if answer.media.is_empty() { shown(&answer.display) } else { media(answer.media.len()) };
            (format!("{} {}", answer.number, answer.question), value)
        });
        sections.push(Section { title: section.title.clone(), rows: rows.collect() });
    }
    sections.extend([parts(words, content), charges(words, content), times(words, content), totals(words, content)]);
    sections.retain(|section| !section.rows.is_empty());
    sections
}

fn head(words: &Words, content: &Content) -> Section {
    let mut rows = vec![
        (words.t("voucher-number"), content.number.clone()),
        (words.t("voucher-class"), words.texts.word("class", content.class.as_str())),
    ];
    let mut row = |key: &str, value: String| {
        if !value.is_empty() {
            rows.push((words.t(key), value));
        }
    };
    row("voucher-customer", content.customer.as_ref().map(|party| party.name.clone()).unwrap_or_default());
    row("voucher-site", content.site.as_ref().map(|party| party.name.clone()).unwrap_or_default());
    let machine = content.machine.as_ref().map(|machine| format!("{} {}", machine.model, machine.serial));
    row("voucher-machine", machine.unwrap_or_default());
    row("voucher-engineers", content.engineers.join(", "));
    row("voucher-fault", content.fault.clone());
    for step in &content.steps {
        rows.push((words.t(&format!("step-{}", step.step)), words.recorded(&step.time)));
    }
    Section { title: content.company.name.clone(), rows }
}

fn amendment(words: &Words, content: &Content) -> Option<Section> {
    let amendment = content.amendment.as_ref()?;
    let mut rows = vec![(words.t("voucher-amendment-reason"), amendment.reason.clone())];
    rows.extend(amendment.changes.iter().map(|change| {
        let none = words.t("voucher-change-nothing");
        let side = |text: &str| if text.is_empty() { none.clone() } else { text.to_owned() };
        (change.what.clone(), format!("{} → {}", side(&change.before), side(&change.after)))
    }));
    Some(Section { title: words.of("voucher-amends", "number", &amendment.of_number), rows })
}

fn parts(words: &Words, content: &Content) -> Section {
    let rows = content.parts.iter().map(|part| {
        let price = part.line.as_ref().filter(|_| content.prices_shown).map(|line| words.texts.money(&line.net));
        let name = if part.name.is_empty() { part.code.clone() } else { format!("{} {}", part.code, part.name) };
        let quantity = words.texts.number(&part.quantity);
        (name, price.map_or_else(|| quantity.clone(), |price| format!("{quantity} · {price}")))
    });
    Section { title: words.t("voucher-parts"), rows: rows.collect() }
}

fn charges(words: &Words, content: &Content) -> Section {
    let rows = content.charges.iter().map(|charge| (charge.description.clone(), words.texts.money(&charge.line.net)));
    let rows = if content.prices_shown { rows.collect() } else { Vec::new() };
    Section { title: words.t("voucher-charges"), rows }
}

fn times(words: &Words, content: &Content) -> Section {
    let rows = content.times.iter().map(|time| {
        let kind = words.texts.word("time", &time.kind);
        (format!("{} · {kind}", time.person), words.texts.duration(time.minutes))
    });
    Section { title: words.t("voucher-times"), rows: rows.collect() }
}

fn totals(words: &Words, content: &Content) -> Section {
    let totals = content.totals.as_ref().filter(|_| content.prices_shown);
    let rows = totals.map(|totals| {
        vec![
            (words.t("voucher-total-net"), words.texts.money(&totals.net)),
            (words.t("voucher-total-tax"), words.texts.money(&totals.tax)),
            (words.t("voucher-total-gross"), words.texts.money(&totals.gross)),
        ]
    });
    Section { title: words.t("voucher-charges"), rows: rows.unwrap_or_default() }
}
