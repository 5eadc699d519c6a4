//! The sample company's depots and what lies in them: a depot per branch and two vans.

use countersign_model::Id;
use countersign_model::entity::{Depot, MovementReason, Person};
use countersign_model::payload::{Payload, StockMove};
use countersign_model::record::Scope;

use super::Parts;
use crate::error::Outcome;
use crate::hub::Hub;
use crate::service::Actor;

/// Name, place of the branch in the list, and whose van it is.
const DEPOTS: &[(&str, usize, Option<&str>)] = &[
    ("Depot Valencia", 0, None),
    ("Depot Zaragoza", 1, None),
    ("台北倉庫", 2, None),
    ("Van 1 (Ana Ruiz)", 0, Some("Ana Ruiz")),
    ("Van 2 (Tom Becker)", 0, Some("Tom Becker")),
];

/// How many of each part a depot and a van begin with: cheap parts lie there in numbers.
fn stocked(cents: i64, van: bool) -> i64 {
    match (cents, van) {
        (0..5_000, false) => 40,
        (0..5_000, true) => 4,
        (5_000..20_000, false) => 12,
        (5_000..20_000, true) => 1,
        (_, false) => 2,
        (_, true) => 0,
    }
}

/// Adds the depots and books their first goods in.
pub(super) fn add(hub: &Hub, system: &Actor, branches: &[Id], parts: &Parts) -> Outcome {
    let people = hub.all::<Person>()?;
    for (name, branch, driver) in DEPOTS {
        let person = driver.and_then(|driver| people.iter().find(|(_, person)| person.name == driver));
        let depot = hub.new_id()?;
        let body = Depot {
            name: (*name).to_owned(),
            branch: branches.get(*branch).copied(),
            person: person.map(|(row, _)| row.id),
            ..Depot::default()
        };
        hub.save(system, depot, &body)?;
        // The branch in Taipei and the one in Zaragoza keep what wears and is cheap.
        let kept = parts.iter().filter(|(_, _, cents)| *branch == 0 || *cents < 20_000);
        for (part, _, cents) in kept {
            let quantity = stocked(*cents, driver.is_some());
            if quantity > 0 {
                book_in(hub, system, depot, *part, quantity)?;
            }
        }
    }
    Ok(())
}

fn book_in(hub: &Hub, system: &Actor, depot: Id, part: Id, quantity: i64) -> Outcome {
    let payload = Payload::StockMove(StockMove {
        movement: hub.new_id()?,
        depot,
        to: None,
        part,
        quantity: quantity.to_string(),
        reason: MovementReason::Received,
        batch: String::new(),
        note: "first stock".to_owned(),
    });
    hub.order(system, &payload, Scope::depot(depot)).map(|_| ())
}
