//! Values by field: a handful, in the order of the form.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::grid::CellAddress;

/// A map of the few entries that a row or a form has, in the order of their keys; in JSON a map like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldMap<F, V = CellAddress> {
    entries: Vec<(F, V)>,
}

impl<F, V> Default for FieldMap<F, V> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<F: Ord, V> FieldMap<F, V> {
    /// Returns a field's value.
    pub fn get(&self, field: &F) -> Option<&V> {
        self.entries
            .iter()
            .find(|(known, _)| known == field)
            .map(|(_, value)| value)
    }

    /// Returns whether the field has a value.
    pub fn contains_key(&self, field: &F) -> bool {
        self.get(field).is_some()
    }

    /// Sets a field's value.
    pub fn insert(&mut self, field: F, value: V) {
        match self.entries.binary_search_by(|(known, _)| known.cmp(&field)) {
            Ok(at) => {
                if let Some((_, place)) = self.entries.get_mut(at) {
                    *place = value;
                }
            }
            Err(at) => self.entries.insert(at, (field, value)),
        }
    }

    /// Sets the value of a field that has none.
    pub fn insert_if_missing(&mut self, field: F, value: V) {
        if !self.contains_key(&field) {
            self.insert(field, value);
        }
    }

    /// Takes away a field's value.
    pub fn remove(&mut self, field: &F) {
        self.entries.retain(|(known, _)| known != field);
    }
}

impl<F, V> FieldMap<F, V> {
    /// Returns whether no field has a value.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the fields with their values, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&F, &V)> + Clone {
        self.entries.iter().map(|(field, value)| (field, value))
    }

    /// Returns the fields, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &F> + Clone {
        self.entries.iter().map(|(field, _)| field)
    }

    /// Returns the values, in the order of their fields.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + Clone {
        self.entries.iter().map(|(_, value)| value)
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }
}

/// Of entries of one field the last counts.
impl<F: Ord, V> FromIterator<(F, V)> for FieldMap<F, V> {
    fn from_iter<I: IntoIterator<Item = (F, V)>>(entries: I) -> Self {
        let mut map = Self::default();
        for (field, value) in entries {
            match map.entries.last() {
                Some((last, _)) if *last >= field => map.insert(field, value),
                _ => map.entries.push((field, value)),
            }
        }
        map
    }
}

impl<F: Ord, V, const N: usize> From<[(F, V); N]> for FieldMap<F, V> {
    fn from(entries: [(F, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<F: Serialize, V: Serialize> Serialize for FieldMap<F, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, F: Deserialize<'de> + Ord, V: Deserialize<'de>> Deserialize<'de> for FieldMap<F, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = BTreeMap::<F, V>::deserialize(deserializer)?;
        Ok(entries.into_iter().collect())
    }
}

impl<F: JsonSchema, V: JsonSchema> JsonSchema for FieldMap<F, V> {
    fn inline_schema() -> bool {
        BTreeMap::<F, V>::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        BTreeMap::<F, V>::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        BTreeMap::<F, V>::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        BTreeMap::<F, V>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_holds_what_any_other_map_holds(entries in prop::collection::vec((0_u8..9, 0_u8..9), 0..20), gone in 0_u8..9) {
            let mut map: FieldMap<u8, u8> = entries.iter().copied().collect();
            let mut other: BTreeMap<u8, u8> = entries.iter().copied().collect();
            prop_assert!(map.iter().eq(&other));
            map.remove(&gone);
            other.remove(&gone);
            map.insert_if_missing(gone / 2, 7);
            other.entry(gone / 2).or_insert(7);
            prop_assert!(map.iter().eq(&other));
            for key in 0..9 {
                prop_assert_eq!(map.get(&key), other.get(&key));
            }
            let json = serde_json::to_string(&map).unwrap();
            prop_assert_eq!(&json, &serde_json::to_string(&other).unwrap());
            prop_assert_eq!(serde_json::from_str::<FieldMap<u8, u8>>(&json).unwrap(), map);
        }
    }
}
