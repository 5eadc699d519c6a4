//! Photos, videos and drawings on one visit, over the real carrier to a real hub.
#![cfg(test)]

use std::io::Cursor;

use countersign_device::app::{CaptureRequest, FileSource, Origin};
use countersign_evidence::samples::{SampleClaims, sample_photo};
use countersign_forms::samples::SERVICE_VISIT;
use countersign_model::document::Stage;
use countersign_model::entity::{Annotation, Document, Evidence, Ink, SetMember, Shape, Spot, check_sets, document_id};
use countersign_model::{Digest, Id};
use countersign_tests::office::{Office, Phone};

/// Bytes of the large video.
const VIDEO: u32 = 300 << 20;
/// Photos beside it.
const PHOTOS: u64 = 40;

/// Most memory that this process held so far, in bytes; nothing where the system does not say.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

fn evidence(office: &Office) -> Vec<(Id, Evidence)> {
    let rows = office.hub.all::<Evidence>().expect("the records can be read");
    rows.into_iter().map(|(row, evidence)| (row.id, evidence)).collect()
}

/// When the hub held these bytes, by its own clock.
fn held_at(office: &Office, sha256: Digest) -> i64 {
    let database = rusqlite::Connection::open(office.folder().join("hub.db")).expect("the hub's database");
    let held = database.query_row("SELECT held_at FROM media WHERE sha256 = ?1", [sha256.0], |row| row.get(0));
    held.expect("every file arrived")
}

/// A video of 300 MiB is filmed first, forty photos are taken after it: the office has every small picture before the
/// first original, and neither side holds the video in memory.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn previews_of_forty_photos_reach_the_office_before_a_video_of_300_mib() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let phone = office.phone(office.ana, 1).await;
    phone.sync().await;
    phone.film(planned.job, VIDEO);
    for seed in 0..PHOTOS {
        phone.photograph(planned.job, seed);
    }
    let order: Vec<u64> = phone.app().store().media_to_send(500).unwrap().iter().map(|file| file.bytes).collect();
    assert_eq!(order.len(), 1 + 3 * 40);
    assert!(*order.last().unwrap() > u64::from(VIDEO), "the video goes last");
    let before = peak_memory();
    phone.sync().await;
    let rows = evidence(&office);
    assert_eq!(rows.len(), 41);
    let mut small = Vec::new();
    let mut originals = Vec::new();
    for (_, row) in &rows {
        for (sha256, _) in row.media() {
            let place = held_at(&office, sha256);
            if sha256 == row.sha256 { &mut originals } else { &mut small }.push(place);
        }
    }
    assert_eq!((small.len(), originals.len()), (80, 41));
    assert!(small.iter().max() <= originals.iter().min(), "each preview and thumbnail came before any original");
    if let (Some(before), Some(after)) = (before, peak_memory()) {
        assert!(after - before < 96 << 20, "{} MiB more", (after - before) >> 20);
    }
    assert!(!phone.app().status_screen().unwrap().unique_on_this_device);
    let members: Vec<SetMember<'_>> = rows.iter().filter_map(|(_, row)| row.set_member()).collect();
    let sets = check_sets(planned.visit, &members);
    assert_eq!((sets.len(), sets[0].count, sets[0].findings.as_slice()), (1, 41, [].as_slice()));
    office.check();
}

fn arrow(x: i64) -> Vec<Shape> {
    vec![Shape::Arrow { from: Spot { x, y: 100 }, to: Spot { x: 5_000, y: 5_000 }, ink: Ink::Red }]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_says_which_photos_come_next_and_which_stand_side_by_side() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let phone = office.phone(office.ana, 1).await;
    phone.sync().await;
    let screen = || phone.app().job_screen(&planned.job.to_string()).unwrap();
    assert_eq!(screen().next_stage, Stage::Found);
    phone.film(planned.job, 64);
    for (seed, stage) in [(1, Stage::Found), (2, Stage::Left)] {
        let mut reader = Cursor::new(sample_photo(seed, 320, 240, &SampleClaims::default()));
        let source = FileSource::Reader { reader: &mut reader, name: "photo.jpg".to_owned() };
        let request = CaptureRequest {
            job: planned.job.to_string(),
            source,
            question: None,
            stage,
            origin: Origin::Captured { here: None },
        };
        phone.app().attach(request).unwrap();
    }
    let shown = screen();
    assert_eq!(shown.next_stage, Stage::Neither);
    let [film, found, left] = shown.evidence.as_slice() else { panic!("{:?}", shown.evidence) };
    let beside = [&film.beside, &found.beside, &left.beside].map(|ids| ids.clone());
    assert_eq!(beside, [vec![], vec![left.evidence], vec![found.evidence]], "a film without a picture has none");
    assert_eq!([film, found, left].map(|row| row.may_draw), [false, true, true]);
    let stages: Vec<usize> = shown.stages.iter().map(|row| row.evidence.len()).collect();
    assert_eq!(stages, [1, 2, 0]);
    assert_eq!(shown.stages[1].over_camera, [found.evidence]);
    phone.app().annotate(&planned.job.to_string(), &left.evidence.to_string(), arrow(1)).unwrap();
    assert!(screen().evidence[2].drawn_by.contains("Ana") && screen().evidence[1].drawn_by.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_draw_over_one_photo_offline_and_both_see_both_layers() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[office.ben]);
    let job = planned.job.to_string();
    let (ana, ben) = (office.phone(office.ana, 1).await, office.phone(office.ben, 2).await);
    ana.sync().await;
    let photo = ana.photograph(planned.job, 7).hex();
    ana.sync().await;
    ben.sync().await;
    ana.app().annotate(&job, &photo, arrow(1)).unwrap();
    ben.app().annotate(&job, "photo-7.jpg", arrow(2)).unwrap();
    // Drawn anew before any sync: still one layer of Ana's.
    let begin: String = photo.chars().take(12).collect();
    let own = ana.app().annotate(&job, &begin, arrow(3)).unwrap();
    for phone in [&ana, &ben, &ana] {
        phone.sync().await;
    }
    for phone in [&ana, &ben] {
        let screen = phone.app().job_screen(&job).unwrap();
        let mut layers: Vec<_> = screen.evidence[0].layers.iter().map(|layer| layer.shapes.clone()).collect();
        layers.sort_by_key(|shapes| format!("{shapes:?}"));
        assert_eq!(layers, [arrow(2), arrow(3)]);
        assert!(screen.evidence[0].overlay.starts_with("<svg") && phone.attention().is_empty());
    }
    let screen = ana.app().job_screen(&job).unwrap();
    let mine: Vec<_> =
        screen.evidence[0].layers.iter().filter(|layer| layer.own).map(|layer| layer.annotation).collect();
    assert_eq!(mine, [own]);
    ana.app().annotate(&job, &photo, Vec::new()).unwrap();
    ana.sync().await;
    assert_eq!(ana.app().job_screen(&job).unwrap().evidence[0].layers.len(), 1);
    assert_eq!(office.hub.all::<Annotation>().unwrap().len(), 2, "an empty layer stays as a record");
    assert!(ana.app().annotate(&job, "nothing.jpg", arrow(1)).is_err());
    office.check();
}

/// A photo whose row went missing at the office shows by its number.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_device_numbers_its_own_captures_and_a_gap_shows() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[office.ben]);
    let (ana, ben) = (office.phone(office.ana, 1).await, office.phone(office.ben, 2).await);
    ana.sync().await;
    ben.sync().await;
    for seed in 0..4 {
        ana.photograph(planned.job, seed);
        ben.photograph(planned.job, 10 + seed);
    }
    ana.sync().await;
    ben.sync().await;
    let rows = evidence(&office);
    let members = |rows: &[(Id, Evidence)]| -> Vec<(u64, usize)> {
        let members: Vec<SetMember<'_>> = rows.iter().filter_map(|(_, row)| row.set_member()).collect();
        check_sets(planned.visit, &members).iter().map(|set| (set.count, set.findings.len())).collect()
    };
    assert_eq!(members(&rows), [(4, 0), (4, 0)]);
    let without: Vec<_> = rows.into_iter().filter(|(_, row)| row.name != "photo-2.jpg").collect();
    let mut found = members(&without);
    found.sort();
    assert_eq!(found, [(4, 0), (4, 1)]);
}

/// Sample photos claim a day in March: the office hears that this is not when they were captured.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_from_another_day_is_taken_and_said_to_be_one() {
    let office = Office::open().await;
    let planned = office.job(office.ana, &[]);
    let phone = office.phone(office.ana, 1).await;
    phone.sync().await;
    let bytes = sample_photo(1, 64, 48, &SampleClaims::default());
    let source = FileSource::Reader { reader: &mut bytes.as_slice(), name: "C:\\DCIM\\old\u{202e}.jpg".to_owned() };
    let request = CaptureRequest {
        job: planned.job.to_string(),
        source,
        question: None,
        stage: Stage::Found,
        origin: Origin::Captured { here: None },
    };
    let attached = phone.app().attach(request).unwrap();
    assert_eq!(attached.findings, ["time"]);
    phone.sync().await;
    let rows = evidence(&office);
    assert_eq!((rows[0].1.findings.as_slice(), rows[0].1.name.as_str()), (["time".to_owned()].as_slice(), "old_.jpg"));
}

/// Flips a letter, or cuts the file, as a worn storage does.
fn harm(phone: &Phone, file: Digest, harm: impl Fn(&mut Vec<u8>)) {
    let path = phone.app().store().media_path(file);
    let mut bytes = std::fs::read(&path).unwrap();
    harm(&mut bytes);
    std::fs::write(path, bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changed_before_anybody_else_had_it_is_never_sealed() {
    let office = Office::open().await;
    let job = office.job(office.ana, &[]).job;
    let ana = office.phone(office.ana, 31).await;
    ana.sync().await;
    ana.fill(job);
    let files = [1, 2, 3, 4, 5].map(|seed| ana.photograph(job, seed));
    let [good, flipped, cut, gone, sent] = files;
    let shown = || ana.app().preview(&job.to_string()).unwrap().content;
    let cited = || shown().evidence.iter().map(|evidence| evidence.sha256).collect::<Vec<_>>();
    assert_eq!(cited(), files);
    harm(&ana, flipped, |bytes| bytes[100] ^= 1);
    harm(&ana, cut, |bytes| bytes.truncate(bytes.len() / 2));
    std::fs::remove_file(ana.app().store().media_path(gone)).unwrap();
    // What was shown before is not what would be sealed now: a customer looks once more.
    assert_eq!(cited(), [good, sent]);
    assert_eq!(ana.attention().iter().filter(|kind| **kind == "damaged_file").count(), 3);
    let sealed = ana.sign(job).sealed;
    ana.sync().await;
    let (_, document) = office.hub.get::<Document>(document_id(sealed)).unwrap().expect("the office has it");
    let cited: Vec<Digest> = document.sealed.content.cited_media().collect();
    assert_eq!(cited, [good, sent]);
    assert!(cited.iter().all(|file| office.hub.holds(*file).unwrap()), "whatever was signed can be shown");
    assert!([flipped, cut, gone].iter().all(|file| !office.hub.holds(*file).unwrap()));
    // What was signed stays on the pages, whatever becomes of the bytes here.
    harm(&ana, good, |bytes| bytes.clear());
    ana.app().begin_amendment(&job.to_string(), "one more look").unwrap();
    assert_eq!(shown().evidence.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_whose_picture_changed_asks_for_it_again() {
    let office = Office::open().await;
    office.publish(SERVICE_VISIT);
    let job = office.job(office.ana, &[]).job;
    let ana = office.phone(office.ana, 32).await;
    ana.sync().await;
    let asked = ana.app().form_screen(&job.to_string()).unwrap().unwrap();
    let mut questions = asked.pages.into_iter().flat_map(|page| page.questions);
    let question = questions.find(|question| question.id.ends_with("/photo_as_found")).expect("a question of the form");
    let take = |seed: u64| {
        let bytes = sample_photo(seed, 320, 240, &SampleClaims::default());
        let source = FileSource::Reader { reader: &mut bytes.as_slice(), name: "found.jpg".to_owned() };
        let origin = Origin::Captured { here: None };
        let question = Some(question.id.clone());
        let request = CaptureRequest { job: job.to_string(), source, question, stage: Stage::Found, origin };
        ana.app().attach(request).expect("a photo").sha256
    };
    let is_missing = || {
        let shown = ana.app().preview(&job.to_string()).unwrap();
        shown.missing.contains(&question.label)
    };
    assert!(is_missing());
    let file = take(1);
    assert!(!is_missing());
    harm(&ana, file, |bytes| bytes[50] ^= 4);
    assert!(is_missing());
    take(2);
    assert!(!is_missing());
}
