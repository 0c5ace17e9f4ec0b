//! Approved targets: tables of indicators with targets and without results, each found again by its project.

use std::collections::BTreeMap;

use super::owner::Owner;
use crate::grid::Workbook;
use crate::layout::{FormLibrary, read_target_tables};
use crate::model::{Evaluation, Field, TableKind};
use crate::text::gives_no_value;

/// One approved table.
#[derive(Debug, Clone, PartialEq)]
pub struct ApprovedTable {
    /// The file's name.
    pub file: String,
    /// The sheet's name.
    pub sheet: String,
    /// What was approved.
    pub evaluation: Evaluation,
    owner: Owner,
}

/// Approved tables by the name of their project.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ApprovedTargets {
    tables: Vec<ApprovedTable>,
    by_project: BTreeMap<String, Vec<usize>>,
}

impl ApprovedTargets {
    /// Takes in the tables of a workbook.
    pub(super) fn add(&mut self, file: &str, workbook: &Workbook, forms: &FormLibrary) -> Result<usize, String> {
        let read = read_target_tables(workbook, forms);
        let mut evaluated = 0;
        let mut added = 0;
        for table in read {
            let is_planned = table
                .evaluation
                .indicators
                .iter()
                .any(|row| says(row.level3.as_ref()) && says(row.target.as_ref()));
            if !is_planned {
                continue;
            }
            if has_results(&table.evaluation) {
                evaluated += 1;
                continue;
            }
            let owner = Owner::of(&table.evaluation);
            let listed = self.by_project.entry(owner.project.clone()).or_default();
            listed.push(self.tables.len());
            self.tables.push(ApprovedTable {
                file: file.to_owned(),
                sheet: table.sheet,
                evaluation: table.evaluation,
                owner,
            });
            added += 1;
        }
        match (added, evaluated) {
            (0, 0) => Err("里面没有读到绩效目标表；要有“三级指标”和“指标值”两列，请确认是否选错了文件".to_owned()),
            (0, _) => Err("里面是填了完成值或得分的自评表，不是批复的绩效目标表；请另选文件".to_owned()),
            (added, _) => Ok(added),
        }
    }

    /// Returns the approved table of a project; `None` where there is nothing to compare at all.
    ///
    /// # Errors
    /// Why it is not known, in Chinese.
    pub(super) fn of(&self, evaluation: &Evaluation, kind: TableKind) -> Result<Option<&ApprovedTable>, String> {
        // Indicators of 部门评价 are the evaluators' own, not those that were approved.
        if self.tables.is_empty() || kind == TableKind::DepartmentEvaluation {
            return Ok(None);
        }
        let owner = Owner::of(evaluation);
        if owner.project.is_empty() && owner.units.is_empty() {
            return Err("这张表没有项目名称，也没有单位".to_owned());
        }
        let listed = self.by_project.get(&owner.project).map_or(&[][..], Vec::as_slice);
        let of_project: Vec<&ApprovedTable> = listed.iter().filter_map(|at| self.tables.get(*at)).collect();
        let mut fitting: Vec<&ApprovedTable> = of_project
            .iter()
            .copied()
            .filter(|table| table.owner.is_of_year(&owner))
            .filter(|table| match table.owner.shares_unit(&owner) {
                Some(shares) => shares,
                // Without a project only the unit tells.
                None => !owner.project.is_empty(),
            })
            .collect();
        if fitting
            .iter()
            .any(|table| table.owner.shares_unit(&owner) == Some(true))
        {
            fitting.retain(|table| table.owner.shares_unit(&owner) == Some(true));
        }
        if fitting.iter().any(|table| table.owner.is_of_unit(&owner)) {
            fitting.retain(|table| table.owner.is_of_unit(&owner));
        }
        match fitting.as_slice() {
            [only] => Ok(Some(only)),
            [] if of_project.is_empty() => Err("目标表中没有这个项目".to_owned()),
            [] => Err("目标表中同名的项目是别的单位或别的年度的".to_owned()),
            [first, ..] => Err(format!(
                "目标表中有 {} 张都像是这个项目的（“{}”等），看不出是哪一张",
                fitting.len(),
                first.file
            )),
        }
    }
}

fn says(field: Option<&Field<String>>) -> bool {
    field.is_some_and(|field| !gives_no_value(&field.value))
}

fn has_results(evaluation: &Evaluation) -> bool {
    evaluation
        .indicators
        .iter()
        .any(|row| says(row.actual.as_ref()) || row.score.is_some())
}
