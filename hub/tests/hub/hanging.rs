//! Uploads that hang at the hub while the same file comes by another way.

use std::io::Write as _;

use countersign_model::Digest;
use countersign_model::trust::Receipt;
use countersign_model::wire::{MediaOffer, MediaState};

use crate::live::{Ask, Live, call, chunk, connect, post, request};

/// In a cellar the line goes silent within a chunk. The phone gives it up and sends the chunk again; later the rest of the
/// old one arrives, or its connection ends. The file is held, and neither changes anything.
#[test]
fn half_a_chunk_that_hangs_holds_up_nothing_and_changes_nothing() {
    let mut live = Live::new();
    let device = live.office.device(live.office.engineer, 1);
    let token = device.enrolment.token.clone();
    for (seed, the_rest_comes) in [(1_u8, true), (2, false)] {
        let bytes: Vec<u8> = (0..300_000_u32).map(|place| (place as u8).wrapping_mul(seed)).collect();
        let sha256 = Digest::of(&bytes);
        let offer = MediaOffer { sha256, bytes: bytes.len() as u64 };
        let state: MediaState = post(live.address, "/v1/media", Some(&token), &offer).json();
        assert_eq!(state.missing, [0]);
        let digest = format!("sha-256=:{}:", crate::live::base64_of(sha256));
        let ask = Ask { token: Some(&token), headers: vec![("content-digest", digest)], body: bytes.clone() };
        let old = request("PUT", &format!("/v1/media/{sha256}/chunks/0"), &ask);
        let (half, rest) = old.split_at(old.len() / 2);
        let mut hanging = connect(live.address);
        hanging.write_all(half).unwrap();
        // Half a chunk is none.
        let state: MediaState = post(live.address, "/v1/media", Some(&token), &offer).json();
        assert_eq!(state.missing, [0]);
        assert_eq!(chunk(live.address, &token, &bytes, &bytes, 0).status, 204);
        let finish = |token: &str| {
            let ask = Ask { token: Some(token), ..Ask::default() };
            call(live.address, "POST", &format!("/v1/media/{sha256}/finish"), &ask).json::<Receipt>()
        };
        assert_eq!(finish(&token).holds, [sha256]);
        if the_rest_comes {
            hanging.write_all(rest).unwrap();
            let mut answer = Vec::new();
            std::io::Read::read_to_end(&mut hanging, &mut answer).unwrap();
            assert!(
                answer.starts_with(b"HTTP/1.1 2") || answer.starts_with(b"HTTP/1.1 4"),
                "no error of the hub's own"
            );
        }
        drop(hanging);
        assert_eq!(finish(&token).holds, [sha256]);
        let state: MediaState = post(live.address, "/v1/media", Some(&token), &offer).json();
        assert!(state.missing.is_empty() && state.receipt.is_some());
    }
    assert!(live.office.hub.check(&mut |_| {}).unwrap().ok());
    live.stop();
}
