//! Files broken in each way, files of each program, the same file twice.

use std::io::{Cursor, Write as _};

use countersign_model::entity::{Customer, Machine, MachineModel, Part, Person, Price, Role, price_id};
use countersign_model::{Id, Language};

use super::template::workbook as workbook_of;
use super::*;
use crate::master::book;
use crate::{Hub, InitOptions};

struct Office {
    hub: Hub,
    _folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let options = InitOptions { company: "Meridian".to_owned(), sample: false };
        Office { hub: Hub::init(&folder.path().join("hub"), &options).unwrap(), _folder: folder }
    }

    fn run(&self, kind: &str, file: impl AsRef<[u8]>) -> Report {
        self.run_with(kind, file, &Options::default())
    }

    fn run_with(&self, kind: &str, file: impl AsRef<[u8]>, options: &Options) -> Report {
        let tried = self.hub.try_import(book(kind).unwrap(), file.as_ref(), options, &mut |_, _| ()).unwrap();
        let actor = self.hub.system();
        let run = self.hub.import(&actor, book(kind).unwrap(), file.as_ref(), options, &mut |_, _| ()).unwrap();
        assert_eq!(Report { dry_run: false, ..tried }, run, "a dry run says what the run does");
        run
    }

    fn counts(&self, kind: &str, file: impl AsRef<[u8]>) -> [usize; 4] {
        let report = self.run(kind, file);
        [report.new, report.changed, report.unchanged, report.left_out]
    }

    fn id(&self, kind: &str, field: &str, name: &str) -> Id {
        self.hub.read(|read| Ok(read.named(kind, field, name)?)).unwrap()[0]
    }

    fn get<T: countersign_model::entity::Entity>(&self, field: &str, name: &str) -> T {
        self.hub.get::<T>(self.id(T::KIND, field, name)).unwrap().unwrap().1
    }
}

fn found(report: &Report) -> Vec<(usize, &str, &str)> {
    report.findings.iter().map(|finding| (finding.row, finding.column.as_str(), finding.flaw.code)).collect()
}

/// A workbook with one sheet of these cells: a number where the text is one, else a text.
fn workbook(sheet: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    part(
        "[Content_Types].xml",
        r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#,
    );
    part(
        "_rels/.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    );
    part(
        "xl/workbook.xml",
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    );
    part(
        "xl/_rels/workbook.xml.rels",
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
    );
    part(
        "xl/worksheets/sheet1.xml",
        &format!(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>"#
        ),
    );
    zip.finish().unwrap().into_inner()
}

const CUSTOMERS: &str = "number,name,address,language\r\nC-1,Acme Farm,\"Mill 1\nCork\",en\r\nC-2,\"O'Brien \"\"& Sons\"\"\",,es\r\nC-3,مزرعة 🚜,,zh-TW\r\n";

#[test]
fn the_same_file_twice_changes_nothing_and_what_differs_is_changed() {
    let office = Office::new();
    assert_eq!(office.counts("customers", CUSTOMERS), [3, 0, 0, 0]);
    assert_eq!(office.counts("customers", CUSTOMERS), [0, 0, 3, 0]);
    let changed = "Name;Número;phone\nAcme Farm Ltd;c-1;=1+1\nO'Brien \"& Sons\";C-2;\nNew;C-4;'+34 600\n";
    assert_eq!(office.counts("customers", changed), [1, 1, 1, 0], "heads of other languages, semicolons");
    let acme: Customer = office.get("number", "C-1");
    assert_eq!(
        (acme.name.as_str(), acme.phone.as_str(), acme.address.as_str()),
        ("Acme Farm Ltd", "=1+1", "Mill 1\nCork"),
        "a column that is not there, and an empty cell, leave the field"
    );
    let new: Customer = office.get("number", "C-4");
    assert_eq!(
        (new.phone.as_str(), office.get::<Customer>("number", "C-3").language),
        ("+34 600", Language::TraditionalChinese)
    );
}

#[test]
fn everything_that_is_wrong_is_told_by_row_and_column_and_the_other_rows_are_saved() {
    let office = Office::new();
    office.run("customers", CUSTOMERS);
    office.run("models", "code,name_en\nH7,Harvester\n");
    office.run("parts", "code,name_en,price,tax\nS-1,Seal,18.50,21\n");
    let long = "x".repeat(10_000);
    // (kind, file, findings)
    type Row<'a> = (&'a str, String, &'a [(usize, &'a str, &'a str)]);
    let rows: &[Row<'_>] = &[
        ("customers", "number,name\nC-9,\n".into(), &[(2, "name", "missing")]),
        ("customers", "number,name\n,Nobody\n".into(), &[(2, "number", "key-missing")]),
        ("customers", "number,name\nC-8,A\nC-9,B\nc-8 ,C\n".into(), &[(4, "number", "row-twice")]),
        ("customers", format!("number,name\nC-9,{long}\n"), &[(2, "name", "too-long")]),
        (
            "customers",
            "number,name,language,email\nC-9,A,fr,b@\n".into(),
            &[(2, "email", "mail"), (2, "language", "word")],
        ),
        ("customers", "number,name,class\nC-9,A,gold\n".into(), &[(2, "class", "unknown-code")]),
        ("customers", "number,name,currency\nC-9,A,€\n".into(), &[(2, "currency", "currency")]),
        ("customers", "number,name,colour\nC-7,A,red\n".into(), &[(1, "colour", "column-unknown")]),
        ("customers", "number,name\nC-7,A,B,C\n".into(), &[(2, "", "row-long")]),
        ("customers", "name\nA\n".into(), &[(0, "", "column-missing")]),
        ("customers", "number,name,Number\nC-9,A,B\n".into(), &[(0, "", "column-twice")]),
        ("customers", "number,name\nC-9,\"A\nC-10,B\n".into(), &[(0, "", "file-quote")]),
        ("customers", "number,name\nC-9,a\u{1}b\n".into(), &[(2, "name", "unwritable")]),
        ("customers", String::new(), &[(0, "", "file-empty")]),
        ("sites", "customer,name\nC-99,Hall\nC-1,Hall\n".into(), &[(2, "customer", "unknown-customer")]),
        (
            "machines",
            "serial,model,customer,site,warranty_until,meter\n1,H9,C-1,,,\n2,H7,C-1,Attic,03/04/2026,\"1,234\"\n"
                .into(),
            &[
                (2, "model", "unknown-model"),
                (3, "site", "unknown-site"),
                (3, "warranty_until", "day-order"),
                (3, "meter", "number-sign"),
            ],
        ),
        (
            "parts",
            "code,name_en,price\nS-2,A,18.5055\nS-3,B,-1\nS-4,C,abc\n".into(),
            &[(2, "price", "amount-places"), (3, "price", "negative"), (4, "price", "amount")],
        ),
        (
            "parts",
            "code,name_en,price,tax,group,wear\nS-2,A,1,150,nuts,maybe\n".into(),
            &[(2, "group", "word"), (2, "tax", "percent"), (2, "wear", "flag")],
        ),
        ("parts", "code,price\nS-2,1\n".into(), &[(2, "name", "missing")]),
        (
            "prices",
            "list,part,price\nEURO,S-1,1\nTWD,S-9,1\n".into(),
            &[(2, "list", "currency"), (3, "part", "unknown-part")],
        ),
        ("codes", "list,code,name_en\ncolours,red,Red\n".into(), &[(2, "list", "word")]),
        ("people", "number,name,roles\n7,Ana,pilot\n8,Ben,\n".into(), &[(2, "roles", "word"), (3, "roles", "missing")]),
    ];
    for (kind, file, want) in rows {
        assert_eq!(found(&office.run(kind, file)), *want, "{file}");
    }
    assert_eq!(office.get::<Customer>("number", "C-7").name, "A", "an unknown column leaves no row out");
    assert_eq!(office.counts("sites", "customer,name\nAcme Farm,Hall\n"), [0, 0, 1, 0], "found by name, saved before");
}

#[test]
fn the_letters_of_a_file_are_read_surely_or_asked_for() {
    let text = "number,name\nC-1,轴封 café\n";
    let utf16 = |little: bool, mark: bool| -> Vec<u8> {
        let mark = mark.then_some(0xfeff_u16);
        let units = mark.into_iter().chain("number,name\nC-1,轴封 pump\n".encode_utf16());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    let gbk = encoding_rs::GB18030.encode("number,name\nC-1,轴封泄漏\n").0.into_owned();
    let latin = encoding_rs::WINDOWS_1252.encode("number,name\nC-1,Café Ñandú\n").0.into_owned();
    let said = |encoding| Options { encoding: Some(encoding), ..Options::default() };
    let none = Options::default();
    let rows: Vec<(Vec<u8>, Options, Result<&str, &str>)> = vec![
        (text.as_bytes().to_vec(), none, Ok("轴封 café")),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), none, Ok("轴封 café")),
        (utf16(true, true), none, Ok("轴封 pump")),
        (utf16(false, true), none, Ok("轴封 pump")),
        (utf16(true, false), none, Ok("轴封 pump")),
        (utf16(false, false), none, Ok("轴封 pump")),
        (gbk.clone(), none, Err("file-encoding")),
        (gbk.clone(), said(Encoding::Gb18030), Ok("轴封泄漏")),
        (latin.clone(), none, Err("file-encoding")),
        (latin, said(Encoding::Windows1252), Ok("Café Ñandú")),
        (gbk.clone(), said(Encoding::Utf8), Err("file-not-encoded")),
        (b"\x00\x01\x02\xff\xfe binary".to_vec(), none, Err("file-binary")),
        (b"\xd0\xcf\x11\xe0old".to_vec(), none, Err("file-xls")),
        (b"PK\x03\x04cut".to_vec(), none, Err("file-xlsx")),
    ];
    for (bytes, options, want) in rows {
        let office = Office::new();
        let report = office.run_with("customers", &bytes, &options);
        let got = match report.findings.first() {
            Some(finding) => Err(finding.flaw.code.to_owned()),
            None => Ok(office.get::<Customer>("number", "C-1").name),
        };
        assert_eq!(got.as_deref().map_err(String::as_str), want, "{bytes:?}");
    }
    let shown = candidates(&gbk);
    assert!(shown.contains(&(Encoding::Gb18030, "C-1,轴封泄漏".to_owned())), "{shown:?}");
}

#[test]
fn a_workbook_is_read_with_its_types_and_a_bomb_is_not_opened() {
    let office = Office::new();
    office.run("customers", CUSTOMERS);
    office.run("models", "code,name_en\nH7,Harvester\n");
    let text = |cell: &str, text: &str| format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let head = [("A1", "serial"), ("B1", "model"), ("C1", "customer"), ("D1", "meter"), ("E1", "contract")];
    let head: String = head.map(|(cell, name)| text(cell, name)).concat();
    let row = format!(
        r#"<row r="1">{head}</row><row r="5"><c r="A5"><v>3391</v></c>{}{}<c r="D5"><f>1+1</f><v>1204.5</v></c></row><row r="6">{}{}{}<c r="D6" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>"#,
        text("B5", "H7"),
        text("C5", "C-1"),
        text("A6", "x"),
        text("B6", "H7"),
        text("C6", "C-1")
    );
    let report = office.run("machines", workbook(&row));
    assert_eq!((report.new, found(&report)), (1, vec![(6, "meter", "formula")]));
    assert_eq!(office.get::<Machine>("serial", "3391").meter, "1204.5");
    assert_eq!(office.counts("machines", workbook(&row)), [0, 0, 1, 1]);
    // A cell far out would make a table of billions; a part that unpacks to a gigabyte stays packed.
    let far = workbook(r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#);
    assert_eq!(found(&office.run("machines", far)), [(0, "", "file-columns")]);
    let bomb = workbook(&format!("<row r=\"1\">{}</row>", " ".repeat(260 << 20)));
    assert!(bomb.len() < 2 << 20, "{}", bomb.len());
    assert_eq!(found(&office.run("machines", bomb)), [(0, "", "file-unpacks")]);
}

#[test]
fn templates_are_files_that_can_be_imported_and_every_kind_refers_to_the_others() {
    let office = Office::new();
    for book in crate::master::BOOKS {
        for language in Language::ALL {
            let text = template(book, &countersign_texts::Texts::new(language));
            assert!(!text.contains('<'), "a text is missing: {text}");
            assert_eq!(office.run(book.path, &text).rows, 0, "the rows that explain are passed over");
            let sheet = workbook_of(book, &countersign_texts::Texts::new(language)).unwrap();
            let tried = office.run(book.path, sheet);
            assert_eq!((tried.rows, found(&tried)), (0, vec![]), "{} {language:?}", book.path);
        }
    }
    let files = [
        ("branches", "name\nNorth\n"),
        ("people", "number,name,roles,branch,language\n7,Ana Ruiz,engineer; manager,north,es\n"),
        ("codes", "list,code,name_en,name_zh-Hans\ncustomer_class,gold,Gold,金牌\n"),
        ("customers", "number,name,class\nC-1,Acme,Gold\n"),
        ("contacts", "customer,name\nC-1,Joe\n"),
        ("sites", "customer,name\nC-1,Hall\n"),
        ("parts", "code,name_en,name_es,price,tax,wear\nS-1,Seal,Junta,\"1.234,50\",21,sí\n"),
        ("prices", "list,part,price\nTWD,s-1,600\n"),
        ("models", "code,name_en,wear_parts\nH7,Harvester,s-1\n"),
        ("machines", "serial,model,customer,site,warranty_until\n3391,H7,C-1,hall,31.12.2026\n"),
        ("depots", "name,branch,person\nVan 7,North,7\n"),
    ];
    for (kind, file) in files {
        assert_eq!((kind, office.counts(kind, file)), (kind, [1, 0, 0, 0]), "{:?}", office.run(kind, file).findings);
        assert_eq!((kind, office.counts(kind, file)), (kind, [0, 0, 1, 0]));
    }
    let ana: Person = office.get("number", "7");
    assert_eq!((ana.roles, ana.language), (vec![Role::Engineer, Role::Manager], Language::Spanish));
    let part: Part = office.get("code", "S-1");
    assert_eq!((part.price.minor, part.name.get(Language::Spanish), part.wear), (123_450, "Junta", true));
    let price = office.hub.get::<Price>(price_id("TWD", office.id("part", "code", "S-1"))).unwrap().unwrap().1;
    assert_eq!(price.price.minor, 60_000);
    assert_eq!(office.get::<MachineModel>("code", "H7").wear_parts, ["S-1"]);
    // One language of a name leaves the others.
    assert_eq!(office.counts("parts", "code,name_en\nS-1,Shaft seal\n"), [0, 1, 0, 0]);
    assert_eq!(office.get::<Part>("code", "S-1").name.get(Language::Spanish), "Junta");
}

/// A sheet with one customer.
fn customer_sheet() -> Vec<u8> {
    let text = |cell: &str, text: &str| format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let head = format!("<row r=\"1\">{}{}</row>", text("A1", "number"), text("B1", "name"));
    workbook(&format!("{head}<row r=\"2\">{}{}</row>", text("A2", "C-1"), text("B2", "Acme")))
}

#[test]
fn a_file_that_is_broken_as_a_whole_is_told_so_and_changes_nothing() {
    let sheet = customer_sheet();
    let separated = |separator| Options { separator: Some(separator), ..Options::default() };
    let none = Options::default();
    let rows: Vec<(&str, Vec<u8>, Options, &str)> = vec![
        ("empty", Vec::new(), none, "file-empty"),
        ("only a byte order mark", b"\xef\xbb\xbf".to_vec(), none, "file-empty"),
        ("only blank lines", b"\n\r\n , ,\n".to_vec(), none, "file-empty"),
        ("another separator than said", b"number,name\nC-1,Acme\n".to_vec(), separated(';'), "column-missing"),
        ("NUL bytes", b"number,name\nC-1,Ac\0me\n".to_vec(), none, "file-binary"),
        ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), none, "file-binary"),
        ("an empty archive", [b"PK\x05\x06".as_slice(), &[0; 18]].concat(), none, "file-xlsx"),
        ("an archive that is no workbook", archive("readme.txt", "hello"), none, "file-xlsx"),
        ("a workbook without its sheet", archive("xl/workbook.xml", "<workbook/>"), none, "file-xlsx"),
        ("half a workbook", sheet.iter().copied().take(sheet.len() / 2).collect(), none, "file-xlsx"),
        ("all but the end of a workbook", sheet.iter().copied().take(sheet.len() - 1).collect(), none, "file-xlsx"),
        ("a quote that is never closed", b"number,name\nC-1,\"Acme\n".to_vec(), none, "file-quote"),
        ("a web page", b"<!doctype html>\n<p>no list</p>\n".to_vec(), none, "column-missing"),
    ];
    for (what, bytes, options, want) in rows {
        let office = Office::new();
        let report = office.run_with("customers", &bytes, &options);
        let first = report.findings.iter().find(|finding| finding.row == 0 && finding.is_error);
        assert_eq!(first.map(|finding| finding.flaw.code), Some(want), "{what}: {:?}", report.findings);
        assert!(report.is_unusable() && report.new + report.changed == 0, "{what}");
        assert_eq!(office.hub.all::<Customer>().unwrap().len(), 0, "{what}");
    }
    assert_eq!(Office::new().counts("customers", &sheet), [1, 0, 0, 0]);
}

fn archive(name: &str, text: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(text.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn names_with_quotes_from_right_to_left_and_with_emoji_come_back_as_they_were() {
    let office = Office::new();
    let names = [
        "say \"hi\", twice",
        "O'Brien",
        "مضخة \u{202b}النيل\u{202c}",
        "👩🏽‍🔧 & sons",
        "ＡＢＣ 全角",
        "=cmd|' /C'!A0",
        "e\u{301}clair",
    ];
    let mut text = csv_line(&["number".to_owned(), "name".to_owned()]);
    for (place, name) in names.iter().enumerate() {
        text.push_str(&csv_line(&[format!("C-{place}"), (*name).to_owned()]));
    }
    assert_eq!(office.counts("customers", &text), [names.len(), 0, 0, 0]);
    for (place, name) in names.iter().enumerate() {
        assert_eq!(office.get::<Customer>("number", &format!("C-{place}")).name, *name);
    }
    assert_eq!(office.counts("customers", &text), [0, 0, names.len(), 0]);
}

fn rows_of(count: usize) -> String {
    let mut text = "name\n".to_owned();
    (0..count).for_each(|row| text.push_str(&format!("Branch {row}\n")));
    text
}

#[test]
fn a_hundred_thousand_rows_are_read_and_one_more_than_allowed_is_not() {
    let office = Office::new();
    let mut steps = Vec::new();
    let mut hear = |done: usize, total: usize| steps.push((done, total));
    let tried =
        office.hub.try_import(book("branches").unwrap(), rows_of(100_000).as_bytes(), &Options::default(), &mut hear);
    assert_eq!(tried.unwrap().new, 100_000);
    assert!(steps.last() == Some(&(100_000, 100_000)) && steps.len() > 100, "{} steps", steps.len());
    let report = office.run("branches", rows_of(MOST_ROWS + 1));
    assert_eq!(found(&report), [(0, "", "file-rows")]);
}
