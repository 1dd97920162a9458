//! How the keys of an object of the export are declared: the fields of a table of the plan, and beside them
//! what is worked out.

use super::item::JsonItem;
use super::shape::{JsonObject, JsonType};
use crate::plan::Plan;
use crate::plan::fields::{FieldTable, Info};

/// A key of an object: the field of its table under the same key, or something that is worked out by a `G`.
pub(super) struct JsonKey<G: 'static> {
    name: &'static str,
    worked: Option<Worked<G>>,
}

struct Worked<G: 'static> {
    about: &'static str,
    of: fn() -> JsonType,
    get: G,
}

/// The field of the table under this key.
pub(super) const fn field<G>(name: &'static str) -> JsonKey<G> {
    JsonKey { name, worked: None }
}

/// What is worked out, with its meaning and its type.
pub(super) const fn worked<G>(
    name: &'static str,
    of: fn() -> JsonType,
    about: &'static str,
    get: G,
) -> JsonKey<G> {
    JsonKey { name, worked: Some(Worked { about, of, get }) }
}

/// What becomes of the fields of a table that an object does not name.
#[derive(Clone, Copy)]
pub(super) enum UndeclaredFields {
    /// They follow the keys that it names, in the order of the table, but for some that others stand for.
    Follows(&'static [&'static str]),
    LeftOut,
}

/// An object of the export that is drawn from a table of the plan.
pub(super) struct Contract<R: 'static, T: 'static, G: 'static> {
    pub name: &'static str,
    pub about: &'static str,
    pub table: &'static FieldTable<R, T>,
    /// The keys whose order is fixed.
    pub keys: &'static [JsonKey<G>],
    pub rest: UndeclaredFields,
}

impl<R, T, G> Contract<R, T, G> {
    /// The fields that no key names.
    fn rest(&self) -> impl Iterator<Item = &'static Info> {
        let fields = self.table.fields().map(|field| &field.info);
        fields.filter(|info| match self.rest {
            UndeclaredFields::Follows(but) => {
                !but.contains(&info.key) && self.keys.iter().all(|key| key.name != info.key)
            }
            UndeclaredFields::LeftOut => false,
        })
    }

    /// The entries of one; `get` works out what no field says.
    pub fn entries<'p>(
        &self,
        plan: &'p Plan,
        of: &'p T,
        get: impl Fn(&G) -> JsonItem<'p>,
    ) -> Vec<(&'p str, JsonItem<'p>)> {
        let said = |key: &str| JsonItem::of(plan, self.table.value(key, of));
        let mut entries: Vec<(&str, JsonItem<'p>)> = Vec::with_capacity(self.keys.len() + self.table.len());
        entries.extend(self.keys.iter().map(|key| {
            let item = key.worked.as_ref().map_or_else(|| said(key.name), |worked| get(&worked.get));
            (key.name, item)
        }));
        entries.extend(self.rest().map(|info| (info.key, said(info.key))));
        entries
    }

    /// Its keys, for those who describe it.
    pub fn object(&self) -> JsonObject {
        let outline = self.table.outline();
        let field = |name: &'static str| {
            let found = outline.fields.iter().find(|(info, _)| info.key == name);
            found.map(|(info, shape)| (name, JsonType::of(info, shape), info.about.1.into()))
        };
        let key = |key: &JsonKey<G>| match &key.worked {
            Some(worked) => Some((key.name, (worked.of)(), worked.about.into())),
            None => field(key.name),
        };
        let keys = self.keys.iter().filter_map(key).chain(self.rest().filter_map(|info| field(info.key)));
        JsonObject { name: self.name, about: self.about, keys: keys.collect() }
    }
}
