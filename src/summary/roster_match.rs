//! Finds each roster line's table by name: the same name first, then like names within blocks of rare letter pairs, so
//! that long lists are never compared line by line with each other. What is not certain is left to a person.

use std::collections::{BTreeMap, BTreeSet};

use super::SummaryError;
use super::names::mark;
use super::roster::Roster;
use super::roster_names::{Names, Received, RosterName, name_of, numerals};
use super::tables::Tables;
use crate::model::TableKind;
use crate::text::likeness::{self, EQUAL, MAYBE_SAME_NAME, SAME_NAME};

/// Letter pairs of a name that are looked up, the rarest first.
const PAIRS_ASKED: usize = 4;
/// Tables looked at for one letter pair; a more common pair says nothing.
const MOST_SHARING: usize = 200;

const SAME_NAME_ELSEWHERE: &str = "名称相同，单位不同";

/// What each line got, and which tables are somebody's.
pub(super) struct Matched {
    pub received: Vec<Received>,
    /// By line.
    pub found: Vec<Option<Found>>,
    /// By table received.
    pub taken: Vec<bool>,
}

/// Returns which of the tables each line of the roster got.
pub(super) fn matched(roster: &Roster, tables: &Tables) -> Result<Matched, SummaryError> {
    let lists_projects = roster.entries.iter().any(|entry| entry.project.is_some());
    let mut received = Vec::new();
    let mut names = Names::default();
    for (position, row) in tables.rows().enumerate() {
        let row = row?;
        if !lists_projects || row.kind != TableKind::OverallSelfEvaluation {
            received.push(Received::new(position, &row, lists_projects, &mut names));
        }
    }
    let (found, taken) = Matching::new(roster, lists_projects, &received, &names, tables).run()?;
    Ok(Matched { received, found, taken })
}

/// What a line got.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub received: usize,
    pub likeness: u32,
    pub doubt: Option<&'static str>,
}

struct Matching<'a> {
    roster: &'a Roster,
    lists_projects: bool,
    received: &'a [Received],
    names: &'a Names,
    tables: &'a Tables,
    found: Vec<Option<Found>>,
    taken: Vec<bool>,
}

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

    fn run(mut self) -> Result<(Vec<Option<Found>>, Vec<bool>), SummaryError> {
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
