//! Readers: from bytes to a [`Workbook`], format by content, within absolute limits.
//!
//! Holds one module a format and what they share (packages, XML, limits, number formats). It knows nothing of
//! layouts or evaluations. A further format is one module, one variant of `content::Content` and one line in
//! `reader_of`.

mod container;
mod content;
mod csv;
pub(crate) mod detect;
mod docx;
mod error;
mod formula_guard;
mod formula_tokens;
mod html;
pub(crate) mod kit;
mod limits;
pub(crate) mod number_format;
mod ods;
pub(crate) mod office_password;
mod plain_text;
pub(crate) mod second_reader;
mod spreadsheetml;
mod xls;
mod xlsb;
mod xlsx;

pub(crate) use detect::is_json;
pub use error::ReadError;
pub(crate) use formula_guard::begins_like_a_formula;
#[cfg(test)]
pub(crate) use formula_guard::unguarded;
pub(crate) use kit::encoding::decode;
pub use limits::Limits;
pub use second_reader::{confirm, read_confirmed};

use crate::grid::{ReadingLoss, Workbook};
use content::Content;
use detect::{Detected, detect};
use kit::package::Package;

/// The reader of a format, by what it reads from.
enum ReadFormat {
    Bytes(fn(&[u8], &Limits) -> Result<Workbook, ReadError>),
    Package(fn(Package, &Limits) -> Result<Workbook, ReadError>),
}

const fn reader_of(content: Content) -> Option<ReadFormat> {
    match content {
        Content::Xlsx => Some(ReadFormat::Package(xlsx::read_xlsx)),
        Content::Xlsm => Some(ReadFormat::Package(xlsx::read_xlsm)),
        Content::Xls => Some(ReadFormat::Bytes(xls::read_xls)),
        Content::Xlsb => Some(ReadFormat::Package(xlsb::read_xlsb)),
        Content::Ods => Some(ReadFormat::Package(ods::read_ods)),
        Content::FlatOds => Some(ReadFormat::Bytes(ods::read_flat_ods)),
        Content::Csv => Some(ReadFormat::Bytes(csv::read)),
        Content::Html => Some(ReadFormat::Bytes(html::read)),
        Content::Mhtml => Some(ReadFormat::Bytes(html::read_archive)),
        Content::SpreadsheetMl => Some(ReadFormat::Bytes(spreadsheetml::read)),
        Content::Docx => Some(ReadFormat::Package(docx::read)),
        _ => None,
    }
}

/// Reads a whole spreadsheet file.
///
/// `file_name` serves only to notice an extension that does not fit the content (noted in [`Workbook::losses`]) and to
/// word a refusal. What could not be read of a readable file is listed in the losses of its sheet or of the workbook.
///
/// # Errors
///
/// A [`ReadError`] when nothing can be read: an empty, foreign, encrypted, damaged or unsupported file, or one beyond
/// a limit.
///
/// ```
/// let error = hebiao::read::read_workbook(b"", Some("a.xlsx"), &Default::default()).unwrap_err();
/// assert_eq!(error.code(), "empty_file");
/// ```
pub fn read_workbook(bytes: &[u8], file_name: Option<&str>, limits: &Limits) -> Result<Workbook, ReadError> {
    examine(bytes, file_name, limits).read()
}

/// The same without the quick ways that a reader has for parts written as most programs write them. Both read the same.
///
/// # Errors
///
/// Those of [`read_workbook`].
pub fn read_in_full(bytes: &[u8], file_name: Option<&str>, limits: &Limits) -> Result<Workbook, ReadError> {
    let mut examined = examine(bytes, file_name, limits);
    if matches!(examined.looked, Looked::NotYet) {
        examined.look();
    }
    if let Looked::Detected(detected) = &mut examined.looked
        && let Ok(Detected {
            package: Some(package), ..
        }) = &mut **detected
    {
        package.read_in_full();
    }
    examined.read()
}

/// A file as far as it is looked at to tell how it should be read.
pub struct Examined<'a> {
    bytes: &'a [u8],
    file_name: Option<&'a str>,
    limits: &'a Limits,
    extension: Option<String>,
    looked: Looked<'a>,
    needs_isolation: bool,
}

/// What looking at a file has told.
enum Looked<'a> {
    /// It is not even looked into.
    Refused(ReadError),
    /// It is told by whoever reads it.
    NotYet,
    Detected(Box<Result<Detected<'a>, ReadError>>),
}

/// Looks at a file, but reads nothing of it yet.
pub fn examine<'a>(bytes: &'a [u8], file_name: Option<&'a str>, limits: &'a Limits) -> Examined<'a> {
    const LARGE_FILE: u64 = 4 * 1024 * 1024;
    let mut examined = Examined {
        bytes,
        file_name,
        limits,
        extension: file_name.and_then(extension_of),
        looked: Looked::NotYet,
        needs_isolation: false,
    };
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if bytes.is_empty() {
        examined.looked = Looked::Refused(ReadError::empty_file());
    } else if length > limits.file_bytes {
        let refusal = ReadError::too_many_bytes("文件大小", length, limits.file_bytes);
        examined.looked = Looked::Refused(refusal);
    } else if length > LARGE_FILE || bytes.starts_with(&container::SIGNATURE) {
        examined.needs_isolation = true;
    } else {
        examined.look();
    }
    examined
}

impl Examined<'_> {
    /// Returns whether callers who can should read the file in a process of its own: one of a format (xls, xlsb, ods)
    /// whose damaged files have taken programs down, or one so large that its time and memory should have a bound.
    pub const fn needs_isolation(&self) -> bool {
        self.needs_isolation
    }

    fn look(&mut self) {
        const LARGE_UNPACKED: u64 = 32 * 1024 * 1024;
        let mut detected = detect(self.bytes, self.extension.as_deref(), self.limits);
        if let Ok(detected) = &mut detected {
            let is_large = |package: &mut Package| package.declared_bytes() > LARGE_UNPACKED;
            self.needs_isolation = matches!(detected.content, Content::Xls | Content::Xlsb | Content::Ods)
                || detected.package.as_mut().is_some_and(is_large);
        }
        self.looked = Looked::Detected(Box::new(detected));
    }

    /// Reads the file.
    ///
    /// # Errors
    ///
    /// Those of [`read_workbook`].
    pub fn read(self) -> Result<Workbook, ReadError> {
        let detected = match self.looked {
            Looked::Refused(refusal) => return Err(refusal),
            Looked::Detected(detected) => *detected,
            Looked::NotYet => detect(self.bytes, self.extension.as_deref(), self.limits),
        };
        let reader = detected.as_ref().ok().and_then(|detected| reader_of(detected.content));
        if reader.is_none() && self.file_name.is_some_and(is_lock_file) {
            return Err(ReadError::not_a_spreadsheet(
                "这是 Excel 或 WPS 打开文件时生成的临时文件",
            ));
        }
        if let Ok(detected) = &detected
            && detected.content == Content::Encrypted
        {
            let opened = office_password::opened_package(self.bytes, self.limits.file_bytes)?;
            if !opened.starts_with(b"PK") {
                return Err(ReadError::password_protected());
            }
            return examine(&opened, self.file_name, self.limits).read();
        }
        let Detected { content, package } = detected?;
        let mut workbook = match (reader, package) {
            (Some(ReadFormat::Package(read)), Some(package)) => read(package, self.limits)?,
            (Some(ReadFormat::Bytes(read)), _) => read(self.bytes, self.limits)?,
            _ => return Err(content.refusal()),
        };
        kit::tabs::tell_apart(&mut workbook);
        workbook.sheets.iter_mut().for_each(kit::unstored::blank_unstored);
        if let Some(extension) = self.extension {
            workbook.losses.splice(0..0, misnamed(&extension, content));
        }
        Ok(workbook)
    }
}

/// Returns what is said of a name whose extension is another format's.
fn misnamed(extension: &str, content: Content) -> Option<ReadingLoss> {
    (!content.extensions().contains(&extension)).then(|| ReadingLoss {
        cell: None,
        message: format!("文件扩展名是 .{extension}，内容却是 {}，已按内容读取", content.title()),
    })
}

/// Returns the same of the name of a JSON report.
pub(crate) fn misnamed_json(file_name: &str) -> Option<ReadingLoss> {
    misnamed(&extension_of(file_name)?, Content::Json)
}

/// Returns the owner file that Excel (`~$`) and WPS (`.~`) lay beside an open workbook, under a workbook's extension.
fn is_lock_file(file_name: &str) -> bool {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.starts_with("~$") || name.starts_with(".~")
}

fn extension_of(file_name: &str) -> Option<String> {
    let name = file_name.rsplit(['/', '\\']).next()?;
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_lowercase())
}
