//! The second reader: a reader by other people reads the file again, and what both read is compared.
//!
//! It is calamine, which knows nothing of this program's readers. Compared are every cell's stored text, number, date,
//! truth value or error, and merged regions. Not compared: texts of floating check boxes (it does not read them),
//! merged regions of xlsb and ods and error results of formulas in xlsb (it has none), cells that the first reading
//! lists as lost, and what it gives nothing of at all: number formats, formulas as written, what is hidden, notes.

#[cfg(feature = "confirm")]
mod bounds;
#[cfg(feature = "confirm")]
mod compare;
#[cfg(feature = "confirm")]
mod formats;
#[cfg(feature = "confirm")]
mod value;

use super::{Limits, ReadError, container, examine, office_password};
use crate::grid::{Confirmation, FileFormat, Workbook};

/// What is said when the second reader stopped over a file.
pub const SECOND_READER_STOPPED: &str = "另一读取程序读这个文件时中途停止";

/// What is said when a file is read a second time only in a process of its own, and there is none.
pub const NO_PROCESS_OF_ITS_OWN: &str = "这个文件只能在单独的进程里再读一次，这里没有";

/// Reads a file as [`read_workbook`](super::read_workbook) does, then a second time with the second reader.
///
/// Files for which the second reader may end the process are read once only, which the confirmation says.
///
/// # Errors
/// Those of [`read_workbook`](super::read_workbook); the second reader adds none.
pub fn read_confirmed(
    bytes: &[u8],
    file_name: Option<&str>,
    limits: &Limits,
) -> Result<(Workbook, Confirmation), ReadError> {
    let examined = examine(bytes, file_name, limits);
    let needs_isolation = examined.needs_isolation();
    let workbook = examined.read()?;
    let confirmation = if needs_isolation {
        Confirmation::none(NO_PROCESS_OF_ITS_OWN)
    } else {
        confirm(bytes, &workbook, limits)
    };
    Ok((workbook, confirmation))
}

/// Reads a file a second time and compares it with the first reading of the same bytes.
///
/// The second reader may end the process over a damaged xls, xlsb or ods file, and over files that
/// [`examine`] tells to isolate: call it for those where that costs nothing. It never fails: what it could not do is
/// said in the confirmation.
pub fn confirm(bytes: &[u8], workbook: &Workbook, limits: &Limits) -> Confirmation {
    if !matches!(
        workbook.format,
        FileFormat::Xlsx | FileFormat::Xlsm | FileFormat::Xlsb | FileFormat::Xls | FileFormat::Ods
    ) {
        return Confirmation::none("另一读取程序不读这种格式");
    }
    let is_package = !matches!(workbook.format, FileFormat::Xls);
    if is_package && bytes.starts_with(&container::SIGNATURE) {
        return match office_password::opened_package(bytes, limits.file_bytes) {
            Ok(opened) => second_reading(&opened, workbook, limits),
            Err(_) => Confirmation::none("文件已加密，没有再读一次"),
        };
    }
    second_reading(bytes, workbook, limits)
}

#[cfg(feature = "confirm")]
fn second_reading(bytes: &[u8], workbook: &Workbook, limits: &Limits) -> Confirmation {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    catch_unwind(AssertUnwindSafe(|| formats::confirm(bytes, workbook, limits)))
        .unwrap_or_else(|_| Confirmation::none(SECOND_READER_STOPPED))
}

#[cfg(not(feature = "confirm"))]
fn second_reading(_: &[u8], _: &Workbook, _: &Limits) -> Confirmation {
    Confirmation::none("本程序编译时没有带上另一读取程序")
}
