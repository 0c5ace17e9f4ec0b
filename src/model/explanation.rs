//! What people wrote about a finding.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Texts that were filled into a discrepancy list beside a finding. They change no figure and no verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Explanation {
    /// 单位说明: the unit's explanation; a finding that has one counts as explained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// 处理意见: the reviewer's opinion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<String>,
}

impl Explanation {
    /// Returns whether nobody wrote anything.
    pub const fn is_empty(&self) -> bool {
        self.unit.is_none() && self.reviewer.is_none()
    }
}
