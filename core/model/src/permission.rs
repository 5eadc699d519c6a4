//! Who may do what, as data: command, roles, relation to the subject, field or office.
//!
//! A *field* command records what somebody did; if they had no right, the fact is kept and flagged. An *office*
//! command is an order; without the right at receipt it is refused.

use crate::entity::Role;
use crate::record::kind;

/// Whether a command records a fact of the field or gives an order of the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Kept and flagged where the author had no right.
    Field,
    /// Refused where the author has no right.
    Office,
}

/// How the author must stand to what the command is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Anyone with the role.
    Any,
    /// Lead or helper of the visit (or a manager).
    OnVisit,
    /// Not a lead or helper of the visit: nobody reviews their own voucher.
    NotOnVisit,
    /// The author plans for themselves (or is of the office).
    Self_,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Permission {
    /// The command's type.
    pub command: &'static str,
    /// Field or office.
    pub side: Side,
    /// Roles that may.
    pub roles: &'static [Role],
    /// Relation that is needed.
    pub relation: Relation,
}

const FIELD: &[Role] = &[Role::Engineer, Role::TrainingRep, Role::Manager];
const DESK: &[Role] = &[Role::CallDesk, Role::Manager, Role::Administrator];
const DESK_OR_FIELD: &[Role] = &[Role::CallDesk, Role::Manager, Role::Administrator, Role::Engineer, Role::TrainingRep];
const MANAGER: &[Role] = &[Role::Manager];
const ADMINISTRATOR: &[Role] = &[Role::Administrator];
const MASTER: &[Role] = &[Role::Administrator, Role::Manager, Role::CallDesk, Role::StoreKeeper];
const STORE: &[Role] = &[Role::StoreKeeper, Role::Manager, Role::Administrator, Role::Engineer, Role::TrainingRep];
const ACCOUNTS: &[Role] = &[Role::Accountant, Role::Administrator];
const EVERYONE: &[Role] = &[
    Role::Engineer,
    Role::TrainingRep,
    Role::Manager,
    Role::CallDesk,
    Role::StoreKeeper,
    Role::Accountant,
    Role::ProductDesigner,
    Role::Sales,
    Role::Administrator,
];

const fn line(command: &'static str, side: Side, roles: &'static [Role], relation: Relation) -> Permission {
    Permission { command, side, roles, relation }
}

/// The table. A command that is not in it is allowed to nobody but the hub itself.
pub const PERMISSIONS: &[Permission] = &[
    line("call.register", Side::Office, DESK, Relation::Any),
    line("job.create", Side::Office, DESK_OR_FIELD, Relation::Any),
    line("job.cancel", Side::Office, DESK, Relation::Any),
    line("visit.plan", Side::Office, DESK_OR_FIELD, Relation::Self_),
    line("visit.reassign", Side::Office, DESK, Relation::Any),
    line("visit.travel", Side::Field, FIELD, Relation::OnVisit),
    line("visit.arrive", Side::Field, FIELD, Relation::OnVisit),
    line("visit.leave", Side::Field, FIELD, Relation::OnVisit),
    line("time.record", Side::Field, FIELD, Relation::OnVisit),
    line("meter.read", Side::Field, FIELD, Relation::OnVisit),
    line("answer.set", Side::Field, FIELD, Relation::OnVisit),
    line("item.add", Side::Field, FIELD, Relation::OnVisit),
    line("item.remove", Side::Field, FIELD, Relation::OnVisit),
    line("evidence.attach", Side::Field, FIELD, Relation::OnVisit),
    line("evidence.annotate", Side::Field, FIELD, Relation::OnVisit),
    line("part.use", Side::Field, FIELD, Relation::OnVisit),
    line("charge.add", Side::Field, FIELD, Relation::OnVisit),
    line("note.add", Side::Field, EVERYONE, Relation::Any),
    line("document.sign", Side::Field, FIELD, Relation::OnVisit),
    line("document.attest", Side::Field, FIELD, Relation::OnVisit),
    line("voucher.submit", Side::Field, FIELD, Relation::OnVisit),
    line("amendment.begin", Side::Field, FIELD, Relation::OnVisit),
    line("amendment.reason", Side::Field, FIELD, Relation::OnVisit),
    line("amendment.discard", Side::Field, FIELD, Relation::OnVisit),
    line("review.decide", Side::Office, MANAGER, Relation::NotOnVisit),
    line("flag.close", Side::Office, DESK, Relation::Any),
    line("refusal.discard", Side::Field, EVERYONE, Relation::Any),
    line("visit.appoint", Side::Office, DESK, Relation::Any),
    line("visit.staff", Side::Office, DESK_OR_FIELD, Relation::Self_),
    line("visit.remote", Side::Field, FIELD, Relation::OnVisit),
    line("visit.collect", Side::Field, FIELD, Relation::OnVisit),
    line("job.change", Side::Office, DESK, Relation::Any),
    line("job.link_machine", Side::Office, DESK, Relation::Any),
    line("job.diagnose", Side::Field, FIELD, Relation::OnVisit),
    line("class.set", Side::Field, FIELD, Relation::OnVisit),
    line("request.make", Side::Field, EVERYONE, Relation::Any),
    line("request.decide", Side::Office, DESK, Relation::Any),
    line("stock.move", Side::Office, STORE, Relation::Self_),
    line("cash.take", Side::Field, FIELD, Relation::OnVisit),
    line("cash.hand_over", Side::Field, FIELD, Relation::Self_),
    line("cash.receive", Side::Office, ACCOUNTS, Relation::Any),
    line("master.save", Side::Office, MASTER, Relation::Any),
    line("device.revoke", Side::Office, ADMINISTRATOR, Relation::Any),
    line("device.confirm", Side::Office, ADMINISTRATOR, Relation::Any),
];

/// The line of a command; `None` for commands that only the hub itself may give.
pub fn permission(command: &str) -> Option<&'static Permission> {
    PERMISSIONS.iter().find(|line| line.command == command)
}

/// Whether any of these roles is on the line.
pub fn has_role(line: &Permission, roles: &[Role]) -> bool {
    roles.iter().any(|role| line.roles.contains(role))
}

/// Kinds of master data that only an administrator changes: who may do what, what is filled, what is promised.
const GUARDED: &[&str] = &[kind::COMPANY, kind::BRANCH, kind::PERSON, kind::FORM, kind::POLICY];

/// Whether somebody with these roles may save master data of a kind.
pub fn may_save(kind: &str, roles: &[Role]) -> bool {
    let line = permission("master.save").is_some_and(|line| has_role(line, roles));
    line && (!GUARDED.contains(&kind) || roles.contains(&Role::Administrator))
}

/// Whether somebody with these roles goes on visits.
pub fn is_field(roles: &[Role]) -> bool {
    roles.iter().any(|role| FIELD.contains(role))
}

/// Whether somebody with these roles plans for others and sees every job.
pub fn is_office(roles: &[Role]) -> bool {
    roles.iter().any(|role| !matches!(role, Role::Engineer | Role::TrainingRep | Role::Other(_)))
}

/// Whether somebody with these roles reads who did what, when and from where. It changes nothing.
pub fn reads_audit(roles: &[Role]) -> bool {
    roles.iter().any(|role| matches!(role, Role::Auditor | Role::Administrator))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::Payload;

    #[test]
    fn every_command_but_those_of_the_hub_itself_stands_in_the_table_once() {
        for (kind, _) in Payload::KINDS {
            let lines = PERMISSIONS.iter().filter(|line| line.command == *kind).count();
            let only_the_hub = matches!(*kind, "device.enrol" | "device.introduce" | "hub.restored");
            assert_eq!(lines, usize::from(!only_the_hub), "{kind}");
        }
        assert_eq!(PERMISSIONS.len(), Payload::KINDS.len() - 3);
    }

    #[test]
    fn auditors_change_nothing() {
        assert!(PERMISSIONS.iter().all(|line| !has_role(line, &[Role::Auditor])));
    }
}
