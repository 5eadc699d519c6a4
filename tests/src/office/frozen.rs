//! An office and a device that an earlier program left: for tests that open its databases with this one.

use std::path::Path;

use countersign_hub::{Hub, ServeOptions};
use countersign_model::Id;
use countersign_model::entity::Person;

use super::{Office, Phone};
use crate::bench::copy_folder;

impl Office {
    /// Serves a copy of the hub in this folder. Its people are those of [`Office::open`].
    pub async fn thawed(folder: &Path) -> Office {
        let copy = tempfile::tempdir().expect("a folder for the test");
        copy_folder(folder, &copy.path().join("office"));
        let hub = Hub::open(&copy.path().join("office")).expect("this program opens it");
        let people = hub.all::<Person>().expect("a read");
        let named = |name: &str| -> Id {
            people
                .iter()
                .find(|(_, person)| person.name == name)
                .map(|(row, _)| row.id)
                .expect("a person of the office")
        };
        let (ana, ben, mia) = (named("Ana Ruiz"), named("Ben Okafor"), named("Mia Chen"));
        let serving = hub.serve(ServeOptions::local(0)).await.expect("a free port");
        Office { folder: copy, address: serving.address, hub, serving: Some(serving), ana, ben, mia }
    }
}

impl Phone {
    /// Switches on a copy of the device in this folder, whose key this seed makes.
    pub fn thawed(folder: &Path, seed: u64) -> Phone {
        let copy = tempfile::tempdir().expect("a folder for the test");
        copy_folder(folder, copy.path());
        Phone::of(copy, seed)
    }
}
