//! A photo of 12 and of 48 megapixels to hash, facts, preview and thumbnail, kept: processor time and peak memory.

use std::path::{Path, PathBuf};

use countersign_device::app::{CaptureRequest, FileSource, Origin};
use countersign_evidence::samples::{SampleClaims, sample_photo};
use countersign_model::document::Stage;
use countersign_tests::bench::copy_folder;
use countersign_tests::measure::{median, peak_memory};
use serde_json::{Value, json};

use crate::line::{Goal, Line};
use crate::peers::Peers;
use crate::{Asked, child, many};

/// Runs for a median, and of each peer for a mean.
const ROUNDS: u32 = 7;

/// A photo and what was aimed at: ratios to libvips and to Pillow, processor time, and to libvips' memory.
struct Size {
    name: &'static str,
    pixels: (u16, u16),
    to_vips: f64,
    to_pillow: f64,
    memory: f64,
}

/// 120 ms against 190 and 169 and 40 MB against 95; 260 ms against 344 and 536 and 40 MB against 101.
const SIZES: [Size; 2] = [
    Size { name: "12", pixels: (4_000, 3_000), to_vips: 0.63, to_pillow: 0.71, memory: 0.42 },
    Size { name: "48", pixels: (8_000, 6_000), to_vips: 0.76, to_pillow: 0.485, memory: 0.40 },
];

/// The photo that is worked on, kept in the cache.
fn photo(cache: &Path, size: &Size) -> Result<PathBuf, String> {
    let path = cache.join(format!("photo-{}.jpg", size.name));
    if !path.exists() {
        let bytes = sample_photo(7, size.pixels.0, size.pixels.1, &SampleClaims::default());
        std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(path)
}

/// Attaches the photo to a job of the device in the folder: `alone photo FILE FOLDER`.
pub fn alone(file: &Path, folder: &Path) -> Result<Value, String> {
    let app = many::open(folder)?;
    let before = child::processor_ms();
    let request = CaptureRequest {
        job: "J-26-0001".to_owned(),
        source: FileSource::Path(file.to_owned()),
        question: None,
        stage: Stage::Found,
        origin: Origin::Captured { here: None },
    };
    app.attach(request).map_err(|error| error.to_string())?;
    Ok(json!({"cpu_ms": child::processor_ms() - before, "peak_mb": peak_memory("self") as f64 / 1_024.0}))
}

/// Both sizes.
pub fn measure(asked: &Asked) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    for size in &SIZES {
        lines.extend(one(asked, size)?);
    }
    Ok(lines)
}

fn ours(asked: &Asked, file: &Path) -> Result<(f64, f64), String> {
    let made = many::kept(&asked.cache, "device-enrolled", |folder| many::enrolled(folder).map(drop))?;
    let (mut times, mut peaks) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let folder = tempfile::tempdir_in(&asked.cache).map_err(|error| error.to_string())?;
        copy_folder(&made, folder.path());
        let told = child::alone("photo", &[file, folder.path()])?;
        times.push(child::number(&told, "cpu_ms")?);
        peaks.push(child::number(&told, "peak_mb")?);
    }
    Ok((median(&mut times), median(&mut peaks)))
}

fn one(asked: &Asked, size: &Size) -> Result<Vec<Line>, String> {
    let file = photo(&asked.cache, size)?;
    let bytes = std::fs::metadata(&file).map_or(0, |file| file.len());
    let (cpu, peak) = ours(asked, &file)?;
    let (vips, pillow) = (vips(&asked.peers, &file), pillow(&asked.peers, &file));
    let part = |peer: &Result<child::Used, String>, part: fn(&child::Used) -> f64| {
        peer.as_ref().map(part).map_err(String::clone)
    };
    let name = |what: &str| format!("photo of {} megapixels, {what}", size.name);
    let (time, memory) = (|used: &child::Used| used.cpu_ms, |used: &child::Used| used.peak_mb);
    Ok(vec![
        Line::new(name("processor"), "ms CPU", cpu, Goal::RatioAtMost(size.to_vips))
            .beside("libvips", part(&vips, time))
            .and("bytes", bytes),
        Line::new(name("processor, Pillow"), "ms CPU", cpu, Goal::RatioAtMost(size.to_pillow))
            .beside("Pillow", part(&pillow, time)),
        Line::new(name("peak memory"), "MB", peak, Goal::RatioAtMost(size.memory))
            .beside("libvips", part(&vips, memory)),
        Line::new(name("peak memory, Pillow"), "MB", peak, Goal::None).beside("Pillow", part(&pillow, memory)),
    ])
}

/// Hash, header with EXIF, a picture of 1600 and one of 320, written: with Debian's programs of libvips.
fn vips(peers: &Peers, file: &Path) -> Result<child::Used, String> {
    peers.need("vipsthumbnail")?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let script = format!(
        "sha256sum {0}; vipsheader -a {0}; cp {0} original.jpg; vipsthumbnail original.jpg -s 1600 -o preview.jpg[Q=82]; \
         vipsthumbnail preview.jpg -s 320 -o small.jpg[Q=80]; sync original.jpg preview.jpg small.jpg",
        file.display()
    );
    child::used(&script, ROUNDS, folder.path())
}

/// The same with Pillow in one program, whose start and imports are not counted.
fn pillow(peers: &Peers, file: &Path) -> Result<child::Used, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut command = peers.python("photo.py")?;
    command.arg(file).arg(folder.path()).arg(ROUNDS.to_string());
    let told = child::read(&mut command)?;
    Ok(child::Used { cpu_ms: child::number(&told, "cpu_ms")?, peak_mb: child::number(&told, "peak_mb")? })
}
