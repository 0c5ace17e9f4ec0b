//! Finds each roster line's table by name: the same name first, then like names within blocks of rare letter pairs, so
//! that long lists are never compared line by line with each other. What is not certain is left to a person.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::SummaryError;
use super::coverage::{CoverageRow, RosterOutcome, RosterRow, RosterStanding, UnlistedRow, UnsureMatch};
use super::names::{described, mark, name_key, project_key, unit_name_key};
use super::roster::{Roster, RosterEntry};
use super::rows::TableRow;
use super::tables::Tables;
use crate::model::TableKind;
use crate::text::likeness::{self, EQUAL, MAYBE_SAME_NAME, SAME_NAME};

/// Letter pairs of a name that are looked up, the rarest first.
const PAIRS_ASKED: usize = 4;
/// Tables looked at for one letter pair; a more common pair says nothing.
const MOST_SHARING: usize = 200;

const SAME_NAME_ELSEWHERE: &str = "名称相同，单位不同";

/// Returns the roster against the tables.
pub fn outcome(roster: &Roster, tables: &Tables) -> Result<RosterOutcome, SummaryError> {
    let lists_projects = roster.entries.iter().any(|entry| entry.project.is_some());
    let mut received = Vec::new();
    let mut names = Names::default();
    for (position, row) in tables.rows().enumerate() {
        let row = row?;
        if !lists_projects || row.kind != TableKind::OverallSelfEvaluation {
            received.push(Received::new(position, &row, lists_projects, &mut names));
        }
    }
    let found = Matching::new(roster, lists_projects, &received, &names, tables).run()?;
    finish(roster, tables, &received, found)
}

/// Names that come again and again, each once.
#[derive(Default)]
struct Names {
    numbers: BTreeMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: String) -> u32 {
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }

    fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }
}

/// A table's names made comparable: its own as a mark, those of its unit and department by number.
struct Received {
    table: usize,
    name: u64,
    unit: u32,
    department: u32,
}

/// Returns the name that a table goes by in the roster; empty for none.
fn name_of(row: &TableRow, lists_projects: bool) -> String {
    let key = |name: &Option<String>| name.as_deref().map(unit_name_key).filter(|name| !name.is_empty());
    if lists_projects {
        project_key(row).unwrap_or_default()
    } else {
        key(&row.unit).or_else(|| key(&row.department)).unwrap_or_default()
    }
}

impl Received {
    fn new(table: usize, row: &TableRow, lists_projects: bool, names: &mut Names) -> Self {
        let key = |name: &Option<String>| name.as_deref().map(unit_name_key).unwrap_or_default();
        let name = name_of(row, lists_projects);
        Self {
            table,
            name: if name.is_empty() { 0 } else { mark(&name) },
            unit: names.number(key(&row.unit)),
            department: names.number(key(&row.department)),
        }
    }

    /// Returns whether the entry's unit may be this table's. Who names no unit contradicts nobody.
    fn is_of(&self, entry: &RosterName, names: &Names) -> bool {
        let (unit, department) = (names.name(self.unit), names.name(self.department));
        let mine = [unit, department];
        if !entry.unit.is_empty() {
            let known = mine.iter().any(|name| !name.is_empty());
            return !known || mine.iter().any(|name| same_unit(name, &entry.unit));
        }
        entry.department.is_empty()
            || department.is_empty()
            || mine.iter().any(|name| same_unit(name, &entry.department))
    }
}

/// A roster line's names made comparable.
struct RosterName {
    name: String,
    unit: String,
    department: String,
}

impl RosterName {
    fn new(entry: &RosterEntry) -> Self {
        let key = |name: &Option<String>| name.as_deref().map(unit_name_key).unwrap_or_default();
        Self {
            name: if let Some(project) = &entry.project {
                name_key(project)
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
#[derive(Clone, Copy)]
struct Found {
    received: usize,
    likeness: u32,
    doubt: Option<&'static str>,
}

struct Matching<'a> {
    roster: &'a Roster,
    lists_projects: bool,
    received: &'a [Received],
    names: &'a Names,
    tables: &'a Tables,
    /// What each line got, and which tables are somebody's.
    found: Vec<Option<Found>>,
    taken: Vec<bool>,
}

/// What each line got, and which tables are somebody's.
type Matched = (Vec<Option<Found>>, Vec<bool>);

impl<'a> Matching<'a> {
    fn new(
        roster: &'a Roster,
        lists_projects: bool,
        received: &'a [Received],
        names: &'a Names,
        tables: &'a Tables,
    ) -> Self {
        Self {
            roster,
            lists_projects,
            received,
            names,
            tables,
            found: vec![None; roster.entries.len()],
            taken: vec![false; received.len()],
        }
    }

    fn run(mut self) -> Result<Matched, SummaryError> {
        let named = self
            .received
            .iter()
            .enumerate()
            .filter(|(_, received)| received.name != 0);
        let mut by_name: Vec<(u64, usize)> = named.map(|(index, received)| (received.name, index)).collect();
        by_name.sort_unstable();
        self.same_names(&by_name);
        self.like_names()?;
        self.same_names_elsewhere(&by_name);
        Ok((self.found, self.taken))
    }

    /// Lines that got nothing so far, with their names.
    fn open_lines(&self) -> impl Iterator<Item = (usize, RosterName)> + use<'a> {
        let open: Vec<usize> = (0..)
            .zip(&self.found)
            .filter(|(_, found)| found.is_none())
            .map(|(line, _)| line)
            .collect();
        let entries = &self.roster.entries;
        open.into_iter()
            .filter_map(|line| Some((line, RosterName::new(entries.get(line)?))))
    }

    fn is_taken(&self, index: usize) -> bool {
        self.taken.get(index).copied().unwrap_or(true)
    }

    fn take(&mut self, line: usize, index: usize, likeness: u32, doubt: Option<&'static str>) {
        if let Some(found) = self.found.get_mut(line) {
            found.get_or_insert(Found {
                received: index,
                likeness,
                doubt,
            });
        }
        if let Some(taken) = self.taken.get_mut(index) {
            *taken = true;
        }
    }

    /// The same name and no other unit: all such tables belong to the line, whatever their kind.
    fn same_names(&mut self, by_name: &[(u64, usize)]) {
        for (line, listed) in self.open_lines() {
            for index in of_name(by_name, &listed.name) {
                let received = self.received.get(index);
                if received.is_some_and(|table| table.is_of(&listed, self.names)) {
                    self.take(line, index, EQUAL, None);
                }
            }
        }
    }

    /// Like names among what is left, the most alike first, each table once.
    fn like_names(&mut self) -> Result<(), SummaryError> {
        let left = self.left()?;
        let blocks = blocks(&left);
        let mut pairs: Vec<(u32, usize, usize, bool)> = Vec::new();
        for (line, listed) in self.open_lines() {
            for index in candidates(&listed.name, &blocks) {
                let (Some(table), Some(name)) = (self.received.get(index), left.get(&index)) else {
                    continue;
                };
                let likeness = likeness::likeness(&listed.name, name);
                let is_of = table.is_of(&listed, self.names);
                if likeness >= MAYBE_SAME_NAME && (is_of || likeness >= SAME_NAME) {
                    pairs.push((likeness, line, index, is_of));
                }
            }
        }
        pairs.sort_by(|one, other| other.0.cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
        for (likeness, line, index, is_of) in pairs {
            if self.found.get(line).is_none_or(Option::is_some) || self.is_taken(index) {
                continue;
            }
            let (Some(entry), Some(name)) = (self.roster.entries.get(line), left.get(&index)) else {
                continue;
            };
            let listed = RosterName::new(entry);
            let doubt = if !is_of && listed.name == *name {
                Some(SAME_NAME_ELSEWHERE)
            } else if !is_of {
                Some("名称相近，单位不同")
            } else if numerals(&listed.name) != numerals(name) {
                Some("名称相近，其中的数字不同")
            } else if likeness < SAME_NAME {
                Some("名称相近")
            } else {
                None
            };
            self.take(line, index, likeness, doubt);
        }
        Ok(())
    }

    /// The same name under another unit, which no other line claims.
    fn same_names_elsewhere(&mut self, by_name: &[(u64, usize)]) {
        for (line, listed) in self.open_lines() {
            let free = of_name(by_name, &listed.name).find(|index| !self.is_taken(*index));
            if let Some(index) = free {
                self.take(line, index, EQUAL, Some(SAME_NAME_ELSEWHERE));
            }
        }
    }

    /// Returns the names of the tables that are nobody's so far.
    fn left(&self) -> Result<BTreeMap<usize, String>, SummaryError> {
        let mut left = BTreeMap::new();
        if self.found.iter().all(Option::is_some) {
            return Ok(left);
        }
        for (index, received) in self.received.iter().enumerate() {
            if !self.is_taken(index)
                && let Some(row) = self.tables.row(received.table)?
            {
                left.insert(index, name_of(&row, self.lists_projects));
            }
        }
        Ok(left)
    }
}

/// Returns the tables of this name, the first of many: those of one name differ by unit.
fn of_name(by_name: &[(u64, usize)], name: &str) -> impl Iterator<Item = usize> {
    let mark = if name.is_empty() { 0 } else { mark(name) };
    let start = by_name.partition_point(|(known, _)| *known < mark);
    let all = by_name.get(start..).unwrap_or_default().iter();
    all.take_while(move |(known, _)| *known == mark)
        .take(MOST_SHARING)
        .map(|(_, index)| *index)
}

/// Tables by the letter pairs of their names.
fn blocks(names: &BTreeMap<usize, String>) -> BTreeMap<(char, char), Block> {
    let mut blocks: BTreeMap<(char, char), Block> = BTreeMap::new();
    for (index, name) in names {
        for pair in letter_pairs(name) {
            let block = blocks.entry(pair).or_default();
            block.tables += 1;
            if block.first.len() < MOST_SHARING {
                block.first.push(*index);
            }
        }
    }
    blocks
}

/// Tables whose names share a letter pair: how many, and the first of them.
#[derive(Default)]
struct Block {
    tables: usize,
    first: Vec<usize>,
}

fn candidates(name: &str, blocks: &BTreeMap<(char, char), Block>) -> BTreeSet<usize> {
    let mut blocks: Vec<&Block> = letter_pairs(name)
        .into_iter()
        .filter_map(|pair| blocks.get(&pair))
        .collect();
    blocks.sort_by_key(|block| block.tables);
    let rare = blocks.into_iter().take(PAIRS_ASKED);
    rare.flat_map(|block| &block.first).copied().collect()
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
    tables: &Tables,
    received: &[Received],
    (found, taken): Matched,
) -> Result<RosterOutcome, SummaryError> {
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
