//! Files that gave no table: never an absence, always a row with its reason and a way out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::report::{FileReport, FileStatus};

/// One file without a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct FailedFile {
    /// The path as the report gives it.
    pub file: String,
    /// SHA-256, where there were bytes.
    pub sha256: Option<String>,
    /// `true` when it was read but holds no evaluation table.
    pub unrecognized: bool,
    /// Stable code in snake_case English.
    pub code: String,
    /// Why, in Chinese.
    pub reason: String,
    /// What to do, in Chinese.
    pub advice: String,
}

impl FailedFile {
    /// Returns the row of a report that has no table; `None` for one that has.
    pub fn of(report: &FileReport) -> Option<Self> {
        let unrecognized = match report.status {
            FileStatus::Unreadable => false,
            FileStatus::Unrecognized => true,
            FileStatus::Clean | FileStatus::Findings => return None,
        };
        let (code, reason) = match &report.error {
            Some(error) => (error.code.clone(), error.message.clone()),
            None => ("unknown".to_owned(), "结果中没有写明原因。".to_owned()),
        };
        Some(Self {
            file: report.file.clone(),
            sha256: report.sha256.clone(),
            unrecognized,
            advice: advice(&code).to_owned(),
            code,
            reason,
        })
    }
}

/// Returns what to do about a reason; the reason itself already says what is wrong with this file.
fn advice(code: &str) -> &'static str {
    match code {
        "password_protected" => "请单位取消密码或访问限制后重新报送。",
        "no_evaluation_table" => {
            "请单位确认是否报错了文件；表式特殊的，用 hebiao inspect 查看，并用 --forms 补充表式。"
        }
        "file_not_found" | "is_directory" => "请核对路径和文件名后重新汇总。",
        "permission_denied" | "read_failed" => "请关闭打开的文件，或把文件复制到本机后重新汇总。",
        "empty_file" | "blank_file" => "文件是空的，请单位重新报送。",
        "unsupported_format" | "not_a_spreadsheet" => "请单位用 Excel 或 WPS 另存为 .xlsx 后重新报送。",
        "limit_exceeded" => "请单位只保留评价表所在的工作表，另存后重新报送。",
        "broken_result_line" => "请重新核对这一批文件，生成完整的结果后再汇总。",
        _ => "请用 Excel 或 WPS 打开核对，能打开的另存为 .xlsx 后重新报送，打不开的请单位重新报送。",
    }
}
