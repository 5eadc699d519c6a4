//! Another class of the voucher: what each class means stands beside it before anybody chooses.

use askama::Template;
use countersign_device::model::document::VoucherClass;
use countersign_device::screens::{ClassMeaning, JobScreen};

use crate::desk::{Desk, Outcome, done, drawn};
use crate::facts::of_job;
use crate::fields::Asked;
use crate::page::Frame;

pub(crate) struct ClassChoice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
    pub proposed: bool,
    /// What it means, sentence by sentence.
    pub meaning: Vec<String>,
}

#[derive(Template)]
#[template(path = "class.html")]
struct ClassPage {
    f: Frame,
    screen: JobScreen,
    choices: Vec<ClassChoice>,
    reason: String,
}

/// `GET …/class`
pub(crate) fn show(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let (f, screen) = of_job(desk, asked, "voucher-class")?;
    let class = desk.app().class_screen(asked.path.get("job"))?;
    let words = &desk.words;
    let choice = |one: &ClassMeaning| ClassChoice {
        value: one.class.as_str().to_owned(),
        label: words.texts.word("class", one.class.as_str()),
        chosen: one.class == class.class,
        proposed: class.proposed.as_ref() == Some(&one.class),
        meaning: one.sentences.clone(),
    };
    let choices = class.choices.iter().map(choice).collect();
    drawn(&ClassPage { f, screen, choices, reason: class.reason })
}

/// `POST …/class`
pub(crate) fn set(desk: &Desk<'_>, asked: &Asked) -> Outcome {
    let job = asked.path.get("job");
    let class = VoucherClass::from_word(asked.form.get("class"));
    desk.app().set_class(job, class, asked.form.text("reason"))?;
    done(&format!("/jobs/{job}"), "class")
}
