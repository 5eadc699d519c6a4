//! One visit on the page: facts, answers, photos, parts, times, documents and reviews. Used by the job and the review.

use countersign_model::Id;
use countersign_model::document::{ChargeShown, Content, PartShown, TimeShown};
use countersign_model::entity::{
    Amendment, AmendmentState, Charge, Document, Part, PartUse, Review, TimeEntry, Visit, VisitState, Voucher,
    VoucherState, voucher_id,
};
use countersign_model::money::{Line, totals};
use countersign_model::record::Row;

use super::answers::{self, Section};
use super::desk::Desk;
use super::documents::{self, Paper};
use super::evidence::{self, Photo};
use super::job_changes::VisitChange;
use super::trouble::Trouble;
use super::visible::People;
use super::words::{Chip, Choice, Words};
use crate::store::Read;

/// A part or charge as a line.
pub(crate) struct PartLine {
    pub code: String,
    pub name: String,
    pub note: String,
    pub quantity: String,
    pub price: String,
    pub net: String,
}

/// Lines with their sums.
type Lines = (Vec<PartLine>, Vec<(String, String)>);

/// A review that was done.
pub(crate) struct ReviewShown {
    pub class: &'static str,
    pub title: String,
    pub remarks: Vec<String>,
}

/// A visit.
pub(crate) struct VisitShown {
    pub id: String,
    pub new_id: String,
    pub title: String,
    pub chips: Vec<Chip>,
    pub facts: Vec<(String, String)>,
    pub review: String,
    pub reassign: Option<Vec<Choice>>,
    pub change: Option<VisitChange>,
    /// Whether the reader may move it to another time or person.
    pub can_move: bool,
    pub reviews: Vec<ReviewShown>,
    pub answers_from: String,
    pub sections: Vec<Section>,
    pub photos: Vec<Photo>,
    pub parts: Vec<PartLine>,
    pub totals: Vec<(String, String)>,
    pub times: Vec<(String, String)>,
    pub documents: Vec<Paper>,
}

/// A visit with everything under it, before it is put into words.
pub(crate) struct Loaded {
    pub row: Row,
    pub visit: Visit,
    pub voucher: Option<Voucher>,
    /// Oldest first.
    pub documents: Vec<Document>,
    pub reviews: Vec<Review>,
    pub drafts: Vec<(Id, Amendment)>,
}

impl Loaded {
    pub fn of(read: &Read<'_>, row: Row, visit: Visit) -> Result<Loaded, Trouble> {
        let voucher = read.get::<Voucher>(voucher_id(row.id))?.map(|(_, voucher)| voucher);
        let mut documents: Vec<(u64, Document)> = read
            .children_of::<Document>(row.id)?
            .into_iter()
            .map(|(row, document)| (depth(&document, row.seq), document))
            .collect();
        documents.sort_by_key(|(order, _)| *order);
        let mut reviews: Vec<Review> =
            read.children_of::<Review>(voucher_id(row.id))?.into_iter().map(|(_, review)| review).collect();
        reviews.sort_by_key(|review| (review.round, review.time.wall));
        let drafts = read.children_of::<Amendment>(row.id)?.into_iter().map(|(row, draft)| (row.id, draft)).collect();
        Ok(Loaded {
            voucher,
            documents: documents.into_iter().map(|(_, document)| document).collect(),
            reviews,
            drafts,
            row,
            visit,
        })
    }

    /// The documents in force: those that nothing amends.
    pub fn leaves(&self) -> Vec<&Document> {
        let leaves = self.voucher.as_ref().map(|voucher| voucher.leaves.as_slice()).unwrap_or_default();
        self.documents.iter().filter(|document| leaves.contains(&document.sealed_sha256)).collect()
    }

    /// The visit and the drafts of its amendments: what evidence, parts and times hang under.
    pub fn subjects(&self) -> Vec<Id> {
        let drafts = self.drafts.iter().filter(|(_, draft)| draft.state != AmendmentState::Discarded);
        std::iter::once(self.row.id).chain(drafts.map(|(id, _)| *id)).collect()
    }

    pub fn is_submitted(&self) -> bool {
        self.voucher.as_ref().is_some_and(|voucher| voucher.state == VoucherState::Submitted)
    }
}

/// Documents in the order in which they were made: an amendment after what it amends.
fn depth(document: &Document, seq: u64) -> u64 {
    if document.amends.is_empty() { 0 } else { seq.max(1) }
}

/// Puts a visit into words. `deep` also verifies the PDFs.
pub(crate) fn shown(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    loaded: &Loaded,
    deep: bool,
) -> Result<VisitShown, Trouble> {
    let words = &desk.words;
    let leaf = loaded.leaves().last().copied().cloned();
    let (sections, answers_from) = sections(desk, read, people, loaded, leaf.as_ref())?;
    let (parts, sums) = match &leaf {
        Some(document) => sealed_parts(words, &document.sealed.content),
        None => draft_parts(words, read, &loaded.subjects())?,
    };
    let times = match &leaf {
        Some(document) => document.sealed.content.times.iter().map(|time| time_line(words, time)).collect(),
        None => draft_times(words, read, people, &loaded.subjects())?,
    };
    let mut photos = evidence::of(read, words, people, &loaded.subjects())?;
    evidence::name_questions(&mut photos, &sections);
    let documents = match &loaded.voucher {
        Some(voucher) => documents::of(desk, read, voucher, &loaded.documents, deep)?,
        None => Vec::new(),
    };
    Ok(VisitShown {
        id: loaded.row.id.to_string(),
        new_id: desk.new_id()?.to_string(),
        title: title(words, loaded),
        chips: chips(words, loaded),
        facts: facts(read, words, people, loaded)?,
        review: review_address(desk, loaded),
        reassign: None,
        change: None,
        can_move: loaded.visit.state == VisitState::Planned && desk.may("visit.appoint"),
        reviews: loaded.reviews.iter().map(|review| review_shown(words, people, review)).collect(),
        answers_from,
        sections,
        photos,
        parts,
        totals: sums,
        times,
        documents,
    })
}

pub(crate) fn sections(
    desk: &Desk<'_>,
    read: &Read<'_>,
    people: &People,
    loaded: &Loaded,
    leaf: Option<&Document>,
) -> Result<(Vec<Section>, String), Trouble> {
    let words = &desk.words;
    let Some(document) = leaf else {
        return Ok((answers::draft(desk, read, people, loaded.row.id)?, words.t("console-answers-draft")));
    };
    let before = documents::amended_by(read, document)?;
    let before: Vec<&Content> = before.iter().map(|document| &document.sealed.content).collect();
    let content = &document.sealed.content;
    let from = words.with(
        "console-answers-signed",
        &[
            ("number", content.number.as_str().into()),
            ("language", words.t(&format!("language-{}", content.language.tag())).into()),
        ],
    );
    let mut sections = answers::sealed(words, content, &before);
    if let Some(form) = content.form.as_ref().filter(|_| content.language != words.language())
        && let Some(form) = answers::form_of(desk, read, form.sha256)?
    {
        answers::read_in_own_language(words, &mut sections, content, &form);
    }
    Ok((sections, from))
}

pub(crate) fn title(words: &Words, loaded: &Loaded) -> String {
    let number = loaded.voucher.as_ref().map(|voucher| voucher.number.clone()).unwrap_or_default();
    let ordinal = i64::from(loaded.visit.ordinal);
    match number.is_empty() {
        true => words.with("console-visit", &[("ordinal", ordinal.into())]),
        false => words.with("console-visit-numbered", &[("ordinal", ordinal.into()), ("number", number.into())]),
    }
}

fn chips(words: &Words, loaded: &Loaded) -> Vec<Chip> {
    let mut chips = vec![words.visit_state(&loaded.visit.state)];
    if let Some(voucher) = loaded.voucher.as_ref().filter(|voucher| voucher.state != VoucherState::Open) {
        chips.push(words.voucher_state(&voucher.state));
    }
    if let Some((_, draft)) = loaded.drafts.iter().find(|(_, draft)| draft.state == AmendmentState::Open) {
        let word = words.of("console-amendment-open", "number", &draft.number);
        chips.push(Chip { class: "attention", icon: "remark", word });
    }
    chips
}

fn facts(read: &Read<'_>, words: &Words, people: &People, loaded: &Loaded) -> Result<Vec<(String, String)>, Trouble> {
    let visit = &loaded.visit;
    let mut facts = vec![(words.t("console-lead"), people.name(visit.lead))];
    if !visit.helpers.is_empty() {
        let names: Vec<String> = visit.helpers.iter().map(|id| people.name(*id)).collect();
        facts.push((words.t("console-helpers"), names.join(&words.t("console-list-and"))));
    }
    if let Some(window) = &visit.window {
        facts.push((words.t("console-window-agreed"), words.window(window)));
    }
    let steps = [("step-travel", &visit.travelled), ("step-arrive", &visit.arrived), ("step-leave", &visit.left)];
    for (key, time) in steps {
        facts.extend(time.as_ref().map(|time| (words.t(key), words.recorded(time, None))));
    }
    if !visit.leave_reason.is_empty() {
        facts.push((words.t("console-leave-reason"), words.texts.word("leave", &visit.leave_reason)));
    }
    facts.extend(sign_off_facts(read, words, loaded)?);
    Ok(facts)
}

/// Whether nobody goes there, and where the sign-off of a remote visit is collected.
fn sign_off_facts(read: &Read<'_>, words: &Words, loaded: &Loaded) -> Result<Vec<(String, String)>, Trouble> {
    let number = |visit: Id| {
        let voucher = read.get::<Voucher>(voucher_id(visit))?;
        Ok::<_, Trouble>(voucher.map(|(_, voucher)| voucher.number).unwrap_or_default())
    };
    let mut facts = Vec::new();
    if loaded.visit.remote {
        facts.push((words.t("console-visit-where"), words.t("voucher-remote")));
        let signed = loaded.voucher.as_ref().is_some_and(|voucher| !voucher.leaves.is_empty());
        let collector = match loaded.visit.collected_by {
            Some(by) => number(by)?,
            None => words.t("console-collected-nowhere"),
        };
        if !signed {
            facts.push((words.t("console-collected-by"), collector));
        }
    }
    for collected in &loaded.visit.collects {
        facts.push((words.t("console-collects"), number(*collected)?));
    }
    Ok(facts)
}

/// Where the voucher is reviewed, for people who may and are not on the visit.
fn review_address(desk: &Desk<'_>, loaded: &Loaded) -> String {
    let own = desk.visitor.as_ref().is_none_or(|visitor| loaded.visit.has(visitor.seen.id));
    match loaded.is_submitted() && desk.may("review.decide") && !own {
        true => format!("/reviews/{}", loaded.row.id),
        false => String::new(),
    }
}

fn review_shown(words: &Words, people: &People, review: &Review) -> ReviewShown {
    let remarks = review.remarks.iter().map(|remark| match remark.label.is_empty() {
        true => remark.in_language(words.language()),
        false => words.with(
            "console-remark-on",
            &[("question", remark.label.as_str().into()), ("text", remark.in_language(words.language()).into())],
        ),
    });
    let missing = review.missing.iter().map(|missing| {
        let file: String = missing.sha256.hex().chars().take(12).collect();
        words.with("console-missing-accepted", &[("file", file.into()), ("reason", missing.reason.as_str().into())])
    });
    ReviewShown {
        class: words.review_outcome(&review.outcome),
        title: words.with(
            "console-review-done",
            &[
                ("round", i64::from(review.round).into()),
                ("outcome", words.texts.word("state", review.outcome.as_str()).into()),
                ("name", people.name(review.reviewer).into()),
                ("time", words.recorded(&review.time, None).into()),
            ],
        ),
        remarks: remarks.chain(missing).collect(),
    }
}

fn sums(words: &Words, lines: &[Line]) -> Vec<(String, String)> {
    let Ok(Some(totals)) = totals(lines) else { return Vec::new() };
    let rows = [
        ("voucher-total-net", &totals.net),
        ("voucher-total-tax", &totals.tax),
        ("voucher-total-gross", &totals.gross),
    ];
    rows.into_iter().map(|(key, money)| (words.t(key), words.texts.money(money))).collect()
}

fn sealed_parts(words: &Words, content: &Content) -> Lines {
    let part = |part: &PartShown| PartLine {
        code: part.code.clone(),
        name: part.name.clone(),
        note: batch(words, &part.batch),
        quantity: words.texts.number(&part.quantity),
        price: part.unit_price.as_ref().map(|money| words.texts.money(money)).unwrap_or_default(),
        net: part.line.as_ref().map_or_else(|| words.t("voucher-not-charged"), |line| words.texts.money(&line.net)),
    };
    let charge = |charge: &ChargeShown| charge_line(words, &charge.description, &charge.line, "");
    let lines: Vec<Line> = content
        .parts
        .iter()
        .filter_map(|part| part.line.clone())
        .chain(content.charges.iter().map(|charge| charge.line.clone()))
        .collect();
    (content.parts.iter().map(part).chain(content.charges.iter().map(charge)).collect(), sums(words, &lines))
}

fn batch(words: &Words, batch: &str) -> String {
    if batch.is_empty() { String::new() } else { words.of("voucher-batch", "batch", batch) }
}

fn charge_line(words: &Words, description: &str, line: &Line, note: &str) -> PartLine {
    PartLine {
        code: String::new(),
        name: description.to_owned(),
        note: note.to_owned(),
        quantity: String::new(),
        price: String::new(),
        net: words.texts.money(&line.net),
    }
}

fn draft_parts(words: &Words, read: &Read<'_>, subjects: &[Id]) -> Result<Lines, Trouble> {
    let (mut shown, mut lines) = (Vec::new(), Vec::new());
    let late = |late: bool| if late { words.t("console-late") } else { String::new() };
    for subject in subjects {
        for (_, used) in read.children_of::<PartUse>(*subject)? {
            let net = used.unit_price.as_ref().and_then(|price| price.times(&used.quantity).ok());
            lines.extend(net.clone().and_then(|net| Line::new(net, used.tax_basis_points).ok()));
            let part = used.part.map(|id| read.get::<Part>(id)).transpose()?.flatten();
            let notes = [batch(words, &used.batch), late(used.late)];
            shown.push(PartLine {
                code: used.code.clone(),
                name: part.map(|(_, part)| part.name.get(words.language()).to_owned()).unwrap_or_default(),
                note: notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join(" · "),
                quantity: words.texts.number(&used.quantity),
                price: used.unit_price.as_ref().map(|money| words.texts.money(money)).unwrap_or_default(),
                net: net.map(|money| words.texts.money(&money)).unwrap_or_default(),
            });
        }
        for (_, charge) in read.children_of::<Charge>(*subject)? {
            shown.push(charge_line(words, &charge.description, &charge.line, &late(charge.late)));
            lines.push(charge.line);
        }
    }
    Ok((shown, sums(words, &lines)))
}

fn time_line(words: &Words, time: &TimeShown) -> (String, String) {
    let kind = words.texts.word("time", &time.kind);
    let label = words.with("console-time-of", &[("name", time.person.as_str().into()), ("kind", kind.into())]);
    let duration = words.texts.duration(time.minutes);
    let distance = time.kilometres.map(|count| words.with("kilometres", &[("count", count.into())]));
    (label, distance.map_or(duration.clone(), |distance| format!("{duration} · {distance}")))
}

fn draft_times(
    words: &Words,
    read: &Read<'_>,
    people: &People,
    subjects: &[Id],
) -> Result<Vec<(String, String)>, Trouble> {
    let mut times = Vec::new();
    for subject in subjects {
        for (_, entry) in read.children_of::<TimeEntry>(*subject)? {
            let shown = TimeShown {
                person: people.name(entry.person),
                kind: entry.kind.as_str().to_owned(),
                minutes: entry.minutes,
                kilometres: entry.kilometres,
            };
            times.push(time_line(words, &shown));
        }
    }
    Ok(times)
}
