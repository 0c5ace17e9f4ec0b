//! Which table of one batch is which of the other: by project, unit and form over all files, so that files may be
//! renamed and moved; by the file's name only where nothing contradicts it.

use super::batches::BatchTable;
use super::fit::{are_one_unit, misfits_of};
use super::matching::Matching;
use crate::model::TableKind;
use crate::text::keys::unit_name_key;
use crate::text::likeness::{REWRITTEN, likeness};
use crate::text::match_key;

/// Pairs, and those that share a file's name and nothing else: earlier, later, why they do not fit.
pub(super) struct Paired {
    /// Those that fit.
    pub matching: Matching,
    /// Those that do not.
    pub unlike: Vec<(usize, usize, Vec<String>)>,
}

/// Pairs the tables of two batches.
pub(super) fn paired(old: &[BatchTable], new: &[BatchTable]) -> Paired {
    let mut matching = Matching::new(old.len(), new.len());
    let pair = |earlier: usize, later: usize| Some((old.get(earlier)?, new.get(later)?));
    let holds = |fits: &dyn Fn(&BatchTable, &BatchTable) -> bool, earlier, later| {
        pair(earlier, later).is_some_and(|(earlier, later)| fits(earlier, later))
    };
    let same_year = |one: &BatchTable, other: &BatchTable| {
        one.year == other.year || one.year.is_none() || other.year.is_none() || one.file == other.file
    };
    let names = |table: &BatchTable| Some((project(table)?, unit(table)?, table.identity.kind));
    // Of two years of one project, each goes with its own; a year that was corrected stands in the same file.
    join(
        &mut matching,
        old,
        new,
        |table| Some((names(table)?, table.year)),
        |_, _| true,
    );
    join(&mut matching, old, new, names, |one, two| holds(&same_year, one, two));
    // The same file, whose names were corrected or left out.
    let fits = |one: &BatchTable, other: &BatchTable| misfits_of(&one.identity, &other.identity).is_empty();
    join(
        &mut matching,
        old,
        new,
        |table| Some((table.file.clone(), project(table), table.sheet.clone())),
        |one, two| holds(&fits, one, two),
    );
    join(
        &mut matching,
        old,
        new,
        |table| Some((table.file.clone(), table.sheet.clone())),
        |one, two| holds(&fits, one, two),
    );
    join(
        &mut matching,
        old,
        new,
        |table| Some(table.file.clone()),
        |one, two| holds(&fits, one, two),
    );
    // A unit in its short form; without a unit a project's name alone proves nothing, many have 办公经费.
    let one_unit = |one: &BatchTable, other: &BatchTable| {
        let units = one.identity.unit.as_deref().zip(other.identity.unit.as_deref());
        same_year(one, other) && units.is_some_and(|(one, other)| are_one_unit(one, other))
    };
    let of_project = |table: &BatchTable| Some((project(table)?, table.identity.kind));
    join(&mut matching, old, new, of_project, |one, two| {
        holds(&one_unit, one, two)
    });
    // A project whose name was corrected, of the same unit.
    let renamed = |one: &BatchTable, other: &BatchTable| {
        let names = project(one).zip(project(other));
        same_year(one, other) && names.is_some_and(|(one, other)| likeness(&one, &other) >= REWRITTEN)
    };
    let of_unit = |table: &BatchTable| Some((unit(table)?, table.identity.kind));
    join(&mut matching, old, new, of_unit, |one, two| holds(&renamed, one, two));
    // A whole unit's own evaluation names no project.
    let of_whole = |table: &BatchTable| {
        let is_whole = table.identity.kind == TableKind::OverallSelfEvaluation && project(table).is_none();
        Some((is_whole.then(|| unit(table)).flatten()?, table.year))
    };
    join(&mut matching, old, new, of_whole, |_, _| true);
    let unlike = unlike(old, new, &matching);
    Paired { matching, unlike }
}

/// What is left and lies under one name.
fn unlike(old: &[BatchTable], new: &[BatchTable], matching: &Matching) -> Vec<(usize, usize, Vec<String>)> {
    let mut left = matching.clone();
    join(
        &mut left,
        old,
        new,
        |table| Some((table.file.clone(), table.sheet.clone())),
        |_, _| true,
    );
    join(&mut left, old, new, |table| Some(table.file.clone()), |_, _| true);
    let pairs = left.old_of_new.iter().zip(&matching.old_of_new).enumerate();
    pairs
        .filter(|(_, (_, fitting))| fitting.is_none())
        .filter_map(|(later, (earlier, _))| {
            let earlier = (*earlier)?;
            let misfits = misfits_of(&old.get(earlier)?.identity, &new.get(later)?.identity);
            Some((earlier, later, misfits))
        })
        .collect()
}

fn join<K: Ord>(
    matching: &mut Matching,
    old: &[BatchTable],
    new: &[BatchTable],
    key: impl Fn(&BatchTable) -> Option<K>,
    fits: impl Fn(usize, usize) -> bool,
) {
    matching.by_key_where(
        |index| old.get(index).and_then(&key),
        |index| new.get(index).and_then(&key),
        fits,
    );
}

fn project(table: &BatchTable) -> Option<String> {
    let key = match_key(table.identity.project.as_deref()?);
    (!key.is_empty()).then_some(key)
}

fn unit(table: &BatchTable) -> Option<String> {
    let key = unit_name_key(table.identity.unit.as_deref()?);
    (!key.is_empty()).then_some(key)
}
