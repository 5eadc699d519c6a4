//! A whole file: objects one after the other, a cross-reference table that names exactly them, and the trailer.

use std::collections::BTreeMap;

use super::syntax::{Object, Reader, Value};
use super::{HEADER, NotOurs};

/// A file that was read; every byte of it is accounted for.
#[derive(Debug)]
pub(crate) struct Pdf<'b> {
    /// Objects by number, with the place where each begins.
    pub objects: BTreeMap<u32, (usize, Object<'b>)>,
    pub trailer: Value,
}

/// Reads a file as the PDF writer writes it.
pub(crate) fn read(bytes: &[u8]) -> Result<Pdf<'_>, NotOurs> {
    let mut reader = Reader::new(bytes, 0);
    reader.expect(HEADER, "the file does not begin as a PDF of ours")?;
    let objects = read_objects(&mut reader)?;
    let table_at = reader.at();
    let offsets: BTreeMap<u32, usize> = objects.iter().map(|(number, (at, _))| (*number, *at)).collect();
    reader.expect(&table(&offsets)?, "the table of objects does not fit the objects")?;
    reader.expect(b"trailer\n", "the trailer is expected")?;
    let trailer = reader.value()?;
    reader.expect(&end(table_at), "the file does not end as it should")?;
    if !reader.rest().is_empty() {
        return reader.fail("something follows the end");
    }
    Ok(Pdf { objects, trailer })
}

/// Reads objects up to the cross-reference table; no number twice.
pub(crate) fn read_objects<'b>(reader: &mut Reader<'b>) -> Result<BTreeMap<u32, (usize, Object<'b>)>, NotOurs> {
    let mut objects = BTreeMap::new();
    while !reader.rest().starts_with(b"xref\n") {
        let at = reader.at();
        let (number, object) = reader.object()?;
        if objects.insert(number, (at, object)).is_some() {
            return reader.fail("an object stands twice");
        }
    }
    Ok(objects)
}

/// The cross-reference table of objects at these places. Numbers without gaps only: the table of a file that names its
/// only object four billion would fill the memory.
pub(crate) fn table(offsets: &BTreeMap<u32, usize>) -> Result<Vec<u8>, NotOurs> {
    let without_gaps = offsets.keys().copied().eq((1..).take(offsets.len()));
    if !without_gaps {
        return Err(NotOurs { what: "the numbers of objects have gaps", at: 0 });
    }
    let mut out = format!("xref\n0 {}\n0000000000 65535 f\r\n", offsets.len() + 1).into_bytes();
    for at in offsets.values() {
        out.extend_from_slice(format!("{at:010} 00000 n\r\n").as_bytes());
    }
    Ok(out)
}

/// What follows the trailer's dictionary.
pub(crate) fn end(table_at: usize) -> Vec<u8> {
    format!("\nstartxref\n{table_at}\n%%EOF").into_bytes()
}

impl<'b> Pdf<'b> {
    /// The object with this number.
    pub(crate) fn object(&self, number: u32) -> Option<&Object<'b>> {
        self.objects.get(&number).map(|(_, object)| object)
    }

    /// The value, or the value of the object that it refers to.
    pub(crate) fn resolve<'v>(&'v self, value: &'v Value) -> &'v Value {
        value.reference().and_then(|number| self.object(number)).map_or(value, |object| &object.value)
    }

    fn trailer_reference(&self, key: &str) -> Option<u32> {
        self.trailer.get(key).and_then(Value::reference)
    }

    /// Number of the catalogue.
    pub(crate) fn catalogue(&self) -> Option<u32> {
        self.trailer_reference("Root")
    }

    /// Number of the document information.
    pub(crate) fn information(&self) -> Option<u32> {
        self.trailer_reference("Info")
    }

    /// Number of the page tree's only node.
    pub(crate) fn page_tree(&self) -> Option<u32> {
        self.object(self.catalogue()?)?.value.get("Pages")?.reference()
    }

    /// Numbers of the pages in their order.
    pub(crate) fn pages(&self) -> Option<Vec<u32>> {
        let tree = &self.object(self.page_tree()?)?.value;
        tree.get("Kids")?.array()?.iter().map(Value::reference).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Vec<u8> {
        let mut out = HEADER.to_vec();
        let mut offsets = BTreeMap::new();
        for (number, text) in [(1, "<</Type/Pages/Kids[2 0 R]>>"), (2, "<</Type/Page>>"), (3, "<</Pages 1 0 R>>")] {
            offsets.insert(number, out.len());
            out.extend_from_slice(format!("{number} 0 obj\n{text}\nendobj\n").as_bytes());
        }
        let at = out.len();
        out.extend(table(&offsets).unwrap());
        out.extend_from_slice(b"trailer\n<</Root 3 0 R>>");
        out.extend(end(at));
        out
    }

    #[test]
    fn a_file_is_read_only_if_every_byte_has_its_place() {
        let good = small();
        let pdf = read(&good).unwrap();
        assert_eq!(pdf.pages(), Some(vec![2]));
        for cut in 0..good.len() {
            assert!(read(&good[..cut]).is_err(), "cut at {cut}");
        }
        assert!(read(&[good.as_slice(), b"\n"].concat()).is_err());
        assert!(read(&[b" ".as_slice(), &good].concat()).is_err());
    }

    #[test]
    fn a_number_of_four_billion_is_refused_before_its_table_is_made() {
        let text = String::from_utf8_lossy(&small()).replace("\n3 0 obj", "\n4294967295 0 obj").into_bytes();
        // The header's marker is no UTF-8.
        let file = [HEADER, text.get(text.len() - (small().len() + 9 - HEADER.len())..).unwrap()].concat();
        assert_eq!(read(&file).unwrap_err().what, "the numbers of objects have gaps");
    }
}
