//! The diagnosis of a visit: symptom, cause and remedy from the company's lists, what was found in words, and what the
//! machine can do now.

use askama::Template;
use countersign_device::app::Diagnosis;
use countersign_device::model::entity::MachineState;
use countersign_device::screens::{CodeChoice, CodePicker, JobScreen};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::facts::of_job;
use crate::fields::Asked;
use crate::page::Frame;
use crate::words::{Choice, offered};

pub(crate) struct Picker {
    pub list: String,
    pub title: String,
    pub options: Vec<Choice>,
    pub chosen: String,
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
    let pickers = desk.app().code_pickers(&screen.name)?.into_iter().map(|picker| shown(desk, picker)).collect();
    let state = screen.facts.machine_state.as_str();
    let states = offered(&desk.words, "machine", state);
    drawn(&DiagnosisPage { f, pickers, states, screen })
}

fn shown(desk: &Desk<'_>, picker: CodePicker) -> Picker {
    let CodePicker { list, options, chosen } = picker;
    let choice = |code: CodeChoice| Choice { chosen: code.code == chosen, value: code.code, label: code.name };
    let title = desk.words.t(&format!("laptop-code-{list}"));
    Picker { options: options.into_iter().map(choice).collect(), title, list, chosen }
}

/// `POST …/diagnosis`
pub(crate) fn save(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (job, form) = (asked.path.get("job"), &asked.form);
    let said = |before: &str| {
        let field = |name: &str| Some(form.text(&format!("{before}{name}")).to_owned());
        Diagnosis {
            symptom: field("symptom"),
            cause: field("cause"),
            remedy: field("remedy"),
            findings: field("findings"),
            machine_state: Some(MachineState::from_word(form.get(&format!("{before}machine_state")))),
        }
    };
    desk.app().diagnose(job, said("").changed_from(&said("seen_")))?;
    done(&format!("/jobs/{job}"), "saved")
}
