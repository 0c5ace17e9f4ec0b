//! Finds each roster line's table by name: the same name first, then like names within blocks of rare letter pairs, so
//! that long lists are never compared line by line with each other. What is not certain is left to a person.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;

use super::amounts::quotient;
use super::coverage::{CoverageRow, RosterOutcome, RosterRow, RosterStanding, UnlistedRow, UnsureMatch};
use super::names::{described, name_key, project_key};
use super::roster::{Roster, RosterEntry};
use super::rows::TableRow;
use crate::model::TableKind;

/// Likeness from which two names of one unit are taken for the same, if their numbers agree.
const SAME: f64 = 0.9;
/// Likeness from which a person should look.
const MAYBE: f64 = 0.7;
/// Letter pairs of a name that are looked up, the rarest first.
const PAIRS_ASKED: usize = 4;
/// Tables looked at for one letter pair; a more common pair says nothing.
const MOST_SHARING: usize = 200;

const SAME_NAME_ELSEWHERE: &str = "名称相同，单位不同";

/// The roster against the tables.
pub fn outcome(roster: &Roster, tables: &[TableRow]) -> RosterOutcome {
    let lists_projects = roster.entries.iter().any(|entry| entry.project.is_some());
    let received: Vec<Received> = tables
        .iter()
        .enumerate()
        .filter(|(_, row)| !lists_projects || row.kind != TableKind::OverallSelfEvaluation)
        .map(|(table, row)| Received::new(table, row, lists_projects))
        .collect();
    let found = Matching::new(roster, &received).run();
    finish(roster, tables, &received, found)
}

/// A table's names made comparable.
struct Received {
    table: usize,
    name: String,
    unit: String,
    department: String,
}

impl Received {
    fn new(table: usize, row: &TableRow, lists_projects: bool) -> Self {
        let key = |name: &Option<String>| name.as_deref().map(name_key).unwrap_or_default();
        let (unit, department) = (key(&row.unit), key(&row.department));
        let name = if lists_projects {
            project_key(row).unwrap_or_default()
        } else if unit.is_empty() {
            department.clone()
        } else {
            unit.clone()
        };
        Self {
            table,
            name,
            unit,
            department,
        }
    }

    /// Whether the entry's unit may be this table's. Who names no unit contradicts nobody.
    fn is_of(&self, entry: &Listed) -> bool {
        let mine = [&self.unit, &self.department];
        if !entry.unit.is_empty() {
            let known = mine.iter().any(|name| !name.is_empty());
            return !known || mine.iter().any(|name| same_unit(name, &entry.unit));
        }
        entry.department.is_empty()
            || self.department.is_empty()
            || mine.iter().any(|name| same_unit(name, &entry.department))
    }
}

/// A roster line's names made comparable.
struct Listed {
    name: String,
    unit: String,
    department: String,
}

impl Listed {
    fn new(entry: &RosterEntry) -> Self {
        let key = |name: &Option<String>| name.as_deref().map(name_key).unwrap_or_default();
        Self {
            name: if entry.project.is_some() {
                key(&entry.project)
            } else {
                key(&entry.unit)
            },
            unit: if entry.project.is_some() {
                key(&entry.unit)
            } else {
                String::new()
            },
            department: key(&entry.department),
        }
    }
}

/// 县教育局 and 某县教育局 are one; a name of two characters is too short to be part of another.
fn same_unit(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 3;
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short == long || (short.chars().count() >= SHORTEST && long.ends_with(short))
}

/// What a line got.
#[derive(Clone)]
struct Found {
    received: usize,
    likeness: f64,
    doubt: Option<String>,
}

struct Matching<'a> {
    listed: Vec<Listed>,
    received: &'a [Received],
    found: BTreeMap<usize, Found>,
    taken: BTreeSet<usize>,
}

impl<'a> Matching<'a> {
    fn new(roster: &Roster, received: &'a [Received]) -> Self {
        Self {
            listed: roster.entries.iter().map(Listed::new).collect(),
            received,
            found: BTreeMap::new(),
            taken: BTreeSet::new(),
        }
    }

    fn run(mut self) -> (BTreeMap<usize, Found>, BTreeSet<usize>) {
        let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, received) in self.received.iter().enumerate() {
            if !received.name.is_empty() {
                by_name.entry(&received.name).or_default().push(index);
            }
        }
        self.same_names(&by_name);
        self.like_names();
        self.same_names_elsewhere(&by_name);
        (self.found, self.taken)
    }

    /// The same name and no other unit: all such tables belong to the line, whatever their kind.
    fn same_names(&mut self, by_name: &BTreeMap<&str, Vec<usize>>) {
        for (line, listed) in self.listed.iter().enumerate() {
            let all = by_name.get(listed.name.as_str()).into_iter().flatten();
            // The sums of one name stay small: many tables of one name differ by unit.
            let own: Vec<usize> = all
                .take(MOST_SHARING)
                .copied()
                .filter(|index| self.received.get(*index).is_some_and(|table| table.is_of(listed)))
                .collect();
            if let Some(first) = own.first() {
                self.found.insert(
                    line,
                    Found {
                        received: *first,
                        likeness: 1.0,
                        doubt: None,
                    },
                );
                self.taken.extend(own);
            }
        }
    }

    /// Like names among what is left, the most alike first, each table once.
    fn like_names(&mut self) {
        let blocks = self.blocks();
        let mut pairs: Vec<(f64, usize, usize, bool)> = Vec::new();
        for (line, listed) in self.listed.iter().enumerate() {
            if self.found.contains_key(&line) {
                continue;
            }
            for index in candidates(&listed.name, &blocks) {
                let Some(table) = self.received.get(index) else {
                    continue;
                };
                let likeness = strsim::normalized_levenshtein(&listed.name, &table.name);
                let is_of = table.is_of(listed);
                if likeness >= MAYBE && (is_of || likeness >= SAME) {
                    pairs.push((likeness, line, index, is_of));
                }
            }
        }
        pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
        for (likeness, line, index, is_of) in pairs {
            if self.found.contains_key(&line) || self.taken.contains(&index) {
                continue;
            }
            let (Some(listed), Some(table)) = (self.listed.get(line), self.received.get(index)) else {
                continue;
            };
            let doubt = if !is_of && listed.name == table.name {
                Some(SAME_NAME_ELSEWHERE)
            } else if !is_of {
                Some("名称相近，单位不同")
            } else if numerals(&listed.name) != numerals(&table.name) {
                Some("名称相近，其中的数字不同")
            } else if likeness < SAME {
                Some("名称相近")
            } else {
                None
            };
            self.taken.insert(index);
            self.found.insert(
                line,
                Found {
                    received: index,
                    likeness,
                    doubt: doubt.map(str::to_owned),
                },
            );
        }
    }

    /// The same name under another unit, which no other line claims.
    fn same_names_elsewhere(&mut self, by_name: &BTreeMap<&str, Vec<usize>>) {
        for (line, listed) in self.listed.iter().enumerate() {
            if self.found.contains_key(&line) {
                continue;
            }
            let all = by_name.get(listed.name.as_str()).into_iter().flatten();
            let free = all.take(MOST_SHARING).find(|index| !self.taken.contains(*index));
            if let Some(index) = free {
                self.taken.insert(*index);
                self.found.insert(
                    line,
                    Found {
                        received: *index,
                        likeness: 1.0,
                        doubt: Some(SAME_NAME_ELSEWHERE.to_owned()),
                    },
                );
            }
        }
    }

    /// Tables that are left, by the letter pairs of their names.
    fn blocks(&self) -> BTreeMap<(char, char), Vec<usize>> {
        let mut blocks: BTreeMap<(char, char), Vec<usize>> = BTreeMap::new();
        for (index, table) in self.received.iter().enumerate() {
            if self.taken.contains(&index) {
                continue;
            }
            for pair in letter_pairs(&table.name) {
                blocks.entry(pair).or_default().push(index);
            }
        }
        blocks
    }
}

fn candidates(name: &str, blocks: &BTreeMap<(char, char), Vec<usize>>) -> BTreeSet<usize> {
    let mut lists: Vec<&Vec<usize>> = letter_pairs(name)
        .into_iter()
        .filter_map(|pair| blocks.get(&pair))
        .collect();
    lists.sort_by_key(|list| list.len());
    lists
        .into_iter()
        .take(PAIRS_ASKED)
        .flat_map(|list| list.iter().take(MOST_SHARING))
        .copied()
        .collect()
}

fn letter_pairs(name: &str) -> BTreeSet<(char, char)> {
    name.chars().zip(name.chars().skip(1)).collect()
}

/// 一期 and 二期, 2022 and 2023 are not slips of the pen.
fn numerals(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_numeric() || "一二三四五六七八九十百千".contains(*c))
        .collect()
}

fn finish(
    roster: &Roster,
    tables: &[TableRow],
    received: &[Received],
    (found, taken): (BTreeMap<usize, Found>, BTreeSet<usize>),
) -> RosterOutcome {
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
        let found = found.get(&line);
        let table = found
            .and_then(|found| received.get(found.received))
            .map(|own| own.table);
        let row = table.and_then(|table| tables.get(table));
        let standing = match found {
            None => RosterStanding::Missing,
            Some(Found { doubt: Some(_), .. }) => RosterStanding::Unsure,
            Some(_) => RosterStanding::Received,
        };
        if let Some((found, row)) = found.zip(row)
            && let Some(why) = &found.doubt
        {
            outcome.unsure.push(UnsureMatch {
                line: entry.line,
                listed: listed_name(entry),
                received: described(row),
                file: row.file.clone(),
                likeness: Decimal::from_f64(found.likeness).unwrap_or_default().round_dp(2),
                why: why.clone(),
            });
        }
        let key = entry.department.as_deref().map(name_key).unwrap_or_default();
        let group = coverage.entry((entry.department.is_none(), key)).or_default();
        if group.department.is_none() {
            group.department.clone_from(&entry.department);
        }
        for sums in [group, &mut total] {
            count(sums, standing, entry.amount);
        }
        outcome.rows.push(RosterRow {
            line: entry.line,
            department: entry.department.clone(),
            unit: entry.unit.clone(),
            project: entry.project.clone(),
            amount: entry.amount,
            year: entry.year,
            standing,
            file: row.map(|row| row.file.clone()),
            table,
        });
    }
    outcome.coverage = coverage.into_values().chain([total]).map(rated).collect();
    outcome.unlisted = received
        .iter()
        .enumerate()
        .filter(|(index, _)| !taken.contains(index))
        .filter_map(|(_, own)| {
            let row = tables.get(own.table)?;
            Some(UnlistedRow {
                table: own.table,
                file: row.file.clone(),
                name: described(row),
            })
        })
        .collect();
    outcome
}

fn count(sums: &mut CoverageRow, standing: RosterStanding, amount: Option<Decimal>) {
    let amount = amount.unwrap_or_default();
    let plus = |sum: Decimal| sum.checked_add(amount).unwrap_or(sum);
    sums.due += 1;
    sums.due_amount = plus(sums.due_amount);
    match standing {
        RosterStanding::Received => {
            sums.received += 1;
            sums.received_amount = plus(sums.received_amount);
        }
        RosterStanding::Unsure => sums.unsure += 1,
        RosterStanding::Missing => sums.missing += 1,
    }
}

fn rated(mut row: CoverageRow) -> CoverageRow {
    row.count_rate = quotient(Decimal::from(row.received), Decimal::from(row.due));
    row.amount_rate = quotient(row.received_amount, row.due_amount);
    row
}

fn listed_name(entry: &RosterEntry) -> String {
    let parts = [
        entry.unit.as_deref().or(entry.department.as_deref()),
        entry.project.as_deref(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
