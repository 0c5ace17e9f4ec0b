//! Files that gave no table: never an absence, always a row with its reason and a way out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::disk::stored;
use crate::report::{FileError, FileReport, FileStatus};

stored!(FailedFile);

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
            advice: advice(&code, &report.file).to_owned(),
            code,
            reason,
        })
    }

    /// Returns what the unit is to do, where the advice is for whoever collects the files; `None` where it is the same.
    pub fn unit_advice(&self) -> Option<&'static str> {
        let is_package = [".rar", ".7z"]
            .iter()
            .any(|end| self.file.to_ascii_lowercase().ends_with(end));
        match self.code.as_str() {
            "unsupported_format" | "not_a_spreadsheet" if is_package => {
                Some("请解压后直接报送里面的表格，或者用 .zip 压缩后重新报送。")
            }
            "no_evaluation_table" => Some("请确认是否报错了文件：报错的重新报送评价表，没有报错的在“单位说明”栏写明。"),
            code if self.advice == OTHER_ADVICE || is_about_the_place(code) => {
                Some("请用 Excel 或 WPS 打开核对，另存为 .xlsx 后重新报送。")
            }
            _ => None,
        }
    }
}

/// Returns whether what failed has to do with where the file lay, not with what is in it.
fn is_about_the_place(code: &str) -> bool {
    matches!(
        code,
        "file_not_found" | "is_directory" | "permission_denied" | "read_failed" | "broken_result_line"
    )
}

/// What to do about whatever nothing better is known of.
const OTHER_ADVICE: &str = "请用 Excel 或 WPS 打开核对，能打开的另存为 .xlsx 后重新报送，打不开的请单位重新报送。";

const PDF_FILE: &str = "pdf_file";
const OFD_FILE: &str = "ofd_file";
const PICTURE_FILE: &str = "picture_file";

/// Returns the report of a document or picture that was handed in and from which no table is read.
pub fn unread_document(path: &str) -> FileReport {
    let extension = path.rsplit_once('.').map(|(_, it)| it.to_ascii_lowercase());
    let (code, message) = match extension.as_deref() {
        Some("pdf") => (PDF_FILE, "这是 PDF 文件，里面的表格读不出来。"),
        Some("ofd") => (OFD_FILE, "这是 OFD 版式文件，里面的表格读不出来。"),
        _ => (PICTURE_FILE, "这是图片，里面的表格读不出来。"),
    };
    let error = FileError {
        code: code.to_owned(),
        message: message.to_owned(),
    };
    FileReport::unreadable(path, error)
}

/// Returns what to do about a reason; the reason itself already says what is wrong with this file.
fn advice(code: &str, file: &str) -> &'static str {
    let extension = file.rsplit_once('.').map(|(_, it)| it.to_ascii_lowercase());
    match (code, extension.as_deref()) {
        ("unsupported_format" | "not_a_spreadsheet", Some("rar")) => {
            return "请解压这个 .rar，把里面的表格放进同一个文件夹后重新汇总；以后请单位用 .zip 压缩。";
        }
        ("unsupported_format" | "not_a_spreadsheet", Some("7z")) => {
            return "请解压这个 .7z，把里面的表格放进同一个文件夹后重新汇总；以后请单位用 .zip 压缩。";
        }
        ("unsupported_format", Some("doc")) => {
            return "请单位用 Word 或 WPS 打开这个 .doc，另存为 .docx 后重新报送。";
        }
        ("unsupported_format", Some("wps")) => {
            return "请单位用 WPS 打开这个 .wps，另存为 .docx 后重新报送。";
        }
        _ => {}
    }
    match code {
        PDF_FILE => "请单位报送填写评价表用的电子表格或 Word 文件（.xlsx、.docx），盖章的 PDF 可以另附。",
        OFD_FILE => "请单位报送填写评价表用的电子表格或 Word 文件（.xlsx、.docx），OFD 版式文件可以另附。",
        PICTURE_FILE => "请单位报送填写评价表用的电子表格（.xlsx），不要报送照片、截图或者扫描的图片。",
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
        _ => OTHER_ADVICE,
    }
}
