//! Numbers, times and digests: read as they are written, and reported where they are none.

use toml::de::DeValue;

use super::{FileReader, RawItem, span_of};
use crate::plan::diagnostic::trouble::{ExpectedValue, Flaw};
use crate::plan::metric::{Decimal, Moment};

/// Numbers and times.
impl FileReader<'_> {
    fn integer(item: &RawItem<'_>) -> Option<i64> {
        let number = item.get_ref().as_integer()?;
        i64::from_str_radix(number.as_str(), number.radix()).ok()
    }

    /// A whole number from 0.
    pub fn whole(&mut self, key: &str, item: &RawItem<'_>) -> Option<u32> {
        if !item.get_ref().is_integer() {
            self.wrong_type(key, ExpectedValue::Whole, item);
            return None;
        }
        let found = Self::integer(item).and_then(|number| u32::try_from(number).ok());
        if found.is_none() {
            self.invalid(key, Flaw::CountOutOfRange, span_of(item));
        }
        found
    }

    pub fn year(&mut self, key: &str, item: &RawItem<'_>) -> Option<i16> {
        if !item.get_ref().is_integer() {
            self.wrong_type(key, ExpectedValue::Year, item);
            return None;
        }
        let year = Self::integer(item).and_then(|number| i16::try_from(number).ok());
        let found = year.filter(|year| YEARS.contains(year));
        if found.is_none() {
            self.invalid(key, Flaw::YearOutOfRange, span_of(item));
        }
        found
    }

    /// A year (`2025`), a month (`"2025-05"`) or a day (`2025-10-20`).
    pub fn moment(&mut self, key: &str, item: &RawItem<'_>) -> Option<Moment> {
        self.moment_by(key, item, Moment::parse)
    }

    /// What [`Reader::moment`] reads, and some time between two months or days (`"2025-03/2025-05"`).
    pub fn moment_or_span(&mut self, key: &str, item: &RawItem<'_>) -> Option<Moment> {
        self.moment_by(key, item, Moment::parse_span)
    }

    fn moment_by(
        &mut self,
        key: &str,
        item: &RawItem<'_>,
        parse: fn(&str) -> Option<Moment>,
    ) -> Option<Moment> {
        let found = match item.get_ref() {
            DeValue::Integer(_) => return self.year(key, item).map(Moment::Year),
            DeValue::String(text) => parse(text),
            DeValue::Datetime(at) => match (at.date, at.time, at.offset) {
                (Some(date), None, None) => moment_of(date),
                _ => None,
            },
            _ => {
                self.wrong_type(key, ExpectedValue::Date, item);
                return None;
            }
        };
        let found =
            found.filter(|moment| YEARS.contains(&moment.year()) && YEARS.contains(&moment.last().year()));
        if found.is_none() {
            self.invalid(key, Flaw::NoDate, span_of(item));
        }
        found
    }

    pub fn decimal(&mut self, key: &str, item: &RawItem<'_>) -> Option<Decimal> {
        let found = match item.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => Decimal::parse(number.as_str()),
            DeValue::Integer(_) => Self::integer(item).and_then(|number| Decimal::parse(&number.to_string())),
            DeValue::Float(number) => Decimal::parse(number.as_str()),
            _ => {
                self.wrong_type(key, ExpectedValue::Number, item);
                return None;
            }
        };
        if found.is_none() {
            let literal = item.get_ref().as_float().map_or("", |number| number.as_str());
            let finite = literal.parse().is_ok_and(|value: f64| value.is_finite()) || literal.is_empty();
            self.invalid(key, if finite { Flaw::TooPrecise } else { Flaw::NotFinite }, span_of(item));
        }
        found
    }

    /// A SHA-256 in hexadecimal.
    pub fn digest(&mut self, key: &str, item: &RawItem<'_>) -> Option<Box<str>> {
        let text = self.str(key, item)?;
        let right = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !right {
            self.invalid(key, Flaw::Digest, span_of(item));
        }
        right.then(|| text.into())
    }
}

/// Years that a plan may name.
const YEARS: std::ops::RangeInclusive<i16> = 1000..=9999;

fn moment_of(date: toml::value::Date) -> Option<Moment> {
    let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
    jiff::civil::Date::new(i16::try_from(date.year).ok()?, month, day).ok().map(Moment::Day)
}
