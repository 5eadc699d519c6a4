//! Money: integer minor units of one currency, and lines with their tax. Sums never cross currencies.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// An amount in minor units (cents; yen have none).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// ISO 4217 code, such as `EUR`.
    pub currency: String,
}

/// A sum across currencies or beyond what 64 bits hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyProblem {
    /// Two currencies met in one sum.
    #[error("amounts in {0} and {1} cannot be added: a voucher has one currency")]
    Currencies(String, String),
    /// The amount is too large.
    #[error("the amount is too large")]
    TooLarge,
    /// The quantity is no decimal number.
    #[error("\"{0}\" is not a quantity: write a number such as 2 or 0.5")]
    Quantity(String),
}

impl Money {
    /// An amount in minor units of a currency.
    pub fn new(minor: i64, currency: &str) -> Money {
        Money { minor, currency: currency.to_owned() }
    }

    /// The sum of two amounts of one currency.
    pub fn plus(&self, other: &Money) -> Result<Money, MoneyProblem> {
        if self.currency != other.currency {
            return Err(MoneyProblem::Currencies(self.currency.clone(), other.currency.clone()));
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyProblem::TooLarge)?;
        Ok(Money { minor, currency: self.currency.clone() })
    }

    /// This unit price times a decimal quantity, rounded half away from zero to a minor unit.
    pub fn times(&self, quantity: &str) -> Result<Money, MoneyProblem> {
        let factor = quantity_of(quantity)?;
        let product = Decimal::from(self.minor).checked_mul(factor).ok_or(MoneyProblem::TooLarge)?;
        let minor = round(product)?;
        Ok(Money { minor, currency: self.currency.clone() })
    }
}

/// A quantity as typed: an exact decimal of at most six places.
pub fn quantity_of(text: &str) -> Result<Decimal, MoneyProblem> {
    let refused = || MoneyProblem::Quantity(text.chars().take(40).collect());
    let quantity: Decimal = text.trim().parse().map_err(|_| refused())?;
    if quantity.scale() > 6 || quantity.abs() > Decimal::from(1_000_000_000_i64) {
        return Err(refused());
    }
    Ok(quantity)
}

fn round(amount: Decimal) -> Result<i64, MoneyProblem> {
    amount.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64().ok_or(MoneyProblem::TooLarge)
}

/// One charged line: net amount, tax rate and the tax in money.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Amount without tax.
    pub net: Money,
    /// Tax rate in basis points (2100 = 21 %).
    pub tax_basis_points: i64,
    /// The tax of this line, rounded to a minor unit.
    pub tax: Money,
}

impl Line {
    /// A line from its net amount and rate.
    pub fn new(net: Money, tax_basis_points: i64) -> Result<Line, MoneyProblem> {
        let exact = Decimal::from(net.minor)
            .checked_mul(Decimal::from(tax_basis_points))
            .and_then(|product| product.checked_div(Decimal::from(10_000)))
            .ok_or(MoneyProblem::TooLarge)?;
        let tax = Money { minor: round(exact)?, currency: net.currency.clone() };
        Ok(Line { net, tax_basis_points, tax })
    }
}

/// The totals of a voucher's lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Sum of the net amounts.
    pub net: Money,
    /// Sum of the taxes.
    pub tax: Money,
    /// Net plus tax.
    pub gross: Money,
}

/// The totals of these lines; `None` where there are no lines.
pub fn totals<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Result<Option<Totals>, MoneyProblem> {
    let mut sum: Option<(Money, Money)> = None;
    for line in lines {
        sum = Some(match sum {
            None => (line.net.clone(), line.tax.clone()),
            Some((net, tax)) => (net.plus(&line.net)?, tax.plus(&line.tax)?),
        });
    }
    sum.map(|(net, tax)| Ok(Totals { gross: net.plus(&tax)?, net, tax })).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_round_half_away_from_zero_and_sum() {
        // (unit price, quantity, basis points) -> (net, tax)
        let rows = [
            (18_500, "1", 2100, 18_500, 3_885),
            (333, "3", 2100, 999, 210),
            (100, "0.005", 0, 1, 0),
            (-100, "0.5", 1000, -50, -5),
        ];
        for (unit, quantity, rate, net, tax) in rows {
            let amount = Money::new(unit, "EUR").times(quantity).unwrap();
            let line = Line::new(amount, rate).unwrap();
            assert_eq!((line.net.minor, line.tax.minor), (net, tax), "{unit} x {quantity} at {rate}");
        }
        let lines = [Line::new(Money::new(100, "EUR"), 2100).unwrap(), Line::new(Money::new(50, "EUR"), 0).unwrap()];
        assert_eq!(totals(&lines).unwrap().unwrap().gross, Money::new(171, "EUR"));
        assert_eq!(totals(&[]).unwrap(), None);
    }

    #[test]
    fn currencies_never_mix_and_absurd_quantities_are_refused() {
        assert!(matches!(Money::new(1, "EUR").plus(&Money::new(1, "TWD")), Err(MoneyProblem::Currencies(..))));
        for bad in ["", "two", "1e99", "0.0000001", "99999999999", "1,5"] {
            assert!(Money::new(1, "EUR").times(bad).is_err(), "{bad}");
        }
        assert_eq!(Money::new(i64::MAX, "EUR").times("2"), Err(MoneyProblem::TooLarge));
    }
}
