//! What goes wrong in a world: clocks, crashes, a hub that comes back from a backup, a device that is turned out.

use countersign_device::transfer::ExportTo;
use countersign_hub::Hub;
use countersign_hub::safekeeping::{BackupOptions, KEPT_BACKUPS, RestoreOptions};
use countersign_hub::service::Actor;

use super::{LONGEST_SYNC_S, World};
use crate::chance::Chance;
use crate::disk::Plan;
use crate::simulation::acts;

impl World {
    pub(super) fn set_clock(&mut self, phone: usize, chance: u64) {
        const YEAR: i64 = 365 * 24 * 60 * 60 * 1_000;
        let mut chance = Chance::new(chance);
        let (name, skew) = match chance.below(6) {
            0 => ("ten years ahead", 10 * YEAR),
            1 => ("ten years back", -10 * YEAR),
            2 => ("2038", 12 * YEAR),
            3 => ("an hour back", -60 * 60 * 1_000),
            4 => ("minutes ahead", 7 * 60 * 1_000),
            _ => ("right", 0),
        };
        let offset = if chance.below(2) == 0 { 60 } else { 120 };
        self.phones[phone].handset.set(skew, offset);
        self.coverage.hit("fault", &format!("clock {name}"));
    }

    pub(super) fn crash(&mut self, phone: usize, power: bool, chance: u64) {
        let mut chance = Chance::new(chance);
        let plan = if power { Plan::PowerCutAt } else { Plan::KilledAt };
        self.phones[phone].break_storage(plan(1 + chance.below(60)));
        let done = acts::act(self.phones[phone].app(), &self.jobs, &self.people.engineers, chance.draw());
        // What was called saved before the power went must be there afterwards.
        self.phones[phone].note_saved_then_break(plan);
        let struck = self.phones[phone].come_back();
        if struck {
            self.coverage.hit("fault", if power { "power-cut" } else { "killed" });
        }
        self.did(phone, &done);
        self.phones[phone].note_saved();
    }

    /// What an act called saved on a disk that was full or failed is there as well.
    pub(super) fn disk(&mut self, phone: usize, full: bool, chance: u64) {
        let mut chance = Chance::new(chance);
        let call = 1 + chance.below(60);
        self.phones[phone].break_storage(if full { Plan::FullFrom(call) } else { Plan::BrokenOnce(call) });
        let done = acts::act(self.phones[phone].app(), &self.jobs, &self.people.engineers, chance.draw());
        if self.phones[phone].mend_storage() {
            self.coverage.hit("fault", if full { "disk-full" } else { "disk-error" });
        }
        self.did(phone, &done);
        self.phones[phone].note_saved();
    }

    /// What is only on one device goes to another as a file, which may be taken twice, and onto a disk that fails.
    pub(super) fn hand_over(&mut self, from: usize, to: usize, chance: u64) {
        let mut chance = Chance::new(chance);
        let file = self.folder.path().join(format!("{}.handover", self.lines.len()));
        let written = self.phones[to]
            .app()
            .receive_key()
            .and_then(|key| self.phones[from].app().export(&file, &ExportTo::Colleague { key, jobs: Vec::new() }));
        let word = written.map_or_else(|error| acts::word_of(&error), |written| format!("{} out", written.commands));
        self.note(format!("phone {from} hands over: {word}"));
        if !file.exists() {
            return;
        }
        if chance.below(3) == 0 {
            self.phones[to].break_storage(Plan::BrokenOnce(1 + chance.below(80)));
        }
        for _ in 0..=chance.below(2) {
            let taken = self.phones[to].app().import(&file);
            let struck = self.phones[to].mend_storage();
            let word = taken.map_or_else(|error| acts::word_of(&error), |taken| format!("{} in", taken.commands));
            self.note(format!("phone {to} takes over: {word}"));
            self.coverage.hit("fault", if struck { "handed-over-to-failing-disk" } else { "handed-over" });
        }
        self.phones[to].note_saved();
    }

    pub(super) fn back_up(&mut self) {
        let to = self.folder.path().join("backups");
        let options = BackupOptions { to: to.clone(), prove: false, keep: KEPT_BACKUPS };
        self.hub().backup(&options, &mut |_, _, _| {}).expect("a backup");
        self.backups = Some(to);
        self.coverage.hit("fault", "backup");
    }

    pub(super) fn restore(&mut self) {
        let Some(backup) = self.backups.clone() else { return };
        let journal = Some(self.office.join("journal.log"));
        self.server.put(None);
        self.restarts += 1;
        let into = self.folder.path().join(format!("office-{}", self.restarts));
        let edge = self.time.edge(self.seed ^ (self.restarts << 32));
        let options = RestoreOptions { backup, into: into.clone(), key: self.key.clone(), journal };
        Hub::restore_at(&options, edge, &mut |_, _, _| {}).expect("a restore");
        self.office = into;
        self.seen.hub_restored();
        self.open_hub();
        self.coverage.hit("fault", "hub-restored");
    }

    pub(super) async fn revoke(&mut self, phone: usize) {
        let actor = Actor::System { person: self.people.manager };
        if self.hub().revoke(&actor, self.phones[phone].device, "stolen").is_err() {
            return;
        }
        let person = self.phones[phone].person;
        let place = self.phones[phone].place;
        let next = self.new_phone(place, person, self.retired.len() + 1).await;
        let mut out = std::mem::replace(&mut self.phones[phone], next);
        out.revoked = true;
        out.barred_at = out.app().store().cursor().expect("a read");
        self.retired.push(out);
        self.coverage.hit("fault", "revoked");
        self.sync(&[phone], 3, LONGEST_SYNC_S).await;
    }
}
