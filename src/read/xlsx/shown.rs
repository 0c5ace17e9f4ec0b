//! What a person sees in a cell: its value through the style's number format, font and check box.
//!
//! The stored value is not touched: a cell with `R` in Wingdings 2 stores `R` and shows ☑.

use super::styles::CellStyle;
use crate::grid::{CellAddress, CellValue};
use crate::read::kit::losses::Losses;
use crate::read::kit::symbol_text::{Fonts, Run};
use crate::read::number_format::{Epoch, Shown};

/// Returns the value as seen. `runs` are those of a text that name fonts.
pub(super) fn shown_of(
    value: &CellValue,
    runs: &[Run],
    style: &CellStyle,
    epoch: Epoch,
    address: CellAddress,
    losses: &mut Losses,
) -> Shown {
    let format = &style.format.format;
    let of_cell = style.font;
    let mut shown = match value {
        CellValue::Blank => Shown::sure(String::new()),
        CellValue::Number(number) => format.number(*number, epoch),
        CellValue::Text(text) if !runs.is_empty() => {
            return format.text(&Fonts { of_cell, runs }.draw(text, address, losses));
        }
        CellValue::Text(text) => format.text(text),
        CellValue::Boolean(value) => match (style.is_check_box, value) {
            (true, true) => return Shown::sure("☑".to_owned()),
            (true, false) => return Shown::sure("□".to_owned()),
            (false, true) => Shown::sure("TRUE".to_owned()),
            (false, false) => Shown::sure("FALSE".to_owned()),
        },
        CellValue::Error(code) => Shown::sure(code.clone()),
    };
    if of_cell.is_some() {
        shown.text = Fonts { of_cell, runs: &[] }.draw(&shown.text, address, losses);
    }
    shown
}
