//! The tables of a comparison, wherever they are kept: in memory for two files, on disk for two batches of any size.

use std::borrow::Cow;
use std::io;

use serde::{Deserialize, Serialize, Serializer};

use super::{Change, ComparedFinding, FindingState, TableComparison, TablePlace};
use crate::disk::{DiskVec, OneByOne, stored};
use crate::text::keys::without_unit_code;

/// What a table is called, where it stands, and what became of it in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableLine {
    /// As in [`TableComparison`].
    pub name: Option<String>,
    /// The earlier table; `None` when it is new.
    pub old: Option<TablePlace>,
    /// The later table; `None` when it is gone.
    pub new: Option<TablePlace>,
    /// As in [`TableComparison`].
    pub unit: Option<String>,
    /// The file of the earlier table.
    pub old_file: Option<String>,
    /// The file of the later table.
    pub new_file: Option<String>,
    /// Changes.
    pub changes: usize,
    states: [usize; 3],
}

impl TableLine {
    /// Returns the unit as lists name it: without the code that a system puts before it.
    pub fn unit_name(&self) -> Option<&str> {
        self.unit.as_deref().map(without_unit_code)
    }

    /// Returns how many findings are in a state.
    pub fn count(&self, state: FindingState) -> usize {
        let counts = FindingState::ALL.iter().zip(self.states);
        counts.filter(|(of, _)| **of == state).map(|(_, count)| count).sum()
    }
}

impl TableComparison {
    /// Returns the table without its findings and changes, which are counted.
    pub fn line(&self) -> TableLine {
        TableLine {
            name: self.name.clone(),
            old: self.old.clone(),
            new: self.new.clone(),
            unit: self.unit.clone(),
            old_file: self.old_file.clone(),
            new_file: self.new_file.clone(),
            changes: self.changes.len(),
            states: FindingState::ALL.map(|state| self.count(state)),
        }
    }
}

/// The tables of a comparison in their order. Each list can be gone through any number of times.
pub trait ComparedTables {
    /// Returns what each table is called and what became of it.
    fn lines(&self) -> impl Iterator<Item = io::Result<TableLine>>;

    /// Returns the findings of each table.
    fn findings(&self) -> impl Iterator<Item = io::Result<Cow<'_, [ComparedFinding]>>>;

    /// Returns the changes of each table.
    fn changes(&self) -> impl Iterator<Item = io::Result<Cow<'_, [Change]>>>;
}

impl ComparedTables for Vec<TableComparison> {
    fn lines(&self) -> impl Iterator<Item = io::Result<TableLine>> {
        self.iter().map(|table| Ok(table.line()))
    }

    fn findings(&self) -> impl Iterator<Item = io::Result<Cow<'_, [ComparedFinding]>>> {
        self.iter().map(|table| Ok(Cow::Borrowed(table.findings.as_slice())))
    }

    fn changes(&self) -> impl Iterator<Item = io::Result<Cow<'_, [Change]>>> {
        self.iter().map(|table| Ok(Cow::Borrowed(table.changes.as_slice())))
    }
}

/// Tables that wait on disk, so that memory does not grow with what they say. Serialized, they are the list of
/// [`TableComparison`]s that they were made from.
#[derive(Debug, Default)]
pub struct TablesOnDisk {
    lines: DiskVec<TableLine>,
    findings: DiskVec<Vec<ComparedFinding>>,
    changes: DiskVec<Vec<Change>>,
}

stored!(TableLine, Vec<ComparedFinding>, Vec<Change>);

impl TablesOnDisk {
    /// Puts a table behind the others.
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub(super) fn push(&mut self, table: &TableComparison) -> io::Result<()> {
        self.lines.push(&table.line())?;
        self.findings.push(&table.findings)?;
        self.changes.push(&table.changes)
    }

    /// Returns the tables, one in memory at a time.
    pub fn iter(&self) -> impl Iterator<Item = io::Result<TableComparison>> {
        let parts = self.lines.iter().zip(self.findings.iter().zip(self.changes.iter()));
        parts.map(|(line, (findings, changes))| {
            let line = line?;
            Ok(TableComparison {
                name: line.name,
                old: line.old,
                new: line.new,
                findings: findings?,
                changes: changes?,
                unit: line.unit,
                old_file: line.old_file,
                new_file: line.new_file,
            })
        })
    }
}

impl ComparedTables for TablesOnDisk {
    fn lines(&self) -> impl Iterator<Item = io::Result<TableLine>> {
        self.lines.iter()
    }

    fn findings(&self) -> impl Iterator<Item = io::Result<Cow<'_, [ComparedFinding]>>> {
        self.findings.iter().map(|findings| findings.map(Cow::Owned))
    }

    fn changes(&self) -> impl Iterator<Item = io::Result<Cow<'_, [Change]>>> {
        self.changes.iter().map(|changes| changes.map(Cow::Owned))
    }
}

impl Serialize for TablesOnDisk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        OneByOne(|| self.iter()).serialize(serializer)
    }
}
