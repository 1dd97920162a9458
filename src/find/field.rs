//! The fields of a node that are searched: their order, their texts, and the names they have in answers (`title.zh`, `tags.0`, `target.1`).

use std::borrow::Cow;

use super::extra::Extra;
use super::rank::Zone;
use crate::plan::metric::{Amount, Metric, Value};
use crate::plan::{NodeId, Plan};
use crate::text::{Lang, Text};

/// A searched field of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Title in a language.
    Title(Lang),
    /// The n-th earlier title.
    FormerTitle(u16, Lang),
    /// The n-th tag of the plan.
    Tag(u16),
    /// The n-th tag people added.
    OwnTag(u16),
    /// Id.
    Id,
    /// The n-th earlier id.
    Alias(u16),
    /// The values, all together.
    Figures,
    /// A value of a metric.
    Value(Slot, u16),
    /// Summary in a language.
    Summary(Lang),
    /// The n-th glossary entry used, its title.
    Term(u16, Lang),
    /// The n-th note.
    Note(u16),
}

/// Where a metric keeps a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Baseline.
    Baseline,
    /// An actual value.
    Observed,
    /// A target.
    Target,
    /// Somebody else's value.
    Comparator,
}

impl Slot {
    const ALL: [Slot; 4] = [Slot::Baseline, Slot::Observed, Slot::Target, Slot::Comparator];

    /// Its values.
    fn values(self, metric: &Metric) -> &[Value] {
        match self {
            Slot::Baseline => metric.baseline.as_slice(),
            Slot::Observed => &metric.observed,
            Slot::Target => &metric.target,
            Slot::Comparator => &metric.comparators,
        }
    }
}

impl Field {
    /// What kind of field it is, for the order of matches.
    pub fn zone(self) -> Zone {
        match self {
            Field::Title(_) => Zone::Title,
            Field::FormerTitle(..) => Zone::FormerTitle,
            Field::Tag(_) | Field::OwnTag(_) => Zone::Tag,
            Field::Id | Field::Alias(_) => Zone::Id,
            Field::Figures | Field::Value(..) => Zone::Figure,
            Field::Summary(_) => Zone::Summary,
            Field::Term(..) => Zone::Glossary,
            Field::Note(_) => Zone::Note,
        }
    }

    /// In 32 bits, for the index.
    pub fn pack(self) -> u32 {
        let (kind, which, lang) = match self {
            Field::Title(lang) => (0, 0, lang),
            Field::FormerTitle(which, lang) => (1, which, lang),
            Field::Tag(which) => (2, which, Lang(0)),
            Field::OwnTag(which) => (3, which, Lang(0)),
            Field::Id => (4, 0, Lang(0)),
            Field::Alias(which) => (5, which, Lang(0)),
            Field::Figures => (6, 0, Lang(0)),
            Field::Value(slot, which) => (11 + slot as u32, which, Lang(0)),
            Field::Summary(lang) => (7, 0, lang),
            Field::Term(which, lang) => (8, which, lang),
            Field::Note(which) => (9, which, Lang(0)),
        };
        kind << 24 | u32::from(which) << 8 | u32::from(lang.0)
    }

    /// From [`Field::pack`].
    pub fn unpack(packed: u32) -> Self {
        let which = u16::try_from(packed >> 8 & 0xFFFF).unwrap_or(0);
        let lang = Lang(u8::try_from(packed & 0xFF).unwrap_or(0));
        match packed >> 24 {
            0 => Field::Title(lang),
            1 => Field::FormerTitle(which, lang),
            2 => Field::Tag(which),
            3 => Field::OwnTag(which),
            4 => Field::Id,
            5 => Field::Alias(which),
            6 => Field::Figures,
            7 => Field::Summary(lang),
            8 => Field::Term(which, lang),
            9 => Field::Note(which),
            kind => {
                Field::Value(Slot::ALL.get(kind as usize - 11).copied().unwrap_or(Slot::Comparator), which)
            }
        }
    }

    /// The name in answers.
    pub fn name(self, plan: &Plan, node: NodeId) -> String {
        match self {
            Field::Title(lang) => format!("title.{}", plan.tag(lang)),
            Field::FormerTitle(which, lang) => format!("former_titles.{which}.{}", plan.tag(lang)),
            Field::Tag(which) => format!("tags.{which}"),
            Field::OwnTag(which) => format!("annotation.tags.{which}"),
            Field::Id => "id".to_owned(),
            Field::Alias(which) => format!("aliases.{which}"),
            Field::Figures => "values".to_owned(),
            Field::Value(Slot::Baseline, _) => "baseline".to_owned(),
            Field::Value(Slot::Observed, which) => format!("observed.{which}"),
            Field::Value(Slot::Target, which) => format!("target.{which}"),
            Field::Value(Slot::Comparator, which) => format!("comparators.{which}"),
            Field::Summary(lang) => format!("summary.{}", plan.tag(lang)),
            Field::Term(which, lang) => {
                let term =
                    plan.tree.node(node).terms().get(usize::from(which)).map(|used| plan.term(used.term));
                format!("terms.{}.{}", term.map_or("", |term| &term.id), plan.tag(lang))
            }
            Field::Note(which) => format!("annotation.notes.{which}"),
        }
    }

    /// The original text that ranges count in; empty where the node has no such field.
    pub fn text<'a>(self, plan: &'a Plan, extra: &'a Extra, node: NodeId) -> Cow<'a, str> {
        let own = plan.tree.node(node);
        let wording =
            |text: Option<&'a Text>, lang| text.and_then(|text| text.get(lang)).unwrap_or_default().into();
        let said = extra.get(node);
        match self {
            Field::Title(lang) => wording(Some(&own.title), lang),
            Field::FormerTitle(which, lang) => wording(own.former_titles().get(usize::from(which)), lang),
            Field::Tag(which) => own.tags.get(usize::from(which)).map_or("", AsRef::as_ref).into(),
            Field::OwnTag(which) => {
                said.and_then(|said| said.tags.get(usize::from(which))).map_or("", AsRef::as_ref).into()
            }
            Field::Id => own.key.as_str().into(),
            Field::Alias(which) => {
                own.aliases().get(usize::from(which)).map_or("", |key| key.as_str()).into()
            }
            Field::Figures => figures(plan, node).into(),
            Field::Value(slot, which) => own
                .metric
                .as_deref()
                .and_then(|metric| slot.values(metric).get(usize::from(which)))
                .map(|value| written(&value.amount).join(" "))
                .unwrap_or_default()
                .into(),
            Field::Summary(lang) => wording(own.summary.as_ref(), lang),
            Field::Term(which, lang) => {
                wording(own.terms().get(usize::from(which)).map(|used| &plan.term(used.term).title), lang)
            }
            Field::Note(which) => {
                said.and_then(|said| said.notes.get(usize::from(which))).map_or("", AsRef::as_ref).into()
            }
        }
    }
}

/// The numbers of an amount as the plan writes them, without grouping.
pub fn written(amount: &Amount) -> Vec<String> {
    match amount {
        Amount::Number(number) => vec![number.to_string()],
        Amount::Range(from, to) => vec![from.to_string(), to.to_string()],
        Amount::Label(..) | Amount::Stage(_) => Vec::new(),
    }
}

/// The values of a node with their slots, in the order of their fields.
pub fn values(plan: &Plan, node: NodeId) -> impl Iterator<Item = (Field, &Value)> {
    plan.tree.node(node).metric.as_deref().into_iter().flat_map(|metric| {
        Slot::ALL.into_iter().flat_map(|slot| {
            (0u16..).zip(slot.values(metric)).map(move |(which, value)| (Field::Value(slot, which), value))
        })
    })
}

/// All numbers of a node in their shortest form, with spaces between, each once.
pub fn figures(plan: &Plan, node: NodeId) -> String {
    let mut out = String::new();
    for number in values(plan, node).flat_map(|(_, value)| written(&value.amount)) {
        let number = super::numerals::shortest(&number);
        if !out.split(' ').any(|own| own == number) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&number);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_survives_packing() {
        let fields = [
            Field::Title(Lang(1)),
            Field::FormerTitle(3, Lang(2)),
            Field::Tag(65_535),
            Field::OwnTag(1),
            Field::Id,
            Field::Alias(2),
            Field::Figures,
            Field::Value(Slot::Baseline, 0),
            Field::Value(Slot::Target, 7),
            Field::Value(Slot::Comparator, 300),
            Field::Summary(Lang(255)),
            Field::Term(4, Lang(1)),
            Field::Note(9),
        ];
        for field in fields {
            assert_eq!(Field::unpack(field.pack()), field);
        }
    }
}
