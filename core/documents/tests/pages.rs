//! The pages themselves: deterministic, complete, in four languages, whatever the content brings.
#![cfg(test)]

mod samples;

use countersign_documents::{Fonts, NoMedia, render_shown};
use countersign_model::Language;
use countersign_model::document::{Content, Party};

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

/// Names of people and places in the scripts of the world, a paragraph that is read from right to left, and pictograms.
fn of_many_scripts(language: Language) -> Content {
    let base = samples::content(language);
    let hebrew = "דליפת שמן במשאבה ההידראולית (ראו תמונה 2); הלחץ יורד אחרי 10 דקות עבודה. המכונה הושבתה הבוקר.";
    let arabic = "تسرب زيت عند المضخة الهيدروليكية رقم 3391، وينخفض الضغط بعد عشر دقائق من العمل. توقفت الآلة منذ \
                  هذا الصباح، ويرجى إحضار طقم الأختام SEAL-0042 مع الفني.";
    let mut content = Content {
        fault: [arabic, hebrew, "Pump leaks 🔧💧 ⚠️ 👨‍👩‍👧 🇪🇸 👍🏽 ok"].join("\n"),
        company: Party { name: "شركة النور للصيانة".to_owned(), ..base.company.clone() },
        customer: Some(Party {
            name: "מפעלי הצפון בע״מ".to_owned(),
            address: "רחוב הרצל 12\nחיפה".to_owned(),
            ..Party::default()
        }),
        site: Some(Party {
            name: "Αθήνα, Εργοστάσιο Β΄".to_owned(),
            address: "Київ, вул. Хрещатик 22".to_owned(),
            ..Party::default()
        }),
        engineers: vec![
            "محمد الأمين".to_owned(),
            "김철수".to_owned(),
            "สมชาย ใจดี".to_owned(),
            "राजेश कुमार".to_owned(),
            "Nguyễn Văn Đức".to_owned(),
        ],
        ..base
    };
    for (time, person) in content.times.iter_mut().zip(["محمد الأمين", "Ștefan Ionescu", "Ѓорѓи Ќосев"])
    {
        time.person = person.to_owned();
    }
    content.sections[0].answers[0].display = "ዐማርኛ ⴰⵎⴰⵣⵉⵖ".to_owned();
    content.sections[0].answers[2].display = arabic.to_owned();
    for set in &mut content.sets {
        set.by = "محمد الأمين".to_owned();
    }
    content
}

#[test]
fn names_in_many_scripts_are_drawn_and_are_the_same_bytes() {
    let fonts = Fonts::bundled().unwrap();
    for language in Language::ALL {
        let content = of_many_scripts(language);
        let first = render_shown(&content, &samples::media(), &fonts).unwrap();
        assert!(first == render_shown(&content, &samples::media(), &Fonts::bundled().unwrap()).unwrap());
        keep(&format!("scripts-{}", language.tag()), &first);
    }
}
