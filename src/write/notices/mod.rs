//! 修改通知: for each unit a letter to be printed, stamped and sent, as a docx that people may edit first. Which tables
//! are a unit's is told by [`NoticeGroups`], one report at a time; [`notice`] writes one unit's letter.
//!
//! Nothing that a person decides is filled in: dates, names and stamps are left blank. It knows no rules and no disk.

mod groups;
mod table;
mod word;

use rust_decimal::Decimal;

use super::WriteError;
use crate::model::Grade;
use crate::report::{Severity, plain};
use crate::standard::Standard;
pub use groups::{NOTICE_SUFFIX, NoticeGroups, NoticeUnit, UNNAMED_UNIT};
pub use table::{NoticeFinding, NoticeTable};
use word::{Align, Body, Look, Page, Row, SIDEWAYS_WIDTH, Typeface, UPRIGHT_WIDTH};

/// Sizes of Chinese typesetting in half points: 二号, 四号, 小四, 五号, 小五.
const SIZE_2: u32 = 44;
const SIZE_4: u32 = 28;
const SIZE_4_SMALL: u32 = 24;
const SIZE_5: u32 = 21;
const SIZE_5_SMALL: u32 = 18;

/// A unit's letter: its tables with their totals and grades, what to do, and a list of its errors and warnings with
/// room for its explanations. The same tables give the same bytes.
///
/// ```
/// # use hebiao::{check_bytes, standard::Standard};
/// use hebiao::write::{NoticeGroups, notice};
///
/// # let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
/// # let report = check_bytes("部门评价表-信丰.xlsx", &bytes, &Standard::ministry()).report;
/// let mut groups = NoticeGroups::default();
/// groups.add(0, &report);
/// for unit in groups.into_units() {
///     let docx = notice(&unit.name, &unit.tables_of(&report))?;
///     assert!(docx.starts_with(b"PK"));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When there is no table to write about.
pub fn notice(unit: &str, tables: &[NoticeTable]) -> Result<Vec<u8>, WriteError> {
    if tables.is_empty() {
        return Err(WriteError::NoTable);
    }
    let mut body = Body::default();
    letter(&mut body, unit, tables);
    body.end_pages(Page::Upright);
    annex(&mut body, unit, tables);
    body.into_docx(Page::Sideways, &format!("绩效评价表修改通知：{unit}"))
}

fn letter(body: &mut Body, unit: &str, tables: &[NoticeTable]) {
    let text = look(Typeface::FangSong, SIZE_4, Align::Left);
    let indented = Look { indented: true, ..text };
    let heading = Look {
        typeface: Typeface::Hei,
        with_next: true,
        ..indented
    };
    let title = Look {
        bold: true,
        ..look(Typeface::Song, SIZE_2, Align::Centre)
    };
    body.paragraph("绩效评价表修改通知", title);
    body.paragraph("", text);
    if unit == UNNAMED_UNIT {
        body.paragraph("＿＿＿＿＿＿＿＿＿＿＿＿（评价表未填写单位，请补填）：", text);
    } else {
        body.paragraph(&format!("{unit}："), text);
    }
    let sum = |severity| tables.iter().map(|table| table.count(severity)).sum::<usize>();
    let to_change = tables.iter().filter(|table| !table.findings.is_empty()).count();
    body.paragraph(
        &format!(
            "你单位报送的绩效评价表共 {} 张，经核对，有 {to_change} 张需要修改或者说明，其中错误 {} 项、预警 {} 项，\
             另有提示 {} 项。现将有关事项通知如下：",
            tables.len(),
            sum(Severity::Error),
            sum(Severity::Warning),
            sum(Severity::Info)
        ),
        indented,
    );
    body.paragraph("一、核对结果", heading);
    let rows: Vec<Row> = tables
        .iter()
        .zip(1..)
        .map(|(table, number)| result_row(number, table))
        .collect();
    body.table(&result_columns(), &rows, SIZE_5_SMALL);
    let standards = standards(tables);
    body.paragraph(
        &format!(
            "复核总分系按评分标准“{standards}”由表内数据重新计算得出，供核对使用，不代替评价结论；\
             表中没有填写总分的，自评总分为各项得分之和。"
        ),
        indented,
    );
    body.paragraph("二、修改要求", heading);
    for requirement in [
        "（一）对“错误”，请按附件所列修改要求更正评价表；经核实原表无误的，在“单位说明”栏写明理由，并附佐证材料。",
        "（二）对“预警”，请逐项核实，确有问题的予以更正，情况属实的在“单位说明”栏说明原因。",
        "（三）“提示”供填报时参考，附件中不再列出。",
        "（四）更正得分后，请一并更正总分和评价等次，并保持评价表与评价报告一致。",
    ] {
        body.paragraph(requirement, indented);
    }
    body.paragraph("三、报送要求", heading);
    body.paragraph(
        "请于＿＿＿＿年＿＿月＿＿日前，将更正后的评价表（电子版和加盖公章的纸质版）以及填写单位说明并加盖公章的附件一并报送。",
        indented,
    );
    body.paragraph("联系人：＿＿＿＿＿＿＿＿　　联系电话：＿＿＿＿＿＿＿＿＿＿", indented);
    body.paragraph("", text);
    body.paragraph("附件：评价表修改清单", indented);
    let signature = Look {
        align: Align::Right,
        with_next: true,
        ..text
    };
    body.paragraph("", signature);
    body.paragraph("（发文单位盖章）　　　　", signature);
    body.paragraph(
        "＿＿＿＿年＿＿月＿＿日　　",
        Look {
            with_next: false,
            ..signature
        },
    );
}

fn annex(body: &mut Body, unit: &str, tables: &[NoticeTable]) {
    let text = look(Typeface::Song, SIZE_4_SMALL, Align::Left);
    let title = Look {
        bold: true,
        ..look(Typeface::Song, SIZE_4, Align::Centre)
    };
    body.paragraph("附件", look(Typeface::Hei, SIZE_4_SMALL, Align::Left));
    body.paragraph("评价表修改清单", title);
    body.paragraph(&format!("单位：{unit}"), text);
    let mut rows = Vec::new();
    let mut number = 0;
    for table in tables.iter().filter(|table| !table.findings.is_empty()) {
        rows.push(Row::Band(format!(
            "{}（文件：{}；工作表：{}）",
            table.project, table.file, table.sheet
        )));
        for finding in &table.findings {
            number += 1;
            rows.push(finding_row(number, finding));
        }
    }
    body.table(&annex_columns(), &rows, SIZE_5_SMALL);
    let signature = Look {
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
        Look {
            with_next: false,
            ..signature
        },
    );
}

const fn look(typeface: Typeface, half_points: u32, align: Align) -> Look {
    Look {
        typeface,
        half_points,
        bold: false,
        align,
        indented: false,
        with_next: false,
    }
}

/// The standards of the tables, each once, in their order: by title where the program knows it, else by name.
fn standards(tables: &[NoticeTable]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for table in tables {
        if !names.contains(&table.standard.as_str()) {
            names.push(&table.standard);
        }
    }
    let title = |name: &&str| Standard::named(name).map_or_else(|| (*name).to_owned(), |standard| standard.title);
    names.iter().map(title).collect::<Vec<_>>().join("、")
}

/// Widths of columns of which the one without a width takes what is left of the page.
fn columns<const N: usize>(page: u32, columns: [(&'static str, u32); N]) -> [(&'static str, u32); N] {
    let taken: u32 = columns.iter().map(|(_, width)| width).sum();
    let rest = page.saturating_sub(taken);
    columns.map(|(name, width)| (name, if width == 0 { rest } else { width }))
}

fn result_columns() -> [(&'static str, u32); 10] {
    columns(
        UPRIGHT_WIDTH,
        [
            ("序号", 500),
            ("项目名称", 0),
            ("文件", 2300),
            ("自评总分", 640),
            ("复核总分", 640),
            ("自评等次", 620),
            ("复核等次", 620),
            ("错误", 520),
            ("预警", 520),
            ("提示", 520),
        ],
    )
}

fn annex_columns() -> [(&'static str, u32); 9] {
    columns(
        SIDEWAYS_WIDTH,
        [
            ("序号", 560),
            ("级别", 640),
            ("单元格", 800),
            ("问题", 0),
            ("申报值", 1100),
            ("应为", 1000),
            ("依据", 2000),
            ("修改要求", 2400),
            ("单位说明", 2100),
        ],
    )
}

fn result_row(number: usize, table: &NoticeTable) -> Row {
    let score = |total: Option<Decimal>| (total.map_or_else(|| "—".to_owned(), plain), Align::Right);
    let grade = |grade: Option<Grade>| (grade.map_or("—", Grade::title).to_owned(), Align::Centre);
    let count = |severity| (table.count(severity).to_string(), Align::Right);
    Row::Cells(vec![
        (number.to_string(), Align::Centre),
        (table.project.clone(), Align::Left),
        (table.file.clone(), Align::Left),
        score(table.declared_total),
        score(table.rescored_total),
        grade(table.declared_grade),
        grade(table.rescored_grade),
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Info),
    ])
}

fn finding_row(number: usize, finding: &NoticeFinding) -> Row {
    let maybe = |text: &Option<String>| text.clone().unwrap_or_default();
    Row::Cells(vec![
        (number.to_string(), Align::Centre),
        (finding.severity.title().to_owned(), Align::Centre),
        (finding.cell.to_string(), Align::Centre),
        (format!("{}：{}", finding.title, finding.message), Align::Left),
        (maybe(&finding.declared), Align::Left),
        (maybe(&finding.expected), Align::Left),
        (finding.basis.clone(), Align::Left),
        (finding.suggestion.clone(), Align::Left),
        (maybe(&finding.explanation), Align::Left),
    ])
}
