//! Indicators of two years by name.

use std::collections::BTreeMap;

use crate::summary::names::name_key;
use crate::summary::rows::IndicatorRow;

/// Indicators by name; of a name that comes twice, none, since nobody knows which is meant.
pub fn by_name(rows: &[IndicatorRow]) -> BTreeMap<String, &IndicatorRow> {
    let mut named: BTreeMap<String, Option<&IndicatorRow>> = BTreeMap::new();
    for row in rows {
        if let Some(name) = name_of(row) {
            named.entry(name).and_modify(|known| *known = None).or_insert(Some(row));
        }
    }
    named.into_iter().filter_map(|(name, row)| Some((name, row?))).collect()
}

/// Returns the key of an indicator's name.
pub fn name_of(row: &IndicatorRow) -> Option<String> {
    row.level3.as_deref().map(name_key).filter(|name| !name.is_empty())
}
