//! A list in a sheet: one header row whose columns are known by their wording, a line for each row below it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::grid::{Cell, CellAddress, Sheet};
use crate::model::MoneyUnit;
use crate::text::keys::name_key;
use crate::text::match_key;

/// Rows in which the header is looked for.
const HEADER_ROWS: u32 = 30;

/// A list with its header.
pub struct Listing<'s, C> {
    /// The sheet.
    pub sheet: &'s Sheet,
    row: u32,
    columns: BTreeMap<C, Placed>,
    /// The unit in a line such as 单位：万元 at or above the header.
    stated: Option<MoneyUnit>,
}

/// Where a column stands.
struct Placed {
    column: u32,
    /// The header, made comparable.
    header: String,
    /// First and last row of each merged region in it: a merged name stands for every row beside it.
    merges: BTreeMap<u32, u32>,
}

impl<'s, C: Copy + Ord> Listing<'s, C> {
    /// Finds the first row whose columns make a header; `headers` are the wordings by column, the better ones first.
    pub fn find(
        sheet: &'s Sheet,
        headers: &[(C, &[&str])],
        is_header: impl Fn(&BTreeMap<C, u32>, u32) -> bool,
    ) -> Option<Self> {
        let last = sheet.extent()?.last.row.min(HEADER_ROWS);
        let mut stated = None;
        for row in 0..=last {
            let mut found: BTreeMap<C, (usize, u32, String)> = BTreeMap::new();
            for cell in sheet.row(row) {
                let text = match_key(cell.shown());
                let plain = text.split('(').next().unwrap_or_default();
                for (column, wordings) in headers {
                    let rank = wordings.iter().position(|wording| *wording == plain);
                    if let Some(rank) = rank
                        && found.get(column).is_none_or(|(known, ..)| rank < *known)
                    {
                        found.insert(*column, (rank, cell.address.column, text.clone()));
                    }
                }
                stated = stated.or_else(|| unit_stated(&text));
            }
            let columns = found.iter().map(|(column, (_, at, _))| (*column, *at)).collect();
            if is_header(&columns, row) {
                let placed = found.into_iter().map(|(column, (_, at, header))| {
                    let placed = Placed {
                        column: at,
                        header,
                        merges: merges_below(sheet, at, row),
                    };
                    (column, placed)
                });
                return Some(Self {
                    sheet,
                    row,
                    columns: placed.collect(),
                    stated,
                });
            }
        }
        None
    }

    /// Returns the rows below the header that hold anything.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        let last = self.sheet.extent().map_or(0, |extent| extent.last.row);
        (self.row + 1..=last).filter(|row| !self.sheet.row(*row).is_empty())
    }

    /// Returns whether the list has a column.
    pub fn has(&self, column: C) -> bool {
        self.columns.contains_key(&column)
    }

    /// Returns a row's cell in a column.
    pub fn cell(&self, column: C, row: u32) -> Option<&'s Cell> {
        let placed = self.columns.get(&column)?;
        let top = placed.merges.range(..=row).next_back();
        let row = top.filter(|(_, last)| row <= **last).map_or(row, |(top, _)| *top);
        self.sheet.cell(CellAddress::new(row, placed.column))
    }

    /// Returns a row's text in a column, blanks joined; `None` where nothing stands.
    pub fn text(&self, column: C, row: u32) -> Option<String> {
        let text: Vec<&str> = self.cell(column, row)?.shown().split_whitespace().collect();
        let text = text.join(" ");
        (!text.is_empty()).then_some(text)
    }

    /// Returns the unit of the amounts in a column: its header's, else the one stated above.
    pub fn money_unit(&self, column: C) -> Option<MoneyUnit> {
        money_unit(&self.columns.get(&column)?.header).or(self.stated)
    }
}

fn merges_below(sheet: &Sheet, column: u32, row: u32) -> BTreeMap<u32, u32> {
    let tall = sheet
        .merges()
        .iter()
        .filter(|merge| (merge.first.column..=merge.last.column).contains(&column) && merge.first.row > row);
    tall.map(|merge| (merge.first.row, merge.last.row)).collect()
}

/// Returns the unit in a line such as 单位：万元.
fn unit_stated(text: &str) -> Option<MoneyUnit> {
    let (_, rest) = text.split_once("单位:")?;
    money_unit(rest)
}

fn money_unit(text: &str) -> Option<MoneyUnit> {
    // The longer word first: 百万元 has 万元 in it.
    [
        ("亿元", MoneyUnit::HundredMillionYuan),
        ("百万元", MoneyUnit::MillionYuan),
        ("万元", MoneyUnit::TenThousandYuan),
        ("千元", MoneyUnit::ThousandYuan),
        ("元", MoneyUnit::Yuan),
    ]
    .into_iter()
    .find_map(|(word, unit)| text.contains(word).then_some(unit))
}

/// Returns whether a line names a sum of others.
pub fn is_sum(name: &str) -> bool {
    matches!(name_key(name).as_str(), "合计" | "总计" | "小计" | "共计")
}

/// Returns the number that a text shows.
pub fn number(text: &str) -> Option<Decimal> {
    let digits: String = match_key(text).chars().filter(|c| *c != ',').collect();
    digits.parse().ok()
}

/// Returns the year that a text begins with.
pub fn year(text: &str) -> Option<i32> {
    let digits: String = match_key(text).chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|year| (1990..2100).contains(year))
}
