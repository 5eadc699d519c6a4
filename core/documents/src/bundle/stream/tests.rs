use std::collections::BTreeMap;

use countersign_model::Id;
use countersign_model::trust::PrivateKey;

use super::*;
use crate::bundle::{Bundle, BundleKind, BundleSignature};

fn files() -> BTreeMap<String, Vec<u8>> {
    let files = [("a.json", b"{}".to_vec()), ("b.bin", vec![0, 1, 2]), ("media/aa", vec![7; 200_000]), ("z", vec![])];
    files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

fn signature(statement: &[u8]) -> BundleSignature {
    let key = PrivateKey::from_bytes(&[5; 32]).unwrap();
    BundleSignature { device: Id::default(), key: key.public(), signature: key.sign(statement) }
}

fn in_memory(signed: bool) -> Vec<u8> {
    let bundle = Bundle::new(BundleKind::Rescue, files()).unwrap();
    let signature = signature(&bundle.statement().unwrap());
    if signed { bundle.signed(signature).unwrap() } else { bundle }.write().unwrap()
}

fn streamed(signed: bool) -> Vec<u8> {
    let sources = files().into_iter().map(|(name, bytes)| FileSource::of_bytes(&name, bytes)).collect();
    let bundle = StreamedBundle::new(BundleKind::Rescue, sources).unwrap();
    let signature = signed.then(|| signature(&bundle.statement().unwrap()));
    let mut out = Vec::new();
    bundle.write(signature.as_ref(), &mut out).unwrap();
    out
}

fn read(bytes: &[u8]) -> Result<(BTreeMap<String, Vec<u8>>, bool), StreamProblem> {
    let reader = BundleReader::open(bytes)?;
    assert_eq!(reader.kind(), &BundleKind::Rescue);
    let mut found = BTreeMap::new();
    let signature = reader.read_all(&mut |name, _, from| {
        let mut bytes = Vec::new();
        // Media are looked at for a moment only: what is left is read over.
        if name.starts_with("media/") {
            from.read_exact(&mut [0; 3])?
        } else {
            from.read_to_end(&mut bytes).map(|_| ())?
        }
        found.insert(name.to_owned(), bytes);
        Ok(())
    })?;
    Ok((found, signature.is_some()))
}

#[test]
fn both_ways_of_writing_give_the_same_bytes_and_either_is_read() {
    for signed in [false, true] {
        assert_eq!(streamed(signed), in_memory(signed));
        let (found, has_signature) = read(&streamed(signed)).unwrap();
        assert_eq!(has_signature, signed);
        assert_eq!(found.keys().collect::<Vec<_>>(), files().keys().collect::<Vec<_>>());
        assert_eq!(found["b.bin"], files()["b.bin"]);
    }
}

#[test]
fn every_changed_added_or_missing_byte_is_found() {
    let bytes = streamed(true);
    let interesting = |at: &usize| *at < 2_000 || at.is_multiple_of(997) || *at > bytes.len() - 1_000;
    for at in (0..bytes.len()).filter(interesting) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(read(&changed).is_err(), "byte {at}");
        assert!(read(&bytes[..at]).is_err(), "cut at {at}");
    }
    assert!(read(&[bytes.as_slice(), b"\0"].concat()).is_err());
    assert!(read(&[b"\0".as_slice(), &bytes].concat()).is_err());
}

#[test]
fn a_file_that_changes_between_the_two_readings_ends_the_writing() {
    let mut source = FileSource::of_bytes("a", b"before".to_vec());
    source.open = Box::new(|| Ok(Box::new(&b"behind"[..])));
    let bundle = StreamedBundle::new(BundleKind::Rescue, vec![source]).unwrap();
    let refused = bundle.write(None, &mut Vec::new()).unwrap_err().to_string();
    assert!(refused.contains("changed while"), "{refused}");
}

#[test]
fn what_is_too_large_for_the_format_is_refused_before_anything_is_written() {
    let mut source = FileSource::of_bytes("a", Vec::new());
    source.measured.bytes = 5 << 30;
    let bundle = StreamedBundle::new(BundleKind::Rescue, vec![source]).unwrap();
    let mut out = Vec::new();
    assert!(matches!(bundle.write(None, &mut out), Err(StreamProblem::Bundle(BundleProblem::TooLarge))));
}
