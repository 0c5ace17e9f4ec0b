//! What tables are held against from outside: the approved targets (批复的绩效目标表) and the payments (支付明细).
//!
//! Workbooks in, and for each table what belongs to it. It knows no path and judges nothing: where it is not sure
//! which approved table or which payments are a table's, it gives none and says why.

pub(crate) mod listing;
mod owner;
mod payments;
mod targets;

use std::sync::LazyLock;

pub use payments::{Payments, ProjectPayments};
pub use targets::{ApprovedTable, ApprovedTargets};

use crate::grid::Workbook;
use crate::layout::FormLibrary;
use crate::model::{Evaluation, TableKind};

/// Everything that tables are held against.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct References {
    targets: ApprovedTargets,
    payments: Payments,
}

/// What of it belongs to one table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TableReferences<'a> {
    /// The approved targets.
    pub approved: Option<&'a ApprovedTable>,
    /// The payments of the project.
    pub payments: Option<ProjectPayments>,
    /// What was not compared, and why, in Chinese.
    pub notes: Vec<String>,
}

impl References {
    /// Returns nothing to hold tables against.
    pub fn none() -> &'static Self {
        static NONE: LazyLock<References> = LazyLock::new(References::default);
        &NONE
    }

    /// Takes in the approved targets of a workbook; `file` names it in messages. Returns how many tables it held.
    ///
    /// # Errors
    /// One Chinese sentence, where it holds none.
    pub fn add_targets(&mut self, file: &str, workbook: &Workbook, forms: &FormLibrary) -> Result<usize, String> {
        self.targets.add(file, workbook, forms)
    }

    /// Takes in the payments of a workbook; `file` names it in messages. Returns how many lines it held.
    ///
    /// # Errors
    /// One Chinese sentence, where it holds none or any of them cannot be read.
    pub fn add_payments(&mut self, file: &str, workbook: &Workbook) -> Result<usize, String> {
        self.payments.add(file, workbook)
    }

    /// Returns what belongs to a table.
    pub fn of(&self, evaluation: &Evaluation, kind: TableKind) -> TableReferences<'_> {
        let mut found = TableReferences::default();
        match self.targets.of(evaluation, kind) {
            Ok(approved) => found.approved = approved,
            Err(why) => found.notes.push(format!("没有与批复的绩效目标表核对：{why}")),
        }
        match self.payments.of(evaluation) {
            Ok(payments) => found.payments = payments,
            Err(why) => found.notes.push(format!("执行数没有与支付明细核对：{why}")),
        }
        found
    }
}
