//! A half-finished job moves to a colleague's phone as an encrypted file: the colleague sees it and goes on with it, and the
//! office has each entry once whoever brings it first.
#![cfg(test)]

use std::path::PathBuf;

use countersign_device::screens::{JobFilter, JobRow};
use countersign_device::store::{Draft, oracle_view};
use countersign_device::transfer::ExportTo;
use countersign_hub::service::Planned;
use countersign_hub::store::{EntryState, Read};
use countersign_model::document::VoucherClass;
use countersign_model::entity::{Evidence, FlagCode, PartUse};
use countersign_model::payload::{NoteAdd, Payload};
use countersign_model::record::{Scope, kind};
use countersign_model::time::TimeRecord;
use countersign_model::wire::PUSH_COMMANDS;
use countersign_model::{Id, RecordRef};
use countersign_tests::office::{Office, Phone};

struct Scene {
    office: Office,
    planned: Planned,
    ana: Phone,
    ben: Phone,
    _folder: tempfile::TempDir,
    file: PathBuf,
}

/// Ana works offline on a job; Ben is on the visit or not, and has nothing of it but what the office gave him.
async fn scene(helpers: bool) -> Scene {
    let office = Office::open().await;
    let ben = if helpers { vec![office.ben] } else { vec![] };
    let planned = office.job_of(VoucherClass::Internal, office.ana, &ben);
    let (ana, ben) = (office.phone(office.ana, 1).await, office.phone(office.ben, 2).await);
    ana.photograph_when_held(&planned).await;
    ben.sync().await;
    ana.answer(planned.job, "hours", "4711").unwrap();
    ana.app().use_part(&planned.job.to_string(), "SEAL-0042", "1", "").unwrap();
    ana.photograph(planned.job, 4);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("work.handover");
    Scene { office, planned, ana, ben, _folder: folder, file }
}

trait Held {
    async fn photograph_when_held(&self, planned: &Planned);
}

impl Held for Phone {
    /// One photo that is at the office already.
    async fn photograph_when_held(&self, planned: &Planned) {
        self.sync().await;
        self.photograph(planned.job, 3);
        self.sync().await;
    }
}

impl Scene {
    fn hand_over(&self) {
        let key = self.ben.app().receive_key().unwrap();
        self.ana.app().export(&self.file, &ExportTo::Colleague { key, jobs: vec![] }).unwrap();
        let imported = self.ben.app().import(&self.file).unwrap();
        assert_eq!((imported.person_name.as_str(), imported.commands, imported.sealed), ("Ana Ruiz", 3, false));
        self.is_the_fold();
    }

    fn is_the_fold(&self) {
        let (kept, folded) = oracle_view(self.ben.app().store()).unwrap();
        assert_eq!(kept, folded);
    }

    fn row(&self, phone: &Phone) -> Option<JobRow> {
        let list = phone.app().job_list(&JobFilter::default()).unwrap();
        list.rows.into_iter().find(|row| row.job == self.planned.job)
    }

    /// What the office has: parts, evidence.
    fn at_office(&self) -> (usize, usize) {
        let visit: Id = self.planned.visit;
        (
            self.office.hub.children::<PartUse>(visit).unwrap().len(),
            self.office.hub.children::<Evidence>(visit).unwrap().len(),
        )
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_who_is_not_on_the_visit_sees_the_work_and_goes_on_with_it() {
    let scene = scene(false).await;
    let job = scene.planned.job.to_string();
    assert!(scene.row(&scene.ben).is_none());
    scene.hand_over();
    let row = scene.row(&scene.ben).unwrap();
    assert_eq!((row.carried_from.as_str(), row.voucher.as_str()), ("Ana Ruiz", scene.planned.number.as_str()));
    let screen = scene.ben.app().job_screen(&job).unwrap();
    assert_eq!(screen.carried_from, "Ana Ruiz");
    assert_eq!((screen.visits.len(), screen.parts.len(), screen.evidence.len()), (1, 1, 2));
    for photo in &screen.evidence {
        assert!(photo.thumbnail.as_ref().is_some_and(|path| path.exists()), "{photo:?}");
    }
    assert_eq!(scene.ben.value(scene.planned.job, "hours"), "4711");
    // He goes on; his own entries come after hers.
    scene.ben.answer(scene.planned.job, "hours", "4712").unwrap();
    scene.ben.app().use_part(&job, "SEAL-0043", "2", "").unwrap();
    scene.ben.fill(scene.planned.job);
    assert_eq!(scene.ben.value(scene.planned.job, "hours"), "4712");
    assert_eq!(scene.ben.app().job_screen(&job).unwrap().parts.len(), 2);
    scene.is_the_fold();
    scene.ben.sync().await;
    scene.ben.sync().await;
    assert_eq!(scene.at_office(), (2, 2));
    assert!(!scene.office.flags(&FlagCode::NotOnVisit).is_empty(), "the office sees who did it");
    // The office's holdings decide: the visit is still Ana's.
    assert!(scene.row(&scene.ben).is_none(), "{:?}", scene.row(&scene.ben));
    assert_eq!(scene.ben.pending(), 0);
    scene.is_the_fold();
    scene.ana.sync().await;
    assert_eq!((scene.at_office(), scene.ana.pending()), ((2, 2), 0));
    assert_eq!(scene.ana.value(scene.planned.job, "hours"), "4712");
    scene.office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_helper_keeps_what_is_their_own_and_a_sync_puts_the_offices_rows_in_place_of_the_carried() {
    let scene = scene(true).await;
    let job = scene.planned.job.to_string();
    scene.ben.app().use_part(&job, "SEAL-0099", "9", "").unwrap();
    scene.hand_over();
    let parts = |phone: &Phone| phone.app().job_screen(&job).unwrap().parts.len();
    assert_eq!((parts(&scene.ben), scene.row(&scene.ben).unwrap().carried_from.as_str()), (2, "Ana Ruiz"));
    scene.ben.sync().await;
    scene.ben.sync().await;
    assert_eq!(scene.at_office(), (2, 2));
    let row = scene.row(&scene.ben).unwrap();
    assert_eq!(row.carried_from, "", "the office has it: nothing is carried any more");
    assert_eq!((parts(&scene.ben), scene.ben.value(scene.planned.job, "hours")), (2, "4711".to_owned()));
    scene.is_the_fold();
    scene.ana.sync().await;
    assert_eq!((scene.at_office(), parts(&scene.ana)), ((2, 2), 2));
    scene.office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_brings_it_first_it_counts_once_and_the_colleague_hears_of_it() {
    for helpers in [false, true] {
        let scene = scene(helpers).await;
        scene.hand_over();
        scene.ana.sync().await;
        assert_eq!(scene.at_office(), (1, 2));
        scene.ben.sync().await;
        scene.ben.sync().await;
        assert_eq!((scene.at_office(), scene.ben.pending()), ((1, 2), 0));
        match scene.row(&scene.ben) {
            None => assert!(!helpers),
            Some(row) => assert_eq!((helpers, row.carried_from.as_str()), (true, "")),
        }
        scene.is_the_fold();
        // The same file again changes nothing.
        scene.ben.app().import(&scene.file).unwrap();
        scene.ben.sync().await;
        assert_eq!(scene.at_office(), (1, 2));
        scene.office.check();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_is_wholly_at_the_office_goes_along_when_it_is_named() {
    let scene = scene(false).await;
    scene.ana.sync().await;
    let key = scene.ben.app().receive_key().unwrap();
    let to = ExportTo::Colleague { key, jobs: vec![scene.planned.job] };
    assert_eq!(scene.ana.app().export(&scene.file, &to).unwrap().commands, 0);
    scene.ben.app().import(&scene.file).unwrap();
    let screen = scene.ben.app().job_screen(&scene.planned.job.to_string()).unwrap();
    assert_eq!((screen.carried_from.as_str(), screen.parts.len(), screen.evidence.len()), ("Ana Ruiz", 1, 2));
    assert_eq!(scene.ben.value(scene.planned.job, "hours"), "4711");
    scene.ben.sync().await;
    assert!(scene.row(&scene.ben).is_none(), "the office has not given it to him");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_work_is_still_there_after_a_restart() {
    let mut scene = scene(false).await;
    scene.hand_over();
    scene.ben.restart();
    assert_eq!(scene.row(&scene.ben).unwrap().carried_from, "Ana Ruiz");
    assert_eq!(scene.ben.value(scene.planned.job, "hours"), "4711");
}

#[tokio::test(flavor = "multi_thread")]
async fn handing_over_twice_passes_the_first_persons_entries_on_as_well() {
    for unsigned in [false, true] {
        let scene = scene(false).await;
        let (office, job) = (&scene.office, scene.planned.job.to_string());
        let cleo = office.phone(office.mia, 3).await;
        cleo.sync().await;
        if unsigned {
            scene.ana.key.lock(true);
        }
        scene.hand_over();
        scene.ben.answer(scene.planned.job, "hours", "4712").unwrap();
        scene.ben.app().use_part(&job, "SEAL-0043", "2", "").unwrap();
        // Ben cannot sync either; what he took over goes on with his own.
        let second = scene.file.with_file_name("second.handover");
        let to = ExportTo::Colleague { key: cleo.app().receive_key().unwrap(), jobs: vec![] };
        let exported = scene.ben.app().export(&second, &to).unwrap();
        assert_eq!(exported.commands, 5);
        let imported = cleo.app().import(&second).unwrap();
        assert_eq!(
            (imported.person_name.as_str(), imported.commands, imported.signed),
            ("Ben Okafor", 5, Some(!unsigned))
        );
        assert_eq!(cleo.value(scene.planned.job, "hours"), "4712", "Ben went on after Ana");
        assert_eq!(cleo.app().job_screen(&job).unwrap().parts.len(), 2);
        let (kept, folded) = oracle_view(cleo.app().store()).unwrap();
        assert_eq!(kept, folded);
        assert_eq!(cleo.app().import(&second).unwrap().commands, 0, "twice is once");
        // Home again: what is Ana's own stays hers.
        let third = scene.file.with_file_name("third.handover");
        let to = ExportTo::Colleague { key: scene.ana.app().receive_key().unwrap(), jobs: vec![] };
        cleo.app().export(&third, &to).unwrap();
        assert_eq!(scene.ana.app().import(&third).unwrap().commands, 2, "Ben's two");
        for _ in 0..2 {
            cleo.sync().await;
        }
        if unsigned {
            // Nobody signed for Ana's entries: they wait until she or a person brings them home.
            assert_eq!(scene.at_office(), (1, 1));
            scene.ana.key.lock(false);
            scene.ana.sync().await;
        }
        assert_eq!(scene.at_office(), (2, 2), "unsigned: {unsigned}");
        scene.ben.sync().await;
        scene.ana.sync().await;
        assert_eq!(scene.at_office(), (2, 2));
        // Of two answers the one that was received later counts; the other is kept, and the office sees both.
        let counts = if unsigned { "4711" } else { "4712" };
        assert_eq!(scene.ana.value(scene.planned.job, "hours"), counts);
        assert_eq!(office.flags(&FlagCode::AnswerConflict).len(), usize::from(unsigned));
        for phone in [&scene.ana, &scene.ben, &cleo] {
            assert_eq!(phone.pending(), 0);
        }
        office.check();
    }
}

/// More than one push of entries for which nobody signed: the second goes on where the first one waits, although neither
/// lengthens the chain of the device that wrote them.
#[tokio::test(flavor = "multi_thread")]
async fn entries_without_a_signature_reach_the_office_however_many_pushes_it_takes() {
    let scene = scene(false).await;
    let hours = 2 * PUSH_COMMANDS + 7;
    for number in 0..hours {
        scene.ana.answer(scene.planned.job, "hours", &number.to_string()).unwrap();
    }
    scene.ana.key.lock(true);
    let key = scene.ben.app().receive_key().unwrap();
    scene.ana.app().export(&scene.file, &ExportTo::Colleague { key, jobs: vec![] }).unwrap();
    let imported = scene.ben.app().import(&scene.file).unwrap();
    assert_eq!((imported.commands, imported.signed), (hours + 3, Some(false)));
    scene.ben.sync().await;
    let quarantined = || {
        let held = |read: &Read<'_>| Ok(read.entries_in(&EntryState::Quarantined, 0, 1_000)?);
        scene.office.hub.read(held).unwrap()
    };
    assert_eq!(quarantined().len(), hours + 3, "all of it waits for a person's word");
    assert_eq!(scene.ben.app().status_screen().unwrap().pending_commands, 0, "and Ben carries nothing any more");
    // Her own push sets free what is hers.
    scene.ana.key.lock(false);
    scene.ana.sync().await;
    assert!(quarantined().is_empty());
    assert_eq!(scene.ana.value(scene.planned.job, "hours"), (hours - 1).to_string());
    scene.office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rescue_file_holds_what_was_taken_over_as_well() {
    let scene = scene(false).await;
    scene.hand_over();
    scene.ben.app().use_part(&scene.planned.job.to_string(), "SEAL-0043", "2", "").unwrap();
    let file = scene.file.with_file_name("work.rescue");
    scene.ben.app().export(&file, &ExportTo::Office).unwrap();
    let path = scene.office.folder().join(countersign_hub::safekeeping::RECOVERY_FILE);
    let key = countersign_hub::safekeeping::read_recovery_key(&path).unwrap();
    let rescued = scene.office.hub.rescue(&file, &key).unwrap();
    assert_eq!((rescued.person.as_str(), rescued.commands, rescued.new_commands), ("Ben Okafor", 4, 4));
    assert_eq!(scene.at_office(), (2, 2));
    assert_eq!(scene.office.hub.rescue(&file, &key).unwrap().new_commands, 0);
    for phone in [&scene.ana, &scene.ben] {
        phone.sync().await;
        phone.sync().await;
        assert_eq!(phone.pending(), 0);
    }
    assert_eq!(scene.at_office(), (2, 2));
    scene.office.check();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_the_office_refuses_is_seen_by_whose_it_is_and_by_who_carried_it() {
    let mut scene = scene(true).await;
    let lane = Scope::job(scene.planned.job);
    let note = Payload::NoteAdd(NoteAdd {
        note: Id::derived("tests", &[b"note"]),
        subject: RecordRef::new(kind::JOB, scene.planned.job),
        text: "leaks again".to_owned(),
        instead_of: None,
    });
    // Her device does not know that the office has such a note already.
    scene.office.hub.order(&scene.office.manager(), &note, lane.clone()).unwrap();
    let id = Id::derived("tests", &[b"refused"]);
    let draft = Draft { id, time: TimeRecord::default(), lane, seen: None, payload: note };
    scene.ana.app().store().write(|tx| tx.submit(&draft)).unwrap();
    let key = scene.ben.app().receive_key().unwrap();
    scene.ana.app().export(&scene.file, &ExportTo::Colleague { key, jobs: vec![] }).unwrap();
    scene.ben.app().import(&scene.file).unwrap();
    for _ in 0..2 {
        scene.ben.sync().await;
    }
    let screen = scene.ben.app().outbox_screen().unwrap();
    let item = screen.attention.iter().find(|item| item.kind.word() == "refused_carried").expect("Ben sees it");
    assert_eq!((item.id.as_str(), item.job), (id.to_string().as_str(), Some(scene.planned.job)));
    assert!(item.text.contains("Ana Ruiz"), "{}", item.text);
    for _ in 0..2 {
        scene.ana.sync().await;
    }
    assert_eq!(scene.ana.attention(), ["refused"], "and so does she");
    scene.ben.restart();
    assert_eq!(scene.ben.attention(), ["refused_carried"]);
    scene.ben.app().acknowledge_carried(id).unwrap();
    assert_eq!(scene.ben.attention(), Vec::<&str>::new());
    assert_eq!(scene.ana.attention(), ["refused"], "she is the one who mends it");
}
