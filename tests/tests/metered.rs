//! Networks that cost by the byte: what goes over them is counted on the line.
#![cfg(test)]

use countersign_device::store::MediaClass;
use countersign_device::sync::{FilesToSend, Network};
use countersign_evidence::samples::{SampleClaims, sample_photo};
use countersign_model::document::Stage;
use countersign_tests::office::{Office, Phone};
use countersign_tests::proxy::SlowLine;

/// What the calls themselves may take beside the bytes of files: entries, headers, receipts, pages of the feed.
const CALLS: u64 = 192 << 10;
/// A line that is never what one waits for.
const FAST: u64 = 1 << 30;
/// Bytes of the film.
const FILM: u32 = 4 << 20;

/// Bytes of the files that wait and are sent where this is allowed, and of those that are not.
fn waiting(phone: &Phone, allowed: FilesToSend) -> (u64, u64) {
    let files = phone.app().store().media_to_send(500).expect("the files can be listed");
    let sum = |goes: bool| {
        let of_kind = files.iter().filter(|file| (file.class <= allowed.last_class()) == goes);
        of_kind.map(|file| file.bytes).sum()
    };
    (sum(true), sum(false))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_that_costs_carries_what_its_owner_allows_and_no_byte_more() {
    let office = Office::open().await;
    let job = office.job(office.ana, &[]).job;
    let line = SlowLine::start(office.address, FAST, 0, 1).await;
    let phone = office.phone_at(office.ana, 37, &line.url()).await;
    phone.sync().await;
    for seed in 0..6 {
        let photo = sample_photo(seed, 1_600, 1_200, &SampleClaims::default());
        phone.attach(job, &mut photo.as_slice(), "photo.jpg", Stage::Found);
    }
    phone.film(job, FILM);
    // From the dearest to the cheapest; whatever a network left is sent by the next.
    let networks = [
        (Network::Roaming, Some(FilesToSend::All)),
        (Network::Metered, None),
        (Network::Metered, Some(FilesToSend::AllButVideos)),
        (Network::Unmetered, Some(FilesToSend::Small)),
    ];
    for (network, wish) in networks {
        let (goes, stays) = waiting(&phone, FilesToSend::over(network, wish));
        let before = line.passed();
        phone.sync_over(network, wish).await;
        let used = line.passed() - before;
        assert!((goes..=goes + CALLS).contains(&used), "{network:?}: {used} bytes where {goes} were allowed");
        assert_eq!(waiting(&phone, FilesToSend::All).0, stays, "{network:?}: what was not allowed waits");
    }
    assert_eq!(phone.app().store().media_to_send(1).expect("the files can be listed").len(), 0);
    assert!(MediaClass::Original > MediaClass::Document, "a photo's own bytes are none of the small files");
}
