//! "Everything here is safe at the office": when a device says so, and when a job may leave it.
#![cfg(test)]

use countersign_model::record::Scope;
use countersign_tests::office::Office;

/// Pages are shown, something changes, they are shown again and signed: the first ones are nobody's, are never sent, and
/// keep neither the device from being safe nor the job from leaving it.
#[tokio::test(flavor = "multi_thread")]
async fn pages_that_nobody_signed_are_not_only_here() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.fill(planned.job);
    ana.app().preview(&planned.job.to_string()).unwrap();
    ana.answer(planned.job, "hours", "5").unwrap();
    let status = ana.app().status_screen().unwrap();
    assert_eq!((status.unconfirmed_media, status.unique_on_this_device), (0, true), "the answers are only here");
    ana.sync().await;
    assert!(!ana.app().status_screen().unwrap().unique_on_this_device);
    // Given away before it was signed, the job leaves the device although pages of it were shown there.
    office.hub.reassign_visit(&office.manager(), planned.visit, office.ben).unwrap();
    ana.sync().await;
    assert!(!ana.app().store().read(|rows| rows.is_ready(&Scope::job(planned.job))).unwrap());
    assert!(ana.app().job_screen(&planned.job.to_string()).is_err(), "the job has left");
    assert!(!ana.app().status_screen().unwrap().unique_on_this_device);
}

/// Signed pages are sent, and only a receipt makes them safe.
#[tokio::test(flavor = "multi_thread")]
async fn signed_pages_are_only_here_until_the_hub_gave_its_receipt() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let ana = office.phone(office.ana, 11).await;
    ana.sync().await;
    ana.fill(planned.job);
    ana.sign(planned.job);
    let status = ana.app().status_screen().unwrap();
    assert!(status.unconfirmed_media >= 2, "pages and paper: {status:?}");
    ana.sync().await;
    assert!(!ana.app().status_screen().unwrap().unique_on_this_device);
}
