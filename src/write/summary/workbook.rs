//! 汇总.xlsx: a page to send up and the lists behind it. No formulas: what stands there was computed exactly.

use std::io::Write;

use super::cells::{Column, Value};
use super::columns::{
    self, CROSS, CROSS_PRINTED, DISCREPANCIES, DISCREPANCIES_PRINTED, FAILED, INDICATORS, INDICATORS_PRINTED, TABLES,
    TABLES_PRINTED,
};
use super::groups::{Group, Groups};
use super::list_plan::{Form, ListPiece, RowTaker};
use super::list_writer::{Link, ListWriter, MOST_ROWS, Written};
use super::overview::Notes;
use super::{departments, grades, overview, rosters};
use crate::summary::{CrossFinding, DetailPart, Summary, TableSizes};
use crate::write::WriteError;
use crate::write::kit::book::Book;
use crate::write::kit::link::link_base;
use crate::write::kit::page::told_of_long_lists;
use crate::write::kit::properties::Properties;

/// Where the workbook's links lead: from the path that a report gives to a path relative to the workbook, with `/`
/// between its parts; `None` where there is no file to open.
pub type SummaryLink<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Who makes the pieces of a summary's long lists.
///
/// What stands in a piece depends on its number alone, so that whoever makes them, the workbook has the same bytes.
pub trait PieceMakers {
    /// Calls `make` for each number below `count`, in any order and side by side, and `take` with the results in the
    /// order of their numbers.
    ///
    /// # Errors
    /// The first that `take` gives.
    fn make(
        &self,
        count: usize,
        make: &(dyn Fn(usize) -> SummaryPiece + Sync),
        take: &mut dyn FnMut(SummaryPiece) -> Result<(), WriteError>,
    ) -> Result<(), WriteError>;
}

/// A piece of a summary's list, or why there is none.
#[derive(Debug)]
pub struct SummaryPiece(Result<ListPiece, WriteError>);

impl SummaryPiece {
    /// Returns a piece that could not be made.
    pub const fn failed(error: WriteError) -> Self {
        Self(Err(error))
    }
}

/// Makes pieces one after the other.
struct OneByOne;

impl PieceMakers for OneByOne {
    fn make(
        &self,
        count: usize,
        make: &(dyn Fn(usize) -> SummaryPiece + Sync),
        take: &mut dyn FnMut(SummaryPiece) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        (0..count).try_for_each(|number| take(make(number)))
    }
}

/// Writes the summary as an xlsx file.
///
/// # Errors
/// When the output takes no more, a detail cannot be read back, or the library refuses what it is given.
pub fn summary_workbook(summary: &Summary, link: SummaryLink<'_>, mut output: impl Write) -> Result<(), WriteError> {
    workbook_with(summary, link, MOST_ROWS, &OneByOne, &mut output)
}

/// As [`summary_workbook`], its long lists made by others; the same bytes.
///
/// # Errors
/// As [`summary_workbook`].
pub fn summary_workbook_with(
    summary: &Summary,
    link: SummaryLink<'_>,
    makers: &dyn PieceMakers,
    mut output: impl Write,
) -> Result<(), WriteError> {
    workbook_with(summary, link, MOST_ROWS, makers, &mut output)
}

fn workbook_with(
    summary: &Summary,
    link: SummaryLink<'_>,
    most_rows: u32,
    makers: &dyn PieceMakers,
    output: &mut dyn Write,
) -> Result<(), WriteError> {
    let mut book = Book::new();
    book.set_properties(Properties::of_tool("绩效评价汇总", ""));
    book.add_sheet(overview::SHEET)?;
    let target = |path: &str| link_base(&link(path)?);
    let mut lists = Lists {
        book: &mut book,
        summary,
        target: &target,
        most_rows,
        makers,
        written: Vec::new(),
    };
    lists.write()?;
    let notes = lists.notes();
    overview::write(book.library()?, summary, &notes)?;
    book.write_into(output).map(|_| ())
}

/// A list whose rows may be any number.
const fn long(printed: usize, frozen: u16) -> Form {
    Form {
        streamed: true,
        printed,
        frozen,
        together: 1,
    }
}

struct Lists<'a> {
    book: &'a mut Book,
    summary: &'a Summary,
    target: Link<'a>,
    most_rows: u32,
    makers: &'a dyn PieceMakers,
    written: Vec<(&'static str, Written)>,
}

impl Lists<'_> {
    fn write(&mut self) -> Result<(), WriteError> {
        let summary = self.summary;
        let tables = |row: &mut RowTaker<'_>| {
            (1..)
                .zip(summary.tables.rows())
                .try_for_each(|(number, table)| row(&columns::table(number, &table.map_err(WriteError::internal)?)))
        };
        self.list(
            long(TABLES_PRINTED, 4),
            columns::TABLE_SHEET,
            &TABLES,
            "没有读到评价表",
            tables,
        )?;
        self.departments()?;
        self.short(
            "等次分布表",
            &grades::COLUMNS,
            &grades::rows(summary),
            (grades::ROWS, ""),
        )?;
        self.of_details(
            long(DISCREPANCIES_PRINTED, 5),
            "差异清单",
            &DISCREPANCIES,
            "没有发现差异",
            |sizes: TableSizes| sizes.discrepancies,
            |Group { tables, first }, take| {
                let mut numbers = first + 1..;
                for (table, details) in
                    (tables.start + 1..).zip(summary.tables.details_of(tables, DetailPart::Findings))
                {
                    let (row, detail) = details.map_err(WriteError::internal)?;
                    for (finding, number) in detail.discrepancies.iter().zip(numbers.by_ref()) {
                        take(&columns::discrepancy(number, table, &row, finding))?;
                    }
                }
                Ok(())
            },
        )?;
        self.of_details(
            long(INDICATORS_PRINTED, 4),
            columns::INDICATOR_SHEET,
            &INDICATORS,
            "没有读到指标",
            |sizes: TableSizes| sizes.indicators,
            |Group { tables, .. }, take| {
                let mut reader = summary.tables.indicators_of(tables);
                while let Some((table, row, indicators)) = reader.next().map_err(WriteError::internal)? {
                    for indicator in &indicators {
                        take(&columns::indicator(table + 1, &row, indicator))?;
                    }
                }
                Ok(())
            },
        )?;
        let failed = |row: &mut RowTaker<'_>| {
            (1..)
                .zip(summary.failed.iter())
                .try_for_each(|(number, file)| row(&columns::failed(number, &file.map_err(WriteError::internal)?)))
        };
        let form = any(!summary.failed.is_empty(), FAILED.len());
        self.list(form, "未能读取", &FAILED, "全部文件都读到了评价表", failed)?;
        if let Some(roster) = &summary.roster {
            let form = any(rosters::missing(roster).next().is_some(), rosters::MISSING_PRINTED);
            let missing = |row: &mut RowTaker<'_>| rosters::missing(roster).try_for_each(|values| row(&values));
            self.list(form, "未报名单", &rosters::MISSING, "名单中的项目都已报送", missing)?;
            let coverage: Vec<_> = roster.coverage.iter().map(rosters::coverage).collect();
            self.short("覆盖情况", &rosters::COVERAGE, &coverage, (1, ""))?;
        }
        let is_double = |finding: &CrossFinding| matches!(finding.code.as_str(), "K03" | "K04");
        let of_years = |finding: &CrossFinding| finding.code.starts_with('L');
        self.cross("疑似重复", is_double, "没有发现重复或雷同")?;
        let between = |finding: &CrossFinding| !is_double(finding) && !of_years(finding);
        self.cross("跨单位核查", between, "没有发现问题")?;
        let none = match summary.compared_years {
            None => "没有给出上年的结果，未做跨年核查；需要时用 --previous 给出上年的结果或汇总".to_owned(),
            Some(0) if summary.of_no_earlier_year > 0 => format!(
                "--previous 给的结果中有 {} 张表的项目，但年度与这次的相同或者更晚，未能核查；请给出上年的结果",
                summary.of_no_earlier_year
            ),
            Some(0) => "上年的结果中没有找到同一项目，未能核查；请核对项目名称和单位".to_owned(),
            Some(pairs) => format!("与上年对上 {pairs} 张表，没有发现问题"),
        };
        self.cross("跨年核查", of_years, &none)
    }

    fn departments(&mut self) -> Result<(), WriteError> {
        let (columns, rows) = departments::list(self.summary);
        self.short("部门汇总", columns, &rows, (1, "没有读到评价表"))
    }

    /// Writes a list with some rows for each table: `count` says how many, `rows` gives those of a group. Its pieces begin
    /// with tables.
    fn of_details(
        &mut self,
        form: Form,
        name: &'static str,
        columns: &[Column],
        none: &str,
        count: impl Fn(TableSizes) -> u32,
        rows: impl Fn(Group, &mut RowTaker<'_>) -> Result<(), WriteError> + Sync,
    ) -> Result<(), WriteError> {
        let tables = &self.summary.tables;
        let groups = Groups::of(tables.sizes().map(|sizes| count(sizes) as usize));
        let makers = self.makers;
        let mut list = ListWriter::new(self.book, name, columns, form, self.most_rows)?;
        list.pieces(groups.rows, |plan, take| {
            let make = |number: usize| {
                let group = groups.of.get(number).cloned().unwrap_or_default();
                SummaryPiece(plan.piece(group.first, |taker| rows(group.clone(), taker)))
            };
            makers.make(groups.of.len(), &make, &mut |piece| take(piece.0?))
        })?;
        self.written.push((name, list.finish(none)?));
        Ok(())
    }

    fn cross(
        &mut self,
        name: &'static str,
        is_of_list: impl Fn(&CrossFinding) -> bool,
        none: &str,
    ) -> Result<(), WriteError> {
        let findings = &self.summary.findings;
        let of_list = || {
            findings
                .iter()
                .filter(|finding| finding.as_ref().map_or(true, &is_of_list))
        };
        let form = any(of_list().next().is_some(), CROSS_PRINTED);
        self.list(form, name, &CROSS, none, |row| {
            (1..)
                .zip(of_list())
                .try_for_each(|(number, finding)| row(&columns::cross(number, &finding.map_err(WriteError::internal)?)))
        })
    }

    /// Writes a list that grows with departments, never with tables; so many rows belong on one page, and `none` stands
    /// for no rows.
    fn short(
        &mut self,
        name: &'static str,
        columns: &[Column],
        rows: &[Vec<Value<'_>>],
        (together, none): (usize, &str),
    ) -> Result<(), WriteError> {
        let form = Form {
            streamed: false,
            printed: columns.len(),
            frozen: 2,
            together,
        };
        self.list(form, name, columns, none, |row| {
            rows.iter().try_for_each(|values| row(values))
        })
    }

    fn list(
        &mut self,
        form: Form,
        name: &'static str,
        columns: &[Column],
        none: &str,
        fill: impl FnOnce(&mut RowTaker<'_>) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        let mut list = ListWriter::new(self.book, name, columns, form, self.most_rows)?;
        list.rows(self.target, fill)?;
        self.written.push((name, list.finish(none)?));
        Ok(())
    }

    fn notes(&self) -> Notes {
        let mut lines = Vec::new();
        for (name, written) in &self.written {
            if written.sheets > 1 {
                lines.push(format!(
                    "“{name}”超过一张工作表的行数，分为 {} 张，接着看“{name}（2）”。",
                    written.sheets
                ));
            }
            if written.unlinked > 0 {
                lines.push(format!(
                    "“{name}”中有 {} 个文件没有链接，因为一张工作表最多 65530 个链接；文件的路径都在。",
                    written.unlinked
                ));
            }
        }
        let rows = self.written.iter().map(|(name, written)| (*name, written.rows));
        lines.extend(told_of_long_lists(rows));
        Notes { lines }
    }
}

/// Returns the form of a list that may be long; a sentence that stands for rows goes across it.
const fn any(has_rows: bool, printed: usize) -> Form {
    Form {
        streamed: has_rows,
        printed,
        frozen: 0,
        together: 1,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Cursor;

    use calamine::{Reader, Xlsx};

    use super::*;
    use crate::standard::Standard;
    use crate::summary::{SummaryBuilder, SummaryOptions};

    #[test]
    fn a_list_longer_than_a_sheet_goes_on_in_the_next_and_the_first_page_says_so() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/部门评价表-信丰.xlsx");
        let checked = crate::check_bytes("表.xlsx", &std::fs::read(path).unwrap(), Standard::ministry());
        let mut builder = SummaryBuilder::new(SummaryOptions::default());
        builder.add(&checked.report).unwrap();
        let mut bytes = Vec::new();
        workbook_with(&builder.finish().unwrap(), &|_| None, 11, &OneByOne, &mut bytes).unwrap();
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let mut rows = |name: &str| workbook.worksheet_range(name).unwrap().rows().count();
        // 17 indicators, ten rows and a header a sheet.
        assert_eq!((rows("指标明细"), rows("指标明细（2）")), (11, 8));
        let page = workbook.worksheet_range("总览").unwrap();
        let told = page
            .used_cells()
            .any(|(_, _, cell)| cell.to_string().contains("“指标明细”超过一张工作表的行数，分为 2 张"));
        assert!(told);
    }

    #[test]
    fn a_department_named_like_markup_is_a_text() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/部门评价表-信丰.xlsx");
        let checked = crate::check_bytes("表.xlsx", &std::fs::read(path).unwrap(), Standard::ministry());
        let mut report = checked.report;
        let name = "<r><b>工信局</r>";
        for table in &mut report.tables {
            let department = table.evaluation.department.as_mut().unwrap();
            name.clone_into(&mut department.value);
        }
        let mut builder = SummaryBuilder::new(SummaryOptions::default());
        builder.add(&report).unwrap();
        let mut bytes = Vec::new();
        summary_workbook(&builder.finish().unwrap(), &|_| None, &mut bytes).unwrap();
        let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        for sheet in ["总览", "部门汇总", "指标明细"] {
            let range = workbook.worksheet_range(sheet).unwrap();
            let is_there = range.used_cells().any(|(_, _, cell)| cell.to_string().trim() == name);
            assert!(is_there, "{sheet}");
        }
    }
}
