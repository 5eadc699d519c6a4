//! Master data at the console: making, changing, archiving and bringing back; two tabs; double clicks; what is typed
//! wrongly; other companies' ids; lists, filters and files.

use countersign_model::entity::{
    Code, Customer, Machine, MachineModel, Part, PartGroup, Price, Site, code_id, price_id,
};
use countersign_model::{Language, LocalText};

use super::browser::{Answer, Browser};
use super::company::{Company, id};

/// The page of a trial or import, once that is over: until then it keeps its file.
async fn ended(desk: &mut Browser, path: &str) -> Answer {
    loop {
        let page = desk.get(path).await.is(200);
        if !page.body.contains("every 1s") {
            return page;
        }
        tokio::task::yield_now().await;
    }
}

async fn desk(company: &Company) -> Browser {
    company.browser("Dora Desk").await
}

fn number_of<T: countersign_model::entity::Entity>(company: &Company) -> usize {
    company.hub.all::<T>().unwrap().len()
}

#[tokio::test]
async fn a_customer_is_made_once_changed_archived_and_brought_back() {
    let company = Company::new();
    let mut desk = desk(&company).await;
    let form = desk.get("/customers/new").await.is(200);
    let new = form.hidden("id");
    let fields = [
        ("id", new.as_str()),
        ("seen", "0"),
        ("number", "C-100"),
        ("name", "O'Brien \"& Sons\" مزرعة 🚜"),
        ("address", "Mill 1\r\nCork"),
        ("email", "a@b.ie"),
        ("language", "es"),
    ];
    let page = format!("/customers/{new}");
    desk.post("/customers/new", &fields).await.leads_to(&format!("{page}?done=created"));
    // A double click makes one customer and ends on its page.
    desk.post("/customers/new", &fields).await.leads_to(&page);
    assert_eq!(number_of::<Customer>(&company), 2);
    let shown = desk.get(&page).await.is(200).says("Mill 1").says("Español").says("مزرعة 🚜");
    assert!(!shown.body.contains("\"& Sons\" مزرعة"), "texts are escaped");
    let (_, stored) = company.hub.get::<Customer>(new.parse().unwrap()).unwrap().unwrap();
    assert_eq!(
        (stored.address.as_str(), stored.language, stored.number.as_str()),
        ("Mill 1\nCork", Language::Spanish, "C-100")
    );
    // Another customer cannot have the same number.
    let second = desk.get("/customers/new").await.hidden("id");
    let taken = [("id", second.as_str()), ("seen", "0"), ("number", "c-100 "), ("name", "Other"), ("language", "en")];
    desk.post("/customers/new", &taken).await.is(422).says("has this already").says("value=\"Other\"");
    // Archived: gone from the list, kept in its own, and one click away.
    let archive = desk.post(&format!("{page}/archive"), &[]).await.leads_to(&format!("{page}?done=archived"));
    desk.get(&archive.location).await.is(200).says("Undo").says("Archived");
    desk.get("/customers?q=brien").await.says("Nothing here fits");
    desk.get("/customers?archived=1").await.says("O&#39;Brien");
    desk.post(&format!("{page}/bring-back"), &[]).await.leads_to(&page);
    desk.get("/customers?q=brien").await.says("O&#39;Brien");
}

#[tokio::test]
async fn a_stale_form_is_refused_with_both_texts_and_then_saved_knowingly() {
    let company = Company::new();
    let edit = format!("/customers/{}/edit", company.customer);
    let (mut one, mut two) = (desk(&company).await, desk(&company).await);
    let (first, second) = (one.get(&edit).await.is(200), two.get(&edit).await.is(200));
    let fields = |seen: &str, phone: &str| {
        [("seen", seen.to_owned()), ("name", "Acme Farm".to_owned()), ("phone", phone.to_owned())]
    };
    let sent = fields(&first.hidden("seen"), "111");
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    one.post(&edit, &sent).await.leads_to("/customers/");
    // The same form again is one effect, not a conflict.
    one.post(&edit, &sent).await.leads_to("/customers/");
    let stale = fields(&second.hidden("seen"), "222");
    let stale: Vec<(&str, &str)> = stale.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let conflict = two.post(&edit, &stale).await.is(409);
    let conflict = conflict.says("It changed since you looked").says("<b>111</b>").says("value=\"222\"");
    let knowing = fields(&conflict.hidden("seen"), "222");
    let knowing: Vec<(&str, &str)> = knowing.iter().map(|(name, value)| (*name, value.as_str())).collect();
    two.post(&edit, &knowing).await.leads_to("/customers/");
    assert_eq!(company.hub.get::<Customer>(company.customer).unwrap().unwrap().1.phone, "222");
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost() {
    let company = Company::new();
    let mut desk = desk(&company).await;
    let new = desk.get("/machines/new").await.hidden("id");
    let long = "泵".repeat(10_001);
    // (field, typed, sentence)
    let rows = [
        ("serial", "", "This is needed."),
        ("model", "H9", "There is no machine model “H9”"),
        ("customer", "Nobody", "There is no customer “Nobody”"),
        ("site", "Hall", "This customer has no site “Hall”"),
        ("warranty_until", "2026-02-30", "is no day"),
        ("installed", "03/04/2026", "can be read in two ways"),
        ("meter", "12,34", "is no number"),
        ("place", long.as_str(), "at most 500 characters"),
        ("software", "a\u{0}b", "cannot be printed"),
    ];
    for (field, typed, sentence) in rows {
        let good = [("serial", "X-1"), ("model", "Harvester H7"), ("customer", "Acme Farm")];
        let mut fields = vec![("id", new.as_str()), ("seen", "0"), (field, typed)];
        fields.extend(good.into_iter().filter(|(name, _)| *name != field));
        let page = desk.post("/machines/new", &fields).await.is(422).says(sentence);
        assert_eq!(page.body.matches("class=\"problem\"").count(), 1, "{field}");
    }
    assert_eq!(number_of::<Machine>(&company), 1);
    // Three at once are told at once.
    let fields = [("id", new.as_str()), ("seen", "0"), ("meter", "x"), ("model", "H9")];
    let page = desk.post("/machines/new", &fields).await.is(422).says("value=\"x\"");
    assert_eq!(page.body.matches("class=\"problem\"").count(), 4);
}

#[tokio::test]
async fn machines_sites_parts_prices_and_codes_refer_to_each_other() {
    let company = Company::new();
    let mut desk = desk(&company).await;
    let customer = company.customer.to_string();
    let form = desk.get(&format!("/sites/new?customer={customer}")).await.is(200).says("value=\"Acme Farm\"");
    let site = form.hidden("id");
    let fields = [("id", site.as_str()), ("seen", "0"), ("customer", customer.as_str()), ("name", "North barn")];
    desk.post("/sites/new", &fields).await.leads_to("/sites/");
    let edit = format!("/machines/{}/edit", company.machine);
    let form = desk.get(&edit).await.is(200).says("Acme Farm").says("2026-01-31");
    let seen = form.hidden("seen");
    let model = id("h7").to_string();
    let fields = [
        ("seen", seen.as_str()),
        ("serial", "3391"),
        ("model", model.as_str()),
        ("customer", "Acme Farm"),
        ("site", "north BARN"),
        ("meter", "1,204.50"),
        ("contract", ""),
    ];
    desk.post(&edit, &fields).await.leads_to("/machines/");
    let (_, machine) = company.hub.get::<Machine>(company.machine).unwrap().unwrap();
    assert_eq!((machine.site, machine.meter.as_str(), machine.contract.as_str()), (site.parse().ok(), "1204.5", ""));
    desk.get(&format!("/customers/{customer}")).await.says("North barn").says("3391").says("/machines/new?customer=");
    desk.get(&format!("/sites/{site}")).await.says("3391").says("Acme Farm");
    // A price in another currency, under the id that an import would use too.
    let new = desk.get("/prices/new").await.hidden("id");
    let fields =
        [("id", new.as_str()), ("seen", "0"), ("list", "twd"), ("part", "seal-12"), ("price", "600"), ("tax", "5")];
    desk.post("/prices/new", &fields).await.leads_to("/prices/");
    let (_, price) = company.hub.get::<Price>(price_id("TWD", id("seal"))).unwrap().unwrap();
    assert_eq!((price.price.minor, price.tax_basis_points), (60_000, 500));
    desk.post("/prices/new", &fields).await.leads_to("/prices/");
    let other = [("id", new.as_str()), ("seen", "0"), ("list", "TWD"), ("part", "SEAL-12"), ("price", "700")];
    desk.post("/prices/new", &other).await.is(422).says("has this already");
    desk.get(&format!("/parts/{}", id("seal"))).await.says("NT$600").says("SEAL-12");
    let fields = [
        ("id", new.as_str()),
        ("seen", "0"),
        ("list", "symptom"),
        ("code", "leak"),
        ("name_en", "Leak"),
        ("name_zh-Hant", "洩漏"),
    ];
    desk.post("/codes/new", &fields).await.leads_to("/codes/");
    let (_, code) = company.hub.get::<Code>(code_id("symptom", "leak")).unwrap().unwrap();
    assert_eq!((code.name.get(Language::TraditionalChinese), code.name.get(Language::Spanish)), ("洩漏", "Leak"));
    // A name is needed in one language at least; wear parts are parts.
    let new = desk.get("/models/new").await.hidden("id");
    desk.post("/models/new", &[("id", &new), ("seen", "0")]).await.is(422).says("at least one language");
    let fields = [("id", new.as_str()), ("seen", "0"), ("name_es", "Prensa"), ("wear_parts", "seal-12; SEAL-12")];
    desk.post("/models/new", &fields).await.leads_to("/models/");
    let (_, model) = company.hub.get::<MachineModel>(new.parse().unwrap()).unwrap().unwrap();
    assert_eq!(
        (model.wear_parts, model.name),
        (vec!["SEAL-12".to_owned()], LocalText::single(Language::Spanish, "Prensa"))
    );
}

#[tokio::test]
async fn rights_and_other_companies_hold_at_every_address() {
    let company = Company::new();
    let part = id("seal").to_string();
    let customer = company.customer.to_string();
    let mut auditor = company.browser("Otto Auditor").await;
    let page = auditor.get(&format!("/customers/{customer}")).await.is(200).says("Acme Farm");
    assert!(!page.body.contains("/archive") && !page.body.contains("/edit"));
    for path in ["/customers/new", "/machines/new", &format!("/customers/{customer}/edit")] {
        auditor.get(path).await.is(403);
    }
    auditor.post(&format!("/customers/{customer}/archive"), &[]).await.is(403);
    auditor.post("/company", &[("seen", "1"), ("name", "Mine")]).await.is(403);
    // An engineer looks parts up and sees no customers.
    let mut ana = company.browser("Ana Engineer").await;
    ana.get("/parts").await.is(200).says("SEAL-12");
    ana.get(&format!("/parts/{part}")).await.is(200).says_not("/edit");
    for path in [
        format!("/customers/{customer}"),
        "/branches".to_owned(),
        "/company".to_owned(),
        "/customers.csv".to_owned(),
        "/suggest/customers?q=a".to_owned(),
    ] {
        ana.get(&path).await.is(404);
    }
    ana.get("/board").await;
    ana.post(&format!("/parts/{part}/archive"), &[]).await.is(404);
    // The call desk changes customers but no branches.
    let mut desk = desk(&company).await;
    desk.get("/branches/new").await.is(403);
    desk.get("/customers").await;
    desk.post("/branches/new", &[("id", &id("b").to_string()), ("seen", "0"), ("name", "North")]).await.is(403);
    // Ids of another company are ids of nobody.
    let other = id("other tenant");
    company.hub.inner.store.add_tenant(other, "Other", "e1", 1).unwrap();
    let secret = Customer { name: "Secret Ltd".to_owned(), number: "S-1".to_owned(), ..Customer::default() };
    let put = crate::store::Put::of(id("secret"), countersign_model::record::Scope::customer(id("secret")), &secret);
    company.hub.inner.store.write(other, |write| write.put(&[put])).unwrap();
    let secret = id("secret").to_string();
    for path in [format!("/customers/{secret}"), format!("/customers/{secret}/edit")] {
        desk.get(&path).await.is(404);
    }
    desk.get("/customers").await.says_not("Secret");
    desk.post(&format!("/customers/{secret}/archive"), &[]).await.is(404);
    let new = id("new site").to_string();
    for named in [secret.as_str(), "S-1", "Secret Ltd"] {
        let fields = [("id", new.as_str()), ("seen", "0"), ("customer", named), ("name", "x")];
        desk.post("/sites/new", &fields).await.is(422).says("There is no customer");
    }
    assert_eq!(number_of::<Site>(&company), 0);
    desk.get("/suggest/customers?customer=secret").await.is(200).says_not("S-1");
}

#[tokio::test]
async fn a_list_sorts_filters_searches_pages_and_is_saved_as_a_file() {
    let company = Company::new();
    let system = company.hub.system();
    for n in 0..120_u8 {
        let body = Part {
            code: format!("P-{n:03}"),
            name: LocalText::single(Language::English, if n % 2 == 0 { "=Oil filter" } else { "密封圈" }),
            price: countersign_model::money::Money::new(i64::from(n) * 10, "EUR"),
            group: if n % 3 == 0 { PartGroup::Tool } else { PartGroup::Standard },
            ..Part::default()
        };
        company.hub.save(&system, id(&format!("p{n}")), &body).unwrap();
    }
    let mut desk = desk(&company).await;
    let codes = |body: &str| body.matches("<th scope=\"row\">").count();
    let first = desk.get("/parts?group=standard&sort=price&dir=desc").await.is(200).says("aria-sort=\"descending\"");
    assert_eq!(codes(&first.body), 50);
    let next =
        first.body.split("href=\"/parts?").filter(|rest| rest.split('>').next().unwrap().contains("rel=\"next\""));
    let next = next.last().unwrap().split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    assert!(next.contains("group=standard") && next.contains("sort=price"), "{next}");
    let second = desk.get(&format!("/parts?{next}")).await.is(200).says("First page");
    assert_eq!(codes(&second.body), 31);
    assert_eq!(codes(&desk.get("/parts?q=密封&group=tool").await.body), 20);
    desk.get("/parts?q=%22%20OR%20*").await.is(200);
    desk.get("/parts?sort=nothing&after=zzz&after_key=x&group=%27").await.is(200).says("Nothing here fits");
    let file = desk.get("/parts.csv?q=oil&group=tool").await.is(200);
    assert!(file.headers["content-disposition"].to_str().unwrap().contains("parts.csv"));
    let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "code,name_en,name_es,name_zh-Hans,name_zh-Hant,group,unit,price,tax,wear");
    assert_eq!((lines.len(), lines[1]), (21, "P-000,'=Oil filter,,,,tool,,0,0,no"));
}

#[tokio::test]
async fn a_machines_page_shows_its_history_and_the_companys_page_takes_a_logo() {
    let company = Company::new();
    let handed = company.handed_in("Ana Engineer", true);
    let mut desk = desk(&company).await;
    let page = desk.get(&format!("/machines/{}", company.machine)).await.is(200);
    page.says("leaks at the pump").says(&handed.number).says("Ana Engineer").says("/jobs/new?machine=");
    desk.get(&format!("/jobs/new?machine={}", company.machine)).await.says("value=\"3391\"");
    let mut admin = company.browser("Ada Admin").await;
    let form = admin.get("/company").await.is(200).says("Meridian");
    let seen = form.hidden("seen");
    let fields = [
        ("seen", seen.as_str()),
        ("name", "Meridian Service"),
        ("currency", "twd"),
        ("zone", "Asia/Taipei"),
        ("tax", "5"),
    ];
    let picture = countersign_evidence::samples::sample_photo(7, 64, 48, &Default::default());
    admin.upload("/company", &fields, "logo", "logo.jpg", &picture).await.leads_to("/company?done=saved");
    admin.get("/company").await.says("/media/").says("Meridian Service").says("TWD");
    let lies = [("seen", seen.as_str()), ("name", "Meridian Service"), ("currency", "TWD"), ("zone", "Mars/Olympus")];
    admin.upload("/company", &lies, "logo", "logo.png", b"<svg>").await.is(422).says("is no time zone");
    let good = [("seen", seen.as_str()), ("name", "Meridian Service"), ("currency", "TWD"), ("zone", "Asia/Taipei")];
    admin.upload("/company", &good, "logo", "logo.png", b"<svg>").await.is(422).says("no PNG or JPEG");
}

#[tokio::test]
async fn a_file_is_tried_run_once_and_told_to_nobody_else() {
    let company = Company::new();
    let mut desk = desk(&company).await;
    desk.get("/import?kind=customers")
        .await
        .is(200)
        .says("value=\"customers\" selected")
        .says("/import/templates/parts");
    let template = desk.get("/import/templates/customers").await.is(200);
    assert!(template.body.contains("number,name") && template.body.contains("# "));
    let sheet = desk.get("/import/templates/customers.xlsx").await.is(200);
    assert!(sheet.body.starts_with("PK"), "a workbook");
    desk.get("/import/templates/nothing.xlsx").await.is(404);
    desk.get("/import").await;
    desk.post("/import", &[("kind", "customers")]).await.is(422).says("No file was chosen");
    desk.upload("/import", &[("kind", "people")], "file", "a.csv", b"number\n1\n").await.is(403);
    let file = "number,name,class\nC-1,Acme Farm Ltd,\nC-2,\"O'Brien <b>\",\nC-3,X,gold\n";
    let sent =
        desk.upload("/import", &[("kind", "customers")], "file", "c.csv", file.as_bytes()).await.leads_to("/import/");
    let path = sent.location.clone();
    let page = ended(&mut desk, &path).await;
    page.says("Import 2 rows").says("1 rows are left out").says("is not in the code list");
    assert_eq!(number_of::<Customer>(&company), 1, "a dry run changes nothing");
    desk.post(&format!("{path}/run"), &[]).await.leads_to(&path);
    desk.post(&format!("{path}/run"), &[]).await.leads_to(&path);
    let page = ended(&mut desk, &path).await;
    page.says("Imported");
    assert_eq!(number_of::<Customer>(&company), 3);
    assert!(desk.get(&format!("{path}/findings")).await.is(200).body.contains("4,class,"));
    let mut other = company.browser("Mia Manager").await;
    other.get(&path).await.is(404);
    let mut ana = company.browser("Ana Engineer").await;
    ana.get("/import").await.is(404);
}

/// Files that lie on the disk for somebody who imports.
fn lying(company: &Company) -> Vec<u64> {
    let folder = std::fs::read_dir(company.hub.folder().join("uploads"));
    let entries = folder.into_iter().flatten().map(|entry| entry.unwrap());
    entries.filter(|entry| entry.path().is_file()).map(|entry| entry.metadata().unwrap().len()).collect()
}

#[tokio::test]
async fn a_sent_file_lies_on_the_disk_within_its_limit_and_goes_away() {
    let company = Company::new();
    let mut desk = desk(&company).await;
    desk.get("/import").await;
    let file = format!("number,name\nC-1,{}\n", "x".repeat(2 << 20));
    let fields = [("kind", "customers")];
    let sent = desk.upload("/import", &fields, "file", "c.csv", file.as_bytes()).await.leads_to("/import/");
    // A trial that still runs keeps its file until it ends.
    ended(&mut desk, &sent.location).await;
    assert_eq!(lying(&company), [u64::try_from(file.len()).unwrap()]);
    // Too large, a form that is not of this page, a stranger: nothing stays.
    let large = vec![b'x'; 34 << 20];
    desk.upload("/import", &fields, "file", "c.csv", &large).await.is(413);
    let mut stranger = Browser::new(&company.router);
    stranger.upload("/import", &fields, "file", "c.csv", b"number\n1\n").await;
    assert_eq!(lying(&company).len(), 1);
    // The oldest makes room.
    for round in 0..9 {
        let file = format!("number,name\nC-{round},A\n");
        desk.get("/import").await;
        let sent = desk.upload("/import", &fields, "file", "c.csv", file.as_bytes()).await.leads_to("/import/");
        ended(&mut desk, &sent.location).await;
    }
    assert_eq!(lying(&company).len(), 8);
    assert!(lying(&company).iter().all(|bytes| *bytes < 100), "the large one is gone");
}
