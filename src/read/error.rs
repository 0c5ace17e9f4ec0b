//! Why a file could not be read at all: a stable code and one Chinese sentence of rule, fact and way out.

use std::fmt;

/// A refusal to read a file.
///
/// `Display` is the sentence for the user; [`ReadError::code`] is for programs and never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    code: &'static str,
    message: String,
}

impl ReadError {
    /// `empty_file`, `not_a_spreadsheet`, `password_protected`, `damaged`, `limit_exceeded` or `unsupported_format`.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Returns the refusal of a file over which the reading program stopped (`damaged`).
    pub fn reader_stopped() -> Self {
        Self::damaged("读取时中途出错")
    }

    /// Returns the refusal of a file that took longer to read than it may (`limit_exceeded`).
    pub fn too_slow(seconds: u64) -> Self {
        Self::limit_exceeded("读取所用的时间", &format!("{seconds} 秒"), "超出了这个数")
    }

    /// Returns a refusal from the code and the sentence of an earlier one; `None` when there is no such code.
    pub fn restore(code: &str, message: String) -> Option<Self> {
        let codes = [
            "empty_file",
            "not_a_spreadsheet",
            "password_protected",
            "damaged",
            "limit_exceeded",
            "unsupported_format",
        ];
        let code = codes.into_iter().find(|known| *known == code)?;
        Some(Self { code, message })
    }

    pub(super) fn empty_file() -> Self {
        Self {
            code: "empty_file",
            message: "文件应当有内容，这个文件是空的（0 字节）；请检查是否没有下载或拷贝完整，重新取得一份再试。"
                .to_owned(),
        }
    }

    pub(super) fn blank_file() -> Self {
        Self {
            code: "empty_file",
            message: "文件应当有内容，这个文件里没有文字，只有空白；请检查是否没有下载或拷贝完整，重新取得一份再试。"
                .to_owned(),
        }
    }

    pub(crate) fn not_a_spreadsheet(fact: &str) -> Self {
        Self {
            code: "not_a_spreadsheet",
            message: format!("只能读取电子表格文件，{fact}；请确认是否选错了文件。"),
        }
    }

    pub(super) fn password_protected() -> Self {
        Self {
            code: "password_protected",
            message: "文件不能带打开密码，这个文件已加密；请在 Excel 或 WPS 中打开后取消密码（“用密码进行加密”的那个，\
                      只保护工作表或工作簿结构的不用取消），另存为 .xlsx 再试。"
                .to_owned(),
        }
    }

    /// Returns the refusal of a file that only named persons may open.
    pub(super) fn rights_managed() -> Self {
        Self {
            code: "password_protected",
            message: "文件不能限制访问，这个文件受权限管理，只有得到授权的人能打开，这与打开密码不同；\
                      请由有权限的人在“文件—信息—限制访问”里改为无限制访问，另存后再试。"
                .to_owned(),
        }
    }

    pub(crate) fn damaged(fact: &str) -> Self {
        Self {
            code: "damaged",
            message: format!(
                "文件内容应当完整，这个文件已损坏（{fact}）；请重新拷贝或下载一份，或用 Excel、WPS 打开修复后另存为 .xlsx 再试。"
            ),
        }
    }

    pub(crate) fn unsupported_format(fact: &str, way_out: &str) -> Self {
        Self {
            code: "unsupported_format",
            message: format!("能读取的是电子表格、网页表格、文本表格和 Word（docx）里的表格，{fact}；{way_out}。"),
        }
    }

    pub(super) fn too_many(what: &str, limit: usize) -> Self {
        Self::limit_exceeded(what, &limit.to_string(), "超出了这个数")
    }

    pub(crate) fn too_many_bytes(what: &str, actual: u64, limit: u64) -> Self {
        Self::limit_exceeded(what, &size(limit), &format!("是 {}", size_above(actual, limit)))
    }

    pub(crate) fn more_bytes_than(what: &str, limit: u64) -> Self {
        Self::limit_exceeded(what, &size(limit), "超出了这个数")
    }

    fn limit_exceeded(what: &str, limit: &str, fact: &str) -> Self {
        Self {
            code: "limit_exceeded",
            message: format!(
                "{what}不得超过 {limit}，这个文件{fact}；请删去与评价表无关的内容，或拆分成几个文件再试。"
            ),
        }
    }
}

fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 2] = [(1024 * 1024, "MB"), (1024, "KB")];
    for (unit, name) in UNITS {
        if bytes >= unit {
            let tenths = bytes.saturating_mul(10) / unit;
            return match tenths % 10 {
                0 => format!("{} {name}", tenths / 10),
                tenth => format!("{}.{tenth} {name}", tenths / 10),
            };
        }
    }
    format!("{bytes} 字节")
}

/// Returns a size that is above a limit with as many digits as show it.
fn size_above(bytes: u64, limit: u64) -> String {
    const UNITS: [(u64, &str); 2] = [(1024 * 1024, "MB"), (1024, "KB")];
    let shown = size(bytes);
    let unit = UNITS.into_iter().find(|(unit, _)| bytes >= *unit);
    let (Some((unit, name)), true) = (unit, shown == size(limit)) else {
        return shown;
    };
    for width in [2, 3] {
        let scale = 10_u64.pow(width);
        let parts = bytes.saturating_mul(scale) / unit;
        if parts > limit.saturating_mul(scale) / unit {
            let digits = format!("{:0>3}", parts % scale);
            let digits = if width == 2 {
                digits.get(1..).unwrap_or_default()
            } else {
                &digits
            };
            return format!("{}.{digits} {name}", parts / scale);
        }
    }
    let more = bytes.saturating_sub(limit);
    format!("{bytes} 字节（比 {} 多 {more} 字节）", size(limit))
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_above_a_limit_shows_that_it_is() {
        const LIMIT: u64 = 50 * 1024 * 1024;
        for (above, words) in [
            (1, "是 52428801 字节（比 50 MB 多 1 字节）"),
            (2_000, "是 50.001 MB"),
            (20_000, "是 50.01 MB"),
            (200_000, "是 50.1 MB"),
            (LIMIT, "是 100 MB"),
        ] {
            let shown = ReadError::too_many_bytes("文件", LIMIT + above, LIMIT).to_string();
            assert!(
                shown.contains(&format!("文件不得超过 50 MB，这个文件{words}；")),
                "{shown}"
            );
        }
    }
}
