use countersign_model::document::*;
use countersign_model::entity::{Ink, Shape, Spot};
use countersign_model::money::{Line, Money, Totals};
use countersign_model::time::{TimeRecord, estimate};
use countersign_model::{Digest, Language, canonical};
use countersign_texts::{Texts, Zone};

use super::between;

fn at(minutes: i64) -> TimeRecord {
    let wall = 1_795_181_400_000 + minutes * 60_000;
    TimeRecord { wall, hub_offset: Some(0), hub_uncertainty: Some(0), ..TimeRecord::default() }
}

fn answer(reference: &str, display: &str) -> AnswerShown {
    AnswerShown {
        number: "1.1".to_owned(),
        reference: reference.to_owned(),
        question: "Pressure".to_owned(),
        value: display.to_owned(),
        display: display.to_owned(),
        provenance: Provenance::Typed,
        media: Vec::new(),
    }
}

fn photo(name: &str) -> EvidenceShown {
    EvidenceShown {
        sha256: Digest::of(name.as_bytes()),
        bytes: 1,
        media_type: "image/jpeg".to_owned(),
        name: name.to_owned(),
        stage: Stage::Found,
        preview: None,
        time: at(0),
        caption: "Leak".to_owned(),
        set: None,
        layers: Vec::new(),
        duration_ms: None,
        chosen: false,
        claimed: String::new(),
    }
}

fn circle(radius: i64) -> LayerShown {
    let shape = Shape::Circle { middle: Spot { x: 1, y: 1 }, radius, ink: Ink::Red };
    LayerShown { by: "Tom".to_owned(), shapes: vec![shape] }
}

fn charge(minor: i64) -> ChargeShown {
    ChargeShown {
        description: "Travel".to_owned(),
        line: Line::new(Money::new(minor, "EUR"), 2100).unwrap(),
        payer: Some(Payer::Customer),
        ..ChargeShown::default()
    }
}

/// A document that says something in every field that is compared.
fn full() -> Content {
    let party = |name: &str| Party { name: name.to_owned(), address: "Mill Road".to_owned(), phone: "1".to_owned() };
    let eur = |minor| Money::new(minor, "EUR");
    Content {
        zone: "UTC".to_owned(),
        class: VoucherClass::Paid,
        class_reason: "agreed".to_owned(),
        customer: Some(party("Acme")),
        site: Some(party("Barn")),
        machine: Some(MachineShown { model: "H7".to_owned(), serial: "3391".to_owned(), place: "bay 2".to_owned() }),
        fault: "leaks".to_owned(),
        engineers: vec!["Ana".to_owned()],
        steps: vec![StepShown { step: "arrive".to_owned(), time: at(0) }],
        leave_reason: "part".to_owned(),
        form: Some(FormShown { title: "Visit".to_owned(), sha256: Digest::of(b"form") }),
        diagnosis: vec![CodeShown { list: "cause".to_owned(), code: "worn".to_owned(), name: "Worn".to_owned() }],
        findings: "seal worn".to_owned(),
        meters: vec![MeterShown { value: "4182".to_owned(), unit: "h".to_owned() }],
        sections: vec![SectionShown { title: "One".to_owned(), answers: vec![answer("/a", "184")] }],
        parts: vec![PartShown {
            code: "S-1".to_owned(),
            name: "Seal".to_owned(),
            quantity: "1".to_owned(),
            unit_price: Some(eur(500)),
            line: Some(Line::new(eur(500), 2100).unwrap()),
            payer: Some(Payer::Customer),
            ..PartShown::default()
        }],
        charges: vec![charge(1_000), charge(2_000)],
        totals: Some(Totals { net: eur(3_500), tax: eur(735), gross: eur(4_235) }),
        times: vec![TimeShown { person: "Ana".to_owned(), kind: "work".to_owned(), minutes: 60, kilometres: Some(5) }],
        evidence: vec![photo("a.jpg")],
        prices_shown: true,
        prepared: at(0),
        ..Content::default()
    }
}

type Change = fn(&mut Content);

type Row = (&'static str, Change, Vec<[&'static str; 3]>);

/// One row for each thing that may be different: what is changed, and what, before and after say.
fn rows() -> Vec<Row> {
    vec![
        ("class", |c| c.class = VoucherClass::Free, vec![["Class", "A · paid", "C · free under warranty"]]),
        ("class reason", |c| c.class_reason.clear(), vec![["Reason for the class", "agreed", ""]]),
        ("customer", |c| c.customer = None, vec![["Customer", "Acme\nMill Road\n1", ""]]),
        (
            "a phone",
            |c| c.site.as_mut().unwrap().phone = "2".to_owned(),
            vec![["Site", "Barn\nMill Road\n1", "Barn\nMill Road\n2"]],
        ),
        (
            "machine",
            |c| c.machine.as_mut().unwrap().serial = "3392".to_owned(),
            vec![["Machine", "H7\nserial 3391\nbay 2", "H7\nserial 3392\nbay 2"]],
        ),
        ("fault", |c| c.fault = "drips".to_owned(), vec![["Fault as reported", "leaks", "drips"]]),
        ("helper", |c| c.engineers.push("Tom".to_owned()), vec![["Engineers", "Ana", "Ana\nTom"]]),
        ("remote", |c| c.remote = true, vec![["Place", "", "Remote, by phone or video"]]),
        (
            "reason for leaving",
            |c| c.leave_reason = "solved".to_owned(),
            vec![["Left because", "Waits for a part", "Solved"]],
        ),
        (
            "form's version",
            |c| c.form.as_mut().unwrap().sha256 = Digest::of(b"other"),
            vec![["Form", "<form>", "<other>"]],
        ),
        ("step", |c| c.steps[0].time = at(5), vec![["Arrived", "<at 0>", "<at 5>"]]),
        ("diagnosis", |c| c.diagnosis[0].name = "Cracked".to_owned(), vec![["Cause", "Worn", "Cracked"]]),
        ("code of one name", |c| c.diagnosis[0].code = "w2".to_owned(), vec![["Cause", "worn", "w2"]]),
        ("meter", |c| c.meters[0].value = "4190".to_owned(), vec![["Meter", "4,182 h", "4,190 h"]]),
        ("meter's unit", |c| c.meters[0].unit = "km".to_owned(), vec![["Meter", "4,182 h", "4,182 km"]]),
        ("findings", |c| c.findings = "new seal".to_owned(), vec![["Findings", "seal worn", "new seal"]]),
        ("answer", |c| c.sections[0].answers[0] = answer("/a", "176"), vec![["1.1 Pressure", "184", "176"]]),
        (
            "where an answer came from",
            |c| c.sections[0].answers[0].provenance = Provenance::Measured,
            vec![["1.1 Pressure", "typed", "measured"]],
        ),
        (
            "photo of an answer",
            |c| c.sections[0].answers[0].media.push(Digest::of(b"x")),
            vec![["1.1 Pressure", "184", "184\n1 photo, <x>"]],
        ),
        ("an answer more", |c| c.sections[0].answers.push(answer("/b", "9")), vec![["1.1 Pressure", "", "9"]]),
        (
            "part's quantity",
            |c| c.parts[0].quantity = "2".to_owned(),
            vec![["S-1 Seal", "1 · €5.00 · 21 % · Customer", "2 · €5.00 · 21 % · Customer"]],
        ),
        (
            "part's payer",
            |c| c.parts[0].payer = Some(Payer::Warranty),
            vec![["S-1 Seal", "1 · €5.00 · 21 % · Customer", "1 · €5.00 · 21 % · Warranty"]],
        ),
        (
            "the second of two charges of one name",
            |c| c.charges[1] = charge(2_500),
            vec![["Travel", "€20.00 · 21 % · Customer", "€25.00 · 21 % · Customer"]],
        ),
        ("totals", |c| c.totals = None, vec![["Total to pay", "€42.35", ""]]),
        ("minutes", |c| c.times[0].minutes = 90, vec![["Ana, Work", "1 h · 5 km", "1 h 30 min · 5 km"]]),
        ("kilometres", |c| c.times[0].kilometres = Some(7), vec![["Ana, Work", "1 h · 5 km", "1 h · 7 km"]]),
        (
            "a photo more",
            |c| c.evidence.push(photo("b.jpg")),
            vec![["Photo or file <b.jpg>", "", "b.jpg\nAs found\nLeak"]],
        ),
        (
            "caption",
            |c| c.evidence[0].caption = "Seal".to_owned(),
            vec![["Photo or file <a.jpg>", "a.jpg\nAs found\nLeak", "a.jpg\nAs found\nSeal"]],
        ),
        (
            "drawing",
            |c| c.evidence[0].layers.push(circle(9)),
            vec![[
                "Photo or file <a.jpg>",
                "a.jpg\nAs found\nLeak",
                "a.jpg\nAs found\nLeak\nDrawn over by Tom (<circle>)",
            ]],
        ),
    ]
}

/// Puts hashes and times in the places that name them.
fn filled(text: &str, texts: &Texts) -> String {
    let short = |digest: Digest| digest.hex().chars().take(12).collect::<String>();
    let mut text = text.replace("<circle>", &short(canonical::digest(&circle(9).shapes).unwrap()));
    for name in ["form", "other", "x", "a.jpg", "b.jpg"] {
        text = text.replace(&format!("<{name}>"), &short(Digest::of(name.as_bytes())));
    }
    for minutes in [0, 5] {
        let time = texts.estimated(&estimate(&at(minutes), None), &Zone::utc());
        text = text.replace(&format!("<at {minutes}>"), &time);
    }
    text
}

#[test]
fn everything_that_a_document_says_is_compared() {
    let texts = Texts::new(Language::English);
    let before = full();
    let mut wrong = Vec::new();
    for (name, change, want) in rows() {
        let mut after = before.clone();
        change(&mut after);
        let got: Vec<_> = between(&before, &after, &texts).into_iter().map(|c| [c.what, c.before, c.after]).collect();
        let want: Vec<_> = want.into_iter().map(|row| row.map(|text| filled(text, &texts))).collect();
        if got != want {
            wrong.push((name, got, want));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(between(&before, &before, &texts), Vec::new());
}

/// What belongs to the paper and not to the visit is another in every amendment, and is no change.
#[test]
fn what_belongs_to_the_paper_alone_is_no_change() {
    let texts = Texts::new(Language::English);
    let rows: [(&str, Change); 5] = [
        ("number", |c| c.number = "V-1-A1".to_owned()),
        ("kind", |c| c.kind = "amendment".to_owned()),
        ("company", |c| c.company.name = "Service Ltd".to_owned()),
        ("prepared", |c| c.prepared = at(600)),
        ("preview", |c| c.evidence[0].preview = Some(Digest::of(b"preview"))),
    ];
    for (name, change) in rows {
        let mut after = full();
        change(&mut after);
        assert_eq!(between(&full(), &after, &texts), Vec::new(), "{name}");
    }
}

/// Two drawings of one person on one photo are told apart.
#[test]
fn a_drawing_that_was_drawn_again_is_a_change() {
    let texts = Texts::new(Language::English);
    let (mut before, mut after) = (full(), full());
    before.evidence[0].layers.push(circle(5));
    after.evidence[0].layers.push(circle(6));
    assert_eq!(between(&before, &after, &texts).len(), 1);
}

/// An amendment whose pages show no prices says none in its changes either.
#[test]
fn amounts_are_no_change_where_the_pages_show_no_prices() {
    let texts = Texts::new(Language::English);
    let hidden = |quantity: &str| {
        let mut content = Content { prices_shown: false, ..full() };
        content.parts[0].quantity = quantity.to_owned();
        content.charges.push(charge(700));
        content
    };
    let (before, mut after) = (hidden("1"), hidden("3"));
    after.charges.clear();
    let got: Vec<_> = between(&before, &after, &texts).into_iter().map(|c| [c.what, c.before, c.after]).collect();
    assert_eq!(got, [["S-1 Seal", "1 · Customer", "3 · Customer"]]);
}
