//! The roster as it is told: what became of each line, who is covered by department, and which tables nobody listed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::SummaryError;
use super::coverage::{CoverageRow, RosterOutcome, RosterRow, RosterStanding, UnlistedRow, UnsureMatch};
use super::names::{described, unit_name_key};
use super::roster::{Roster, RosterEntry};
use super::roster_match::{Found, Matched, matched};
use super::tables::Tables;

/// Returns the roster against the tables.
pub fn outcome(roster: &Roster, tables: &Tables) -> Result<RosterOutcome, SummaryError> {
    let Matched { received, found, taken } = matched(roster, tables)?;
    let mut outcome = RosterOutcome {
        amount_note: roster.amount_note.clone(),
        ..RosterOutcome::default()
    };
    let mut coverage: BTreeMap<(bool, String), CoverageRow> = BTreeMap::new();
    let mut total = CoverageRow {
        total: true,
        ..CoverageRow::default()
    };
    for (line, entry) in roster.entries.iter().enumerate() {
        let found = found.get(line).and_then(Option::as_ref);
        let table = found
            .and_then(|found| received.get(found.received))
            .map(|own| own.table);
        let row = table.map(|table| tables.row(table)).transpose()?.flatten();
        let not_filled_in = row.as_ref().is_some_and(|row| row.not_filled_in);
        let standing = match found {
            None => RosterStanding::Missing,
            Some(_) if not_filled_in => RosterStanding::Missing,
            Some(Found { doubt: Some(_), .. }) => RosterStanding::Unsure,
            Some(_) => RosterStanding::Received,
        };
        if let Some((found, row)) = found.zip(row.as_ref())
            && let Some(why) = found.doubt
        {
            outcome.unsure.push(UnsureMatch {
                line: entry.line,
                listed: listed_name(entry),
                received: described(row),
                file: row.file.clone(),
                likeness: Decimal::new(found.likeness.into(), 3).round_dp(2),
                why: why.to_owned(),
            });
        }
        let key = entry.department.as_deref().map(unit_name_key).unwrap_or_default();
        let group = coverage.entry((entry.department.is_none(), key)).or_default();
        if group.department.is_none() {
            group.department.clone_from(&entry.department);
        }
        for sums in [group, &mut total] {
            sums.count(standing, entry.amount);
        }
        outcome.rows.push(RosterRow {
            line: entry.line,
            department: entry.department.clone(),
            unit: entry.unit.clone(),
            project: entry.project.clone(),
            amount: entry.amount,
            year: entry.year,
            score: entry.score,
            grade: entry.grade,
            standing,
            not_filled_in,
            file: row.map(|row| row.file),
            table,
        });
    }
    let order = roster.order();
    let mut coverage: Vec<_> = coverage.into_iter().collect();
    coverage.sort_by_cached_key(|((is_nameless, key), _)| (*is_nameless, order.place(key)));
    let coverage = coverage.into_iter().map(|(_, row)| row);
    outcome.coverage = coverage.chain([total]).map(CoverageRow::rated).collect();
    for (own, _) in received.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        if let Some(row) = tables.row(own.table)? {
            outcome.unlisted.push(UnlistedRow {
                table: own.table,
                name: described(&row),
                file: row.file,
            });
        }
    }
    Ok(outcome)
}

fn listed_name(entry: &RosterEntry) -> String {
    let parts = [
        entry.unit.as_deref().or(entry.department.as_deref()),
        entry.project.as_deref(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
