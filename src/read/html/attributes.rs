//! The attributes of an element that say something about a table: spans, what is hidden, and the values that Excel
//! and LibreOffice write beside the shown text.

use super::style;
use super::token::Tag;

/// What an element's attributes say. The first of several equal ones holds.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub row_span: Option<u32>,
    pub column_span: Option<u32>,
    /// `span` of a column.
    pub span: Option<u32>,
    pub is_hidden: bool,
    pub classes: Option<String>,
    /// From the style itself; a class may say one too.
    pub number_format: Option<String>,
    pub number: Option<String>,
    pub is_text: bool,
    pub boolean: Option<String>,
    pub error: Option<String>,
    pub formula: Option<String>,
    /// `type` of an input.
    pub kind: Option<String>,
    pub value: Option<String>,
    pub is_chosen: bool,
}

/// What browsers allow (1,000 columns, 65,534 rows) at most.
const MOST_COLUMNS: u32 = 1_000;
const MOST_ROWS: u32 = 65_534;

impl Attributes {
    pub(super) fn set(&mut self, tag: Tag, name: &str, value: &str) {
        let keep = |slot: &mut Option<String>| {
            // The name comes first, with an empty value, then the value.
            if slot.as_ref().is_none_or(String::is_empty) {
                *slot = Some(value.to_owned());
            }
        };
        match (tag, name) {
            (Tag::Cell, "rowspan") => self.row_span = self.row_span.or(span(value, MOST_ROWS)),
            (Tag::Cell, "colspan") => self.column_span = self.column_span.or(span(value, MOST_COLUMNS)),
            (Tag::Column | Tag::ColumnGroup, "span") => self.span = self.span.or(span(value, MOST_COLUMNS)),
            (_, "class") => keep(&mut self.classes),
            (_, "hidden") => self.is_hidden = true,
            (_, "style") => {
                let style = style::declarations(value);
                self.is_hidden |= style.is_hidden;
                if self.number_format.is_none() {
                    self.number_format = style.number_format;
                }
            }
            (Tag::Cell, "x:num" | "sdval") => keep(&mut self.number),
            (Tag::Cell, "sdnum")
                // Language, language, code: `2052;0;0.00%`.
                if self.number_format.is_none() => {
                    self.number_format = value.splitn(3, ';').nth(2).map(str::to_owned);
                }
            (Tag::Cell, "x:str") => self.is_text = true,
            (Tag::Cell, "x:bool") => keep(&mut self.boolean),
            (Tag::Cell, "x:err") => keep(&mut self.error),
            (Tag::Cell, "x:fmla") => keep(&mut self.formula),
            (Tag::Input, "type") => keep(&mut self.kind),
            (Tag::Input, "value") => keep(&mut self.value),
            (Tag::Input, "checked") | (Tag::Option, "selected") => self.is_chosen = true,
            _ => {}
        }
    }
}

fn span(value: &str, most: u32) -> Option<u32> {
    let digits: String = value.trim().chars().take_while(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return None;
    }
    Some(digits.parse::<u32>().map_or(most, |span| span.min(most)))
}
