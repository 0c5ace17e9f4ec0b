//! The tables that cells refer to by index: shared texts and number formats.

use std::collections::BTreeMap;

use super::records::{Records, kind};
use super::text::{rich, wide};
use crate::read::kit::cell_builder::{cut, too_long};
use crate::read::kit::cell_format::{CellFormats, MOST_STYLES};
use crate::read::kit::cursor::Cursor;
use crate::read::kit::losses::Losses;
use crate::read::kit::package::{Package, PartError};
use crate::read::kit::symbol_font::SymbolFont;
use crate::read::kit::symbol_text::Run;
use crate::read::{Limits, ReadError};

/// The shared texts.
#[derive(Default)]
pub(super) struct Strings {
    /// In order, `None` for one that is broken.
    pub texts: Vec<Option<Box<str>>>,
    /// The runs of those whose runs name fonts.
    pub runs: BTreeMap<usize, Box<[Run]>>,
}

/// Reads the shared texts. What a table gave before it broke off is kept.
pub(super) fn shared_strings(
    package: &mut Package,
    part: Option<&str>,
    fonts: &[Option<SymbolFont>],
    limits: &Limits,
    losses: &mut Losses,
) -> Result<Strings, PartError> {
    let mut strings = Strings::default();
    let Some(part) = part else {
        return Ok(strings);
    };
    match strings_into(&mut strings, package, part, fonts, limits, losses) {
        Err(PartError::Limit(error)) => Err(PartError::Limit(error)),
        Err(_) => {
            let count = strings.texts.len();
            losses.add(None, || {
                format!("共用文字部分已损坏，只读到前 {count} 条，引用其后文字的单元格没有读到")
            });
            Ok(strings)
        }
        Ok(()) => Ok(strings),
    }
}

fn strings_into(
    strings: &mut Strings,
    package: &mut Package,
    part: &str,
    fonts: &[Option<SymbolFont>],
    limits: &Limits,
    losses: &mut Losses,
) -> Result<(), PartError> {
    let mut records = Records::new(package.part(part)?);
    while let Some((kind, data)) = records.next()? {
        if kind != kind::SHARED_TEXT {
            continue;
        }
        if strings.texts.len() >= limits.cells {
            return Err(PartError::Limit(ReadError::too_many("共用文字条数", limits.cells)));
        }
        // The cells that show a broken text say so themselves.
        let Some((mut text, runs)) = rich(&mut Cursor::new(data), fonts) else {
            strings.texts.push(None);
            continue;
        };
        if cut(&mut text, limits.text_length) {
            losses.add(None, || too_long(limits.text_length));
        }
        if !runs.is_empty() {
            strings.runs.insert(strings.texts.len(), runs.into_boxed_slice());
        }
        strings.texts.push(Some(text.into_boxed_str()));
    }
    Ok(())
}

/// What cell styles and runs of texts refer to.
#[derive(Default)]
struct RawStyles {
    codes: BTreeMap<u32, String>,
    fonts: Vec<Option<SymbolFont>>,
    /// (number format, font) of each style.
    styles: Vec<(u16, u16)>,
}

/// Returns how cell styles show values, and the fonts as far as they draw signs.
pub(super) fn formats(
    package: &mut Package,
    part: Option<&str>,
    losses: &mut Losses,
) -> Result<(CellFormats, Vec<Option<SymbolFont>>), PartError> {
    let mut raw = RawStyles::default();
    let result = match part {
        Some(part) => formats_into(&mut raw, package, part),
        // Without a part there is one style, General.
        None => {
            raw.styles.push((0, 0));
            Ok(())
        }
    };
    match result {
        Err(PartError::Limit(error)) => return Err(PartError::Limit(error)),
        Err(_) => losses.add(None, || "样式部分已损坏，有的数字按常规格式显示".to_owned()),
        Ok(()) => {}
    }
    let formats: Vec<u32> = raw.styles.iter().map(|(format, _)| u32::from(*format)).collect();
    let fonts = raw
        .styles
        .iter()
        .map(|(_, font)| raw.fonts.get(usize::from(*font)).copied().flatten());
    Ok((CellFormats::new(&formats, fonts.collect(), &raw.codes), raw.fonts))
}

fn formats_into(raw: &mut RawStyles, package: &mut Package, part: &str) -> Result<(), PartError> {
    /// Where the name of a font stands, behind its size, weight, colour and the like.
    const BEFORE_NAME: usize = 21;
    let mut in_cell_styles = false;
    let mut records = Records::new(package.part(part)?);
    while let Some((kind, data)) = records.next()? {
        let mut cursor = Cursor::new(data);
        match kind {
            kind::BEGIN_STYLES => in_cell_styles = true,
            kind::END_STYLES => in_cell_styles = false,
            kind::FORMAT if raw.codes.len() < MOST_STYLES => {
                if let (Some(id), Some(code)) = (cursor.u16(), wide(&mut cursor)) {
                    raw.codes.insert(id.into(), code);
                }
            }
            kind::FONT if raw.fonts.len() < MOST_STYLES => {
                let name = cursor.skip(BEFORE_NAME).and_then(|()| wide(&mut cursor));
                raw.fonts.push(name.as_deref().and_then(SymbolFont::named));
            }
            kind::STYLE if in_cell_styles && raw.styles.len() < MOST_STYLES => {
                let format = cursor.skip(2).and_then(|()| cursor.u16());
                raw.styles.push((format.unwrap_or(0), cursor.u16().unwrap_or(0)));
            }
            _ => {}
        }
    }
    Ok(())
}
