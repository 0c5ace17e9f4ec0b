//! 汇总.xlsx: a page to send up and the lists behind it. No formulas: what stands there was computed exactly.

use std::io::{BufWriter, Seek, SeekFrom, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::cells::{Column, Value};
use super::columns::{
    self, CROSS, CROSS_PRINTED, DEPARTMENTS, DISCREPANCIES, DISCREPANCIES_PRINTED, FAILED, INDICATORS,
    INDICATORS_PRINTED, NO_DEPARTMENT, TABLES, TABLES_PRINTED,
};
use super::links::Links;
use super::list_writer::{Form, Link, ListWriter, MOST_ROWS, Written};
use super::overview::Notes;
use super::{grades, overview, rosters};
use crate::summary::{CrossFinding, Summary};
use crate::write::WriteError;
use crate::write::kit::link::link_base;
use crate::write::kit::styles;

/// Tables up to which a summary is made in memory, where its sheets share their texts: smaller than what waits on disk,
/// and the same with and without files. A county has fewer.
const MOST_IN_MEMORY: usize = 1_024;

const NO_LINK: fn(&str) -> Option<String> = |_| None;

/// Where the workbook's links lead: from the path that a report gives to a path relative to the workbook, with `/`
/// between its parts; `None` where there is no file to open.
pub type SummaryLink<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Writes the summary as an xlsx file.
///
/// # Errors
/// When the output takes no more, a detail cannot be read back, or the library refuses what it is given.
pub fn summary_workbook(summary: &Summary, link: SummaryLink<'_>, output: impl Write + Send) -> Result<(), WriteError> {
    workbook_with(summary, link, MOST_ROWS, output)
}

fn workbook_with(
    summary: &Summary,
    link: SummaryLink<'_>,
    most_rows: u32,
    output: impl Write + Send,
) -> Result<(), WriteError> {
    let mut workbook = Workbook::new();
    styles::set_usual_font(&mut workbook)?;
    workbook.set_properties(&properties()?);
    workbook.add_worksheet().set_name(overview::SHEET)?;
    let target = |path: &str| link_base(&link(path)?);
    let mut book = Book {
        workbook: &mut workbook,
        links: Links::default(),
        most_rows,
        on_disk: summary.tables.len() > MOST_IN_MEMORY,
        written: Vec::new(),
    };
    book.lists(summary, &target)?;
    let notes = book.notes();
    let links = book.links;
    overview::write(&mut workbook, summary, &notes)?;
    let mut package = crate::disk::package().map_err(WriteError::internal)?;
    workbook.save_to_writer(BufWriter::new(&mut package))?;
    drop(workbook);
    package.seek(SeekFrom::Start(0)).map_err(WriteError::internal)?;
    links.put_into(package, output)
}

const fn long(printed: usize, frozen: u16) -> Form {
    Form {
        streamed: true,
        on_disk: true,
        printed,
        frozen,
    }
}

struct Book<'a> {
    workbook: &'a mut Workbook,
    links: Links,
    most_rows: u32,
    on_disk: bool,
    written: Vec<(&'static str, Written)>,
}

/// A row of a list, or why it could not be read back.
type Row = Result<Vec<Value>, WriteError>;

impl Book<'_> {
    fn lists(&mut self, summary: &Summary, target: Link<'_>) -> Result<(), WriteError> {
        let tables = (1..).zip(summary.tables.rows()).map(|(number, row)| {
            let mut values = columns::table(number, &row.map_err(WriteError::internal)?);
            // The file's path is the list's link.
            for value in &mut values {
                if let Value::Path(path) = value
                    && target(path).is_none()
                {
                    *value = Value::Text(std::mem::take(path));
                }
            }
            Ok(values)
        });
        let form = long(TABLES_PRINTED, 4);
        self.list_as(form, columns::TABLE_SHEET, &TABLES, tables, "没有读到评价表", target)?;
        self.departments(summary)?;
        self.short("等次分布表", &grades::COLUMNS, grades::rows(summary), "")?;
        self.discrepancies(summary)?;
        self.indicators(summary)?;
        let failed = (1..)
            .zip(summary.failed.iter())
            .map(|(number, file)| Ok(columns::failed(number, &file.map_err(WriteError::internal)?)));
        self.list(
            "未能读取",
            &FAILED,
            FAILED.len(),
            failed,
            "全部文件都读到了评价表",
            target,
        )?;
        if let Some(roster) = &summary.roster {
            let missing = rosters::missing(roster).map(Ok);
            self.list(
                "未报名单",
                &rosters::MISSING,
                rosters::MISSING_PRINTED,
                missing,
                "名单中的项目都已报送",
                target,
            )?;
            let coverage = roster.coverage.iter().map(rosters::coverage).collect();
            self.short("覆盖情况", &rosters::COVERAGE, coverage, "")?;
        }
        let is_double = |finding: &CrossFinding| matches!(finding.code.as_str(), "K03" | "K04");
        let of_years = |finding: &CrossFinding| finding.code.starts_with('L');
        self.cross("疑似重复", summary, is_double, "没有发现重复或雷同", target)?;
        let between = |finding: &CrossFinding| !is_double(finding) && !of_years(finding);
        self.cross("跨单位核查", summary, between, "没有发现问题", target)?;
        let none = match summary.compared_years {
            None => "没有给出上年的结果，未做跨年核查；需要时用 --previous 给出上年的结果或汇总".to_owned(),
            Some(0) => "上年的结果中没有找到同一项目，未能核查；请核对项目名称和单位".to_owned(),
            Some(pairs) => format!("与上年对上 {pairs} 张表，没有发现问题"),
        };
        self.cross("跨年核查", summary, of_years, &none, target)
    }

    fn departments(&mut self, summary: &Summary) -> Result<(), WriteError> {
        let groups = summary.department_kinds.iter().map(|group| {
            let name = group.department.as_deref().unwrap_or(NO_DEPARTMENT);
            columns::group(name, group)
        });
        let kinds = summary.overview.kinds.iter().map(|group| columns::group("合计", group));
        let rows: Vec<Vec<Value>> = groups.chain(kinds).collect();
        self.short("部门汇总", &DEPARTMENTS, rows, "没有读到评价表")
    }

    fn discrepancies(&mut self, summary: &Summary) -> Result<(), WriteError> {
        let mut number = 0;
        let rows = (1..).zip(summary.tables.details()).flat_map(|(table, details)| {
            let rows = details.map_err(WriteError::internal).map(|(row, detail)| {
                let values = |finding| {
                    number += 1;
                    columns::discrepancy(number, table, &row, finding)
                };
                detail.discrepancies.iter().map(values).collect()
            });
            each(rows)
        });
        let form = long(DISCREPANCIES_PRINTED, 5);
        self.list_as(form, "差异清单", &DISCREPANCIES, rows, "没有发现差异", &NO_LINK)
    }

    fn indicators(&mut self, summary: &Summary) -> Result<(), WriteError> {
        let rows = (1..).zip(summary.tables.details()).flat_map(|(table, details)| {
            let rows = details.map_err(WriteError::internal).map(|(row, detail)| {
                let values = |indicator| columns::indicator(table, &row, indicator);
                detail.indicators.iter().map(values).collect()
            });
            each(rows)
        });
        let form = long(INDICATORS_PRINTED, 4);
        self.list_as(
            form,
            columns::INDICATOR_SHEET,
            &INDICATORS,
            rows,
            "没有读到指标",
            &NO_LINK,
        )
    }

    fn cross(
        &mut self,
        name: &'static str,
        summary: &Summary,
        is_of_list: impl Fn(&CrossFinding) -> bool,
        none: &str,
        link: Link<'_>,
    ) -> Result<(), WriteError> {
        let of_list = summary
            .findings
            .iter()
            .filter(|finding| finding.as_ref().map_or(true, &is_of_list));
        let rows = (1..)
            .zip(of_list)
            .map(|(number, finding)| Ok(columns::cross(number, &finding.map_err(WriteError::internal)?)));
        self.list(name, &CROSS, CROSS_PRINTED, rows, none, link)
    }

    /// Returns a list that grows with departments, never with tables.
    fn short(
        &mut self,
        name: &'static str,
        columns: &[Column],
        rows: Vec<Vec<Value>>,
        none: &str,
    ) -> Result<(), WriteError> {
        let form = Form {
            streamed: false,
            on_disk: false,
            printed: columns.len(),
            frozen: 2,
        };
        self.list_as(form, name, columns, rows.into_iter().map(Ok), none, &NO_LINK)
    }

    fn list(
        &mut self,
        name: &'static str,
        columns: &[Column],
        printed: usize,
        rows: impl Iterator<Item = Row>,
        none: &str,
        link: Link<'_>,
    ) -> Result<(), WriteError> {
        let mut rows = rows.peekable();
        let form = Form {
            // A sentence that stands for the rows goes across the list.
            streamed: rows.peek().is_some(),
            on_disk: true,
            printed,
            frozen: 0,
        };
        self.list_as(form, name, columns, rows, none, link)
    }

    fn list_as(
        &mut self,
        form: Form,
        name: &'static str,
        columns: &[Column],
        rows: impl Iterator<Item = Row>,
        none: &str,
        link: Link<'_>,
    ) -> Result<(), WriteError> {
        let form = Form {
            on_disk: form.on_disk && self.on_disk,
            ..form
        };
        let mut list = ListWriter::new(self.workbook, &mut self.links, name, columns, form, self.most_rows)?;
        let mut is_empty = true;
        for row in rows {
            is_empty = false;
            list.row(row?, link)?;
        }
        if is_empty {
            list.sentence(none)?;
        }
        self.written.push((name, list.finish()?));
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
        Notes { lines }
    }
}

/// Returns rows of one table, or the one reason why there are none.
fn each(rows: Result<Vec<Vec<Value>>, WriteError>) -> Vec<Row> {
    match rows {
        Ok(rows) => rows.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    }
}

/// Document properties with a fixed date, so that the same input gives the same bytes.
fn properties() -> Result<DocProperties, WriteError> {
    let created = ExcelDateTime::from_ymd(2020, 1, 1)?;
    let tool = styles::tool_name();
    Ok(DocProperties::new()
        .set_title("绩效评价汇总")
        .set_author(&tool)
        .set_comment(format!("由 {tool} 生成"))
        .set_creation_datetime(&created))
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
        workbook_with(&builder.finish().unwrap(), &|_| None, 11, &mut bytes).unwrap();
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
}
