//! Texts in fonts of signs, as a person sees them: which parts have which font, and what the fonts draw.

use super::line_ends::LineEnds;
use super::losses::Losses;
use super::symbol_font::SymbolFont;
use crate::grid::CellAddress;

/// A part of a text in one kind of font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct Run {
    /// Where it ends, in bytes of the whole text.
    pub end: usize,
    pub font: RunFont,
}

/// What decides how a run's letters look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum RunFont {
    /// The run names no font: it has that of its cell.
    OfCell,
    /// A font of letters.
    Plain,
    /// A font of signs.
    Symbol(SymbolFont),
}

impl From<Option<SymbolFont>> for RunFont {
    fn from(font: Option<SymbolFont>) -> Self {
        font.map_or(Self::Plain, Self::Symbol)
    }
}

/// The fonts that a text may be shown in.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::read) struct Fonts<'a> {
    /// That of the cell, if it draws signs.
    pub of_cell: Option<SymbolFont>,
    /// Those of the text's runs; empty when no run names a font.
    pub runs: &'a [Run],
}

impl Fonts<'_> {
    /// Returns the text as drawn. A drawing that is no known mark is kept as its letter and listed.
    pub(in crate::read) fn draw(self, text: &str, address: CellAddress, losses: &mut Losses) -> String {
        let mut drawn = String::with_capacity(text.len());
        if self.runs.is_empty() {
            draw_piece(self.of_cell, text, &mut drawn, address, losses);
            return drawn;
        }
        let mut start = 0;
        for run in self.runs {
            // A text that was cut ends before its runs do.
            let end = run.end.min(text.len());
            let piece = text.get(start..end).unwrap_or_default();
            start = end;
            let font = match run.font {
                RunFont::OfCell => self.of_cell,
                RunFont::Plain => None,
                RunFont::Symbol(font) => Some(font),
            };
            draw_piece(font, piece, &mut drawn, address, losses);
        }
        drawn
    }
}

fn draw_piece(font: Option<SymbolFont>, text: &str, drawn: &mut String, address: CellAddress, losses: &mut Losses) {
    let Some(font) = font else {
        drawn.push_str(text);
        return;
    };
    if let Some(unknown) = font.draw_into(text, drawn) {
        losses.add(Some(address), || {
            format!(
                "字符“{unknown}”用 {} 字体显示，看到的是图形而不是这个字符，无法认定是什么图形，已按原字符读取",
                font.title()
            )
        });
    }
}

/// Returns a text as binary formats store it, with its line ends as one character, and its runs.
///
/// `starts` says where runs begin, in units of the stored text, of which a character has as many as `units_of` says;
/// what stands before the first has the cell's font. No runs at all when none names a font.
pub(in crate::read) fn with_runs(
    stored: &str,
    starts: &[(usize, RunFont)],
    units_of: impl Fn(char) -> usize,
) -> (String, Vec<Run>) {
    let mut text = String::with_capacity(stored.len());
    let mut runs = Vec::new();
    let mut starts = starts.iter().peekable();
    let mut font = RunFont::OfCell;
    let mut units = 0;
    let mut ends = LineEnds::default();
    for character in stored.chars() {
        while let Some((_, next)) = starts.next_if(|(at, _)| *at <= units) {
            close(&mut runs, text.len(), font);
            font = *next;
        }
        ends.push(character, &mut text);
        units += units_of(character);
    }
    close(&mut runs, text.len(), font);
    if runs.iter().all(|run| run.font == RunFont::OfCell) {
        runs.clear();
    }
    (text, runs)
}

/// Ends a run, if it holds something.
pub(in crate::read) fn close(runs: &mut Vec<Run>, end: usize, font: RunFont) {
    let start = runs.last().map_or(0, |run| run.end);
    if end <= start {
        return;
    }
    match runs.last_mut() {
        Some(last) if last.font == font => last.end = end,
        _ => runs.push(Run { end, font }),
    }
}
