//! The diagnosis of a visit: symptom, cause and remedy from the company's lists, what was found in words, and what the
//! machine can do now.

use askama::Template;
use countersign_device::app::Diagnosis;
use countersign_device::model::entity::MachineState;
use countersign_device::screens::JobScreen;

use countersign_device::screens::choices as device_choices;

use crate::desk::{Desk, Outcome, done, drawn};
use crate::facts::of_job;
use crate::fields::Asked;
use crate::page::Frame;
use crate::trouble::Trouble;
use crate::words::{Choice, offered};

pub(crate) struct Picker {
    pub list: &'static str,
    pub title: String,
    pub options: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "diagnosis.html")]
struct DiagnosisPage {
    f: Frame,
    screen: JobScreen,
    pickers: Vec<Picker>,
    states: Vec<Choice>,
}

/// `GET …/diagnosis`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "laptop-diagnosis")?;
    let mut pickers = Vec::new();
    for list in device_choices("code-list").iter().copied() {
        pickers.push(picker(desk, &screen, list)?);
    }
    let state = screen.facts.machine_state.as_str();
    let states = offered(&desk.words, "machine", state);
    drawn(&DiagnosisPage { f, pickers, states, screen })
}

fn picker(desk: &Desk<'_>, screen: &JobScreen, list: &'static str) -> Result<Picker, Trouble> {
    let chosen = screen.facts.diagnosis.iter().find(|shown| shown.list == list);
    let chosen = chosen.map(|shown| shown.code.clone()).unwrap_or_default();
    let none = Choice { value: String::new(), label: desk.words.t("none"), chosen: chosen.is_empty() };
    let offered = desk.app().code_choices(list)?.into_iter();
    let options = offered.map(|code| Choice { chosen: code.code == chosen, value: code.code, label: code.name });
    Ok(Picker {
        list,
        title: desk.words.t(&format!("laptop-code-{list}")),
        options: std::iter::once(none).chain(options).collect(),
    })
}

/// `POST …/diagnosis`
pub(crate) fn save(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    let field = |name: &str| Some(form.text(name).to_owned());
    let diagnosis = Diagnosis {
        symptom: field("symptom"),
        cause: field("cause"),
        remedy: field("remedy"),
        findings: field("findings"),
        machine_state: Some(MachineState::from_word(form.get("machine_state"))),
    };
    desk.app().diagnose(job, diagnosis)?;
    done(&format!("/jobs/{job}"), "saved")
}
