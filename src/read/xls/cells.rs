//! Cell records: from their bytes to positions, styles and values.

use super::globals::Globals;
use super::records::{Record, kind};
use crate::grid::{CellAddress, CellValue};
use crate::read::kit::cell_builder::{CellBuilder, error_value};
use crate::read::kit::cursor::Cursor;
use crate::read::kit::decimal::{from_binary, rk};
use crate::read::kit::symbol_text::Run;

/// Columns of a sheet in this format.
pub(super) const COLUMNS: u32 = 256;

/// One cell as its record has it.
pub(super) struct RawCell {
    pub address: CellAddress,
    pub style: usize,
    pub value: CellValue,
    /// The runs of a text that names fonts.
    pub runs: Vec<Run>,
}

/// Calls `keep` with each cell of a record of values. `None` when the record is cut short or points outside.
pub(super) fn cells_of(
    record: Record,
    globals: &Globals,
    builder: &mut CellBuilder,
    mut keep: impl FnMut(&mut CellBuilder, RawCell),
) -> Option<()> {
    let mut cursor = Cursor::new(record.data);
    if record.kind == kind::MULRK {
        return row_of_numbers(cursor, builder, keep);
    }
    let (address, style) = head(&mut cursor)?;
    let mut runs = Vec::new();
    let value = match record.kind {
        kind::LABELSST => {
            let index = cursor.u32()?;
            let position = usize::try_from(index).unwrap_or(usize::MAX);
            let Some(text) = globals.strings.get(position) else {
                builder.losses.add(Some(address), || {
                    format!("单元格引用的文字（第 {index} 号）在文件里不存在，它的内容没有读到")
                });
                return Some(());
            };
            if let Some(of_text) = globals.string_runs.get(&position) {
                runs = of_text.to_vec();
            }
            CellValue::Text(text.to_string())
        }
        kind::LABEL => CellValue::Text(globals.texts.read(&mut cursor, false)?),
        kind::RSTRING => {
            let (text, of_text) = globals.texts.with_runs(&mut cursor, &globals.fonts)?;
            runs = of_text;
            CellValue::Text(text)
        }
        kind::NUMBER => {
            let number = cursor.f64()?;
            builder.number(address, from_binary(number), number)
        }
        kind::RK => {
            let (number, binary) = rk(cursor.u32()?);
            builder.number(address, number, binary)
        }
        _ => match (cursor.u8()?, cursor.u8()?) {
            (value, 0) => CellValue::Boolean(value != 0),
            (code, _) => error_value(code),
        },
    };
    let raw = RawCell {
        address,
        style,
        value,
        runs,
    };
    keep(builder, raw);
    Some(())
}

/// Row, column and style, as every cell record begins.
pub(super) fn head(cursor: &mut Cursor) -> Option<(CellAddress, usize)> {
    let row = cursor.u16()?;
    let column = u32::from(cursor.u16()?);
    let style = cursor.u16()?;
    (column < COLUMNS).then_some((CellAddress::new(row.into(), column), style.into()))
}

/// Numbers side by side, each with its style.
fn row_of_numbers(
    mut cursor: Cursor,
    builder: &mut CellBuilder,
    mut keep: impl FnMut(&mut CellBuilder, RawCell),
) -> Option<()> {
    let row = cursor.u16()?;
    let first = u32::from(cursor.u16()?);
    let count = u32::try_from(cursor.rest().len().checked_sub(2)? / 6).ok()?;
    let end = first.checked_add(count)?;
    for column in first..end.min(COLUMNS) {
        let address = CellAddress::new(row.into(), column);
        let style = cursor.u16()?.into();
        let (number, binary) = rk(cursor.u32()?);
        let value = builder.number(address, number, binary);
        let raw = RawCell {
            address,
            style,
            value,
            runs: Vec::new(),
        };
        keep(builder, raw);
    }
    (end <= COLUMNS).then_some(())
}
