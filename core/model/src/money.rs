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
    /// The text is no amount of the currency.
    #[error("\"{0}\" is no amount in {1}: write one such as 121 or 121.00, with no more digits than the currency has")]
    Amount(String, String),
}

impl Money {
    /// An amount in minor units of a currency.
    pub fn new(minor: i64, currency: &str) -> Money {
        Money { minor, currency: currency.to_owned() }
    }

    /// The amount in digits with a full stop, such as `121.00`, for files and terminals.
    pub fn plain(&self) -> String {
        let digits = minor_digits(&self.currency);
        let sign = if self.minor < 0 { "-" } else { "" };
        let padded = format!("{:0>width$}", self.minor.unsigned_abs(), width = digits + 1);
        match padded.split_at_checked(padded.len().saturating_sub(digits)) {
            Some((whole, fraction)) if !fraction.is_empty() => format!("{sign}{whole}.{fraction}"),
            _ => format!("{sign}{padded}"),
        }
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

/// How many digits of an amount in minor units stand after the decimal sign (ISO 4217, list one).
pub fn minor_digits(currency: &str) -> usize {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND" | "VUV"
        | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// An amount as typed in a currency: `121` or `121.00`. More digits than the currency has are refused.
pub fn amount_of(text: &str, currency: &str) -> Result<Money, MoneyProblem> {
    let refused = || MoneyProblem::Amount(text.chars().take(40).collect(), currency.to_owned());
    let amount: Decimal = text.trim().parse().map_err(|_| refused())?;
    let digits = u32::try_from(minor_digits(currency)).unwrap_or(2);
    if amount.normalize().scale() > digits {
        return Err(refused());
    }
    let minor = amount.checked_mul(Decimal::from(10_i64.pow(digits))).and_then(|minor| minor.to_i64());
    Ok(Money::new(minor.ok_or(MoneyProblem::TooLarge)?, currency))
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
    fn amounts_are_typed_and_written_with_the_digits_of_their_currency() {
        // (text, currency, minor units, as written)
        let rows = [
            ("121", "EUR", Some(12_100), "121.00"),
            (" 0.5 ", "EUR", Some(50), "0.50"),
            ("-3.10", "EUR", Some(-310), "-3.10"),
            ("4800", "JPY", Some(4_800), "4800"),
            ("1.250", "KWD", Some(1_250), "1.250"),
            ("1.234", "EUR", None, ""),
            ("1.5", "JPY", None, ""),
            ("12,10", "EUR", None, ""),
            ("", "EUR", None, ""),
        ];
        for (text, currency, minor, written) in rows {
            let amount = amount_of(text, currency).ok();
            assert_eq!(amount.as_ref().map(|amount| amount.minor), minor, "{text} {currency}");
            assert_eq!(amount.map(|amount| amount.plain()).unwrap_or_default(), written, "{text} {currency}");
        }
        assert_eq!(amount_of("99999999999999999999", "EUR"), Err(MoneyProblem::TooLarge));
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
