//! A half-finished job moves to a colleague's phone as an encrypted file: the colleague sees it and goes on with it, and the
//! office has each entry once whoever brings it first.
#![cfg(test)]

use std::path::PathBuf;

use countersign_device::screens::{JobFilter, JobRow};
use countersign_device::store::oracle_view;
use countersign_device::transfer::ExportTo;
use countersign_hub::service::Planned;
use countersign_model::Id;
use countersign_model::document::VoucherClass;
use countersign_model::entity::{Evidence, FlagCode, PartUse};
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
