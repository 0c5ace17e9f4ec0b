//! The reader of texts with separators: comma, tab or semicolon, in whatever encoding.
//!
//! Every cell is a text, shown as it stands. A text without separators is no table.

use std::borrow::Cow;

use ::csv::{ReaderBuilder, StringRecord};

use super::formula_guard::unguarded;
use super::kit::budget::Budget;
use super::kit::encoding::{damage_note, decode};
use super::kit::losses::Losses;
use super::kit::sheet_builder::SheetBuilder;
use super::{Limits, ReadError};
use crate::grid::{CellAddress, FileFormat, Workbook};

/// The separators that are tried, the likelier first.
const SEPARATORS: [u8; 3] = *b",\t;";

/// Bytes of the text by which the separator is told.
const SAMPLE: usize = 64 * 1024;

/// Reads a text with separators.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, ReadError> {
    let Some(decoded) = decode(bytes, None) else {
        return Err(ReadError::not_a_spreadsheet("这个文件的文字编码认不出来"));
    };
    let mut losses = Losses::default();
    if decoded.damaged > 0 {
        losses.add(None, || damage_note(decoded.damaged));
    }
    // Old programs end a text with Ctrl+Z.
    let text = decoded.text.trim_end_matches(['\u{1a}', '\0']);
    if let Some(report) = super::plain_text::read(text, limits) {
        return report.map(|mut report| {
            report.losses.extend(losses.into_list());
            report
        });
    }
    let (separator, text) = match declared_separator(text) {
        Some(found) => found,
        None => (told_separator(text), text),
    };
    let Some(separator) = separator else {
        return Err(ReadError::not_a_spreadsheet(
            "这个文件是一段没有分隔符（逗号、制表符或分号）的文字",
        ));
    };
    let mut budget = Budget::new(limits);
    let mut table = read_table(text, separator, true, &mut budget)?;
    if table.has_stray_quote {
        budget = Budget::new(limits);
        table = read_table(text, separator, false, &mut budget)?;
        losses.add(None, || "有引号没有配对，已把引号当作普通字符读取".to_owned());
    }
    Ok(Workbook {
        format: FileFormat::Csv,
        sheets: vec![table.draft.into_sheet("表1")],
        losses: losses.into_list(),
        text: Vec::new(),
    })
}

/// Returns a first line `sep=;`, as Excel understands it, and the text behind it.
fn declared_separator(text: &str) -> Option<(Option<u8>, &str)> {
    let rest = text.strip_prefix("sep=")?;
    let separator = rest.bytes().next().filter(u8::is_ascii)?;
    let (line, rest) = rest.split_once('\n')?;
    (line.trim_end_matches('\r').len() == 1).then_some((Some(separator), rest))
}

/// Returns the separator that splits the largest share of the records, then the most, then into the most fields;
/// `None` when none splits any. A share, because a wrong one sees no quotes and takes each line of a quoted text for
/// a record.
fn told_separator(text: &str) -> Option<u8> {
    let end = (0..=SAMPLE.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end))
        .unwrap_or_default();
    let sample = text.get(..end).unwrap_or_default();
    // Half a line may have no separator yet.
    let sample = match sample.rfind('\n') {
        Some(last) if end < text.len() => sample.get(..last).unwrap_or_default(),
        _ => sample,
    };
    let mut best: Option<((usize, usize, usize), u8)> = None;
    for separator in SEPARATORS {
        let mut all = 0;
        let mut split = 0;
        let mut fields = 0;
        for record in records(sample, separator, true) {
            all += 1;
            if record.len() > 1 {
                split += 1;
                fields += record.len();
            }
        }
        // In thousandths of all records.
        let score = (
            (split * 1_000_usize).checked_div(all).unwrap_or_default(),
            split,
            fields,
        );
        if split > 0 && best.is_none_or(|(known, _)| score > known) {
            best = Some((score, separator));
        }
    }
    best.map(|(_, separator)| separator)
}

fn records(text: &str, separator: u8, quoting: bool) -> impl Iterator<Item = StringRecord> {
    let mut reader = reader(text, separator, quoting);
    let mut record = StringRecord::new();
    std::iter::from_fn(move || reader.read_record(&mut record).ok()?.then(|| record.clone()))
}

fn reader(text: &str, separator: u8, quoting: bool) -> ::csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .quoting(quoting)
        .from_reader(text.as_bytes())
}

struct Table {
    draft: SheetBuilder,
    /// A quote opens a field that swallows the rest of the text.
    has_stray_quote: bool,
}

fn read_table(text: &str, separator: u8, quoting: bool, budget: &mut Budget) -> Result<Table, ReadError> {
    let mut draft = SheetBuilder::default();
    let mut reader = reader(text, separator, quoting);
    let mut record = StringRecord::new();
    let mut row: u32 = 0;
    let mut at = 0;
    let mut last_has_break = false;
    let mut longest = 0;
    while reader.read_record(&mut record).unwrap_or(false) {
        // Empty lines are passed over in silence, but are rows all the same.
        row = row.saturating_add(empty_lines(text, at));
        at = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        for (column, field) in (0_u32..).zip(record.iter()) {
            longest = longest.max(characters(field, budget.limits.text_length));
            draft.put_text(
                CellAddress::new(row, column),
                shown(field).replace("\r\n", "\n"),
                budget,
            )?;
        }
        last_has_break = record
            .get(record.len().saturating_sub(1))
            .is_some_and(|last| last.contains('\n'));
        row = row.saturating_add(1);
    }
    let quotes = text.matches('"').count();
    let unpaired = last_has_break && quotes % 2 == 1;
    let swallows = quotes > 0 && longest > budget.limits.text_length;
    Ok(Table {
        draft,
        has_stray_quote: quoting && (unpaired || swallows),
    })
}

/// Returns what a spreadsheet shows of a field: `="208"` is how programs keep it from taking 208 for a number, and an
/// apostrophe is how people do. Any other formula stays as it is.
fn shown(field: &str) -> Cow<'_, str> {
    let quoted = field
        .trim()
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|inner| !inner.replace("\"\"", "").contains('"'));
    if let Some(inner) = quoted {
        return Cow::Owned(inner.replace("\"\"", "\""));
    }
    Cow::Borrowed(unguarded(field))
}

/// Characters of a field; its bytes, which are no fewer, where they are few enough to be within the limit.
fn characters(field: &str, limit: usize) -> usize {
    if field.len() <= limit {
        field.len()
    } else {
        field.chars().count()
    }
}

/// Returns the line ends at `at`, where the record before was over; the second half of its own line end is none.
fn empty_lines(text: &str, at: usize) -> u32 {
    let (before, mut rest) = text.split_at_checked(at).unwrap_or((text, ""));
    if before.ends_with('\r') {
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    let mut count: u32 = 0;
    while let Some(next) = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])) {
        count = count.saturating_add(1);
        rest = next;
    }
    count
}
