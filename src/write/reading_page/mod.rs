//! How files were read, as one page for a browser: each sheet drawn as it is, each cell marked by what it became.
//!
//! The page needs nothing from outside and runs nothing. It shows the reading and judges no score.

mod account;
mod finding_marks;
mod lines;
mod picture;
mod role;
mod sheet_picture;

use std::fmt::Write;

use crate::check::CheckedFile;
use crate::grid::CellRange;
use crate::grid::{Sheet, Visibility};
use crate::model::TableReading;
use crate::rescore::{AssumedDirection, assumed_directions};
use crate::standard::Standard;
use crate::write::kit::html_text::escape;
use finding_marks::FindingMarks;
use role::Role;
pub use sheet_picture::{SheetPicture, reading_legend, sheet_pictures};

const STYLE: &str = include_str!("style.css");

/// A page that grows file by file.
///
/// ```
/// use hebiao::{check_bytes, standard::Standard, write::ReadingPage};
///
/// let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
/// let standard = Standard::ministry();
/// let mut page = ReadingPage::default();
/// page.add(&check_bytes("部门评价表-信丰.xlsx", &bytes, &standard), &standard);
/// assert!(page.finish().starts_with("<!DOCTYPE html>"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct ReadingPage {
    contents: String,
    body: String,
    files: usize,
}

/// A table with what scoring took for granted about it.
struct Shown<'a> {
    reading: &'a TableReading,
    /// Which of the table's sheets is shown.
    part: u32,
    directions: Vec<AssumedDirection>,
}

impl<'a> Shown<'a> {
    fn new(reading: &'a TableReading, standard: &Standard) -> Self {
        Self {
            reading,
            part: 0,
            directions: assumed_directions(&reading.evaluation, standard),
        }
    }

    /// Returns the table as far as it stands on a sheet, which it may reach over together with others.
    fn on_sheet(reading: &'a TableReading, sheet: &str, standard: &Standard) -> Option<Self> {
        let mut sheets = std::iter::once(&reading.sheet).chain(reading.continued.iter().map(|part| &part.sheet));
        let part = sheets.position(|name| name == sheet)?;
        Some(Self {
            part: u32::try_from(part).ok()?,
            ..Self::new(reading, standard)
        })
    }

    /// Returns the rectangle that it covers there.
    fn range(&self) -> CellRange {
        let further = (self.part as usize).checked_sub(1);
        let further = further.and_then(|part| self.reading.continued.get(part));
        further.map_or(self.reading.range, |part| part.range)
    }
}

impl ReadingPage {
    /// Adds one file: its sheets in tab order, or why it could not be read.
    pub fn add(&mut self, checked: &CheckedFile, standard: &Standard) {
        self.files += 1;
        let number = self.files;
        let report = &checked.report;
        let name = escape(&report.file);
        let _ = writeln!(
            self.contents,
            "<li><a href=\"#f{number}\">{name}</a>：{} 张评价表</li>",
            checked.tables.len()
        );
        let _ = writeln!(self.body, "<section class=\"file\" id=\"f{number}\"><h2>{name}</h2>");
        if let Some(error) = &report.error {
            let _ = writeln!(self.body, "<p class=\"alarm\">{}</p>", escape(&error.message));
        }
        let losses = report.losses.iter().map(|loss| {
            let sheet = loss.sheet.as_ref().map(|sheet| format!("工作表“{sheet}” "));
            let cell = loss.cell.map(|cell| format!("{cell} "));
            format!(
                "{}{}{}",
                sheet.unwrap_or_default(),
                cell.unwrap_or_default(),
                loss.message
            )
        });
        self.body.push_str(&account::list("读取时须留意", losses));
        for sheet in checked.workbook.iter().flat_map(|workbook| &workbook.sheets) {
            self.sheet(sheet, checked, standard);
        }
        if checked.workbook.is_none() {
            self.tables_without_sheets(checked, standard);
        }
        self.body.push_str("</section>\n");
    }

    /// An earlier report has tables and no sheets to draw.
    fn tables_without_sheets(&mut self, checked: &CheckedFile, standard: &Standard) {
        for reading in &checked.tables {
            self.body.push_str(&account::table(&Shown::new(reading, standard)));
        }
        let skipped = checked.report.skipped_sheets.iter();
        let lines = skipped.map(|skipped| format!("工作表“{}”：{}", skipped.sheet, skipped.reason));
        self.body.push_str(&account::list("没有审核的部分", lines));
    }

    fn sheet(&mut self, sheet: &Sheet, checked: &CheckedFile, standard: &Standard) {
        let tables: Vec<Shown<'_>> = checked
            .tables
            .iter()
            .filter_map(|reading| Shown::on_sheet(reading, &sheet.name, standard))
            .collect();
        let skipped: Vec<String> = checked
            .report
            .skipped_sheets
            .iter()
            .filter(|skipped| skipped.sheet == sheet.name)
            .map(|skipped| skipped.reason.clone())
            .collect();
        let hidden = match sheet.visibility {
            Visibility::Visible => "",
            Visibility::Hidden | Visibility::VeryHidden => "（隐藏的工作表）",
        };
        let _ = write!(
            self.body,
            "<section class=\"sheet\"><h3>工作表“{}”{hidden}</h3>\n<div class=\"sides\"><div class=\"picture\">\n{}</div>\n<aside>\n",
            escape(&sheet.name),
            picture::draw(sheet, &tables, &FindingMarks::default(), false)
        );
        for table in &tables {
            match table.part {
                0 => self.body.push_str(&account::table(table)),
                _ => self.body.push_str(&account::further_part(table)),
            }
        }
        self.body
            .push_str(&account::list("没有审核的部分", skipped.into_iter()));
        self.body.push_str("</aside></div></section>\n");
    }

    /// Returns the whole page.
    pub fn finish(self) -> String {
        let legend: String = Role::ALL
            .iter()
            .map(|role| {
                format!(
                    "<span class=\"{}\"><i>{}</i>{}</span>\n",
                    role.class(),
                    role.mark(),
                    role.title()
                )
            })
            .collect();
        let contents = if self.files > 1 {
            format!("<ol class=\"contents\">\n{}</ol>\n", self.contents)
        } else {
            String::new()
        };
        format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>核表：表格是怎样读的</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>表格是怎样读的</h1>\n\
             <p>每一格左上角的字和底色说明它读成了什么，小字是字段；把鼠标停在格子上可看全称。带“推”的格子有推定，“隐”是隐藏的行列。</p>\n\
             <div class=\"legend\">\n{legend}<span class=\"hidden\"><i>隐</i>隐藏的行或列</span>\n\
             <span class=\"blank\"><i>推</i>读取时有推定</span>\n</div>\n{contents}{}</body>\n</html>\n",
            self.body
        )
    }
}
