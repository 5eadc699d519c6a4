//! Building the voucher's PDF around the shown pages, and taking it apart again.
//!
//! `shown.pdf` is attached whole and unpacked, and the voucher's table of objects points *into* it: the visible pages
//! are not copies but the very bytes that were shown, and no photo is stored twice. Only the page tree and the
//! catalogue are written anew. Building is a pure function of the pieces, so a verifier takes a file apart, builds it
//! again, and demands the same bytes.

use std::collections::BTreeMap;

use crate::pdf::{HEADER, NotOurs, Object, Pdf, Value, end, read, read_objects, table};

/// Name of the attached pages.
pub(crate) const SHOWN: &str = "shown.pdf";
/// What a page may say. Anything else could run, open or draw over something.
const PAGE_KEYS: [&str; 5] = ["Type", "Resources", "MediaBox", "Parent", "Contents"];

/// What a voucher is built from.
#[derive(Debug)]
pub(crate) struct Pieces<'b> {
    /// The pages that the signer saw, as a file.
    pub shown: &'b [u8],
    /// The objects of the signature pages, numbered as in the voucher.
    pub signature_objects: BTreeMap<u32, Object<'b>>,
    /// Which of them are pages.
    pub signature_pages: Vec<u32>,
    /// Attached files by name, without `shown.pdf`.
    pub attachments: BTreeMap<String, &'b [u8]>,
}

/// The anchors of a shown file.
struct Anchors {
    page_tree: u32,
    catalogue: u32,
    information: u32,
    pages: Vec<u32>,
    /// The highest number in use.
    last: u32,
}

fn anchors(pdf: &Pdf<'_>) -> Option<Anchors> {
    Some(Anchors {
        page_tree: pdf.page_tree()?,
        catalogue: pdf.catalogue()?,
        information: pdf.information()?,
        pages: pdf.pages()?,
        last: *pdf.objects.keys().next_back()?,
    })
}

fn refused<T>(what: &'static str) -> Result<T, NotOurs> {
    Err(NotOurs { what, at: 0 })
}

/// Renumbers the objects of the signature pages' own file behind those of the shown pages.
pub(crate) fn adopt<'b>(
    shown: &[u8],
    signatures: &'b Pdf<'b>,
) -> Result<(BTreeMap<u32, Object<'b>>, Vec<u32>), NotOurs> {
    let shown = read(shown)?;
    let (Some(to), Some(from)) = (anchors(&shown), anchors(signatures)) else {
        return refused("a file without pages");
    };
    let left_out = [from.page_tree, from.catalogue, from.information];
    let mut numbers = BTreeMap::from([(from.page_tree, to.page_tree)]);
    let mut next = to.last.saturating_add(2);
    for number in signatures.objects.keys().filter(|number| !left_out.contains(number)) {
        numbers.insert(*number, next);
        next = next.saturating_add(1);
    }
    let rename = |number: u32| numbers.get(&number).copied().unwrap_or(0);
    let mut objects = BTreeMap::new();
    for (number, (_, object)) in signatures.objects.iter().filter(|(number, _)| !left_out.contains(number)) {
        objects.insert(rename(*number), Object { value: object.value.renumbered(&rename), stream: object.stream });
    }
    Ok((objects, from.pages.iter().map(|page| rename(*page)).collect()))
}

/// Writes the voucher, up to and without the signed end.
pub(crate) fn write(pieces: &Pieces<'_>) -> Result<Vec<u8>, NotOurs> {
    let shown = read(pieces.shown)?;
    let Some(anchors) = anchors(&shown) else { return refused("the shown pages have no page tree") };
    check_pages(&shown, &anchors, pieces)?;
    let mut out = Written { bytes: HEADER.to_vec(), offsets: BTreeMap::new() };
    let shown_number = anchors.last.saturating_add(1);
    let nested_at = out.attachment(shown_number, "application#2Fpdf", pieces.shown);
    for (number, (at, _)) in &shown.objects {
        out.offsets.insert(*number, nested_at + at);
    }
    for (number, object) in &pieces.signature_objects {
        if *number <= shown_number {
            return refused("an object of the signature page takes the place of another");
        }
        out.object(*number, object);
    }
    let next = out.next_number();
    let names = out.attachments(next, shown_number, pieces);
    out.object(anchors.page_tree, &Object { value: page_tree(&anchors, pieces), stream: None });
    let language = shown.object(anchors.catalogue).and_then(|object| object.value.get("Lang")).cloned();
    out.object(anchors.catalogue, &Object { value: catalogue(&anchors, language, names), stream: None });
    out.finish(&anchors)
}

fn check_pages(shown: &Pdf<'_>, anchors: &Anchors, pieces: &Pieces<'_>) -> Result<(), NotOurs> {
    let own = anchors.pages.iter().map(|page| shown.object(*page));
    let added = pieces.signature_pages.iter().map(|page| pieces.signature_objects.get(page));
    for page in own.chain(added) {
        let Some(Object { value: Value::Dictionary(entries), .. }) = page else { return refused("a page is missing") };
        let plain = entries.iter().all(|(key, _)| PAGE_KEYS.iter().any(|known| key == known.as_bytes()));
        let parent = page.and_then(|page| page.value.get("Parent")).and_then(Value::reference);
        if !plain || parent != Some(anchors.page_tree) {
            return refused("a page holds more than a page of ours does");
        }
    }
    Ok(())
}

fn page_tree(anchors: &Anchors, pieces: &Pieces<'_>) -> Value {
    let pages = anchors.pages.iter().chain(&pieces.signature_pages);
    let kids: Vec<Value> = pages.map(|page| Value::Reference(*page)).collect();
    Value::dictionary(vec![
        ("Type", Value::name("Pages")),
        ("Count", Value::number(kids.len())),
        ("Kids", Value::Array(kids)),
    ])
}

fn catalogue(anchors: &Anchors, language: Option<Value>, names: Vec<Value>) -> Value {
    let files = Value::dictionary(vec![("Names", Value::Array(names))]);
    let mut entries = vec![("Type", Value::name("Catalog")), ("Pages", Value::Reference(anchors.page_tree))];
    entries.extend(language.map(|language| ("Lang", language)));
    entries.push(("Names", Value::dictionary(vec![("EmbeddedFiles", files)])));
    Value::dictionary(entries)
}

struct Written {
    bytes: Vec<u8>,
    offsets: BTreeMap<u32, usize>,
}

impl Written {
    fn object(&mut self, number: u32, object: &Object<'_>) {
        self.offsets.insert(number, self.bytes.len());
        object.write(number, &mut self.bytes);
    }

    fn next_number(&self) -> u32 {
        self.offsets.keys().next_back().map_or(1, |last| last.saturating_add(1))
    }

    /// Writes a file's stream; gives the place of its first byte.
    fn attachment(&mut self, number: u32, media_type: &str, file: &[u8]) -> usize {
        let length = Value::number(file.len());
        let value = Value::dictionary(vec![
            ("Type", Value::name("EmbeddedFile")),
            ("Subtype", Value::name(media_type)),
            ("Length", length.clone()),
            ("Params", Value::dictionary(vec![("Size", length)])),
        ]);
        self.object(number, &Object { value, stream: Some(file) });
        self.bytes.len() - file.len() - END_OF_STREAM.len()
    }

    /// Writes all attached files; gives the entries of the name tree in the order of the names.
    fn attachments(&mut self, first: u32, shown_number: u32, pieces: &Pieces<'_>) -> Vec<Value> {
        let mut streams = BTreeMap::from([(SHOWN, shown_number)]);
        let mut next = first;
        for (name, file) in &pieces.attachments {
            self.attachment(next, "application#2Fjson", file);
            streams.insert(name, next);
            next = next.saturating_add(1);
        }
        let mut names = Vec::new();
        for (name, stream) in streams {
            self.object(next, &Object { value: file_entry(name, stream), stream: None });
            names.extend([Value::text(name), Value::Reference(next)]);
            next = next.saturating_add(1);
        }
        names
    }

    fn finish(mut self, anchors: &Anchors) -> Result<Vec<u8>, NotOurs> {
        let table_at = self.bytes.len();
        let size = usize::try_from(self.next_number()).unwrap_or(usize::MAX);
        self.bytes.extend(table(&self.offsets)?);
        let trailer = Value::dictionary(vec![
            ("Size", Value::number(size)),
            ("Root", Value::Reference(anchors.catalogue)),
            ("Info", Value::Reference(anchors.information)),
        ]);
        self.bytes.extend_from_slice(b"trailer\n");
        trailer.write(&mut self.bytes);
        self.bytes.extend(end(table_at));
        Ok(self.bytes)
    }
}

const END_OF_STREAM: &[u8] = b"\nendstream\nendobj\n";

fn file_entry(name: &str, stream: u32) -> Value {
    let stream = Value::Reference(stream);
    Value::dictionary(vec![
        ("Type", Value::name("Filespec")),
        ("F", Value::text(name)),
        ("UF", Value::text(name)),
        ("EF", Value::dictionary(vec![("F", stream.clone()), ("UF", stream)])),
    ])
}

/// Takes a voucher apart. That the pieces give the same bytes again is for the caller to demand.
pub(crate) fn take_apart(file: &[u8]) -> Result<Pieces<'_>, NotOurs> {
    let mut reader = crate::pdf::Reader::new(file, 0);
    reader.expect(HEADER, "the file does not begin as a PDF of ours")?;
    let (shown_number, object) = reader.object()?;
    let Some(shown) = object.stream else { return refused("the shown pages are not attached first") };
    let anchors = match anchors(&read(shown)?) {
        Some(anchors) if anchors.last.saturating_add(1) == shown_number => anchors,
        _ => return refused("the shown pages are not numbered as they must be"),
    };
    let mut objects: BTreeMap<u32, Object<'_>> =
        read_objects(&mut reader)?.into_iter().map(|(number, (_, object))| (number, object)).collect();
    let (Some(tree), Some(catalogue)) = (objects.remove(&anchors.page_tree), objects.remove(&anchors.catalogue)) else {
        return refused("the page tree or the catalogue is missing");
    };
    let Some(attachments) = take_attachments(&catalogue.value, &mut objects) else {
        return refused("the list of attached files cannot be read");
    };
    let kids = tree.value.get("Kids").and_then(Value::array).unwrap_or_default();
    let signature_pages = kids.iter().skip(anchors.pages.len()).filter_map(Value::reference).collect();
    Ok(Pieces { shown, signature_objects: objects, signature_pages, attachments })
}

/// Removes the attached files and their entries from the objects; `shown.pdf` has its own place.
fn take_attachments<'b>(
    catalogue: &Value,
    objects: &mut BTreeMap<u32, Object<'b>>,
) -> Option<BTreeMap<String, &'b [u8]>> {
    let names = catalogue.get("Names")?.get("EmbeddedFiles")?.get("Names")?.array()?;
    let mut attachments = BTreeMap::new();
    for pair in names.chunks(2) {
        let [Value::Text(name), Value::Reference(entry)] = pair else { return None };
        let name = std::str::from_utf8(name).ok()?.trim_matches(['(', ')']).to_owned();
        let stream = objects.remove(entry)?.value.get("EF")?.get("F")?.reference()?;
        if name != SHOWN {
            attachments.insert(name, objects.remove(&stream)?.stream?);
        }
    }
    Some(attachments)
}

impl<'b> Pieces<'b> {
    /// The signature pages as a file that can be read like one.
    pub(crate) fn signature_file(&self) -> Pdf<'b> {
        let objects = self.signature_objects.iter().map(|(number, object)| (*number, (0, object.clone()))).collect();
        Pdf { objects, trailer: Value::dictionary(Vec::new()) }
    }
}
