//! What the pages say, read back from the PDF through its fonts' maps: nothing is lost, whatever the content brings.

use std::collections::BTreeMap;

use countersign_model::document::{
    AnswerShown, Content, EvidenceShown, PartShown, Party, Provenance, SectionShown, VoucherClass,
};
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Language};

use crate::pdf::{page_words, read};
use crate::samples::{amendment, content, media, photo, small, with_sets, words};
use crate::{Fonts, NoMedia, render_shown};

/// The text of each page, without spaces.
fn pages(content: &Content, media: &dyn crate::MediaSource) -> Vec<String> {
    let bytes = render_shown(content, media, &Fonts::bundled().unwrap()).unwrap();
    let file = read(&bytes).unwrap();
    file.pages().unwrap().into_iter().map(|page| page_words(&file, page).unwrap()).collect()
}

fn counted<'t>(texts: impl IntoIterator<Item = &'t str>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for sign in texts.into_iter().flat_map(str::chars).filter(|sign| !sign.is_whitespace()) {
        *counts.entry(sign).or_default() += 1;
    }
    counts
}

/// Every character of these texts is on the pages, at least as often as in the texts: columns are drawn line by line,
/// so a wrapped text is not found in one piece.
fn assert_whole(pages: &[String], texts: &[&str]) {
    let printed = counted(pages.iter().map(String::as_str));
    for (sign, count) in counted(texts.iter().copied()) {
        let found = printed.get(&sign).copied().unwrap_or_default();
        assert!(found >= count, "{sign:?} stands {found} times on the pages and {count} times in the content");
    }
}

#[test]
fn the_pages_say_what_the_content_says_in_four_languages() {
    let titles = ["Servicevoucher", "Partedeservicio", "服务单", "服務單"];
    let totals = ["£2,060.21", "2060,21", "¥2,060.21", "NT$2,060.21"];
    let units = ["4h20min", "4h20min", "4小时20分钟", "4小時20分鐘"];
    for (index, language) in Language::ALL.into_iter().enumerate() {
        let pages = pages(&content(language), &media());
        let all = pages.concat();
        let unverified = [
            "(phoneclock,unverified)",
            "(relojdelteléfono,sinverificar)",
            "（手机时钟，未核实）",
            "（手機時鐘，未核實）",
        ];
        for text in [titles[index], totals[index], units[index], unverified[index], "V-26-0142", "SEAL-0042"] {
            assert!(all.contains(text), "{text} in {}", language.tag());
        }
        let words = words(language);
        let mut texts: Vec<&str> = words.questions.iter().flatten().copied().collect();
        texts.extend(words.company.iter().chain(&words.customer).chain(&words.site).chain(&words.machine));
        texts.extend(words.people.iter().chain(&words.captions).chain(&words.parts).chain(&words.charges));
        texts.extend([words.fault, words.form]);
        assert_whole(&pages, &texts);
        let last = Digest::of_parts(&[b"original", &photo(2)]).hex();
        assert!(all.contains(last.get(..12).unwrap()));
    }
}

#[test]
fn an_amendment_says_what_it_amends_and_each_change() {
    let expected =
        ["AmendsvoucherV-26-0142", "RectificaelparteV-26-0142", "更正服务单V-26-0142", "更正服務單V-26-0142"];
    for (language, text) in Language::ALL.into_iter().zip(expected) {
        let amendment = amendment(language);
        let pages = pages(&amendment, &NoMedia);
        assert!(pages[0].contains(text) && pages[0].contains("V-26-0142-A1-K3"), "{}", pages[0]);
        let block = amendment.amendment.as_ref().unwrap();
        let mut texts = vec![block.reason.as_str()];
        texts.extend(block.remarks.iter().map(String::as_str));
        texts.extend(block.changes.iter().flat_map(|change| [change.before.as_str(), &change.after]));
        assert_whole(&pages, &texts);
    }
}

#[test]
fn prices_are_left_out_where_they_are_not_shown() {
    let hidden = Content { prices_shown: false, ..content(Language::English) };
    let all = pages(&hidden, &NoMedia).concat();
    assert!(all.contains("SEAL-0042") && all.contains("Pricesarenotpartofthesepages."));
    assert!(!all.contains('£') && !all.contains("Travel21"));
}

fn answer(question: &str, display: &str) -> AnswerShown {
    AnswerShown {
        number: "1.1".to_owned(),
        reference: String::new(),
        question: question.to_owned(),
        value: String::new(),
        display: display.to_owned(),
        provenance: Provenance::Typed,
        media: Vec::new(),
    }
}

#[test]
fn very_long_texts_go_on_over_pages_and_lose_nothing() {
    let chinese = "三号泵轴封处滴漏，每分钟约四十滴。".repeat(400);
    let unbroken = "x".repeat(6_000);
    let sentence = "Removed the pump and replaced the seal. ".repeat(300);
    let start = |text: &str, count| text.chars().take(count).collect::<String>();
    let content = Content {
        fault: chinese.clone(),
        company: Party { name: start(&sentence, 400), address: start(&sentence, 900), ..Party::default() },
        sections: vec![SectionShown {
            title: start(&sentence, 300),
            answers: vec![answer(&chinese, &unbroken), answer(&sentence, &chinese), answer("last one", "end")],
        }],
        parts: vec![PartShown {
            code: start(&unbroken, 80),
            name: sentence.clone(),
            quantity: "123456789.123456".to_owned(),
            unit_price: None,
            line: None,
            batch: String::new(),
            ..PartShown::default()
        }],
        ..content(Language::SimplifiedChinese)
    };
    let pages = pages(&content, &NoMedia);
    assert!(pages.len() > 10);
    assert_whole(&pages, &[&chinese, &unbroken, &chinese, &sentence, &sentence, &chinese, "last one"]);
}

#[test]
fn forty_photos_and_a_hundred_parts_fill_pages_with_repeated_heads() {
    let base = content(Language::English);
    let photo = base.evidence[0].clone();
    let evidence: Vec<EvidenceShown> =
        (0..40).map(|index| EvidenceShown { caption: format!("photo-{index}-here"), ..photo.clone() }).collect();
    let parts: Vec<PartShown> =
        (0..100).map(|index| PartShown { code: format!("P-{index}-X"), ..base.parts[0].clone() }).collect();
    let pages = pages(&Content { evidence, parts, ..base }, &media());
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Page{}of{}", index + 1, pages.len())), "{page}");
    }
    let all = pages.concat();
    assert!((0..40).all(|index| all.contains(&format!("photo-{index}-here"))));
    assert!((0..100).all(|index| all.contains(&format!("P-{index}-X"))));
    let with_parts = pages.iter().filter(|page| page.contains("P-")).count();
    let with_head = pages.iter().filter(|page| page.contains("CodeDescriptionQtyUnitpriceTaxNet")).count();
    assert!(with_parts > 2 && with_head >= with_parts);
}

#[test]
fn missing_fields_and_broken_pictures_do_not_stop_the_pages() {
    let empty = Content { company: Party::default(), number: String::new(), engineers: Vec::new(), ..small() };
    assert_eq!(pages(&empty, &NoMedia).len(), 1);
    let odd = Content {
        zone: "Nowhere/Land".to_owned(),
        class: VoucherClass::Other("E".to_owned()),
        prepared: TimeRecord { wall: i64::MAX, offset_minutes: i32::MAX, ..TimeRecord::default() },
        ..content(Language::English)
    };
    assert!(pages(&odd, &NoMedia).concat().contains("V-26-0142"));

    let base = content(Language::English);
    let digest = base.evidence[0].preview.unwrap();
    let swapped = BTreeMap::from([(digest, photo(7))]);
    let cut = photo(3)[..200].to_vec();
    let mut broken = base.clone();
    broken.evidence[0].preview = Some(Digest::of(&cut));
    let rows = [(base, swapped), (broken, BTreeMap::from([(Digest::of(&cut), cut)]))];
    for (content, media) in rows {
        assert!(pages(&content, &media).concat().contains("onlyitshashiscited"));
    }
}

#[test]
fn the_letterhead_says_who_the_company_is_and_its_logo_keeps_its_place() {
    for language in Language::ALL {
        let content = content(language);
        let with = pages(&content, &media());
        let words = words(language);
        let tax = words.tax.map(|text| text.split_whitespace().collect::<String>());
        for text in [tax[0].as_str(), &tax[1], "service@example.com"] {
            assert!(with[0].contains(text), "{text} in {}", language.tag());
        }
        let first = |content: &Content, media: &dyn crate::MediaSource| pages(content, media)[0].clone();
        let no_evidence = Content { evidence: Vec::new(), sets: Vec::new(), ..content };
        assert_eq!(first(&no_evidence, &media()), first(&no_evidence, &NoMedia), "the pages break alike");
    }
    // Without its own word for tax, the plain one stands.
    let plain = Content { letterhead: None, ..content(Language::English) };
    assert!(pages(&plain, &media()).concat().contains("Tax£"));
}

#[test]
fn drawings_lie_over_their_photo_and_their_words_are_said_where_it_is_missing() {
    let content = content(Language::English);
    let label: String = words(Language::English).captions[0].split_whitespace().collect();
    let by = "DrawnoverbyTomReed";
    let (with, without) = (pages(&content, &media()).concat(), pages(&content, &NoMedia).concat());
    assert!(with.contains(by) && without.contains(by));
    // The caption has the same words as the label: once as caption, once as label or in its place.
    assert!(without.matches(&label).count() == 2, "{without}");
    assert!(counted([with.as_str()])[&'s'] >= counted([label.as_str()])[&'s'] * 2);
    assert!(with.contains("Runningtime1:05"));
}

#[test]
fn the_set_of_the_photos_is_printed_and_what_is_wrong_with_it_is_named() {
    let base = content(Language::English);
    let whole = pages(&base, &media()).concat();
    assert!(whole.contains("CapturesofAnaMorales:3,nonemissing,exchangedorre-timed"), "{whole}");
    assert!(whole.contains("No.3·"));
    let mut gap = base.clone();
    gap.evidence.remove(1);
    let gap = with_sets(gap);
    let printed = pages(&gap, &media()).concat();
    assert!(printed.contains("Capture2ofAnaMoralesismissing"), "{printed}");
    assert!(printed.contains("uptonumber3,notwhole"));
}

#[test]
fn two_hundred_lines_of_parts_repeat_their_head_and_lose_none() {
    let base = content(Language::Spanish);
    let parts: Vec<PartShown> = (0..200)
        .map(|index| PartShown {
            code: format!("R-{index}-Ñ"),
            name: "Retén ".repeat(index % 9 + 1),
            ..base.parts[0].clone()
        })
        .collect();
    let pages = pages(&Content { parts, ..base }, &media());
    let all = pages.concat();
    assert!((0..200).all(|index| all.contains(&format!("R-{index}-Ñ"))));
    let with_parts = pages.iter().filter(|page| page.contains("R-")).count();
    let with_head = pages.iter().filter(|page| page.contains("CódigoDescripción")).count();
    assert!(with_parts > 6 && with_head >= with_parts, "{with_parts} {with_head}");
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("Página{}de{}", index + 1, pages.len())), "{page}");
    }
}

/// Every script comes out as text again, also what prints as a box with a number.
#[test]
fn mixed_scripts_and_pictograms_are_never_dropped_silently() {
    let odd = "Pump 泵 幫浦 bomba ¿qué? 🔧 תקלה عطل Насос αντλία ปั๊ม पंप 펌프 ዐ ok";
    for language in Language::ALL {
        let content = Content { fault: odd.to_owned(), ..content(language) };
        assert_whole(&pages(&content, &NoMedia), &[odd]);
    }
}

/// What stands beside a name that is read from right to left keeps its place.
#[test]
fn a_name_read_from_right_to_left_does_not_move_what_stands_beside_it() {
    let mut content = content(Language::English);
    content.sets.iter_mut().for_each(|set| set.by = "دليل".to_owned());
    let all = pages(&content, &NoMedia).concat();
    assert!(all.contains("ليلد:3,nonemissing") && all.contains("Capturesof"), "{all}");
}
