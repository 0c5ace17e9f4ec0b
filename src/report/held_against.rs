//! What a table was held against from outside: approved targets and payments.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::reference::TableReferences;
use crate::text::plain;

/// What a table was held against from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeldAgainst {
    /// File of the approved targets (批复的绩效目标表).
    pub targets: Option<String>,
    /// Payments of the project.
    pub payments: Option<PaymentsSum>,
}

/// Payments of one project, added up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentsSum {
    /// File of the payments (支付明细).
    pub file: String,
    /// Lines that were added up.
    pub lines: usize,
    /// Their sum, yuan.
    pub yuan: Decimal,
}

impl HeldAgainst {
    /// Returns what a table was held against; `None` where there was nothing.
    pub fn of(references: &TableReferences<'_>) -> Option<Self> {
        let held = Self {
            targets: references.approved.map(|approved| approved.file.clone()),
            payments: references.payments.as_ref().map(|payments| PaymentsSum {
                file: payments.file.clone(),
                lines: payments.lines,
                yuan: payments.yuan,
            }),
        };
        (held.targets.is_some() || held.payments.is_some()).then_some(held)
    }

    /// Returns what to tell a reader, in Chinese.
    pub fn sentence(&self) -> String {
        let targets = self
            .targets
            .iter()
            .map(|file| format!("指标已与批复的绩效目标表“{file}”核对"));
        let payments = self.payments.iter().map(|payments| {
            format!(
                "执行数已与支付明细“{}”核对（{} 笔，合计 {} 元）",
                payments.file,
                payments.lines,
                plain(payments.yuan)
            )
        });
        targets.chain(payments).collect::<Vec<_>>().join("；")
    }
}
