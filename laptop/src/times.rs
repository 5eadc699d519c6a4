//! Times and the meter of a visit. A time that is wrong is put right by an entry that takes its place; both are kept.

use askama::Template;
use countersign_device::app::TimeTyped;
use countersign_device::model::entity::TimeKind;
use countersign_device::screens::{JobScreen, MeterRow, asks_kilometres};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::facts::of_job;
use crate::fields::Asked;
use crate::page::Frame;
use crate::trouble::Trouble;
use crate::words::{Choice, offered};

pub(crate) struct TimeLine {
    pub entry: String,
    pub person: String,
    pub kind: String,
    pub duration: String,
    /// Empty where none were driven.
    pub kilometres: String,
    pub late: bool,
    pub kinds: Vec<Kind>,
    /// What a correction starts from.
    pub typed: TimeTyped,
}

/// A kind of time.
pub(crate) struct Kind {
    pub choice: Choice,
    /// The minutes that are proposed for it; empty where the steps do not say.
    pub minutes: String,
    /// Whether kilometres belong to it.
    pub asks_kilometres: bool,
}

impl Kind {
    fn of(choice: Choice, minutes: String) -> Kind {
        let asks_kilometres = asks_kilometres(&TimeKind::from_word(&choice.value));
        Kind { choice, minutes, asks_kilometres }
    }
}

#[derive(Template)]
#[template(path = "times.html")]
struct TimesPage {
    f: Frame,
    screen: JobScreen,
    times: Vec<TimeLine>,
    kinds: Vec<Kind>,
    /// The minutes that are proposed for the first.
    minutes: String,
    /// Readings of this visit.
    meters: Vec<String>,
    /// The reading before; empty where there is none.
    meter_before: String,
}

/// `GET …/times`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-times")?;
    let words = &desk.words;
    let costs = desk.app().costs_screen(asked.path.get("job"))?;
    let line = |time: &countersign_device::screens::TimeLine| TimeLine {
        entry: time.entry.to_string(),
        person: time.person.clone(),
        kind: words.texts.word("time", time.kind.as_str()),
        duration: words.texts.duration(time.minutes),
        kilometres: time
            .kilometres
            .map(|count| words.with("kilometres", &[("count", count.into())]))
            .unwrap_or_default(),
        late: time.late,
        kinds: offered(words, "time", time.kind.as_str())
            .into_iter()
            .map(|kind| Kind::of(kind, String::new()))
            .collect(),
        typed: time.typed.clone(),
    };
    let meter = |meter: &MeterRow| {
        let value = words.texts.number(&meter.value);
        if meter.backward { words.of("laptop-meter-backward", "value", &value) } else { value }
    };
    let proposed = desk.app().times_proposed(asked.path.get("job"))?;
    let usual = proposed.first().cloned().unwrap_or_default();
    let kind = |typed: TimeTyped| {
        let value = typed.kind.as_str().to_owned();
        let chosen = typed.kind == usual.kind;
        Kind::of(Choice { label: words.texts.word("time", &value), chosen, value }, typed.minutes)
    };
    let page = TimesPage {
        times: costs.times.iter().map(line).collect(),
        kinds: proposed.into_iter().map(kind).collect(),
        minutes: usual.minutes.clone(),
        meters: screen.facts.meters.iter().map(meter).collect(),
        meter_before: words.texts.number(&screen.facts.meter_before),
        screen,
        f,
    };
    drawn(&page)
}

/// `POST …/times`: a new time, or one that takes the place of another.
pub(crate) fn record(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    let typed = TimeTyped {
        kind: TimeKind::from_word(form.text("kind")),
        minutes: form.text("minutes").to_owned(),
        kilometres: form.text("kilometres").to_owned(),
    };
    let spent = desk.app().time_typed(job, &typed)?;
    let word = match form.get("entry") {
        "" => desk.app().record_time(job, spent).map(|()| "time")?,
        entry => {
            let entry = entry.parse().map_err(|_| Trouble::Form)?;
            desk.app().correct_time(job, entry, spent).map(|()| "time-corrected")?
        }
    };
    done(&format!("/jobs/{job}/times"), word)
}

/// `POST …/meter`
pub(crate) fn meter(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job");
    desk.app().read_meter(job, asked.form.text("value"))?;
    done(&format!("/jobs/{job}/times"), "meter")
}
