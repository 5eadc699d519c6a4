//! The pages of a voucher with two photos, in Chinese: time, memory and size, from a cold start.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use countersign_documents::{Fonts, render_shown};
use countersign_evidence::samples::{SampleClaims, sample_photo};
use countersign_evidence::{inspect, previews};
use countersign_model::document::{
    AnswerShown, Content, EvidenceShown, FormShown, MachineShown, PartShown, Party, Provenance, SectionShown, Stage,
    VoucherClass,
};
use countersign_model::time::TimeRecord;
use countersign_model::{Digest, Id, Language};
use countersign_tests::measure::{median, peak_memory};
use serde_json::{Value, json};

use crate::line::{Goal, Line};
use crate::{Asked, child};

/// Fresh processes for a median.
const STARTS: usize = 9;
/// Questions and answers of the form.
const ANSWERS: [[&str; 2]; 8] = [
    ["液压油压力（巴）", "148"],
    ["油温（摄氏度）", "61"],
    ["主轴轴承是否有异响", "有，低速时明显"],
    ["密封圈是否更换", "已更换"],
    ["导轨润滑", "正常"],
    ["控制系统版本", "4.12.7"],
    ["试运行时间（分钟）", "45"],
    ["现场处理说明", "拆下液压泵，更换轴封并补充液压油，试运行后无渗漏。"],
];

/// Two previews as the device makes them of photos of 12 megapixels.
fn photos(cache: &Path) -> Result<[PathBuf; 2], String> {
    let path = |seed: u64| cache.join(format!("preview-{seed}.jpg"));
    for seed in 1..=2 {
        if path(seed).exists() {
            continue;
        }
        let bytes = sample_photo(seed, 4_000, 3_000, &SampleClaims::default());
        let facts = inspect(&bytes, Some("photo.jpg"));
        let made = previews(&bytes, &facts).map_err(|problem| problem.to_string())?;
        std::fs::write(path(seed), made.preview.bytes).map_err(|error| error.to_string())?;
    }
    Ok([path(1), path(2)])
}

fn at(minutes: i64) -> TimeRecord {
    TimeRecord { wall: 1_790_000_000_000 + minutes * 60_000, ..TimeRecord::default() }
}

fn evidence(bytes: &[u8], place: usize) -> EvidenceShown {
    EvidenceShown {
        sha256: Digest::of_parts(&[b"original", bytes]),
        bytes: 4_812_345,
        media_type: "image/jpeg".to_owned(),
        name: format!("20261120_10{place}512.jpg"),
        stage: if place == 0 { Stage::Found } else { Stage::Left },
        preview: Some(Digest::of(bytes)),
        time: at(-60),
        caption: ["到达时：液压泵渗油", "离开时：更换轴封后"][place].to_owned(),
        set: None,
        layers: Vec::new(),
        duration_ms: None,
        chosen: false,
        claimed: String::new(),
    }
}

fn content(photos: &[Vec<u8>]) -> Content {
    let party = |name: &str, address: &str| Party {
        name: name.to_owned(),
        address: address.to_owned(),
        phone: "+86 21 5555 0142".to_owned(),
    };
    let answer = |(place, [question, display]): (usize, &[&str; 2])| AnswerShown {
        number: format!("1.{}", place + 1),
        reference: format!("/data/q{place}"),
        question: (*question).to_owned(),
        value: (*display).to_owned(),
        display: (*display).to_owned(),
        provenance: Provenance::Typed,
        media: Vec::new(),
    };
    let part = PartShown {
        code: "SEAL-0042".to_owned(),
        name: "轴封".to_owned(),
        quantity: "1".to_owned(),
        ..PartShown::default()
    };
    Content {
        kind: "voucher".to_owned(),
        number: "V-26-0142".to_owned(),
        language: Language::SimplifiedChinese,
        zone: "Asia/Shanghai".to_owned(),
        class: VoucherClass::Contract,
        company: party("上海精工机械服务有限公司", "上海市浦东新区张江路 88 号"),
        customer: Some(party("苏州永盛精密制造厂", "苏州市工业园区星湖街 218 号")),
        machine: Some(MachineShown {
            model: "MX-500".to_owned(),
            serial: "H7-3391".to_owned(),
            place: "三号车间".to_owned(),
        }),
        job: Id::derived("bench", &[b"job"]),
        visit: Id::derived("bench", &[b"visit"]),
        fault: "液压泵漏油，压力不足，停机待修".to_owned(),
        engineers: vec!["林国强".to_owned()],
        form: Some(FormShown { title: "现场服务单".to_owned(), sha256: Digest::of(b"form") }),
        sections: vec![SectionShown {
            title: "检查与处理".to_owned(),
            answers: ANSWERS.iter().enumerate().map(answer).collect(),
        }],
        evidence: photos.iter().enumerate().map(|(place, bytes)| evidence(bytes, place)).collect(),
        parts: vec![part],
        prepared: at(0),
        ..Content::default()
    }
}

/// Reads the fonts and the photos and draws the pages: `alone paper PHOTO PHOTO PDF`.
pub fn alone(first: &Path, second: &Path, pdf: &Path) -> Result<Value, String> {
    let begun = Instant::now();
    let read = |path: &Path| std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let photos = [read(first)?, read(second)?];
    let fonts = Fonts::bundled().map_err(|problem| problem.to_string())?;
    let media: BTreeMap<Digest, Vec<u8>> = photos.iter().map(|bytes| (Digest::of(bytes), bytes.clone())).collect();
    let pages = render_shown(&content(&photos), &media, &fonts).map_err(|problem| problem.to_string())?;
    std::fs::write(pdf, &pages).map_err(|error| error.to_string())?;
    let took = begun.elapsed().as_secs_f64() * 1_000.0;
    let photo_bytes: usize = photos.iter().map(Vec::len).sum();
    let peak = peak_memory("self") as f64 / 1_024.0;
    Ok(json!({"ms": took, "peak_mb": peak, "bytes": pages.len(), "photo_bytes": photo_bytes}))
}

/// What one program says over several starts: median time and memory, and its last answer.
fn told(mut start: impl FnMut() -> Result<Value, String>) -> Result<(f64, f64, Value), String> {
    let (mut times, mut peaks, mut last) = (Vec::new(), Vec::new(), Value::Null);
    for _ in 0..STARTS {
        last = start()?;
        times.push(child::number(&last, "ms")?);
        peaks.push(child::number(&last, "peak_mb")?);
    }
    Ok((median(&mut times), median(&mut peaks), last))
}

/// Our pages beside typst's with the same words, photos and typeface.
pub fn measure(asked: &Asked) -> Result<Vec<Line>, String> {
    let [first, second] = photos(&asked.cache)?;
    let pdf = asked.cache.join("voucher.pdf");
    let (ms, peak, last) = told(|| child::alone("paper", &[&first, &second, &pdf]))?;
    let typst = told(|| {
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/documents/fonts");
        let mut command = asked.peers.python("voucher.py")?;
        command.arg(fonts).arg(&first).arg(&second).arg(asked.cache.join("voucher-typst.pdf"));
        child::read(&mut command)
    });
    let of = |part: fn(&(f64, f64, Value)) -> f64| typst.as_ref().map(part).map_err(String::clone);
    let size = |told: &Value| told.get("bytes").and_then(Value::as_f64).unwrap_or_default() / 1_000.0;
    let photo_bytes = last.get("photo_bytes").cloned().unwrap_or_default();
    Ok(vec![
        // 40 ms against 139, 25 MB against 68.
        Line::new("voucher pages, two photos, Chinese: time", "ms", ms, Goal::RatioAtMost(0.288))
            .beside("typst", of(|told| told.0)),
        Line::new("voucher pages: peak memory", "MB", peak, Goal::RatioAtMost(0.368))
            .beside("typst", of(|told| told.1)),
        Line::new("voucher pages: size", "kB", size(&last), Goal::AtMost(500.0))
            .beside("typst", typst.as_ref().map(|told| size(&told.2)).map_err(String::clone))
            .and("photo_bytes", photo_bytes),
    ])
}
