//! Values of a condition: what a cell says, or what was made of it.

use std::borrow::Cow;
use std::rc::Rc;

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::text::plain;

/// A row of the table, or the table itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// The whole table.
    Table,
    /// An indicator, by its place.
    Indicator(usize),
    /// A row of the fund block, by its place.
    Fund(usize),
}

/// Where a value stands, or would stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The cell.
    pub(super) cell: CellAddress,
    /// The row it belongs to.
    pub(super) row: Row,
    /// The field.
    pub(super) field: &'static str,
}

/// A value and the cell it comes from.
#[derive(Debug, Clone)]
pub(super) struct Value<'a> {
    pub(super) data: Data<'a>,
    pub(super) place: Option<Place>,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(super) enum Data<'a> {
    /// A field whose cell is blank, or that the table does not have: why, where it is more than that.
    Missing(Option<&'static str>),
    /// 空, as a condition writes it.
    Null,
    Bool(bool),
    Number(Decimal),
    Text(Cow<'a, str>),
    List(Rc<Vec<Value<'a>>>),
    Row(Row),
}

impl<'a> From<Data<'a>> for Value<'a> {
    fn from(data: Data<'a>) -> Self {
        Self { data, place: None }
    }
}

impl Data<'_> {
    /// Returns what kind of value it is.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Missing(_) => "空白",
            Self::Null => "空",
            Self::Bool(_) => "真假",
            Self::Number(_) => "数",
            Self::Text(_) => "文字",
            Self::List(_) => "一列值",
            Self::Row(_) => "一行",
        }
    }
}

impl Value<'_> {
    /// Returns the value in a message.
    pub(super) fn shown(&self) -> String {
        /// Characters of one text and values of one list that help a reader.
        const MOST: usize = 60;
        const MOST_VALUES: usize = 10;
        match &self.data {
            Data::Missing(_) | Data::Null => "空白".to_owned(),
            Data::Bool(true) => "是".to_owned(),
            Data::Bool(false) => "否".to_owned(),
            Data::Number(number) => plain(number.round_dp(6)),
            Data::Text(text) => {
                let mut shown: String = text.chars().take(MOST).collect();
                if shown.len() < text.len() {
                    shown.push('…');
                }
                shown
            }
            Data::List(values) => {
                let shown: Vec<String> = values.iter().take(MOST_VALUES).map(Value::shown).collect();
                let more = if values.len() > MOST_VALUES {
                    format!("等 {} 项", values.len())
                } else {
                    String::new()
                };
                format!("{}{more}", shown.join("、"))
            }
            Data::Row(_) => self
                .place
                .map_or_else(|| "这张表".to_owned(), |place| place.cell.to_string()),
        }
    }
}
