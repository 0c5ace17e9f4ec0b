//! One row of a filled-in list: which finding it speaks of, and what people wrote.

use crate::grid::CellAddress;
use crate::model::Explanation;

/// What a row says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Where in the list, for a person: `第 5 行`.
    pub place: String,
    /// The rule's code, upper case; empty when the row has none.
    pub code: String,
    /// The cell as it is written.
    pub cell_text: String,
    /// The sheet, where it is named.
    pub sheet: Option<String>,
    /// The cell.
    pub cell: Option<CellAddress>,
    /// The field's Chinese name, empty for a finding without one; `None` when the list has no such column.
    pub field_title: Option<String>,
    /// The report's sentence, where the list names it.
    pub quote: Option<String>,
    /// The source's file name.
    pub source_file: Option<String>,
    /// The source's fingerprint.
    pub source_mark: Option<String>,
    /// What people wrote.
    pub explanation: Explanation,
}

impl Row {
    /// Takes the text of the cell column: `G30`, `Sheet1!G30` or `'二 中心'!G30`, `续表!G30` of a further sheet.
    pub fn set_cell(&mut self, text: &str) {
        let text = text.trim();
        let whole = text.parse().ok().map(CellAddress::on_its_sheet);
        let (sheet, cell) = match text.rsplit_once('!').filter(|_| whole.is_none()) {
            Some((sheet, cell)) => (Some(unquoted(sheet)), cell.trim().parse().ok()),
            None => (None, whole),
        };
        self.sheet = sheet;
        self.cell = cell;
        self.cell_text = text.to_owned();
    }

    /// Returns why the row's text stands nowhere.
    pub fn unmatched_sentence(&self) -> String {
        let place = &self.place;
        if self.code.is_empty() {
            return format!("{place}填了说明但没有编号，不知道说的是哪个问题；请从原清单补上这一行的编号和单元格。");
        }
        let title = self.field_title.as_deref().unwrap_or_default();
        let named: Vec<&str> = [self.code.as_str(), &self.cell_text, title]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        format!(
            "{place}（{}）的说明没有对应的问题：问题已经改正，或这一行的编号、单元格、字段被改动；请核对后删去这一行。",
            named.join(" ")
        )
    }
}

/// Returns a text that people wrote: line ends as `\n`, trimmed; `None` when nothing is left.
pub fn written(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Returns a code as rules have it.
pub fn code(text: &str) -> String {
    text.split_whitespace().collect::<String>().to_ascii_uppercase()
}

/// Returns a text for comparing: spreadsheets and editors change blanks and drop control characters.
pub fn comparable(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn unquoted(sheet: &str) -> String {
    let sheet = sheet.trim();
    match sheet.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        Some(quoted) => quoted.replace("''", "'"),
        None => sheet.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_with_and_without_its_sheet() {
        for (text, sheet, cell) in [
            ("G30", None, Some("G30")),
            (" Sheet1!G30 ", Some("Sheet1"), Some("G30")),
            ("'二 中心'!A1", Some("二 中心"), Some("A1")),
            ("'a''b!c'!B2", Some("a'b!c"), Some("B2")),
            ("第30行", None, None),
            ("", None, None),
        ] {
            let mut row = Row::default();
            row.set_cell(text);
            assert_eq!(row.sheet.as_deref(), sheet, "{text}");
            assert_eq!(row.cell.map(|cell| cell.to_string()).as_deref(), cell, "{text}");
        }
    }

    #[test]
    fn blanks_and_line_ends_do_not_tell_texts_apart() {
        assert_eq!(written(" 甲\r\n乙\r "), Some("甲\n乙".to_owned()));
        assert_eq!(written(" \n"), None);
        assert_eq!(comparable("总分 得\n分\u{1}"), "总分得分");
        assert_eq!(code(" a01 "), "A01");
    }
}
