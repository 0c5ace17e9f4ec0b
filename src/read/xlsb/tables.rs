//! The tables that cells refer to by index: shared texts and number formats.

use std::collections::BTreeMap;

use super::records::{Records, kind};
use super::text::{rich, wide};
use crate::read::cell_format::{CellFormats, MOST_STYLES};
use crate::read::cursor::Cursor;
use crate::read::filled::{cut, too_long};
use crate::read::losses::Losses;
use crate::read::package::{Fault, Package};
use crate::read::{Limits, ReadError};

/// The shared texts in order, `None` for one that is broken. What a table gave before it broke off is kept.
pub(super) fn shared_strings(
    package: &mut Package,
    part: Option<&str>,
    limits: &Limits,
    losses: &mut Losses,
) -> Result<Vec<Option<Box<str>>>, Fault> {
    let mut strings = Vec::new();
    let Some(part) = part else {
        return Ok(strings);
    };
    match strings_into(&mut strings, package, part, limits, losses) {
        Err(Fault::Limit(error)) => Err(Fault::Limit(error)),
        Err(_) => {
            let count = strings.len();
            losses.add(None, || {
                format!("共用文字部分已损坏，只读到前 {count} 条，引用其后文字的单元格没有读到")
            });
            Ok(strings)
        }
        Ok(()) => Ok(strings),
    }
}

fn strings_into(
    strings: &mut Vec<Option<Box<str>>>,
    package: &mut Package,
    part: &str,
    limits: &Limits,
    losses: &mut Losses,
) -> Result<(), Fault> {
    let mut records = Records::new(package.part(part)?);
    while let Some((kind, data)) = records.next()? {
        if kind != kind::SHARED_TEXT {
            continue;
        }
        if strings.len() >= limits.cells {
            return Err(Fault::Limit(ReadError::too_many("共用文字条数", limits.cells)));
        }
        // The cells that show a broken text say so themselves.
        let mut text = rich(&mut Cursor::new(data));
        if text.as_mut().is_some_and(|text| cut(text, limits.text_length)) {
            losses.add(None, || too_long(limits.text_length));
        }
        strings.push(text.map(String::into_boxed_str));
    }
    Ok(())
}

/// Number formats by cell style.
pub(super) fn formats(package: &mut Package, part: Option<&str>, losses: &mut Losses) -> Result<CellFormats, Fault> {
    let mut codes = BTreeMap::new();
    let mut style_formats = Vec::new();
    let result = match part {
        Some(part) => formats_into(&mut codes, &mut style_formats, package, part),
        // Without a part there is one style, General.
        None => {
            style_formats.push(0);
            Ok(())
        }
    };
    match result {
        Err(Fault::Limit(error)) => return Err(Fault::Limit(error)),
        Err(_) => losses.add(None, || "样式部分已损坏，有的数字按常规格式显示".to_owned()),
        Ok(()) => {}
    }
    Ok(CellFormats::new(&style_formats, &codes))
}

fn formats_into(
    codes: &mut BTreeMap<u32, String>,
    style_formats: &mut Vec<u32>,
    package: &mut Package,
    part: &str,
) -> Result<(), Fault> {
    let mut in_cell_styles = false;
    let mut records = Records::new(package.part(part)?);
    while let Some((kind, data)) = records.next()? {
        let mut cursor = Cursor::new(data);
        match kind {
            kind::BEGIN_STYLES => in_cell_styles = true,
            kind::END_STYLES => in_cell_styles = false,
            kind::FORMAT if codes.len() < MOST_STYLES => {
                if let (Some(id), Some(code)) = (cursor.u16(), wide(&mut cursor)) {
                    codes.insert(id.into(), code);
                }
            }
            kind::STYLE if in_cell_styles && style_formats.len() < MOST_STYLES => {
                let format = cursor.skip(2).and_then(|()| cursor.u16());
                style_formats.push(format.unwrap_or(0).into());
            }
            _ => {}
        }
    }
    Ok(())
}
