//! What labour, travel and kilometres of a visit cost by the rates: proposed, a person accepts or changes it.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::entity::{Charge, ChargeKind, Rate, TimeEntry, TimeKind};
use crate::id::Id;
use crate::money::{Line, Money, MoneyProblem};

/// A charge that the times and rates propose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedCharge {
    /// What for.
    pub kind: ChargeKind,
    /// Hours, kilometres or visits, an exact decimal.
    pub quantity: String,
    /// Price of one.
    pub unit_price: Money,
    /// The charged line.
    pub line: Line,
    /// The charge of the same kind that it would put right.
    pub replaces: Option<Id>,
}

/// What the standing times cost in a currency. A kind without a rate in that currency is not proposed, and neither is
/// one that is charged with the same quantity already. Nobody travels to a remote session.
pub fn propose(
    times: &[TimeEntry],
    rates: &[Rate],
    currency: &str,
    remote: bool,
    charged: &[(Id, Charge)],
) -> Result<Vec<ProposedCharge>, MoneyProblem> {
    let mut proposed = Vec::new();
    for rate in rates.iter().filter(|rate| rate.price.currency == currency) {
        let quantity = quantity_of_kind(times, &rate.kind, remote);
        if quantity.is_zero() {
            continue;
        }
        let quantity = quantity.normalize().to_string();
        let standing = charged.iter().find(|(_, charge)| charge.kind == rate.kind);
        if standing.is_some_and(|(_, charge)| charge.quantity == quantity) {
            continue;
        }
        proposed.push(ProposedCharge {
            line: Line::new(rate.price.times(&quantity)?, rate.tax_basis_points)?,
            kind: rate.kind.clone(),
            quantity,
            unit_price: rate.price.clone(),
            replaces: standing.map(|(id, _)| *id),
        });
    }
    Ok(proposed)
}

fn quantity_of_kind(times: &[TimeEntry], kind: &ChargeKind, remote: bool) -> Decimal {
    let hours = |kind: TimeKind| {
        let minutes: i64 = times.iter().filter(|entry| entry.kind == kind).map(|entry| entry.minutes).sum();
        let hours = Decimal::from(minutes).checked_div(Decimal::from(60)).unwrap_or_default();
        hours.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
    };
    match kind {
        ChargeKind::Labour => hours(TimeKind::Work),
        ChargeKind::Waiting => hours(TimeKind::Waiting),
        ChargeKind::Travel if !remote => hours(TimeKind::Travel),
        ChargeKind::Kilometres if !remote => {
            Decimal::from(times.iter().filter_map(|entry| entry.kilometres).sum::<i64>())
        }
        ChargeKind::CallOut if !remote => Decimal::ONE,
        _ => Decimal::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::RecordRef;

    fn time(kind: TimeKind, minutes: i64, kilometres: Option<i64>) -> TimeEntry {
        TimeEntry {
            subject: RecordRef::default(),
            person: Id::default(),
            kind,
            minutes,
            kilometres,
            late: false,
            replaces: None,
            extra: Default::default(),
        }
    }

    fn rate(kind: ChargeKind, minor: i64, currency: &str) -> Rate {
        Rate { kind, price: Money::new(minor, currency), tax_basis_points: 2_100 }
    }

    #[test]
    fn times_and_rates_propose_lines_in_one_currency() {
        let times = [
            time(TimeKind::Work, 100, None),
            time(TimeKind::Work, 20, None),
            time(TimeKind::Travel, 50, Some(31)),
            time(TimeKind::Waiting, 0, None),
        ];
        let rates = [
            rate(ChargeKind::Labour, 6_500, "EUR"),
            rate(ChargeKind::Labour, 150_000, "TWD"),
            rate(ChargeKind::Travel, 4_500, "EUR"),
            rate(ChargeKind::Waiting, 4_500, "EUR"),
            rate(ChargeKind::Kilometres, 45, "EUR"),
            rate(ChargeKind::CallOut, 2_000, "EUR"),
        ];
        let lines = |currency: &str, remote: bool| -> Vec<(ChargeKind, String, i64)> {
            let proposed = propose(&times, &rates, currency, remote, &[]).unwrap();
            proposed.into_iter().map(|line| (line.kind, line.quantity, line.line.net.minor)).collect()
        };
        let labour = (ChargeKind::Labour, "2".to_owned(), 13_000);
        let whole = vec![
            labour.clone(),
            (ChargeKind::Travel, "0.83".to_owned(), 3_735),
            (ChargeKind::Kilometres, "31".to_owned(), 1_395),
            (ChargeKind::CallOut, "1".to_owned(), 2_000),
        ];
        assert_eq!(lines("EUR", false), whole);
        assert_eq!(lines("EUR", true), [labour]);
        assert_eq!(lines("TWD", false), [(ChargeKind::Labour, "2".to_owned(), 300_000)]);
        assert_eq!(lines("USD", false), []);
    }

    #[test]
    fn what_is_charged_is_not_proposed_again_and_what_changed_is_put_right() {
        let rates = [rate(ChargeKind::Labour, 6_000, "EUR")];
        let charged = |quantity: &str| {
            let charge = Charge {
                subject: RecordRef::default(),
                description: String::new(),
                line: Line::default(),
                late: false,
                author: Id::default(),
                kind: ChargeKind::Labour,
                quantity: quantity.to_owned(),
                unit_price: None,
                payer: None,
                replaces: None,
                extra: Default::default(),
            };
            [(Id::derived("charge", &[]), charge)]
        };
        let times = [time(TimeKind::Work, 60, None)];
        assert_eq!(propose(&times, &rates, "EUR", false, &charged("1")).unwrap(), []);
        let changed = propose(&times, &rates, "EUR", false, &charged("2")).unwrap();
        assert_eq!(changed.iter().map(|line| line.replaces).collect::<Vec<_>>(), [Some(Id::derived("charge", &[]))]);
    }
}
