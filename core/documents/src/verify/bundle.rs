//! The verify bundle: the layers and the voucher side by side, with the originals of cited media where they are sent
//! along, under one device signature.

use std::collections::BTreeMap;

use countersign_model::Digest;
use countersign_model::document::SignOff;

use super::layers::{self, Files, Known};
use super::{Checks, document, why};
use crate::bundle::{Bundle, BundleKind, BundleProblem};
use crate::voucher::{VoucherLayers, layer_files, part};

/// The folder of original media in a bundle; each file is named by its digest.
const MEDIA: &str = "media/";

/// What a bundle holds beside media.
const PARTS: [&str; 7] =
    [part::SEALED, part::SHOWN, part::SIGN_OFFS, part::ATTESTATION, part::CREDENTIAL, part::TRUST, part::VOUCHER];

/// Packs a document's layers, its finished voucher and any originals at hand. The caller has the device sign
/// [`Bundle::statement`] and adds the signature with [`Bundle::signed`].
pub fn verify_bundle(
    layers: &VoucherLayers<'_>,
    voucher: &[u8],
    media: &BTreeMap<Digest, Vec<u8>>,
) -> Result<Bundle, BundleProblem> {
    let mut files = layer_files(layers)?;
    files.remove(part::CONTENT);
    files.insert(part::SHOWN.to_owned(), layers.shown.to_vec());
    files.insert(part::VOUCHER.to_owned(), voucher.to_vec());
    for (digest, bytes) in media {
        files.insert(format!("{MEDIA}{digest}"), bytes.clone());
    }
    Bundle::new(BundleKind::Verify, files)
}

/// Checks a bundle and the voucher in it.
pub(super) fn check(bytes: &[u8], checks: &mut Checks) {
    let broken = |problem: BundleProblem| match problem {
        BundleProblem::Signature(_) => why("verify-bundle-signature"),
        other => ("verify-bundle-structure", vec![("detail", other.to_string())]),
    };
    let Some(bundle) = checks.take("bundle", Bundle::read(bytes).map_err(broken)) else { return };
    if *bundle.kind() != BundleKind::Verify {
        let kind = bundle.kind().as_str().to_owned();
        return checks.fail("bundle", "verify-bundle-kind", vec![("kind", kind)]);
    }
    let files: Files<'_> = bundle.files().iter().map(|(name, bytes)| (name.clone(), bytes.as_slice())).collect();
    let known = layers::check(&files, checks);
    let signer = bundle.signature().map(|signature| (&signature.key, signature.device));
    let expected = known.credential.as_ref().map(|credential| (&credential.key, credential.device));
    checks.demand("bundle", signer.is_some() && signer == expected, "verify-bundle-signature");
    check_voucher(&files, checks);
    check_media(&files, &known, checks);
}

/// The voucher must verify by itself and hold the very layers of the bundle.
fn check_voucher(files: &Files<'_>, checks: &mut Checks) {
    let missing = || ("verify-part-missing", vec![("name", part::VOUCHER.to_owned())]);
    let Some(voucher) = checks.take("voucher", files.get(part::VOUCHER).copied().ok_or_else(missing)) else { return };
    let attached = document::check(voucher, checks);
    for (name, bytes) in attached.iter().filter(|(name, _)| *name != part::CONTENT) {
        let same = files.get(name) == Some(bytes);
        let differs = || ("verify-part-differs", vec![("name", name.clone())]);
        checks.take("voucher", if same { Ok(()) } else { Err(differs()) });
    }
}

fn check_media(files: &Files<'_>, known: &Known, checks: &mut Checks) {
    let of_content = known.sealed.iter().flat_map(|sealed| sealed.content.cited_media());
    let of_sign_offs = known.sign_offs.iter().flatten().flat_map(SignOff::cited_media);
    let cited: Vec<Digest> = of_content.chain(of_sign_offs).collect();
    for (name, bytes) in files {
        if PARTS.contains(&name.as_str()) {
            continue;
        }
        let named = |key| Err((key, vec![("name", name.clone())]));
        // Anything that is neither a layer nor an original of the document has no business in its bundle.
        let result = match name.strip_prefix(MEDIA).map(str::parse::<Digest>) {
            Some(Ok(digest)) if digest != Digest::of(bytes) => named("verify-media-differs"),
            Some(Ok(digest)) if cited.contains(&digest) => Ok(()),
            _ => named("verify-media-not-cited"),
        };
        checks.take(name, result);
    }
}
