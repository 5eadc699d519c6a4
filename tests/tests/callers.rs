//! Everything that the device core offers is offered by every shell: each public method of `App` has a caller in the
//! laptop's sources and in those of the border to phones, or stands in the shell's list with the reason why it needs none.
#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Methods that one shell does not call, and why.
type Exceptions = &'static [(&'static str, &'static str)];

const LAPTOP: Exceptions = &[
    ("attach_late", "a browser sends a file once, and nothing of it waits here"),
    ("attest_what_waits", "opening the device does it, and a key that is a file is never locked"),
    ("acknowledge_carried", "pages call acknowledge, which takes whichever item it was"),
    ("acknowledge_salvage", "pages call acknowledge, which takes whichever item it was"),
    ("annotate", "pages call annotate_seen, which refuses where the layer was drawn anew meanwhile"),
    ("ask", "pages call ask_wanted, which asks for whatever was typed"),
    ("ask_for", "pages call ask_wanted, which asks for whatever was typed"),
    ("ask_for_window", "pages call ask_wanted, which asks for whatever was typed"),
    ("asks", "a browser sends an answer once it is given, and keeps no draft that could be given up"),
    ("chosen_language", "the own screen says it"),
    ("code_choices", "pages call code_pickers, which has what is kept as well"),
    ("company_zone", "pages write times as their reader does, who has the zone"),
    ("find_job", "pages name a job as the job list does"),
    ("flush", "the subscription keeps the log durable"),
    ("held_stamp", "the shell remembers the stamp for as long as the page with the pad is open"),
    ("is_signed", "customer mode remembers the number of the document that was sealed in it"),
    ("key", "sync and enrolment use it inside the core"),
    ("lease", "the status screen and the attention list say it"),
    ("minutes_spent", "times_proposed says it of every kind of time"),
    ("new_job_from_nameplate", "pages keep the photo first, then call new_job_from_held"),
    ("news", "a browser that nobody looks at tells nobody anything"),
    ("news_told", "a browser that nobody looks at tells nobody anything"),
    ("open", "the program opens the device"),
    ("open_with_software_key", "the program opens the device"),
    ("open_with_software_key_and", "the program opens the device"),
    ("paper", "the signed document's file stands on the job screen"),
    ("preview_paper", "pages draw the shown pages from the preview's own file"),
    ("reverse_part", "pages have no undo; they call take_back_part"),
    ("subject_of", "pages call ask_wanted, which asks for whatever was typed"),
    ("surroundings", "sync is handed them inside the core"),
    ("undo_charge", "pages have no undo; they call remove_charge and charge_typed"),
    ("use_part", "pages call book_part, which also says where the part came from and who pays"),
    ("visit_named", "pages name a visit by its id"),
    ("with_images", "a browser shows what it can; this shell draws nothing for the core"),
];

const BORDER: Exceptions = &[
    ("acknowledge_carried", "phones call acknowledge, which takes whichever item it was"),
    ("acknowledge_salvage", "phones call acknowledge, which takes whichever item it was"),
    ("annotate", "phones call annotate_seen, which refuses where the layer was drawn anew meanwhile"),
    ("ask", "phones call ask_wanted, which asks for whatever was typed"),
    ("ask_for", "phones call ask_wanted, which asks for whatever was typed"),
    ("ask_for_window", "phones call ask_wanted, which asks for whatever was typed"),
    ("chosen_language", "the own screen says it"),
    ("code_choices", "phones call code_pickers, which has what is kept as well"),
    ("key", "sync and enrolment use it inside the core"),
    ("lease", "the status screen and the attention list say it"),
    ("minutes_spent", "times_proposed says it of every kind of time"),
    ("new_job_from_nameplate", "phones keep the photo first, then call new_job_from_held"),
    ("open_with_software_key", "a phone has a key of its own"),
    ("open_with_software_key_and", "a phone has a key of its own"),
    ("paper", "the signed document's file stands on the job screen"),
    ("person", "the own screen says it"),
    ("preview_paper", "the pages that are signed are the preview's own file"),
    ("now", "the phone has the clock"),
    ("subject_of", "phones call ask_wanted, which asks for whatever was typed"),
    ("use_part", "phones call book_part, which also says where the part came from and who pays"),
    ("visit_named", "phones name a visit by its id"),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// The public methods in the `impl App` blocks of a file.
fn methods_of(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("impl App {") {
            inside = true;
        } else if line.starts_with('}') {
            inside = false;
        }
        let method = line.strip_prefix("    pub fn ").filter(|_| inside);
        found.extend(method.and_then(|rest| rest.split(['(', '<']).next()).map(str::to_owned));
    }
    found
}

/// Whether a method is called, as one of an app.
fn calls(text: &str, method: &str) -> bool {
    text.contains(&format!(".{method}(")) || text.contains(&format!("App::{method}("))
}

/// The public methods of the device core's app.
fn methods() -> BTreeSet<String> {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/device/src");
    let mut files = vec![core.join("app.rs")];
    for folder in ["app", "screens", "transfer"] {
        sources(&core.join(folder), &mut files);
    }
    let methods: BTreeSet<String> =
        files.iter().flat_map(|file| methods_of(&fs::read_to_string(file).unwrap())).collect();
    assert!(methods.len() > 50, "{methods:?}");
    methods
}

fn check(shell: &str, exceptions: Exceptions) {
    let methods = methods();
    let mut own = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(shell).join("src"), &mut own);
    let text: String =
        own.iter().filter(|file| !file.ends_with("tests.rs")).map(|file| fs::read_to_string(file).unwrap()).collect();
    let excepted = |method: &str| exceptions.iter().any(|(name, _)| *name == method);
    let forgotten: Vec<&String> = methods.iter().filter(|method| !excepted(method) && !calls(&text, method)).collect();
    assert_eq!(forgotten, Vec::<&String>::new(), "nothing in {shell} calls these");

    // The list stays true: what it names is there, is not called, and says why.
    let stale: Vec<&str> = exceptions
        .iter()
        .filter(|(name, why)| !methods.contains(*name) || why.is_empty())
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(stale, Vec::<&str>::new(), "these need no exception in {shell}");
}

#[test]
fn every_command_and_screen_of_the_core_has_a_page() {
    check("laptop", LAPTOP);
}

#[test]
fn every_command_and_screen_of_the_core_is_on_the_border() {
    check("bindings", BORDER);
}

#[test]
fn a_method_without_a_caller_is_noticed() {
    let core = "impl App {\n    pub fn wave(&self) {}\n    pub(crate) fn hide(&self) {}\n}\nimpl Other {\n    pub fn no(&self) {}\n}\n";
    assert_eq!(methods_of(core), BTreeSet::from(["wave".to_owned()]));
    assert!(calls("desk.app().wave()", "wave") && !calls("desk.app().waves()", "wave"));
}
