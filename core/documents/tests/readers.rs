//! What readers of others find in our files: the words of each page by `pdftotext`, and a sound file by `qpdf`.
//!
//! `cargo xtask test readers` installs both and runs these tests; where they are missing, it says so.
#![cfg(test)]

mod samples;

use std::path::PathBuf;
use std::process::{Command, Output};

use countersign_documents::{Fonts, NoMedia, render_shown};
use countersign_model::document::{Content, Party};
use countersign_model::{Language, canonical};
use samples::{amendment, content, document, issuer, media, words};

#[allow(clippy::disallowed_methods, reason = "a test gives its file to another program")]
fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("readers-{name}.pdf"));
    std::fs::write(&path, bytes).unwrap();
    path
}

#[allow(clippy::disallowed_methods, reason = "a test asks another program")]
fn ask(program: &str, arguments: &[&str]) -> Output {
    Command::new(program).args(arguments).output().unwrap_or_else(|error| panic!("{program}: {error}"))
}

/// The words of a file as `pdftotext` reads them, without spaces, line ends and marks of direction.
fn words_by_poppler(name: &str, bytes: &[u8]) -> String {
    let path = file(name, bytes);
    let output = ask("pdftotext", &["-enc", "UTF-8", "-raw", path.to_str().unwrap(), "-"]);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    squeezed(&String::from_utf8(output.stdout).unwrap())
}

fn squeezed(text: &str) -> String {
    let steers =
        |sign: char| matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|sign| !sign.is_whitespace() && !sign.is_control() && !steers(*sign)).collect()
}

fn assert_says(all: &str, texts: &[&str]) {
    for text in texts {
        assert!(all.contains(&squeezed(text)), "{text:?} is not in {all}");
    }
}

#[test]
#[ignore = "needs pdftotext (poppler-utils): cargo xtask test readers"]
fn pdftotext_reads_the_words_of_every_page_in_four_languages() {
    let fonts = Fonts::bundled().unwrap();
    for language in Language::ALL {
        let words = words(language);
        let voucher = document(content(language), issuer(10), &fonts).voucher(&fonts);
        let all = words_by_poppler(&format!("voucher-{}", language.tag()), &voucher);
        assert_says(&all, &["V-26-0142", words.company[0], words.customer[0], words.machine[0], words.form]);
        assert_says(&all, &[words.questions[0][0], words.questions[1][1], words.people[0], words.parts[0]]);
        // The signature page: who signed, and the remark.
        assert_says(&all, &[words.signer, words.remarks]);
        let amended = render_shown(&amendment(language), &NoMedia, &fonts).unwrap();
        assert_says(&words_by_poppler(&format!("amendment-{}", language.tag()), &amended), &["V-26-0142-A1-K3", "148"]);
    }
}

#[test]
#[ignore = "needs pdftotext (poppler-utils): cargo xtask test readers"]
fn pdftotext_reads_names_in_every_script_and_signs_that_print_as_boxes() {
    let names = [
        "שירות הצפון",
        "شركة النور",
        "Київ",
        "Αθήνα",
        "สมชาย",
        "राजेश",
        "김철수",
        "Nguyễn Văn Đức",
        "🔧",
        "𠮷野家",
        "ዐማርኛ",
    ];
    let fonts = Fonts::bundled().unwrap();
    for name in names {
        let company = Party { name: name.to_owned(), ..Party::default() };
        let content = Content { company, ..content(Language::English) };
        let shown = render_shown(&content, &media(), &fonts).unwrap();
        // The words of a name that is read from right to left come one after the other in either order.
        assert_says(&words_by_poppler("script", &shown), &name.split(' ').collect::<Vec<_>>());
    }
}

#[test]
#[ignore = "needs qpdf: cargo xtask test readers"]
fn qpdf_finds_nothing_wrong_with_a_signed_file_and_takes_out_what_is_attached() {
    let fonts = Fonts::bundled().unwrap();
    for language in Language::ALL {
        let document = document(content(language), issuer(10), &fonts);
        let path = file(&format!("signed-{}", language.tag()), &document.voucher(&fonts));
        let path = path.to_str().unwrap();
        let checked = ask("qpdf", &["--check", path]);
        let said = String::from_utf8_lossy(&checked.stdout).into_owned();
        // Zero is no error and no warning.
        assert!(checked.status.code() == Some(0) && checked.stderr.is_empty(), "{said}");
        let rows =
            [("shown.pdf", document.shown.clone()), ("sealed.json", canonical::to_bytes(&document.sealed).unwrap())];
        for (name, bytes) in rows {
            assert!(ask("qpdf", &[path, &format!("--show-attachment={name}")]).stdout == bytes, "{name}");
        }
    }
    let changed = file("damaged", b"%PDF-1.7\nnothing");
    assert_ne!(ask("qpdf", &["--check", changed.to_str().unwrap()]).status.code(), Some(0), "qpdf does look");
}
