//! Bytes on their way: offers, chunks, finishing, receipts, who may download.

use std::fs;

use countersign_hub::{Caller, Problem};
use countersign_model::document::Stage;
use countersign_model::id::RecordRef;
use countersign_model::payload::{EvidenceAttach, Payload};
use countersign_model::record::{Scope, kind};
use countersign_model::trust::Receipt;
use countersign_model::wire::{CHUNK_BYTES, ErrorCode, MEDIA_BYTES, MediaOffer};
use countersign_model::{Digest, Id};

use crate::common::{Device, Office};

fn offer(office: &Office, caller: &Caller, bytes: &[u8]) -> Vec<u64> {
    let offer = MediaOffer { sha256: Digest::of(bytes), bytes: bytes.len() as u64 };
    office.hub.offer_media(caller, &offer).unwrap().missing
}

fn chunk(office: &Office, caller: &Caller, of: Digest, number: u64, bytes: &[u8]) -> Result<(), Problem> {
    office.hub.take_chunk(caller, of, number, Digest::of(bytes), bytes)
}

fn send(office: &Office, caller: &Caller, bytes: &[u8]) -> Receipt {
    let sha256 = Digest::of(bytes);
    for number in offer(office, caller, bytes) {
        let start = (number * CHUNK_BYTES) as usize;
        let end = bytes.len().min(start + CHUNK_BYTES as usize);
        chunk(office, caller, sha256, number, &bytes[start..end]).unwrap();
    }
    office.hub.finish_media(caller, sha256).unwrap()
}

fn photo(seed: u8, bytes: usize) -> Vec<u8> {
    (0..bytes).map(|index| (index as u8).wrapping_mul(31).wrapping_add(seed)).collect()
}

#[test]
fn chunks_come_in_any_order_twice_and_after_a_restart() {
    let office = Office::new();
    let phone = office.device(office.engineer, 1);
    let caller = phone.caller(&office);
    let bytes = photo(1, CHUNK_BYTES as usize * 2 + 5);
    let sha256 = Digest::of(&bytes);
    let whole = CHUNK_BYTES as usize;
    assert_eq!(offer(&office, &caller, &bytes), [0, 1, 2]);
    chunk(&office, &caller, sha256, 2, &bytes[2 * whole..]).unwrap();
    chunk(&office, &caller, sha256, 0, &bytes[..whole]).unwrap();
    chunk(&office, &caller, sha256, 0, &bytes[..whole]).unwrap();
    assert_eq!(office.hub.finish_media(&caller, sha256).unwrap_err().code, ErrorCode::BadRequest);
    let office = office.reopened();
    assert_eq!(offer(&office, &caller, &bytes), [1]);
    chunk(&office, &caller, sha256, 1, &bytes[whole..2 * whole]).unwrap();
    let receipt = office.hub.finish_media(&caller, sha256).unwrap();
    assert_eq!(receipt.check(&office.hub.chain().unwrap(), phone.id()), Ok(()));
    assert_eq!(receipt.holds, [sha256]);
    // A lost reply: finishing again, a late chunk, and a new offer are all answered, and nothing stays behind.
    assert_eq!(office.hub.finish_media(&caller, sha256).unwrap().holds, [sha256]);
    chunk(&office, &caller, sha256, 1, &bytes[whole..2 * whole]).unwrap();
    let state = office.hub.offer_media(&caller, &MediaOffer { sha256, bytes: bytes.len() as u64 }).unwrap();
    assert!(state.missing.is_empty() && state.receipt.is_some());
    let staged = office.folder.path().join("hub/uploads").join(office.hub.tenant().to_string());
    let left: usize = fs::read_dir(staged.join(phone.id().to_string())).unwrap().count();
    assert_eq!(left, 0);
    assert!(office.hub.check(&mut |_| {}).unwrap().ok());
}

#[test]
fn what_does_not_fit_is_refused_and_leaves_the_rest_as_it_was() {
    let office = Office::new();
    let caller = office.device(office.engineer, 1).caller(&office);
    let bytes = photo(2, 100);
    let sha256 = Digest::of(&bytes);
    assert_eq!(chunk(&office, &caller, sha256, 0, &bytes).unwrap_err().code, ErrorCode::NotFound);
    offer(&office, &caller, &bytes);
    let wrong_digest = office.hub.take_chunk(&caller, sha256, 0, Digest::of(b"x"), &bytes).unwrap_err();
    assert_eq!(wrong_digest.code, ErrorCode::DigestMismatch);
    // (chunk, bytes) -> refused
    let rows: [(u64, &[u8]); 5] =
        [(0, &bytes[..99]), (0, b""), (1, b"x"), (u64::MAX, b""), (0, &[&bytes[..], b"x"].concat())];
    for (number, piece) in rows {
        let problem = chunk(&office, &caller, sha256, number, piece).unwrap_err();
        assert_eq!(problem.code, ErrorCode::BadRequest, "{number} {}", piece.len());
    }
    assert_eq!(offer(&office, &caller, &bytes), [0]);
    let huge = MediaOffer { sha256, bytes: MEDIA_BYTES + 1 };
    assert_eq!(office.hub.offer_media(&caller, &huge).unwrap_err().code, ErrorCode::TooLarge);
}

#[test]
fn bytes_that_are_not_what_they_claim_are_never_held() {
    let office = Office::new();
    let caller = office.device(office.engineer, 1).caller(&office);
    let claimed = Digest::of(b"the real photo");
    let offered = MediaOffer { sha256: claimed, bytes: 5 };
    office.hub.offer_media(&caller, &offered).unwrap();
    chunk(&office, &caller, claimed, 0, b"wrong").unwrap();
    assert_eq!(office.hub.finish_media(&caller, claimed).unwrap_err().code, ErrorCode::DigestMismatch);
    assert!(!office.hub.holds(claimed).unwrap());
    // It must be sent anew, from the start and with its true length.
    let state = office.hub.offer_media(&caller, &MediaOffer { sha256: claimed, bytes: 14 }).unwrap();
    assert_eq!(state.missing, [0]);
    chunk(&office, &caller, claimed, 0, b"the real photo").unwrap();
    office.hub.finish_media(&caller, claimed).unwrap();
    assert!(office.hub.holds(claimed).unwrap());
}

/// A device that says for a second time what a chunk holds, and says something else.
#[test]
fn a_chunk_that_is_here_is_never_written_over() {
    let office = Office::new();
    let caller = office.device(office.engineer, 1).caller(&office);
    let whole = CHUNK_BYTES as usize;
    let bytes = photo(8, whole + 1);
    let sha256 = Digest::of(&bytes);
    offer(&office, &caller, &bytes);
    chunk(&office, &caller, sha256, 0, &bytes[..whole]).unwrap();
    chunk(&office, &caller, sha256, 1, &bytes[whole..]).unwrap();
    chunk(&office, &caller, sha256, 1, b"?").unwrap();
    chunk(&office, &caller, sha256, 0, &photo(9, whole)).unwrap();
    assert_eq!(office.hub.finish_media(&caller, sha256).unwrap().holds, [sha256]);
    assert!(office.hub.check(&mut |_| {}).unwrap().ok());
}

/// The hub stops when the verified bytes were moved and nothing says yet that they are held. What was not verified is asked
/// for again, whatever stands among the files.
#[test]
fn a_stop_between_the_move_of_the_bytes_and_their_row_costs_nothing() {
    for verified in [true, false] {
        let office = Office::new();
        let phone = office.device(office.engineer, 1);
        let caller = phone.caller(&office);
        let bytes = photo(10, 100);
        let sha256 = Digest::of(&bytes);
        offer(&office, &caller, &bytes);
        chunk(&office, &caller, sha256, 0, &bytes).unwrap();
        let hub = office.folder.path().join("hub");
        let tenant = office.hub.tenant().to_string();
        let staged = hub.join("uploads").join(&tenant).join(phone.id().to_string()).join(sha256.hex());
        let kept = hub.join("blobs").join(&tenant).join(sha256.hex().chars().take(2).collect::<String>());
        fs::create_dir_all(&kept).unwrap();
        fs::rename(staged.join("whole"), kept.join(sha256.hex())).unwrap();
        if verified {
            fs::write(staged.join("verified"), b"").unwrap();
        }
        let office = office.reopened();
        let missing = offer(&office, &caller, &bytes);
        assert_eq!(missing, if verified { vec![] } else { vec![0] });
        for number in missing {
            office.hub.finish_media(&caller, sha256).unwrap_err();
            chunk(&office, &caller, sha256, number, &bytes).unwrap();
        }
        assert_eq!(office.hub.finish_media(&caller, sha256).unwrap().holds, [sha256]);
        assert!(office.hub.check(&mut |_| {}).unwrap().ok());
    }
}

/// A device whose line broke during the finish offers the file again while the hub still reads it.
#[test]
fn an_offer_during_the_finish_asks_for_nothing_twice() {
    let office = Office::new();
    let caller = office.device(office.engineer, 1).caller(&office);
    let whole = CHUNK_BYTES as usize;
    let bytes = photo(11, 2 * whole + 1);
    let sha256 = Digest::of(&bytes);
    for number in offer(&office, &caller, &bytes) {
        let start = number as usize * whole;
        chunk(&office, &caller, sha256, number, &bytes[start..bytes.len().min(start + whole)]).unwrap();
    }
    // Nothing is hashed yet after a restart: the finish takes its time.
    let office = office.reopened();
    let offered = MediaOffer { sha256, bytes: bytes.len() as u64 };
    std::thread::scope(|threads| {
        let finish = threads.spawn(|| office.hub.finish_media(&caller, sha256).unwrap());
        loop {
            let state = office.hub.offer_media(&caller, &offered).unwrap();
            assert_eq!(state.missing, [] as [u64; 0]);
            if state.receipt.is_some() {
                break;
            }
        }
        assert_eq!(finish.join().unwrap().holds, [sha256]);
    });
}

#[test]
fn no_bytes_and_one_whole_chunk_are_files_too() {
    let office = Office::new();
    let caller = office.device(office.engineer, 1).caller(&office);
    for length in [0, 1, CHUNK_BYTES as usize] {
        let bytes = photo(3, length);
        assert_eq!(send(&office, &caller, &bytes).holds, [Digest::of(&bytes)], "{length}");
    }
}

#[test]
fn another_device_must_send_the_same_bytes_itself() {
    let office = Office::new();
    let (one, two) = (office.device(office.engineer, 1), office.device(office.manager, 2));
    let bytes = photo(4, 1000);
    let sha256 = Digest::of(&bytes);
    send(&office, &one.caller(&office), &bytes);
    let other = two.caller(&office);
    let none = office.hub.receipts(&other, &[sha256]).unwrap();
    assert!(none.holds.is_empty());
    // That the hub has them is not told.
    assert_eq!(offer(&office, &other, &bytes), [0]);
    assert_eq!(send(&office, &other, &bytes).holds, [sha256]);
    let held = office.hub.receipts(&other, &[Digest::of(b"never"), sha256, sha256]).unwrap();
    assert_eq!(held.holds, [sha256]);
}

fn evidence(name: &str, job: Id, bytes: &[u8]) -> Payload {
    Payload::EvidenceAttach(EvidenceAttach {
        evidence: Id::derived("evidence", &[name.as_bytes()]),
        subject: RecordRef::new(kind::JOB, job),
        sha256: Digest::of(bytes),
        bytes: bytes.len() as u64,
        media_type: "image/jpeg".to_owned(),
        name: name.to_owned(),
        stage: Stage::Found,
        question: None,
        preview: None,
        thumbnail: None,
        claims: Default::default(),
        findings: Vec::new(),
        location: None,
        set: None,
        chosen: false,
    })
}

fn attach(office: &Office, device: &mut Device, name: &str, job: Id, bytes: &[u8]) {
    let envelope = device.command(&evidence(name, job, bytes), &Scope::job(job));
    device.push(office, &[envelope]).unwrap();
}

#[test]
fn bytes_are_given_to_those_who_hold_a_record_that_cites_them() {
    let office = Office::new();
    let mut phone = office.device(office.engineer, 1);
    let stranger = office.device(office.manager, 2);
    let job = office.job(office.engineer).job;
    let bytes = photo(5, 50);
    let sha256 = Digest::of(&bytes);
    let caller = phone.caller(&office);
    let may = |caller: &Caller| office.hub.media_for(caller, sha256).map(|blob| blob.bytes).ok();
    attach(&office, &mut phone, "photo", job, &bytes);
    assert_eq!(may(&caller), None);
    send(&office, &caller, &bytes);
    assert_eq!((may(&caller), may(&stranger.caller(&office))), (Some(50), None));
    let second = office.device(office.engineer, 3);
    assert_eq!(may(&second.caller(&office)), Some(50));
    office.hub.revoke(&office.hub.system(), second.id(), "lost").unwrap();
    assert_eq!(may(&second.caller(&office)), None);
}

#[test]
fn citing_a_digest_that_one_only_read_somewhere_opens_no_way_to_the_bytes() {
    let office = Office::new();
    let owner = office.device(office.engineer, 1);
    let mut thief = office.device(office.manager, 2);
    let job = office.job(office.manager).job;
    let bytes = photo(6, 50);
    send(&office, &owner.caller(&office), &bytes);
    attach(&office, &mut thief, "not mine", job, &bytes);
    let sha256 = Digest::of(&bytes);
    let refused = office.hub.media_for(&thief.caller(&office), sha256).map(|blob| blob.bytes);
    assert_eq!(refused.unwrap_err().code, ErrorCode::NotFound);
    send(&office, &thief.caller(&office), &bytes);
    assert!(office.hub.media_for(&thief.caller(&office), sha256).is_ok());
}

#[test]
fn uploads_that_nobody_goes_on_with_are_forgotten_and_begin_anew() {
    let office = Office::new();
    let phone = office.device(office.engineer, 1);
    let caller = phone.caller(&office);
    let bytes = photo(7, CHUNK_BYTES as usize + 1);
    offer(&office, &caller, &bytes);
    chunk(&office, &caller, Digest::of(&bytes), 1, &bytes[CHUNK_BYTES as usize..]).unwrap();
    assert_eq!(offer(&office, &caller, &bytes), [0]);
    office.advance(31 * 24 * 60 * 60 * 1000);
    office.hub.turn().unwrap();
    assert_eq!(offer(&office, &caller, &bytes), [0, 1]);
}

#[test]
fn a_revoked_device_still_brings_its_bytes_within_a_quota() {
    let office = Office::new();
    let phone = office.device(office.engineer, 1);
    office.hub.revoke(&office.hub.system(), phone.id(), "lost").unwrap();
    let caller = phone.caller(&office);
    assert_eq!(send(&office, &caller, b"photo").holds.len(), 1);
    let huge = MediaOffer { sha256: Digest::of(b"huge"), bytes: 5 << 30 };
    assert_eq!(office.hub.offer_media(&caller, &huge).unwrap_err().code, ErrorCode::TooLarge);
}

/// Two threads of one device send the chunks of a file in drawn orders, some twice, at the same moment; now and then one
/// asks for the receipt too early. The file is held once, whole, and nothing stays behind.
#[test]
fn chunks_that_come_at_the_same_moment_in_drawn_orders_make_one_whole_file() {
    let office = Office::new();
    let phone = office.device(office.engineer, 1);
    let caller = phone.caller(&office);
    let whole = CHUNK_BYTES as usize;
    for seed in 0..6_u8 {
        let bytes = photo(seed, whole * 3 + 1 + usize::from(seed));
        let sha256 = Digest::of(&bytes);
        assert_eq!(offer(&office, &caller, &bytes), [0, 1, 2, 3]);
        let one = |first: u64| {
            for step in 0..5 {
                // From another place in another direction; the fifth is one that was sent before.
                let number = (first + step * (1 + 2 * u64::from(seed % 2))) % 4;
                let start = usize::try_from(number).unwrap() * whole;
                chunk(&office, &caller, sha256, number, &bytes[start..bytes.len().min(start + whole)]).unwrap();
                if (step + u64::from(seed)).is_multiple_of(3) {
                    let _ = office.hub.finish_media(&caller, sha256);
                }
            }
        };
        std::thread::scope(|threads| {
            threads.spawn(|| one(u64::from(seed)));
            threads.spawn(|| one(u64::from(seed) + 2));
        });
        assert_eq!(office.hub.finish_media(&caller, sha256).unwrap().holds, [sha256], "seed {seed}");
        let staged = office.folder.path().join("hub/uploads").join(office.hub.tenant().to_string());
        assert_eq!(fs::read_dir(staged.join(phone.id().to_string())).unwrap().count(), 0, "seed {seed}");
    }
    assert!(office.hub.check(&mut |_| {}).unwrap().ok());
}
