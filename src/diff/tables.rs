//! Which table of one file is which of the other: by project, then by sheet, then by kind.

use super::matching::Matching;
use crate::model::Field;
use crate::report::TableReport;
use crate::text::keys::unit_name_key;
use crate::text::likeness::{REWRITTEN, likeness};
use crate::text::match_key;

/// Matches the tables of two files.
pub(super) fn matched(old: &[TableReport], new: &[TableReport]) -> Matching {
    let mut matching = Matching::new(old.len(), new.len());
    let kind = |table: &TableReport| table.kind;
    let project = |table: &TableReport| key(table.evaluation.project_name.as_ref());
    let unit = |table: &TableReport| {
        let unit = table.evaluation.implementing_unit.as_ref()?;
        Some(unit_name_key(&unit.value)).filter(|key| !key.is_empty())
    };
    join(&mut matching, old, new, |table| {
        Some((project(table)?, unit(table), Some(kind(table)), table.sheet.clone()))
    });
    join(&mut matching, old, new, |table| {
        Some((project(table)?, unit(table), Some(kind(table))))
    });
    join(&mut matching, old, new, |table| Some((project(table)?, unit(table))));
    join(&mut matching, old, new, project);
    // A name that was corrected is still like what it was.
    matching.by_likeness(|earlier, later| {
        let (earlier, later) = (old.get(earlier)?, new.get(later)?);
        let (one, other) = (project(earlier)?, project(later)?);
        let alike = likeness(&one, &other);
        (kind(earlier) == kind(later) && alike >= REWRITTEN).then_some(alike)
    });
    // Two names that are not alike are two projects, wherever they stand; unless nothing else is left.
    let nameless = |table: &TableReport| project(table).is_none();
    if old.iter().any(nameless) || new.iter().any(nameless) {
        join(&mut matching, old, new, |table| {
            Some((table.sheet.clone(), kind(table)))
        });
        join(&mut matching, old, new, |table| Some(kind(table)));
    }
    if let ([_], [_]) = (matching.free_old().as_slice(), matching.free_new().as_slice()) {
        matching.in_order();
    }
    matching
}

fn join<K: Ord>(
    matching: &mut Matching,
    old: &[TableReport],
    new: &[TableReport],
    key: impl Fn(&TableReport) -> Option<K>,
) {
    matching.by_key(
        |index| old.get(index).and_then(&key),
        |index| new.get(index).and_then(&key),
    );
}

fn key(field: Option<&Field<String>>) -> Option<String> {
    field.map(|field| match_key(&field.value)).filter(|key| !key.is_empty())
}
