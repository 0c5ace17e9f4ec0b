//! What a second, independent reader saw of a workbook.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CellAddress, ReadingLoss, Workbook};

/// Cells that the sentence names.
const DIFFERENCES_NAMED: usize = 5;

/// The outcome of reading a file a second time with another reader and comparing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Confirmation {
    /// Filled cells that both readers read alike.
    pub cells: usize,
    /// Merged regions that both readers read alike.
    pub merges: usize,
    /// What was not compared and why, in Chinese; `null` when everything was.
    pub not_confirmed: Option<String>,
    /// Cells that the readers read differently, the first hundred of them.
    pub differing: Vec<CellDifference>,
}

/// A cell that two readers read differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CellDifference {
    /// The sheet's name.
    pub sheet: String,
    /// The cell, or the upper left corner of a merged region.
    pub cell: CellAddress,
    /// What this program read.
    pub ours: String,
    /// What the second reader read.
    pub theirs: String,
}

impl Confirmation {
    /// Returns the outcome when nothing was compared; `why` in Chinese.
    pub fn none(why: impl Into<String>) -> Self {
        Self {
            not_confirmed: Some(why.into()),
            ..Self::default()
        }
    }

    /// Returns what the second reader says of the reading, as a person is told it. The differences themselves are named by
    /// their cells alone.
    pub fn sentence(&self) -> String {
        let mut parts = Vec::new();
        if (self.cells, self.merges) != (0, 0) {
            let merges = match self.merges {
                0 => String::new(),
                merges => format!("、{merges} 个合并区域"),
            };
            parts.push(format!("另一读取程序读到的 {} 格{merges}一致", self.cells));
        }
        if !self.differing.is_empty() {
            let named: Vec<String> = self
                .differing
                .iter()
                .take(DIFFERENCES_NAMED)
                .map(|one| one.cell.to_string())
                .collect();
            let rest = if self.differing.len() > DIFFERENCES_NAMED {
                " 等"
            } else {
                ""
            };
            parts.push(format!("{} 处不一致：{}{rest}", self.differing.len(), named.join("、")));
        }
        if let Some(why) = &self.not_confirmed {
            parts.push(format!("没有双读核对的：{why}"));
        }
        if parts.is_empty() {
            parts.push("文件里没有有字的格子".to_owned());
        }
        parts.join("；")
    }

    /// Adds each difference to the losses of its sheet.
    pub fn add_to_losses(&self, workbook: &mut Workbook) {
        for difference in &self.differing {
            let CellDifference {
                sheet,
                cell,
                ours,
                theirs,
            } = difference;
            let found = workbook.sheets.iter_mut().find(|candidate| candidate.name == *sheet);
            if let Some(found) = found {
                found.losses.push(ReadingLoss {
                    cell: Some(*cell),
                    message: format!(
                        "两个读取程序读到的不一致：本程序读到{ours}，另一读取程序读到{theirs}；请打开原文件核对这一格"
                    ),
                });
            }
        }
    }
}
