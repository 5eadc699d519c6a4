//! Money as people read it: always with its currency, in the language's order and separators.

use countersign_model::Language;
use countersign_model::money::{Money, minor_digits};

use crate::catalogue::Texts;

/// Currencies that have cents on paper only: the digits are written where they are not zero.
fn hides_zero_cents(currency: &str) -> bool {
    matches!(currency, "TWD" | "IDR" | "HUF")
}

/// The sign of a currency where readers of the language know it without doubt; others print their code.
fn symbol(currency: &str, language: Language) -> Option<&'static str> {
    let simplified = language == Language::SimplifiedChinese;
    Some(match currency {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "US$",
        "TWD" => "NT$",
        "HKD" => "HK$",
        "KRW" => "₩",
        "CNY" if simplified => "¥",
        "CNY" => "CN¥",
        "JPY" if language == Language::English => "¥",
        "JPY" => "JP¥",
        _ => return None,
    })
}

/// A sum as a person would type it, to be put right: `1185.00`.
pub fn sum_to_type(money: &Money) -> String {
    let digits = minor_digits(&money.currency);
    let sign = if money.minor < 0 { "-" } else { "" };
    let padded = format!("{:0>width$}", money.minor.unsigned_abs(), width = digits + 1);
    let (whole, fraction) = padded.split_at_checked(padded.len() - digits).unwrap_or((&padded, ""));
    let bare = fraction.is_empty() || (hides_zero_cents(&money.currency) && fraction.bytes().all(|byte| byte == b'0'));
    if bare { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

impl Texts {
    /// An amount with its currency, such as `€1,185.00`, `1185,00 €` or `NT$4,800`.
    pub fn money(&self, money: &Money) -> String {
        let decimal = sum_to_type(money);
        let (sign, amount) = decimal.strip_prefix('-').map_or(("", decimal.as_str()), |amount| ("-", amount));
        let amount = self.number(amount);
        let text = match symbol(&money.currency, self.language()) {
            Some(symbol) => self.with("currency-before", &[("symbol", symbol.into()), ("amount", amount.into())]),
            None => self.with("currency-code", &[("code", money.currency.as_str().into()), ("amount", amount.into())]),
        };
        format!("{sign}{text}")
    }

    /// A tax rate in basis points, such as `21 %` or `5.5 %`.
    pub fn rate(&self, basis_points: i64) -> String {
        let (whole, rest) = (basis_points.unsigned_abs() / 100, basis_points.unsigned_abs() % 100);
        let sign = if basis_points < 0 { "-" } else { "" };
        let decimal = format!("{sign}{whole}.{rest:02}");
        let decimal = decimal.trim_end_matches('0').trim_end_matches('.');
        self.with("percent", &[("number", self.number(decimal).into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_follow_the_currency_and_the_language() {
        // (minor, currency) -> en, es, zh-Hans, zh-Hant
        let rows = [
            ((118_500, "EUR"), ["€1,185.00", "1185,00\u{a0}€", "€1,185.00", "€1,185.00"]),
            ((-5, "EUR"), ["-€0.05", "-0,05\u{a0}€", "-€0.05", "-€0.05"]),
            ((480_000, "TWD"), ["NT$4,800", "4800\u{a0}NT$", "NT$4,800", "NT$4,800"]),
            ((480_050, "TWD"), ["NT$4,800.50", "4800,50\u{a0}NT$", "NT$4,800.50", "NT$4,800.50"]),
            ((12_345, "JPY"), ["¥12,345", "12.345\u{a0}JP¥", "JP¥12,345", "JP¥12,345"]),
            ((99, "KRW"), ["₩99", "99\u{a0}₩", "₩99", "₩99"]),
            ((108_000, "CNY"), ["CN¥1,080.00", "1080,00\u{a0}CN¥", "¥1,080.00", "CN¥1,080.00"]),
            ((1_000, "CHF"), ["CHF\u{a0}10.00", "10,00\u{a0}CHF", "CHF\u{a0}10.00", "CHF\u{a0}10.00"]),
            ((1_234, "KWD"), ["KWD\u{a0}1.234", "1,234\u{a0}KWD", "KWD\u{a0}1.234", "KWD\u{a0}1.234"]),
        ];
        for ((minor, currency), want) in rows {
            let got = Language::ALL.map(|language| Texts::new(language).money(&Money::new(minor, currency)));
            assert_eq!(got, want, "{minor} {currency}");
        }
    }

    #[test]
    fn the_smallest_amount_does_not_overflow() {
        let text = Texts::new(Language::English).money(&Money::new(i64::MIN, "EUR"));
        assert_eq!(text, "-€92,233,720,368,547,758.08");
    }

    #[test]
    fn rates_lose_their_empty_decimals() {
        let texts = Texts::new(Language::Spanish);
        for (points, want) in [(2100, "21 %"), (550, "5,5 %"), (0, "0 %"), (1, "0,01 %"), (1000, "10 %")] {
            assert_eq!(texts.rate(points), want);
        }
    }
}
