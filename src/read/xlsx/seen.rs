//! What a person sees in a cell: its value through the style's number format, font and check box.
//!
//! The stored value is not touched: a cell with `R` in Wingdings 2 stores `R` and shows ☑.

use super::styles::CellStyle;
use super::text::{Run, RunFont};
use crate::grid::{CellAddress, CellValue};
use crate::read::losses::Losses;
use crate::read::number_format::{Epoch, Shown};
use crate::read::symbol_font::SymbolFont;

/// The value as seen. `runs` are those of a text that name fonts.
pub(super) fn seen(
    value: &CellValue,
    runs: &[Run],
    style: &CellStyle,
    epoch: Epoch,
    address: CellAddress,
    losses: &mut Losses,
) -> Shown {
    let format = &style.format.format;
    let mut shown = match value {
        CellValue::Blank => Shown::sure(String::new()),
        CellValue::Number(number) => format.number(*number, epoch),
        CellValue::Text(text) if !runs.is_empty() => {
            return format.text(&draw_runs(text, runs, style, address, losses));
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
    if let Some(font) = style.font {
        let mut drawn = String::with_capacity(shown.text.len());
        draw(font, &shown.text, &mut drawn, address, losses);
        shown.text = drawn;
    }
    shown
}

fn draw_runs(text: &str, runs: &[Run], style: &CellStyle, address: CellAddress, losses: &mut Losses) -> String {
    let mut drawn = String::with_capacity(text.len());
    let mut start = 0;
    for run in runs {
        // A text that was cut ends before its runs do.
        let end = run.end.min(text.len());
        let piece = text.get(start..end).unwrap_or_default();
        start = end;
        let font = match run.font {
            RunFont::OfCell => style.font,
            RunFont::Plain => None,
            RunFont::Symbol(font) => Some(font),
        };
        match font {
            Some(font) => draw(font, piece, &mut drawn, address, losses),
            None => drawn.push_str(piece),
        }
    }
    drawn
}

fn draw(font: SymbolFont, text: &str, drawn: &mut String, address: CellAddress, losses: &mut Losses) {
    if let Some(unknown) = font.draw_into(text, drawn) {
        losses.add(Some(address), || {
            format!(
                "字符“{unknown}”用 {} 字体显示，看到的是图形而不是这个字符，无法认定是什么图形，已按原字符读取",
                font.title()
            )
        });
    }
}
