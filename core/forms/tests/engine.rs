//! The engine, rule by rule, on forms of a few nodes.
#![cfg(test)]

mod common;

use common::{add, environment, fill, form, get, id, question, relevant, set, xml};
use countersign_forms::{
    AnswerProblem, Fill, Form, FormProblemCode, ItemProblem, NodeKey, QuestionKind, Saved, ValueOrigin,
};

const REPEAT: &str = r#"<group ref="/d/r"><label>R</label><repeat nodeset="/d/r">
    <input ref="/d/r/x"><label>X</label></input></repeat></group>"#;

#[test]
fn calculations_see_other_answers() {
    // Reading guide: type of the result, expression, result when /d/a is 7 and /d/b is blank.
    let rows = [
        ("string", "/d/a + 1", "8"),
        ("string", "../a * 2", "14"),
        ("string", "/d/b", ""),
        ("string", "/d/b + 1", ""),
        ("string", "coalesce(/d/b, 'none')", "none"),
        ("string", "if(/d/b = '', 'blank', 'filled')", "blank"),
        ("string", "sum(/d/a | /d/b)", "7"),
        ("string", "count(/d/a | /d/b)", "2"),
        ("string", "0.1 + 0.2", "0.30000000000000004"),
        ("string", "1 div 3 * 3", "1"),
        ("string", "concat('a', 1 div 0)", "aInfinity"),
        ("string", "today()", "2026-11-22"),
        ("date", "date('2026-12-30') + 3", "2027-01-02"),
        ("date", "today() + 30", "2026-12-22"),
        ("string", "format-date('2026-02-03', '%e.%n.%Y')", "3.2.2026"),
        ("int", "7 div 2", "3"),
        ("string", "instance('job')/root/customer", "ACME Ltd"),
        ("string", "instance('job')/root/part[code = 'S2']/name", "Seal"),
        ("string", "count(instance('job')/root/part)", "2"),
        ("string", "join(', ', instance('job')/root/part/name)", "Filter, Seal"),
        ("string", "selected-at('a b c', 1)", "b"),
        ("string", "regex('AB-12', '[A-Z]{2}-\\d+')", "true"),
        ("string", "string-length('水压')", "2"),
    ];
    for (kind, expression, expected) in rows {
        let form = form(
            "<a/><b/><c/>",
            &format!(
                r#"<instance id="job" src="jr://instance/job"/><bind nodeset="/d/a" type="int"/>
                   <bind nodeset="/d/c" type="{kind}" calculate="{expression}"/>"#
            ),
            r#"<input ref="/d/a"><label>A</label></input>"#,
        );
        let mut fill = fill(&form);
        set(&mut fill, "/d/a", "7");
        assert_eq!(get(&fill, "/d/c"), expected, "{expression}");
    }
}

#[test]
fn a_form_says_whether_it_looks_at_the_parts_of_the_job() {
    let rows = [
        ("instance('job')/root/part[code = 'S2']/name", true),
        ("if(/d/a = 1, count(instance('job')/root/part), 0)", true),
        ("concat(instance('job')/root/customer, /d/part)", false),
        ("instance('job')/root/customer[. = 'part']", false),
        ("count(instance('job')/root/*)", true),
        ("count(instance('job')/root//code)", true),
        ("count(instance('job')/root/descendant::code)", true),
        ("instance('job')/root/customer[../part/code = 'S2']", true),
        ("string(instance('job')/root)", true),
        ("../a", false),
    ];
    for (expression, looks) in rows {
        let form = form(
            "<a/><part/><c/>",
            &format!(
                r#"<instance id="job" src="jr://instance/job"/><bind nodeset="/d/a" type="int"/>
                   <bind nodeset="/d/c" calculate="{expression}"/>"#
            ),
            r#"<input ref="/d/a"><label>A</label></input><input ref="/d/part"><label>Part</label></input>"#,
        );
        assert_eq!(form.looks_at_job("part"), looks, "{expression}");
    }
    assert!(!common::service_visit().looks_at_job("part"));
}

#[test]
fn a_chain_of_calculations_settles_whatever_its_order() {
    let form = form(
        "<a/><z>0</z><y/><x/>",
        r#"<bind nodeset="/d/x" calculate="/d/y * 2"/><bind nodeset="/d/y" calculate="/d/a + 1"/>
           <bind nodeset="/d/z" calculate="/d/x + /d/y"/>"#,
        r#"<input ref="/d/a"><label>A</label></input>"#,
    );
    let mut fill = fill(&form);
    set(&mut fill, "/d/a", "4");
    assert_eq!((get(&fill, "/d/y"), get(&fill, "/d/x"), get(&fill, "/d/z")), ("5".into(), "10".into(), "15".into()));
}

#[test]
fn circles_are_refused_with_their_nodes() {
    let xml = xml(
        "<a/><b/>",
        r#"<bind nodeset="/d/a" calculate="/d/b + 1"/><bind nodeset="/d/b" calculate="/d/a + 1"/>"#,
        "",
    );
    let problems = Form::compile(&xml).unwrap_err();
    let circles: Vec<&str> = problems.iter().map(|problem| problem.node.as_str()).collect();
    assert_eq!(circles, ["bind /d/a", "bind /d/b"]);
    assert!(problems.iter().all(|problem| problem.code == FormProblemCode::Circle));
}

#[test]
fn what_is_outside_the_profile_is_named() {
    let input = r#"<input ref="/d/a"><label>A</label></input>"#;
    // Reading guide: model, body, the node that the problem names, its kind.
    let rows = [
        (r#"<bind nodeset="/d/a" type="geopoint"/>"#, input, "bind /d/a", FormProblemCode::OutsideProfile),
        (r#"<bind nodeset="/d/a" foo="1"/>"#, input, "bind /d/a", FormProblemCode::OutsideProfile),
        (r#"<bind nodeset="/d/q"/>"#, input, "bind /d/q", FormProblemCode::NoSuchNode),
        (r#"<bind nodeset="/d/a" calculate="/d/q"/>"#, input, "bind /d/a calculate", FormProblemCode::NoSuchNode),
        (r#"<bind nodeset="/d/a" calculate="1 +"/>"#, input, "bind /d/a calculate", FormProblemCode::Expression),
        (
            r#"<bind nodeset="/d/a" calculate="pulldata('a')"/>"#,
            input,
            "bind /d/a calculate",
            FormProblemCode::Function,
        ),
        (
            r#"<bind nodeset="/d/a" calculate="instance('x')/root"/>"#,
            input,
            "bind /d/a calculate",
            FormProblemCode::Undefined,
        ),
        (r#"<bind nodeset="/d/b" type="int"/>"#, input, "bind /d/b", FormProblemCode::WrongType),
        (r#"<instance id="x" src="jr://file-csv/x.csv"/>"#, input, "instance x", FormProblemCode::OutsideProfile),
        (r#"<setvalue ref="/d/a" event="odk-location"/>"#, input, "setvalue /d/a", FormProblemCode::OutsideProfile),
        ("", r#"<rank ref="/d/a"/>"#, "rank /d/a", FormProblemCode::OutsideProfile),
        ("", r#"<input ref="/d/q"><label>Q</label></input>"#, "input /d/q", FormProblemCode::NoSuchNode),
        ("", r#"<upload ref="/d/a" mediatype="video/*"/>"#, "upload /d/a", FormProblemCode::OutsideProfile),
        ("", r#"<input ref="/d/a"><label ref="jr:itext('t')"/></input>"#, "input /d/a", FormProblemCode::Undefined),
    ];
    for (model, body, node, code) in rows {
        let problems = Form::compile(&xml("<a/><b>word</b>", model, body)).unwrap_err();
        assert!(
            problems.iter().any(|problem| problem.node == node && problem.code == code),
            "{model}{body}: {problems:?}"
        );
    }
}

#[test]
fn broken_xml_is_a_problem() {
    for text in ["", "<h>", "<html/>", "not xml"] {
        assert!(Form::compile(text).is_err(), "{text}");
    }
}

#[test]
fn what_would_exhaust_the_stack_is_refused() {
    let chain = format!("1{}", " + 1".repeat(100_000));
    let nested = format!("{}1{}", "(".repeat(100_000), ")".repeat(100_000));
    let path = format!("/d{}", "[/d".repeat(1_000) + &"]".repeat(1_000));
    for expression in [chain, nested, path] {
        let xml = xml("<a/>", &format!(r#"<bind nodeset="/d/a" calculate="{expression}"/>"#), "");
        let problems = Form::compile(&xml).unwrap_err();
        assert_eq!(problems.first().unwrap().code, FormProblemCode::Expression);
    }
    let deep = format!("{}{}", "<g>".repeat(5_000), "</g>".repeat(5_000));
    assert!(Form::compile(&xml(&deep, "", "")).is_err());
}

#[test]
fn relevance_reaches_inside_and_values_stay() {
    let form = form(
        "<a/><g><b>kept</b><c/></g><e/>",
        r#"<bind nodeset="/d/g" relevant="/d/a = 'yes'"/><bind nodeset="/d/e" calculate="/d/g/b"/>"#,
        r#"<input ref="/d/a"><label>A</label></input><group ref="/d/g"><input ref="/d/g/b"><label>B</label></input></group>"#,
    );
    let mut fill = fill(&form);
    assert!(!relevant(&fill, "/d/g/b"));
    assert_eq!(get(&fill, "/d/g/b"), "kept");
    assert_eq!(get(&fill, "/d/e"), "", "what does not apply reads as blank");
    set(&mut fill, "/d/a", "yes");
    assert_eq!(get(&fill, "/d/e"), "kept");
    assert!(relevant(&fill, "/d/g/b"));
}

#[test]
fn items_come_and_go_and_totals_follow() {
    let form = form(
        r#"<r jr:template=""><x/><place/><share/></r><total/><count/>"#,
        r#"<bind nodeset="/d/r/x" type="int"/><bind nodeset="/d/r/place" calculate="position(..)"/>
           <bind nodeset="/d/r/share" calculate="/d/r/x div /d/total"/>
           <bind nodeset="/d/total" calculate="sum(/d/r/x)"/><bind nodeset="/d/count" calculate="count(/d/r)"/>"#,
        REPEAT,
    );
    let mut fill = fill(&form);
    assert_eq!((get(&fill, "/d/total"), get(&fill, "/d/count")), ("0".into(), "0".into()));
    let first = add(&mut fill, "/d/r", 1);
    add(&mut fill, "/d/r", 2);
    add(&mut fill, "/d/r", 3);
    set(&mut fill, "/d/r[1]/x", "1");
    set(&mut fill, "/d/r[2]/x", "3");
    assert_eq!((get(&fill, "/d/total"), get(&fill, "/d/count")), ("4".into(), "3".into()));
    assert_eq!((get(&fill, "/d/r[2]/share"), get(&fill, "/d/r[3]/place")), ("0.75".into(), "3".into()));
    fill.remove_item(&first).unwrap();
    assert_eq!((get(&fill, "/d/total"), get(&fill, "/d/r[1]/share")), ("3".into(), "1".into()));
    assert_eq!(get(&fill, "/d/r[2]/place"), "2", "items after a removed one move up");
}

#[test]
fn an_item_keeps_its_name_when_another_goes() {
    let form = form(r#"<r jr:template=""><x/></r>"#, "", REPEAT);
    let mut fill = fill(&form);
    let first = add(&mut fill, "/d/r", 1);
    add(&mut fill, "/d/r", 2);
    set(&mut fill, "/d/r[2]/x", "second");
    let key = fill.find("/d/r[2]/x").unwrap();
    assert_eq!(key, NodeKey::within("/d/r/x", vec![id(2)]));
    let name = fill.name(&key).unwrap();
    assert_eq!(name, format!("/d/r[{}]/x", id(2)));
    fill.remove_item(&first).unwrap();
    assert_eq!(fill.reference(&key).unwrap(), "/d/r/x");
    assert_eq!((fill.find(&name), fill.name(&key)), (Some(key.clone()), Some(name)), "what a screen keeps stays true");
    assert_eq!(fill.find(&format!("/d/r[{}]/x", id(1))), None, "what went is found under no other's name");
    assert_eq!(fill.value(&key), Some("second"));
}

#[test]
fn wrong_items_are_refused() {
    let form = form(
        r#"<n>2</n><r jr:template=""><x/></r><s jr:template=""><y/></s>"#,
        r#"<bind nodeset="/d/n" type="int"/>"#,
        &format!(
            r#"{REPEAT}<repeat nodeset="/d/s" jr:count="/d/n"><input ref="/d/s/y"><label>Y</label></input></repeat>"#
        ),
    );
    let mut fill = fill(&form);
    add(&mut fill, "/d/r", 1);
    assert!(matches!(fill.add_item("/d/r", &[], id(1)), Err(ItemProblem::SameId { .. })));
    assert!(matches!(fill.add_item("/d/q", &[], id(2)), Err(ItemProblem::NoSuchRepeat { .. })));
    assert!(matches!(fill.add_item("/d/s", &[], id(2)), Err(ItemProblem::Counted { .. })));
    let gone = NodeKey::within("/d/r", vec![id(9)]);
    assert!(matches!(fill.remove_item(&gone), Err(ItemProblem::NoSuchItem { .. })));
}

#[test]
fn a_counted_repeat_follows_its_count_and_gives_answers_back() {
    let form = form(
        r#"<n>2</n><r jr:template=""><x/></r>"#,
        r#"<bind nodeset="/d/n" type="int"/>"#,
        r#"<input ref="/d/n"><label>N</label></input>
           <repeat nodeset="/d/r" jr:count="/d/n"><input ref="/d/r/x"><label>X</label></input></repeat>"#,
    );
    let mut fill = fill(&form);
    set(&mut fill, "/d/r[2]/x", "second");
    set(&mut fill, "/d/n", "1");
    assert_eq!(fill.find("/d/r[2]/x"), None);
    set(&mut fill, "/d/n", "3");
    assert_eq!(get(&fill, "/d/r[2]/x"), "second", "an answer is never dropped");
    let other = Fill::new(&form, &environment("en"));
    assert_eq!(other.find("/d/r[2]"), fill.find("/d/r[2]"), "two devices make the same items");
}

#[test]
fn items_inside_items_know_their_own() {
    let form = form(
        r#"<r jr:template=""><x/><s jr:template=""><y/><both/></s><sum/></r><all/>"#,
        r#"<bind nodeset="/d/r/s/y" type="int"/><bind nodeset="/d/r/s/both" calculate="/d/r/x + ../y"/>
           <bind nodeset="/d/r/sum" calculate="sum(../s/y)"/><bind nodeset="/d/all" calculate="sum(/d/r/s/y)"/>"#,
        r#"<repeat nodeset="/d/r"><input ref="/d/r/x"><label>X</label></input>
           <repeat nodeset="/d/r/s"><input ref="/d/r/s/y"><label>Y</label></input></repeat></repeat>"#,
    );
    let mut fill = fill(&form);
    for (repeat, number) in [("/d/r", 1), ("/d/r", 2), ("/d/r[1]/s", 11), ("/d/r[2]/s", 21), ("/d/r[2]/s", 22)] {
        add(&mut fill, repeat, number);
    }
    for (reference, value) in [
        ("/d/r[1]/x", "100"),
        ("/d/r[2]/x", "200"),
        ("/d/r[1]/s/y", "1"),
        ("/d/r[2]/s/y", "2"),
        ("/d/r[2]/s[2]/y", "3"),
    ] {
        set(&mut fill, reference, value);
    }
    assert_eq!((get(&fill, "/d/r[1]/s/both"), get(&fill, "/d/r[2]/s[2]/both")), ("101".into(), "203".into()));
    assert_eq!(
        (get(&fill, "/d/r[1]/sum"), get(&fill, "/d/r[2]/sum"), get(&fill, "/d/all")),
        ("1".into(), "5".into(), "6".into())
    );
    for view in fill.questions() {
        let (by_name, by_place) = (fill.find(&view.name), fill.find(&view.reference));
        assert_eq!((by_name.as_ref(), by_place.as_ref()), (Some(&view.key), Some(&view.key)), "{}", view.name);
    }
    let outer = fill.find("/d/r[2]").unwrap();
    let inner = NodeKey::within("/d/r/s", outer.items.clone());
    assert_eq!(fill.find_repeat(&format!("/d/r[{}]/s", id(2))), Some(inner));
    fill.remove_item(&outer).unwrap();
    assert_eq!(get(&fill, "/d/all"), "1");
}

#[test]
fn an_item_can_look_at_the_one_before() {
    let form = form(
        r#"<r jr:template=""><x/><before/></r>"#,
        r#"<bind nodeset="/d/r/x" type="int"/>
           <bind nodeset="/d/r/before" calculate="indexed-repeat(/d/r/x, /d/r, position(..) - 1)"/>"#,
        REPEAT,
    );
    let mut fill = fill(&form);
    let first = add(&mut fill, "/d/r", 1);
    add(&mut fill, "/d/r", 2);
    add(&mut fill, "/d/r", 3);
    set(&mut fill, "/d/r[1]/x", "10");
    set(&mut fill, "/d/r[2]/x", "20");
    assert_eq!((get(&fill, "/d/r[1]/before"), get(&fill, "/d/r[2]/before")), (String::new(), "10".into()));
    assert_eq!(get(&fill, "/d/r[3]/before"), "20");
    fill.remove_item(&first).unwrap();
    assert_eq!((get(&fill, "/d/r[1]/before"), get(&fill, "/d/r[2]/before")), (String::new(), "20".into()));
}

#[test]
fn once_and_first_load_become_defaults_and_stay() {
    let form = form(
        "<a/><token/><stamp/>",
        r#"<bind nodeset="/d/token" calculate="once(random())"/>
           <setvalue ref="/d/stamp" value="now()" event="odk-instance-first-load"/>"#,
        r#"<input ref="/d/a"><label>A</label></input>"#,
    );
    let mut fill = fill(&form);
    let token = get(&fill, "/d/token");
    assert!(!token.is_empty());
    set(&mut fill, "/d/a", "1");
    assert_eq!(get(&fill, "/d/token"), token);
    let defaults: Vec<String> = fill.defaults().into_iter().map(|default| default.key.path).collect();
    assert_eq!(defaults, ["/d/token", "/d/stamp"]);
    let saved = Saved { answers: vec![(NodeKey::plain("/d/token"), "0.5".to_owned())], ..Saved::default() };
    let (again, _) = Fill::restore(&form, &environment("en"), &saved);
    assert_eq!((get(&again, "/d/token"), get(&again, "/d/stamp")), ("0.5".into(), String::new()));
}

#[test]
fn actions_run_at_their_events() {
    let form = form(
        r#"<a/><copy/><r jr:template=""><x/></r>"#,
        "",
        r#"<input ref="/d/a"><label>A</label><setvalue ref="/d/copy" value="concat(/d/a, '!')" event="xforms-value-changed"/></input>
           <repeat nodeset="/d/r"><setvalue ref="/d/r/x" value="position(..)" event="odk-new-repeat"/>
           <input ref="/d/r/x"><label>X</label></input></repeat>"#,
    );
    let mut fill = fill(&form);
    set(&mut fill, "/d/a", "hi");
    assert_eq!(get(&fill, "/d/copy"), "hi!");
    add(&mut fill, "/d/r", 1);
    add(&mut fill, "/d/r", 2);
    assert_eq!((get(&fill, "/d/r[1]/x"), get(&fill, "/d/r[2]/x")), ("1".into(), "2".into()));
    let x = question(&fill, "/d/r[2]/x");
    assert_eq!(x.origin, ValueOrigin::Default);
}

#[test]
fn answers_that_cannot_be_are_refused_and_change_nothing() {
    let form = form(
        "<n>5</n><note/><sum/><fixed>1</fixed><pick/><g><inner/></g>",
        r#"<bind nodeset="/d/n" type="int"/><bind nodeset="/d/note" readonly="true()"/>
           <bind nodeset="/d/sum" calculate="/d/n + 1"/><bind nodeset="/d/fixed" type="int" readonly="/d/n = 5"/>
           <bind nodeset="/d/g" readonly="true()"/>"#,
        r#"<input ref="/d/n"><label>N</label></input><input ref="/d/note"><label>Note</label></input>
           <input ref="/d/sum"><label>Sum</label></input><input ref="/d/fixed"><label>F</label></input>
           <select ref="/d/pick"><label>P</label><item><label>A</label><value>a</value></item></select>
           <group ref="/d/g"><input ref="/d/g/inner"><label>I</label></input></group>"#,
    );
    let mut fill = fill(&form);
    let before = fill.nodes();
    let rows: &[(&str, &str, &str)] = &[
        ("/d/n", "five", "wrong_type"),
        ("/d/note", "x", "takes_no_answer"),
        ("/d/sum", "1", "takes_no_answer"),
        ("/d/fixed", "2", "read_only"),
        ("/d/pick", "a b", "not_an_option"),
        ("/d/g/inner", "x", "read_only"),
        ("/d/g", "x", "takes_no_answer"),
    ];
    for (reference, value, code) in rows {
        let key = fill.find(reference).unwrap();
        let problem = fill.set(&key, value).unwrap_err();
        let word = serde_json::to_value(&problem).unwrap()["code"].clone();
        assert_eq!(word, *code, "{reference}");
    }
    let nowhere = fill.set(&NodeKey::plain("/d/q"), "1");
    assert!(matches!(nowhere, Err(AnswerProblem::NoSuchQuestion { .. })));
    assert_eq!(fill.nodes(), before);
}

#[test]
fn types_are_checked_without_a_fill() {
    let form = common::service_visit();
    let rows = [
        ("/visit/findings/hours", "12", Some("12")),
        ("/visit/findings/hours", "12.5", None),
        ("/visit/safety/locked_out", "yes", Some("yes")),
        ("/visit/safety/locked_out", "maybe", None),
        ("/visit/safety/hazards", "heat  pressure", Some("heat pressure")),
        ("/visit/findings/cause", "anything", Some("anything")),
        ("/visit/hydraulics/deviation", "3", None),
        ("/visit/safety/pressure_note", "x", None),
        ("/visit/meta/instanceID", "uuid:1", Some("uuid:1")),
        ("/visit/nowhere", "1", None),
        ("/visit/findings/hours", "", Some("")),
    ];
    for (path, value, expected) in rows {
        assert_eq!(form.check(path, value).ok().as_deref(), expected, "{path} {value}");
    }
}

#[test]
fn labels_carry_answers_and_fall_back() {
    let form = form(
        "<name/><hello/>",
        r#"<itext><translation lang="English (en)"><text id="h"><value>Hello <output value="/d/name"/>!</value></text></translation>
           <translation lang="Español (es)"><text id="h"><value>-</value></text></translation></itext>"#,
        r#"<input ref="/d/name"><label>Name</label></input><input ref="/d/hello"><label ref="jr:itext('h')"/></input>"#,
    );
    for language in ["en", "English (en)", "es", "fr"] {
        let mut fill = Fill::new(&form, &environment(language));
        set(&mut fill, "/d/name", "Ana");
        assert_eq!(question(&fill, "/d/hello").label, "Hello Ana!", "{language}");
    }
}

#[test]
fn kinds_come_from_control_and_type() {
    let rows = [
        ("int", "<input ref=\"/d/a\"/>", QuestionKind::Integer),
        ("dateTime", "<input ref=\"/d/a\"/>", QuestionKind::DateTime),
        ("barcode", "<input ref=\"/d/a\"/>", QuestionKind::Barcode),
        ("binary", "<upload ref=\"/d/a\" mediatype=\"image/*\"/>", QuestionKind::Photo),
        ("binary", "<upload ref=\"/d/a\" mediatype=\"image/*\" appearance=\"signature\"/>", QuestionKind::Signature),
        ("string", "<trigger ref=\"/d/a\"/>", QuestionKind::Acknowledge),
        ("decimal", "<range ref=\"/d/a\" start=\"0\" end=\"10\" step=\"0.5\"/>", QuestionKind::Decimal),
    ];
    for (data, body, kind) in rows {
        let form = form("<a/>", &format!("<bind nodeset=\"/d/a\" type=\"{data}\"/>"), body);
        assert_eq!(form.questions("en").first().unwrap().kind, kind, "{body}");
    }
}

#[test]
fn a_scale_keeps_its_bounds() {
    let form = form(
        "<a/>",
        r#"<bind nodeset="/d/a" type="int"/>"#,
        r#"<range ref="/d/a" start="10" end="1" step="-1"><label>A</label></range>"#,
    );
    let mut fill = fill(&form);
    let key = fill.find("/d/a").unwrap();
    assert!(fill.set(&key, "11").is_err());
    assert!(fill.set(&key, "10").is_ok());
    assert_eq!(question(&fill, "/d/a").scale.unwrap().end, "1");
}

#[test]
fn the_record_is_well_formed() {
    let form = form(
        r#"<a/><r jr:template=""><x/></r>"#,
        "",
        &format!(r#"<input ref="/d/a"><label>A</label></input>{REPEAT}"#),
    );
    let mut fill = fill(&form);
    set(&mut fill, "/d/a", "a < b & \"c\"\u{1}");
    add(&mut fill, "/d/r", 1);
    set(&mut fill, "/d/r/x", "1");
    let record = fill.to_xml();
    let document = roxmltree::Document::parse(&record).unwrap();
    assert_eq!(document.root_element().attribute("id"), Some("t"));
    let a = document.descendants().find(|node| node.tag_name().name() == "a").unwrap();
    assert_eq!(a.text(), Some("a < b & \"c\"\u{fffd}"));
}

#[test]
fn initial_items_can_be_removed_for_good() {
    let form = form(r#"<r jr:template=""><x/></r><r><x>first</x></r>"#, "", REPEAT);
    let mut fill = fill(&form);
    assert_eq!(get(&fill, "/d/r/x"), "first");
    let item = fill.find("/d/r").unwrap();
    fill.remove_item(&item).unwrap();
    let saved = Saved { removed: vec![item], ..Saved::default() };
    let (again, _) = Fill::restore(&form, &environment("en"), &saved);
    assert_eq!(again.find("/d/r"), None);
}

#[test]
fn phone_and_hub_hear_the_same_word() {
    use countersign_model::decide::AnswerCheck;
    let form = common::service_visit();
    let wrong = |expected: &str| AnswerCheck::Wrong { expected: expected.to_owned() };
    let rows = [
        ("/visit/findings/hours", "12", AnswerCheck::Fits("12".to_owned())),
        ("/visit/findings/hours", "many", wrong("integer")),
        ("/visit/safety/locked_out", "maybe", wrong("option")),
        ("/visit/hydraulics/deviation", "3", wrong("nothing")),
        ("/visit/nowhere", "1", AnswerCheck::NoQuestion),
    ];
    for (path, value, expected) in rows {
        assert_eq!(form.judge(path, value), expected, "{path} {value}");
    }
}
