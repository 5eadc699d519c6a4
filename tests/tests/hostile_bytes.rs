//! What takes bytes from outside takes any bytes: items of our own making, changed by chance, give a value or an error, and
//! never a stop. `COUNTERSIGN_FUZZ_SECONDS=60` tries each target for a minute.
#![cfg(test)]

use countersign_device::transfer::ExportTo;
use countersign_documents::{EncryptedReader, Transfer, public_half, verify};
use countersign_evidence::samples::{
    SampleClaims, SampleVideo, sample_gif, sample_heic, sample_mp3, sample_ogg, sample_pdf, sample_photo, sample_png,
    sample_signature, sample_tiff, sample_video, sample_wav, sample_webp,
};
use countersign_evidence::{Strokes, inspect, previews, safe_name};
use countersign_forms::samples::{QUICK_CHECK, SERVICE_VISIT};
use countersign_forms::{Environment, Fill, Form, NodeKey};
use countersign_model::command::{Command, Envelope};
use countersign_model::money::{Line, amount_of, quantity_of};
use countersign_model::recovery::DecryptionKey;
use countersign_model::wire::EnrolmentString;
use countersign_model::{Language, canonical};
use countersign_tests::fuzz::{Mixer, at_work, change_text, fuzz};
use countersign_tests::office::Phone;
use countersign_texts::{Texts, Zone, typed_number, typed_sum, typed_window};
use serde_json::Value;

fn envelopes(phone: &Phone) -> Vec<Envelope> {
    phone.app().store().next_push(200, 1 << 22).unwrap().unwrap().envelopes
}

#[tokio::test(flavor = "multi_thread")]
async fn canonical_json_and_commands() {
    let (_office, ana, _) = at_work().await;
    let corpus: Vec<Vec<u8>> = envelopes(&ana).iter().map(|envelope| serde_json::to_vec(envelope).unwrap()).collect();
    let mixer =
        Mixer::new(corpus.clone(), &["\"payload\":", "\"version\":", "\"seq\":", "\"type\":\"answer.set\"", "1.0"]);
    fuzz(
        "canonical-json",
        |chance| {
            let text = mixer.mix_text(chance);
            if chance.below(2) == 0 {
                text
            } else {
                change_text(&String::from_utf8_lossy(&corpus[chance.below(corpus.len() as u64) as usize]), chance)
            }
        },
        |text| {
            let Ok(value) = serde_json::from_str::<Value>(text) else { return };
            if let Ok(canon) = canonical::to_text(&value) {
                let again: Value = serde_json::from_str(&canon).unwrap();
                assert_eq!(canonical::to_text(&again).unwrap(), canon, "canonical text is its own canonical text");
                assert_eq!(again, value, "and says the same");
            }
            if let Ok(envelope) = serde_json::from_value::<Envelope>(value.clone()) {
                let _ = (envelope.command.digest(), envelope.command.parse());
            }
            if let Ok(command) = value
                .get("command")
                .cloned()
                .ok_or(())
                .and_then(|it| serde_json::from_value::<Command>(it).map_err(|_| ()))
            {
                let _ = (command.digest(), command.parse());
            }
        },
    );
}

fn environment() -> Environment {
    Environment {
        job: serde_json::json!({"customer": "ACME", "part": [{"code": "F1"}, {"code": "F2"}]}),
        language: "en".to_owned(),
        now: Zone::utc().local(1_790_000_000_000).unwrap(),
        fill: [7; 16],
    }
}

/// Opens a form that compiles and answers its first questions.
fn play(form: &Form) {
    let mut fill = Fill::new(form, &environment());
    for path in ["/check/machine_runs", "/check/hours", "/check/fault", "/visit/findings/hours"] {
        for value in ["yes", "no", "-1", "99999999999999999999"] {
            let _ = fill.set(&NodeKey::plain(path), value);
        }
    }
}

#[test]
fn forms() {
    let words = &[
        "<bind nodeset=\"/check/hours\"/>",
        "relevant=\"true()\"",
        "calculate=\"/check/hours + 1\"",
        "type=\"int\"",
        "<repeat nodeset=\"/check\">",
        "</group>",
        "<group ref=\"/check\">",
        "<itemset nodeset=\"instance('x')/root/item\">",
        "jr:preload=\"date\"",
        "<!DOCTYPE x [<!ENTITY a \"aaaa\">]>",
        "&a;",
        "<![CDATA[",
        "jr:itext('x')",
        "current()/..",
    ];
    let mixer = Mixer::new(vec![QUICK_CHECK.into(), SERVICE_VISIT.into()], words);
    fuzz(
        "forms",
        |chance| mixer.mix_text(chance),
        |xml| {
            if let Ok(form) = Form::compile(xml) {
                play(&form);
            }
        },
    );
}

/// Expressions as forms have them.
const EXPRESSIONS: &[&str] = &[
    "/check/machine_runs = 'no' and /check/hours > 10",
    "if(/check/hours > 100, concat('much: ', /check/hours), 'little')",
    "round(/check/hours div 3, 2) * -1 mod 7",
    "selected(/check/machine_runs, 'yes') or not(regex(/check/fault, '[a-z]+$'))",
    "count(/check/*[. != '']) + string-length(substr(/check/fault, 1, 3))",
    "format-date-time(now(), '%Y-%m-%d %H:%M') ",
    "date('2026-02-29') + 365 - decimal-date-time(today())",
    "sum(instance('job')/root/part[code = 'F1']/code | /check/hours)",
    "coalesce(pow(/check/hours, 99), int('1e400'), number('x'), 0 div 0)",
    "substring-before(translate(/check/fault, 'abc', 'xyz'), once(uuid()))",
    "position(..) + indexed-repeat(/check/fault, /check, 1) + join(' ', /check/*)",
    "((((1 + 2) * 3) - -4) div 0) = 'NaN'",
];

#[test]
fn expressions() {
    let words = &[
        "(",
        ")",
        "[",
        "]",
        "//",
        "..",
        "*",
        " div ",
        " mod ",
        " or ",
        "|",
        "'",
        "\"",
        "::",
        "@",
        "$x",
        "-",
        "now()",
        "1 div 0",
        "pow(10, 308)",
        "substr('é', 1)",
        "random()",
        "randomize(",
        "checklist(",
        "weighted-checklist(",
        "area(",
        "round(1.5, 400)",
        "date(99999999999)",
        "format-date('x', '%e')",
        "regex('aaaa', '(a*)*b')",
        "string(1e308 * 10)",
        "int(-1e300)",
        "decimal-time('25:61')",
        "/check",
        "current()",
        "descendant::",
        "last()",
    ];
    let mixer = Mixer::new(EXPRESSIONS.iter().map(|text| text.as_bytes().to_vec()).collect(), words);
    let hole = "relevant=\"/check/machine_runs = 'no'\"";
    assert!(QUICK_CHECK.contains(hole), "the form's text changed");
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    fuzz(
        "expressions",
        |chance| mixer.mix_text(chance),
        |expression| {
            let kind = ["relevant", "calculate", "constraint", "required"][expression.len() % 4];
            let xml = QUICK_CHECK.replacen(hole, &format!("{kind}=\"{}\"", escaped(expression)), 1);
            if let Ok(form) = Form::compile(&xml) {
                play(&form);
            }
        },
    );
}

#[test]
fn photos_films_and_sounds() {
    let claims = SampleClaims::default();
    let film = SampleVideo::default();
    let corpus = vec![
        sample_photo(1, 96, 64, &claims),
        sample_heic(64, 48, 1, &claims),
        sample_png(2, 40, 30),
        sample_gif(20, 20),
        sample_webp(3, 40, 30),
        sample_tiff(20, 20),
        sample_video(&film),
        sample_wav(200),
        sample_ogg(200),
        sample_mp3(4),
        sample_pdf(2),
    ];
    let words =
        &["Exif\0\0", "II*\0", "MM\0*", "ftyp", "moov", "mvhd", "meta", "iloc", "RIFF", "WEBP", "IHDR", "OggS", "%PDF"];
    let mixer = Mixer::new(corpus, words);
    fuzz(
        "photos",
        |chance| mixer.mix(chance),
        |bytes| {
            let facts = inspect(bytes, Some("photo.jpg"));
            if let Ok(made) = previews(bytes, &facts) {
                let largest = made.preview.bytes.len().max(made.thumbnail.bytes.len());
                assert!(largest < 8 << 20, "a preview of {largest} bytes");
            }
        },
    );
}

#[test]
fn strokes() {
    let signature = sample_signature(1);
    let text = signature.to_json();
    let packed = Mixer::new(vec![signature.pack(), sample_signature(2).pack()], &["\u{7f}"]);
    fuzz(
        "packed-strokes",
        |chance| packed.mix(chance),
        |bytes| {
            if let Ok(strokes) = Strokes::unpack(bytes) {
                let _ = (strokes.bounding_box(), strokes.is_blank(), strokes.to_json(), strokes.paths(120.0));
                assert_eq!(Strokes::unpack(&strokes.pack()).as_ref(), Ok(&strokes));
            }
        },
    );
    let mixer = Mixer::new(vec![text.clone().into()], &["[0,0,0,0.5]", "[[", "]]", "-1e308", "\"strokes\""]);
    let make = |chance: &mut countersign_tests::chance::Chance| match chance.below(2) {
        0 => change_text(&text, chance),
        _ => mixer.mix_text(chance),
    };
    fuzz("strokes", make, |text| {
        if let Ok(strokes) = Strokes::from_json(text) {
            let _ = (strokes.bounding_box(), strokes.is_blank(), strokes.pack(), strokes.paths(120.0));
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn papers_and_bundles() {
    let (_office, ana, sealed) = at_work().await;
    let paper = std::fs::read(ana.app().paper(sealed).unwrap().unwrap()).unwrap();
    let bundle = ana.app().verify_bundle(sealed).unwrap();
    for whole in [&paper, &bundle] {
        assert!(verify(whole, None).ok);
    }
    let words = &[
        "%%EOF",
        "/ByteRange",
        "/Filter/FlateDecode",
        "PK\u{3}\u{4}",
        "PK\u{1}\u{2}",
        "manifest.json",
        "stream\n",
        "xref",
    ];
    let mixer = Mixer::new(vec![paper.clone(), bundle.clone()], words);
    fuzz(
        "papers",
        |chance| mixer.mix(chance),
        |bytes| {
            let verdict = verify(bytes, None);
            let changed = *bytes != paper && *bytes != bundle;
            assert!(!(changed && verdict.ok), "a changed file was found whole");
        },
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn hand_over_and_rescue_files() {
    let (office, ana, _) = at_work().await;
    let ben = office.phone(office.ben, 2).await;
    ben.sync().await;
    let folder = tempfile::tempdir().unwrap();
    let key = DecryptionKey::from_bytes([5; 32]);
    let path = folder.path().join("work.handover");
    ana.app().export(&path, &ExportTo::Colleague { key: public_half(&key), jobs: vec![] }).unwrap();
    let mut plain = Vec::new();
    let file = std::fs::read(&path).unwrap();
    std::io::Read::read_to_end(&mut EncryptedReader::open(file.as_slice(), &key).unwrap(), &mut plain).unwrap();
    let words = &["PK\u{3}\u{4}", "chain.json", "commands.jsonl", "media/", "\"seq\":", "\"kind\":\"rescue\""];
    let mixer = Mixer::new(vec![plain], words);
    fuzz(
        "transfers",
        |chance| mixer.mix(chance),
        |bytes| {
            let mut taken = 0u64;
            let _ = Transfer::read(bytes.as_slice(), &mut |_, _, media| {
                taken += std::io::copy(media, &mut std::io::sink())?;
                Ok(())
            });
            assert!(taken < 64 << 20, "{taken} bytes came out of {}", bytes.len());
        },
    );
    // The same under encryption, given to a device.
    ana.app().export(&path, &ExportTo::Colleague { key: ben.app().receive_key().unwrap(), jobs: vec![] }).unwrap();
    let office_file = folder.path().join("rescue");
    ana.app().export(&office_file, &ExportTo::Office).unwrap();
    let corpus = vec![std::fs::read(&path).unwrap(), std::fs::read(&office_file).unwrap()];
    let mixer = Mixer::new(corpus.clone(), &["countersign", "\"about\":", "\"for\":", "\"device\":"]);
    let hostile = folder.path().join("hostile");
    fuzz(
        "transfer-files",
        |chance| mixer.mix(chance),
        |bytes| {
            std::fs::write(&hostile, bytes).unwrap();
            let taken = ben.app().import(&hostile);
            assert!(
                taken.is_err() || taken.is_ok_and(|taken| taken.sealed || corpus.contains(bytes)),
                "a changed file was read"
            );
        },
    );
}

#[test]
fn enrolment_strings() {
    let real = EnrolmentString {
        url: "https://hub.example:8443".to_owned(),
        code: "K7QM-3FHT-9WZC".to_owned(),
        tenant_key: Phone::new(1).app().key().public().fingerprint(),
        tls_key: None,
    };
    let real = real.to_string();
    assert!(real.parse::<EnrolmentString>().is_ok(), "{real}");
    let mixer = Mixer::new(vec![real.into()], &["|", "http://", "https://[::1]", "@", "-", "%00", "\u{3000}"]);
    fuzz(
        "enrolment-strings",
        |chance| mixer.mix_text(chance),
        |text| {
            if let Ok(read) = text.parse::<EnrolmentString>() {
                assert_eq!(read.to_string().parse::<EnrolmentString>().as_ref(), Ok(&read));
            }
        },
    );
}

#[test]
fn typed_numbers_dates_and_names() {
    let corpus =
        ["1,5", "2026-03-29T02:30", "-0.05", "99999999999999999999", "2026-12-31", "23:59:59.999", "Europe/Madrid"];
    let mixer = Mixer::new(
        corpus.iter().map(|text| text.as_bytes().to_vec()).collect(),
        &["-", "+", ".", ",", "T", ":", "Z", "+99:99", "e", "24:00", "-262144-01-01", "262143-12-31", "\u{a0}"],
    );
    let texts: Vec<Texts> = [Language::English, Language::Spanish].into_iter().map(Texts::new).collect();
    let zones = [Zone::utc(), Zone::of("Europe/Madrid", 0), Zone::offset(i32::MIN), Zone::offset(i32::MAX)];
    fuzz(
        "typed",
        |chance| format!("{} {}", chance.draw() as i64 >> chance.below(64), mixer.mix_text(chance)),
        |input| {
            let (number, text) = input.split_once(' ').unwrap();
            let number: i64 = number.parse().unwrap();
            let _ = (
                typed_number(text),
                safe_name(text),
                Zone::named(text),
                Zone::of(text, number as i32),
                Zone::offset(number as i32),
            );
            for currency in ["EUR", "JPY", "KWD", text] {
                let _ = typed_sum(text, currency);
                if let Ok(sum) = amount_of(text, currency) {
                    let _ = (sum.plain(), sum.times(text), sum.plus(&sum), Line::new(sum.clone(), number));
                }
            }
            let _ = quantity_of(text);
            for zone in &zones {
                let _ = (
                    zone.moment(text),
                    zone.moment_counted_on(text),
                    zone.local(number),
                    typed_window(text, text, zone),
                );
                for texts in &texts {
                    let _ = (texts.day(text), texts.number(text), texts.duration(number), texts.bytes(number as u64));
                    let _ = (texts.date(number, zone), texts.time(number, zone), texts.date_time(number, zone));
                }
            }
        },
    );
}
