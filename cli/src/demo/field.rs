//! The engineer's half of the demo: the real device core, real photos, real signatures.

use std::io::Cursor;
use std::path::Path;

use countersign_device::app::{CaptureRequest, FileSource, Origin, SignRequest, TimeSpent};
use countersign_device::evidence::samples::{
    SampleClaims, SampleVideo, sample_heic, sample_photo, sample_signature, sample_video,
};
use countersign_device::model::document::{Outcome, Provenance, SignerRole, Stage};
use countersign_device::model::entity::{Part, TimeKind};
use countersign_device::screens::JobScreen;
use countersign_documents::verify as verify_document;
use serde_json::{Value, json};

use super::{Play, office, script};
use crate::device::{enrol_string, of_app, of_enrol};
use crate::hub::of_hub;
use crate::output::Failure;

fn screen(play: &Play<'_>) -> Result<JobScreen, Failure> {
    play.app.job_screen(&play.job()?.to_string()).map_err(|error| of_app(&error))
}

pub fn enrol(play: &mut Play<'_>) -> Result<Value, Failure> {
    let known = play.app.store().identity().map_err(Failure::environment)?;
    let identity = match known {
        Some(identity) => identity,
        None => {
            let (person, _) = play.hub.find_person(office::ENGINEER).map_err(|error| of_hub(&error))?;
            let invite = play.hub.invite(person, None).map_err(|error| of_hub(&error))?;
            let string = enrol_string(&invite.enrolment, None)?;
            play.runtime.block_on(play.app.enrol(&string, "demo phone")).map_err(|error| of_enrol(&error))?
        }
    };
    Ok(json!({"engineer": office::ENGINEER, "device": identity.code}))
}

pub fn sync(play: &mut Play<'_>) -> Result<Value, Failure> {
    let report = play.runtime.block_on(play.app.sync(|_| {})).map_err(|error| of_app(&error))?;
    if let Some(problem) = &report.problem {
        return Err(Failure::environment(format!("sync did not get through: {} {}", problem.code(), report.detail)));
    }
    if report.refused > 0 {
        return Err(Failure::refused("refused", "the office refused a command: look at `device attention`"));
    }
    Ok(json!({"pushed": report.pushed, "pulled": report.pulled, "media_bytes": report.media_bytes}))
}

pub fn travel(play: &mut Play<'_>) -> Result<Value, Failure> {
    play.app.travel(&play.job()?.to_string()).map_err(|error| of_app(&error))?;
    Ok(json!("on the way"))
}

pub fn arrive(play: &mut Play<'_>) -> Result<Value, Failure> {
    play.app.arrive(&play.job()?.to_string()).map_err(|error| of_app(&error))?;
    Ok(json!("on site"))
}

/// A photo of a machine as a phone's camera would write it.
pub fn photo(seed: u64) -> Vec<u8> {
    sample_photo(seed, 2400, 1800, &claims())
}

/// What a phone's camera would write into a file of this name: a film where it ends in `.mp4`, a HEIC where it ends in
/// `.heic`, else a JPEG. The pictures of the first two are not coded.
pub fn sample(file: &Path, seed: u64) -> Vec<u8> {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "heic" => sample_heic(4032, 3024, 0, &claims()),
        "mp4" => sample_video(&SampleVideo::default()),
        _ => photo(seed),
    }
}

fn claims() -> SampleClaims {
    SampleClaims {
        taken: Some("2026:11:20 09:12:41".to_owned()),
        offset: Some("+01:00".to_owned()),
        make: "Countersign".to_owned(),
        model: "Sample camera".to_owned(),
        ..SampleClaims::default()
    }
}

fn photograph(play: &Play<'_>, seed: u64, name: &str, stage: Stage, question: Option<&str>) -> Result<(), Failure> {
    if screen(play)?.evidence.iter().any(|row| row.name == name) {
        return Ok(());
    }
    let bytes = photo(seed);
    let mut reader = Cursor::new(bytes);
    let request = CaptureRequest {
        job: play.job()?.to_string(),
        source: FileSource::Reader { reader: &mut reader, name: name.to_owned() },
        question: question.map(str::to_owned),
        stage,
        origin: Origin::Captured { here: None },
    };
    play.app.attach(request).map_err(|error| of_app(&error))?;
    Ok(())
}

pub fn photograph_as_found(play: &mut Play<'_>) -> Result<Value, Failure> {
    photograph(play, 1, "as-found.jpg", Stage::Found, Some("/visit/safety/photo_as_found"))?;
    photograph(play, 2, "leak.jpg", Stage::Found, None)?;
    Ok(json!("2 photos"))
}

pub fn photograph_as_left(play: &mut Play<'_>) -> Result<Value, Failure> {
    photograph(play, 3, "as-left.jpg", Stage::Left, Some("/visit/handover/photo_as_left"))?;
    Ok(json!("1 photo"))
}

pub fn fill_form(play: &mut Play<'_>) -> Result<Value, Failure> {
    let job = play.job()?.to_string();
    for (question, value) in script::ANSWERS {
        play.app.answer(&job, question, value, Provenance::Typed).map_err(|error| of_app(&error))?;
    }
    let form = play.app.form_screen(&job).map_err(|error| of_app(&error))?;
    let (answered, total) = form.map(|form| (form.answered, form.total)).unwrap_or_default();
    Ok(json!({"answered": answered, "of": total}))
}

pub fn book_part(play: &mut Play<'_>) -> Result<Value, Failure> {
    let job = play.job()?.to_string();
    let screen = screen(play)?;
    let parts = play.hub.all::<Part>().map_err(|error| of_hub(&error))?;
    let Some((_, part)) = parts.into_iter().next() else { return Ok(json!("no parts in the catalogue")) };
    if screen.parts.is_empty() {
        play.app.use_part(&job, &part.code, "1", "").map_err(|error| of_app(&error))?;
    }
    if screen.times.is_empty() {
        let spent = TimeSpent { kind: TimeKind::Work, minutes: 105, kilometres: None };
        play.app.record_time(&job, spent).map_err(|error| of_app(&error))?;
        play.app.read_meter(&job, "18312").map_err(|error| of_app(&error))?;
    }
    Ok(json!({"part": part.code, "minutes": 105}))
}

pub fn preview(play: &mut Play<'_>) -> Result<Value, Failure> {
    if !screen(play)?.documents.is_empty() {
        return Ok(json!("signed already"));
    }
    let preview = play.app.preview(&play.job()?.to_string()).map_err(|error| of_app(&error))?;
    let paper = play.app.preview_paper(&preview).map_err(|error| of_app(&error))?;
    Ok(json!({"pages": paper, "missing": preview.missing.len()}))
}

/// Signs the voucher, and later the draft of the amendment. What was signed already is not signed again.
pub fn sign(play: &mut Play<'_>) -> Result<Value, Failure> {
    let job = play.job()?.to_string();
    let before = screen(play)?;
    let open = before.draft.is_some() || before.documents.is_empty();
    if !open {
        return Ok(json!("signed already"));
    }
    play.app.preview(&job).map_err(|error| of_app(&error))?;
    let request = SignRequest {
        name: "Maria Lindqvist".to_owned(),
        role: SignerRole::Customer,
        outcome: Outcome::Accepted,
        remarks: String::new(),
        satisfaction: Some(5),
        aspects: [("timeliness", 5), ("skill", 5), ("attitude", 4)]
            .map(|(aspect, score)| (aspect.to_owned(), score))
            .into(),
        strokes: Some(sample_signature(11)),
        engineer_strokes: sample_signature(7),
        stamp: None,
        content_sha256: None,
    };
    let signed = play.app.sign(&job, request).map_err(|error| of_app(&error))?;
    Ok(json!({"sealed": signed.sealed}))
}

pub fn submit(play: &mut Play<'_>) -> Result<Value, Failure> {
    play.app.submit(&play.job()?.to_string()).map_err(|error| of_app(&error))?;
    Ok(json!("handed in"))
}

pub fn status(play: &mut Play<'_>) -> Result<Value, Failure> {
    let status = play.app.status_screen().map_err(|error| of_app(&error))?;
    Ok(json!(status.sentence))
}

pub fn amend(play: &mut Play<'_>) -> Result<Value, Failure> {
    let job = play.job()?.to_string();
    let before = screen(play)?;
    if before.documents.len() > 1 {
        return Ok(json!("amended already"));
    }
    let remark = before.remarks.first().map(|remark| remark.text.clone()).unwrap_or_default();
    let opened = play.app.begin_amendment(&job, script::REASON).map_err(|error| of_app(&error))?;
    play.app.answer(&job, script::QUESTION, script::CORRECTED, Provenance::Measured).map_err(|error| of_app(&error))?;
    Ok(json!({"number": opened.number, "remark": remark}))
}

/// Verifies the voucher as a customer would, and leaves a bundle beside it.
pub fn verify(play: &mut Play<'_>) -> Result<Value, Failure> {
    let screen = screen(play)?;
    let mut checked = 0;
    for document in &screen.documents {
        let Some(path) = &document.pdf else {
            return Err(Failure::environment("a document has no PDF: sync once more"));
        };
        let bytes = std::fs::read(path).map_err(Failure::environment)?;
        let verdict = verify_document(&bytes, Some(play.hub.fingerprint()));
        if !verdict.ok {
            return Err(Failure::environment(format!("{} does not verify", path.display())));
        }
        checked += verdict.checked;
    }
    if let Some(document) = screen.documents.iter().rfind(|document| !document.amended) {
        let bundle = play.app.verify_bundle(document.sealed).map_err(|error| of_app(&error))?;
        std::fs::write(play.folder.join("voucher.bundle"), bundle).map_err(Failure::environment)?;
    }
    Ok(json!({"documents": screen.documents.len(), "checks": checked, "issuer": "trusted"}))
}
