//! Two batches compared: a folder as it was handed in and as it came back. Reports stay where the caller keeps them and
//! are asked for again a pair at a time; what is in memory is what tables are paired by, and what came of it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::batch_tables::paired;
use super::fit::Identity;
use super::{ComparedFile, Comparison, TableComparison, compare_table, gone, name};
use crate::report::{FileReport, SCHEMA_VERSION, TableReport, Tool};
use crate::text::keys::unit_name_key;

/// What two batches have apart from tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BatchOutcome {
    /// Files of the earlier batch.
    pub old_files: usize,
    /// Files of the later batch.
    pub new_files: usize,
    /// Tables under one name of a file that are no versions of each other. Nothing of them counts as resolved.
    pub unlike: Vec<UnlikePair>,
    /// Units with tables in the earlier batch and none in the later one.
    pub missing_units: Vec<String>,
    /// Units with tables in the later batch and none in the earlier one.
    pub new_units: Vec<String>,
    /// Files of either batch that gave no table.
    pub unread: Vec<UnreadFile>,
}

/// Two tables that do not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnlikePair {
    /// The file, from its batch's folder: the same in both.
    pub file: String,
    /// 项目名称, else the title, of the earlier table.
    pub old_name: Option<String>,
    /// The same of the later table.
    pub new_name: Option<String>,
    /// Project, unit or form that do not fit, in Chinese.
    pub misfits: Vec<String>,
}

/// A file without a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnreadFile {
    /// The path as given.
    pub file: String,
    /// Why, in Chinese.
    pub message: String,
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BatchSide {
    /// The earlier one.
    Old,
    /// The later one.
    New,
}

/// A table of a batch: where its report is, and what it is paired by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchTable {
    /// Where its report is, as it was given to [`Batch::add`].
    pub report: usize,
    /// Its place among the report's tables.
    pub table: usize,
    pub(super) file: String,
    pub(super) sheet: String,
    pub(super) year: Option<i32>,
    pub(super) identity: Identity,
    name: Option<String>,
    answering: Option<String>,
}

/// A batch of files.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    folder: String,
    files: usize,
    tables: Vec<BatchTable>,
    unread: Vec<UnreadFile>,
}

impl Batch {
    /// Returns an empty batch, by the path of its folder.
    pub fn new(folder: &str) -> Self {
        Self {
            folder: folder.replace('\\', "/").trim_end_matches('/').to_owned(),
            ..Self::default()
        }
    }

    /// Takes in a file's report; `position` is how it is asked for again.
    pub fn add(&mut self, position: usize, report: &FileReport) {
        self.files += 1;
        if report.tables.is_empty() {
            let message = report.error.as_ref().map(|error| error.message.clone());
            self.unread.push(UnreadFile {
                file: report.file.clone(),
                message: message.unwrap_or_else(|| "没有评价表".to_owned()),
            });
        }
        let below = report.file.strip_prefix(&self.folder);
        let file = below.map_or(report.file.as_str(), |below| below.trim_start_matches('/'));
        for (index, table) in report.tables.iter().enumerate() {
            let evaluation = &table.evaluation;
            let identity = Identity::of(table);
            let department = evaluation
                .department
                .as_ref()
                .map(|field| field.value.trim().to_owned());
            self.tables.push(BatchTable {
                report: position,
                table: index,
                file: file.to_owned(),
                sheet: table.sheet.clone(),
                year: evaluation.year.as_ref().map(|year| year.value),
                answering: identity
                    .unit
                    .clone()
                    .or(department)
                    .filter(|name| !unit_name_key(name).is_empty()),
                identity,
                name: name(table),
            });
        }
    }

    /// Returns whether no file of it gave a table.
    pub const fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Units by their keys, in the first spelling.
    fn units(&self) -> BTreeMap<String, &str> {
        let mut units = BTreeMap::new();
        for name in self.tables.iter().filter_map(|table| table.answering.as_deref()) {
            units.entry(unit_name_key(name)).or_insert(name);
        }
        units
    }

    /// Returns the units that the other batch does not name and none of whose tables has its like there.
    fn units_without(&self, like: &[Option<usize>], other: &Self) -> Vec<String> {
        let mut left = self.units();
        for name in other.units().keys() {
            left.remove(name);
        }
        for (table, like) in self.tables.iter().zip(like) {
            if let (Some(name), Some(_)) = (&table.answering, like) {
                left.remove(&unit_name_key(name));
            }
        }
        left.into_values().map(str::to_owned).collect()
    }
}

/// Compares an earlier batch with a later one; `table` gives a table's report back. Tables that share a file's name and
/// do not fit are compared only when `anyway` is asked for.
///
/// # Errors
/// What `table` gives.
pub fn compare_batches<E>(
    old: &Batch,
    new: &Batch,
    anyway: bool,
    mut table: impl FnMut(BatchSide, &BatchTable) -> Result<TableReport, E>,
) -> Result<Comparison, E> {
    let mut paired = paired(&old.tables, &new.tables);
    let unlike = paired.unlike.iter().filter_map(|(earlier, later, misfits)| {
        let (earlier, later) = (old.tables.get(*earlier)?, new.tables.get(*later)?);
        Some(UnlikePair {
            file: later.file.clone(),
            old_name: earlier.name.clone(),
            new_name: later.name.clone(),
            misfits: misfits.clone(),
        })
    });
    let unlike: Vec<UnlikePair> = unlike.collect();
    let has_pairs = paired.matching.old_of_new.iter().any(Option::is_some);
    let misfits = if has_pairs || old.is_empty() || new.is_empty() {
        Vec::new()
    } else {
        vec!["两批文件里没有一对项目、单位和表式都对得上的表".to_owned()]
    };
    for (earlier, later, _) in &paired.unlike {
        if anyway {
            paired.matching.join(*earlier, *later);
        }
    }
    let apart = |side: fn(&(usize, usize, Vec<String>)) -> usize| -> BTreeSet<usize> {
        let unlike = paired.unlike.iter().filter(|_| !anyway);
        unlike.map(side).collect()
    };
    let (old_apart, new_apart) = (apart(|pair| pair.0), apart(|pair| pair.1));
    let mut tables: Vec<TableComparison> = Vec::new();
    for (index, (later, earlier)) in new.tables.iter().zip(&paired.matching.old_of_new).enumerate() {
        if new_apart.contains(&index) {
            continue;
        }
        let earlier = earlier.and_then(|index| old.tables.get(index));
        let before = earlier.map(|earlier| table(BatchSide::Old, earlier)).transpose()?;
        let mut compared = compare_table(before.as_ref(), &table(BatchSide::New, later)?);
        compared.unit.clone_from(&later.answering);
        compared.old_file = earlier.map(|earlier| earlier.file.clone());
        compared.new_file = Some(later.file.clone());
        tables.push(compared);
    }
    for index in paired.matching.free_old() {
        let Some(earlier) = old.tables.get(index) else { continue };
        if old_apart.contains(&index) {
            continue;
        }
        let mut compared = gone(&table(BatchSide::Old, earlier)?);
        compared.unit.clone_from(&earlier.answering);
        compared.old_file = Some(earlier.file.clone());
        tables.push(compared);
    }
    let missing_units = old.units_without(&paired.matching.new_of_old, new);
    let new_units = new.units_without(&paired.matching.old_of_new, old);
    Ok(Comparison {
        schema_version: SCHEMA_VERSION,
        tool: Tool::this(),
        old: folder(old),
        new: folder(new),
        misfits,
        tables,
        batches: Some(BatchOutcome {
            old_files: old.files,
            new_files: new.files,
            unlike,
            missing_units,
            new_units,
            unread: old.unread.iter().chain(&new.unread).cloned().collect(),
        }),
    })
}

fn folder(batch: &Batch) -> ComparedFile {
    ComparedFile {
        file: batch.folder.clone(),
        sha256: None,
    }
}
