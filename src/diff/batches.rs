//! Two batches compared: a folder as it was handed in and as it came back. Reports stay where the caller keeps them and
//! are asked for again a pair at a time; what came of them waits on disk. In memory are marks of what tables are paired
//! by.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::batch_tables::{TableMarks, paired};
use super::fit::Identity;
use super::{ComparedFile, Comparison, TablesOnDisk, compare_table, gone, name};
use crate::disk::{DiskVec, stored};
use crate::report::{FileReport, SCHEMA_VERSION, TableReport, Tool};
use crate::text::keys::unit_name_key;

/// Two batches compared; its tables wait on disk.
pub type BatchComparison = Comparison<TablesOnDisk>;

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    pub(super) answering: Option<String>,
}

stored!(BatchTable);

/// A batch of files. Its tables wait on disk.
#[derive(Debug, Default)]
pub struct Batch {
    folder: String,
    files: usize,
    tables: DiskVec<BatchTable>,
    pub(super) marks: Vec<TableMarks>,
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
    ///
    /// # Errors
    /// When a temporary file cannot be written.
    pub fn add(&mut self, position: usize, report: &FileReport) -> io::Result<()> {
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
            let table = BatchTable {
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
            };
            self.tables.push(&table)?;
            self.marks.push(TableMarks::of(&table, report.sha256.as_deref()));
        }
        Ok(())
    }

    /// Returns whether no file of it gave a table.
    pub const fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Returns a table.
    pub(super) fn table(&self, index: usize) -> io::Result<BatchTable> {
        self.tables.get(index)?.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    /// Returns the units that the other batch does not name and none of whose tables has its like there, by their keys,
    /// each in its first spelling.
    fn units_without(&self, like: &[Option<usize>], other: &Self) -> io::Result<Vec<String>> {
        let of_matched = self.marks.iter().zip(like).filter(|(_, like)| like.is_some());
        let there = other.marks.iter().chain(of_matched.map(|(marks, _)| marks));
        let there: BTreeSet<u64> = there.filter_map(|marks| marks.answering).collect();
        let mut left = BTreeMap::new();
        for (index, marks) in self.marks.iter().enumerate() {
            if marks.answering.is_some_and(|unit| !there.contains(&unit))
                && let Some(name) = self.table(index)?.answering
            {
                left.entry(unit_name_key(&name)).or_insert(name);
            }
        }
        Ok(left.into_values().collect())
    }
}

/// Compares an earlier batch with a later one; `table` gives a table's report back. Tables that share a file's name and
/// do not fit are compared only when `anyway` is asked for.
///
/// # Errors
/// What `table` gives, and when a temporary file cannot be written or read back.
pub fn compare_batches<E: From<io::Error>>(
    old: &Batch,
    new: &Batch,
    anyway: bool,
    mut table: impl FnMut(BatchSide, &BatchTable) -> Result<TableReport, E>,
) -> Result<BatchComparison, E> {
    let mut paired = paired(old, new)?;
    let unlike = paired
        .unlike
        .iter()
        .map(|(earlier, later, misfits)| -> io::Result<UnlikePair> {
            let (earlier, later) = (old.table(*earlier)?, new.table(*later)?);
            Ok(UnlikePair {
                file: later.file,
                old_name: earlier.name,
                new_name: later.name,
                misfits: misfits.clone(),
            })
        });
    let unlike = unlike.collect::<io::Result<Vec<UnlikePair>>>()?;
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
    let mut tables = TablesOnDisk::default();
    for (index, earlier) in paired.matching.old_of_new.iter().enumerate() {
        if new_apart.contains(&index) {
            continue;
        }
        let later = new.table(index)?;
        let earlier = earlier.map(|index| old.table(index)).transpose()?;
        let before = earlier
            .as_ref()
            .map(|earlier| table(BatchSide::Old, earlier))
            .transpose()?;
        let mut compared = compare_table(before.as_ref(), &table(BatchSide::New, &later)?);
        compared.unit = later.answering;
        compared.old_file = earlier.map(|earlier| earlier.file);
        compared.new_file = Some(later.file);
        tables.push(&compared)?;
    }
    for index in paired.matching.free_old() {
        if old_apart.contains(&index) {
            continue;
        }
        let earlier = old.table(index)?;
        let mut compared = gone(&table(BatchSide::Old, &earlier)?);
        compared.unit = earlier.answering;
        compared.old_file = Some(earlier.file);
        tables.push(&compared)?;
    }
    let missing_units = old.units_without(&paired.matching.new_of_old, new)?;
    let new_units = new.units_without(&paired.matching.old_of_new, old)?;
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
