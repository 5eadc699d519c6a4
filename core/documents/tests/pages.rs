//! The pages themselves: deterministic, complete, in four languages, whatever the content brings.
#![cfg(test)]

mod samples;

use countersign_documents::{Fonts, NoMedia, render_shown};
use countersign_model::Language;

/// Leaves the pages where a person can look at them.
#[allow(clippy::disallowed_methods, reason = "a test may leave its pages to be looked at")]
fn keep(name: &str, bytes: &[u8]) {
    std::fs::write(format!("{}/{name}.pdf", env!("CARGO_TARGET_TMPDIR")), bytes).unwrap();
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let fonts = Fonts::bundled().unwrap();
    for language in Language::ALL {
        let content = samples::content(language);
        let first = render_shown(&content, &samples::media(), &fonts).unwrap();
        let second = render_shown(&content, &samples::media(), &Fonts::bundled().unwrap()).unwrap();
        assert!(first == second, "{}", language.tag());
        keep(&format!("shown-{}", language.tag()), &first);
        let amendment = render_shown(&samples::amendment(language), &NoMedia, &fonts).unwrap();
        keep(&format!("amendment-{}", language.tag()), &amendment);
    }
}
