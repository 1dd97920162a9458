//! The fields of a node that are searched: their order, their texts, and the names they have in answers
//! (`title.zh`, `tags.0`, `target.1`).

use std::borrow::Cow;

use super::extra::JournalExtras;
use super::rank::MatchZone;
use crate::plan::metric::{Amount, Metric, Value};
use crate::plan::{NodeId, Plan};
use crate::text::{Lang, Text};

/// A searched field of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchField {
    Title(Lang),
    /// The n-th earlier title.
    FormerTitle(u16, Lang),
    /// The n-th tag of the plan.
    Tag(u16),
    /// The n-th tag people added.
    OwnTag(u16),
    Id,
    /// The n-th earlier id.
    Alias(u16),
    /// The values, all together.
    Figures,
    /// A value of a metric.
    Value(ValueSlot, u16),
    Summary(Lang),
    /// The n-th glossary entry used, its title.
    Term(u16, Lang),
    /// The n-th note.
    Note(u16),
}

/// Where a metric keeps a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueSlot {
    Baseline,
    Observed,
    Target,
    /// Somebody else's value.
    Comparator,
}

impl ValueSlot {
    const ALL: [ValueSlot; 4] =
        [ValueSlot::Baseline, ValueSlot::Observed, ValueSlot::Target, ValueSlot::Comparator];

    fn values(self, metric: &Metric) -> &[Value] {
        match self {
            ValueSlot::Baseline => metric.baseline.as_slice(),
            ValueSlot::Observed => &metric.observed,
            ValueSlot::Target => &metric.target,
            ValueSlot::Comparator => &metric.comparators,
        }
    }
}

impl SearchField {
    /// What kind of field it is, for the order of matches.
    pub fn zone(self) -> MatchZone {
        match self {
            SearchField::Title(_) => MatchZone::Title,
            SearchField::FormerTitle(..) => MatchZone::FormerTitle,
            SearchField::Tag(_) | SearchField::OwnTag(_) => MatchZone::Tag,
            SearchField::Id | SearchField::Alias(_) => MatchZone::Id,
            SearchField::Figures | SearchField::Value(..) => MatchZone::Figure,
            SearchField::Summary(_) => MatchZone::Summary,
            SearchField::Term(..) => MatchZone::Glossary,
            SearchField::Note(_) => MatchZone::Note,
        }
    }

    /// In 32 bits, for the index.
    pub fn pack(self) -> u32 {
        let (kind, which, lang) = match self {
            SearchField::Title(lang) => (0, 0, lang),
            SearchField::FormerTitle(which, lang) => (1, which, lang),
            SearchField::Tag(which) => (2, which, Lang(0)),
            SearchField::OwnTag(which) => (3, which, Lang(0)),
            SearchField::Id => (4, 0, Lang(0)),
            SearchField::Alias(which) => (5, which, Lang(0)),
            SearchField::Figures => (6, 0, Lang(0)),
            SearchField::Value(slot, which) => (11 + slot as u32, which, Lang(0)),
            SearchField::Summary(lang) => (7, 0, lang),
            SearchField::Term(which, lang) => (8, which, lang),
            SearchField::Note(which) => (9, which, Lang(0)),
        };
        kind << 24 | u32::from(which) << 8 | u32::from(lang.0)
    }

    /// From [`SearchField::pack`].
    pub fn unpack(packed: u32) -> Self {
        let which = u16::try_from(packed >> 8 & 0xFFFF).unwrap_or(0);
        let lang = Lang(u8::try_from(packed & 0xFF).unwrap_or(0));
        match packed >> 24 {
            0 => SearchField::Title(lang),
            1 => SearchField::FormerTitle(which, lang),
            2 => SearchField::Tag(which),
            3 => SearchField::OwnTag(which),
            4 => SearchField::Id,
            5 => SearchField::Alias(which),
            6 => SearchField::Figures,
            7 => SearchField::Summary(lang),
            8 => SearchField::Term(which, lang),
            9 => SearchField::Note(which),
            kind => SearchField::Value(
                ValueSlot::ALL.get(kind as usize - 11).copied().unwrap_or(ValueSlot::Comparator),
                which,
            ),
        }
    }

    pub fn name(self, plan: &Plan, node: NodeId) -> String {
        match self {
            SearchField::Title(lang) => format!("title.{}", plan.tag(lang)),
            SearchField::FormerTitle(which, lang) => format!("former_titles.{which}.{}", plan.tag(lang)),
            SearchField::Tag(which) => format!("tags.{which}"),
            SearchField::OwnTag(which) => format!("annotation.tags.{which}"),
            SearchField::Id => "id".to_owned(),
            SearchField::Alias(which) => format!("aliases.{which}"),
            SearchField::Figures => "values".to_owned(),
            SearchField::Value(ValueSlot::Baseline, _) => "baseline".to_owned(),
            SearchField::Value(ValueSlot::Observed, which) => format!("observed.{which}"),
            SearchField::Value(ValueSlot::Target, which) => format!("target.{which}"),
            SearchField::Value(ValueSlot::Comparator, which) => format!("comparators.{which}"),
            SearchField::Summary(lang) => format!("summary.{}", plan.tag(lang)),
            SearchField::Term(which, lang) => {
                let term =
                    plan.tree.node(node).terms().get(usize::from(which)).map(|used| plan.term(used.term));
                format!("terms.{}.{}", term.map_or("", |term| &term.id), plan.tag(lang))
            }
            SearchField::Note(which) => format!("annotation.notes.{which}"),
        }
    }

    /// The original text that ranges count in; empty where the node has no such field.
    pub fn text<'a>(self, plan: &'a Plan, extra: &'a JournalExtras, node: NodeId) -> Cow<'a, str> {
        let own = plan.tree.node(node);
        let wording =
            |text: Option<&'a Text>, lang| text.and_then(|text| text.get(lang)).unwrap_or_default().into();
        let said = extra.get(node);
        match self {
            SearchField::Title(lang) => wording(Some(&own.title), lang),
            SearchField::FormerTitle(which, lang) => {
                wording(own.former_titles().get(usize::from(which)), lang)
            }
            SearchField::Tag(which) => own.tags.get(usize::from(which)).map_or("", AsRef::as_ref).into(),
            SearchField::OwnTag(which) => {
                said.and_then(|said| said.tags.get(usize::from(which))).map_or("", AsRef::as_ref).into()
            }
            SearchField::Id => own.key.as_str().into(),
            SearchField::Alias(which) => {
                own.aliases().get(usize::from(which)).map_or("", |key| key.as_str()).into()
            }
            SearchField::Figures => figures(plan, node).into(),
            SearchField::Value(slot, which) => own
                .metric
                .as_deref()
                .and_then(|metric| slot.values(metric).get(usize::from(which)))
                .map(|value| written(&value.amount).join(" "))
                .unwrap_or_default()
                .into(),
            SearchField::Summary(lang) => wording(own.summary.as_ref(), lang),
            SearchField::Term(which, lang) => {
                wording(own.terms().get(usize::from(which)).map(|used| &plan.term(used.term).title), lang)
            }
            SearchField::Note(which) => {
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
pub fn values(plan: &Plan, node: NodeId) -> impl Iterator<Item = (SearchField, &Value)> {
    plan.tree.node(node).metric.as_deref().into_iter().flat_map(|metric| {
        ValueSlot::ALL.into_iter().flat_map(|slot| {
            (0u16..)
                .zip(slot.values(metric))
                .map(move |(which, value)| (SearchField::Value(slot, which), value))
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
            SearchField::Title(Lang(1)),
            SearchField::FormerTitle(3, Lang(2)),
            SearchField::Tag(65_535),
            SearchField::OwnTag(1),
            SearchField::Id,
            SearchField::Alias(2),
            SearchField::Figures,
            SearchField::Value(ValueSlot::Baseline, 0),
            SearchField::Value(ValueSlot::Target, 7),
            SearchField::Value(ValueSlot::Comparator, 300),
            SearchField::Summary(Lang(255)),
            SearchField::Term(4, Lang(1)),
            SearchField::Note(9),
        ];
        for field in fields {
            assert_eq!(SearchField::unpack(field.pack()), field);
        }
    }
}
