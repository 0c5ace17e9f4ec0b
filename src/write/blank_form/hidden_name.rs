//! Hides the form mark from the list of names: the library writes names, but none that is hidden.

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::XlsxError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::grid::FORM_MARK_NAME;
use crate::write::WriteError;
use crate::write::kit::package::of_one_system;

const WORKBOOK: &str = "xl/workbook.xml";

/// Returns the package with every form mark hidden; all other parts stay as they are.
pub fn hide_mark(package: &[u8]) -> Result<Vec<u8>, WriteError> {
    let mut archive = ZipArchive::new(Cursor::new(package)).map_err(broken)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(package.len())));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(broken)?;
        if part.name().map_err(broken)? != WORKBOOK {
            writer.raw_copy_file(part).map_err(broken)?;
            continue;
        }
        let mut text = String::new();
        part.read_to_string(&mut text).map_err(broken)?;
        let name = format!(r#"<definedName name="{FORM_MARK_NAME}""#);
        let text = text.replace(&name, &format!(r#"{name} hidden="1""#));
        writer
            .start_file(WORKBOOK, SimpleFileOptions::default())
            .and_then(|()| Ok(writer.write_all(text.as_bytes())?))
            .map_err(broken)?;
    }
    Ok(of_one_system(writer.finish().map_err(broken)?.into_inner()))
}

/// Nothing a user can do: the package was made here.
fn broken(error: impl std::fmt::Display) -> WriteError {
    XlsxError::ParameterError(error.to_string()).into()
}
