//! The annex: findings by table, files that could not be read, and what was found between tables and years.

use std::io;

use super::contents::{ContentFacts, NoticeContents, NoticeCross, NoticeUnread};
use super::table::{NoticeFinding, NoticeTable};
use super::word::{Align, Body, ParagraphStyle, Row, SIDEWAYS_WIDTH, Typeface};
use super::{SIZE_4, SIZE_4_SMALL, SIZE_5, SIZE_5_SMALL, columns, look};

/// The annex, sideways: everything that the unit has to look at, with room for what it has to say.
///
/// # Errors
/// When a temporary file cannot be written or read back.
pub fn annex(body: &mut Body, unit: &str, contents: &NoticeContents) -> io::Result<()> {
    let text = look(Typeface::Song, SIZE_4_SMALL, Align::Left);
    let title = ParagraphStyle {
        bold: true,
        ..look(Typeface::Song, SIZE_4, Align::Centre)
    };
    body.paragraph("附件", look(Typeface::Hei, SIZE_4_SMALL, Align::Left));
    body.paragraph("评价表修改清单", title);
    body.paragraph(&format!("单位：{unit}"), text);
    let ContentFacts {
        has_quotes, to_change, ..
    } = contents.facts;
    if to_change > 0 || contents.unread.is_empty() && contents.cross.is_empty() {
        let mut number = 0;
        let rows = contents.tables.iter().flat_map(|table| match table {
            Ok(table) => rows_of(table, &mut number, has_quotes).into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        });
        body.table(&annex_columns(has_quotes), rows, SIZE_5_SMALL)?;
    }
    let heading = ParagraphStyle {
        with_next: true,
        ..look(Typeface::Hei, SIZE_4_SMALL, Align::Left)
    };
    if !contents.unread.is_empty() {
        body.paragraph("未能读取的文件", heading);
        let numbered = contents.unread.iter().zip(1..);
        let rows = numbered.map(|(file, number)| file.map(|file| unread_row(number, file)));
        body.table(&unread_columns(), rows, SIZE_5_SMALL)?;
    }
    if !contents.cross.is_empty() {
        body.paragraph("与其他表、与上年核对发现的问题", heading);
        let numbered = contents.cross.iter().zip(1..);
        let rows = numbered.map(|(finding, number)| finding.map(|finding| cross_row(number, finding)));
        body.table(&cross_columns(), rows, SIZE_5_SMALL)?;
    }
    let signature = ParagraphStyle {
        with_next: true,
        ..look(Typeface::Song, SIZE_5, Align::Left)
    };
    body.paragraph("", signature);
    body.paragraph(
        "单位（盖章）：＿＿＿＿＿＿＿＿＿＿＿＿　　负责人（签字）：＿＿＿＿＿＿＿＿　　经办人（签字）：＿＿＿＿＿＿＿＿",
        signature,
    );
    body.paragraph(
        "联系电话：＿＿＿＿＿＿＿＿＿＿＿＿＿＿　　报送日期：＿＿＿＿年＿＿月＿＿日",
        ParagraphStyle {
            with_next: false,
            ..signature
        },
    );
    Ok(())
}

/// Returns the rows of a table's findings, which are numbered through all tables; none for a table without one.
fn rows_of(table: NoticeTable, number: &mut usize, has_quotes: bool) -> Vec<Row> {
    let mut rows = Vec::with_capacity(table.findings.len() + 1);
    if !table.findings.is_empty() {
        rows.push(Row::Band(format!(
            "{}（文件：{}；工作表：{}）",
            table.project, table.file, table.sheet
        )));
    }
    for finding in table.findings {
        *number += 1;
        rows.push(finding_row(*number, finding, has_quotes));
    }
    rows
}

/// The report's words stand in a column of their own, where there are any.
fn annex_columns(has_quotes: bool) -> Vec<(&'static str, u32)> {
    if has_quotes {
        return columns(
            SIDEWAYS_WIDTH,
            [
                ("序号", 560),
                ("级别", 640),
                ("单元格", 800),
                ("问题", 0),
                ("报告原文", 2000),
                ("申报值", 1000),
                ("复算值", 900),
                ("依据", 1700),
                ("修改要求", 2100),
                ("单位说明", 1900),
            ],
        );
    }
    columns(
        SIDEWAYS_WIDTH,
        [
            ("序号", 560),
            ("级别", 640),
            ("单元格", 800),
            ("问题", 0),
            ("申报值", 1100),
            ("复算值", 1000),
            ("依据", 2000),
            ("修改要求", 2400),
            ("单位说明", 2100),
        ],
    )
}

fn unread_columns() -> Vec<(&'static str, u32)> {
    columns(
        SIDEWAYS_WIDTH,
        [
            ("序号", 560),
            ("文件", 3400),
            ("原因", 0),
            ("怎么办", 3600),
            ("单位说明", 2100),
        ],
    )
}

fn cross_columns() -> Vec<(&'static str, u32)> {
    columns(
        SIDEWAYS_WIDTH,
        [
            ("序号", 560),
            ("级别", 640),
            ("项目", 2000),
            ("问题", 0),
            ("相同或相差多少", 1900),
            ("修改要求", 2400),
            ("单位说明", 2100),
        ],
    )
}

fn finding_row(number: usize, finding: NoticeFinding, has_quotes: bool) -> Row {
    let maybe = |text: Option<String>| (text.unwrap_or_default(), Align::Left);
    let mut cells = vec![
        (number.to_string(), Align::Centre),
        (finding.severity.title().to_owned(), Align::Centre),
        (finding.cell.to_string(), Align::Centre),
        (format!("{}：{}", finding.title, finding.message), Align::Left),
        maybe(finding.declared),
        maybe(finding.expected),
        (finding.basis, Align::Left),
        (finding.suggestion, Align::Left),
        maybe(finding.explanation),
    ];
    if has_quotes {
        cells.insert(4, maybe(finding.quote));
    }
    Row::Cells(cells)
}

fn unread_row(number: usize, file: NoticeUnread) -> Row {
    Row::Cells(vec![
        (number.to_string(), Align::Centre),
        (file.file, Align::Left),
        (file.reason, Align::Left),
        (file.advice, Align::Left),
        (String::new(), Align::Left),
    ])
}

fn cross_row(number: usize, finding: NoticeCross) -> Row {
    Row::Cells(vec![
        (number.to_string(), Align::Centre),
        (finding.severity.title().to_owned(), Align::Centre),
        (finding.project, Align::Left),
        (format!("{}：{}", finding.title, finding.message), Align::Left),
        (finding.measure, Align::Left),
        (finding.suggestion, Align::Left),
        (String::new(), Align::Left),
    ])
}
