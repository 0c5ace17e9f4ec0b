//! The letter: what was found in sum, what to do, and what people fill in by hand.

use std::io;

use rust_decimal::Decimal;

use super::addressee::UNNAMED_UNIT;
use super::contents::NoticeContents;
use super::table::NoticeTable;
use super::word::{Align, Body, ParagraphStyle, Row, Typeface, UPRIGHT_WIDTH};
use super::{SIZE_2, SIZE_3, SIZE_5_SMALL, columns, look};
use crate::model::{Grade, Severity};
use crate::standard::Standard;
use crate::text::plain;

/// The letter itself, upright.
///
/// # Errors
/// When a temporary file cannot be written or read back.
pub fn letter(body: &mut Body, unit: &str, contents: &NoticeContents) -> io::Result<()> {
    let tables = &contents.tables;
    let text = look(Typeface::FangSong, SIZE_3, Align::Left);
    let indented = ParagraphStyle { indented: true, ..text };
    let heading = ParagraphStyle {
        typeface: Typeface::Hei,
        with_next: true,
        ..indented
    };
    let title = ParagraphStyle {
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
    body.paragraph(&opening(contents), indented);
    if !tables.is_empty() {
        body.paragraph("一、核对结果", heading);
        let has_notes = contents.facts.has_total_notes;
        let numbered = tables.iter().zip(1..);
        let rows = numbered.map(|(table, number)| table.map(|table| result_row(number, table, has_notes)));
        body.table(&result_columns(has_notes), rows, SIZE_5_SMALL)?;
        let standards = standards(&contents.facts.standards);
        body.paragraph(
            &format!(
                "复算总分系按评分标准“{standards}”由表内数据重新计算得出，供核对使用，不代替评价结论；\
                 表中没有填写总分的，自评总分为各项得分之和。"
            ),
            indented,
        );
    }
    let (second, third) = if tables.is_empty() {
        ("一", "二")
    } else {
        ("二", "三")
    };
    body.paragraph(&format!("{second}、修改要求"), heading);
    for requirement in [
        "（一）对“错误”，请按附件所列修改要求更正评价表；经核实原表无误的，在“单位说明”栏写明理由，并附佐证材料。",
        "（二）对“预警”，请逐项核实，确有问题的予以更正，情况属实的在“单位说明”栏说明原因。",
        "（三）“提示”供填报时参考，附件中不再列出。",
        "（四）更正得分后，请一并更正总分和评价等次，并保持评价表与评价报告一致。",
    ] {
        body.paragraph(requirement, indented);
    }
    let unread = "对未能读取的文件，请按附件所列办法处理后重新报送；重新报送前，文件中的项目按未报送统计。";
    let cross = "对与其他表、与上年核对发现的问题，请会同有关单位核实，属实的予以更正，不属实的在“单位说明”栏说明。";
    let further = [(contents.unread.is_empty(), unread), (contents.cross.is_empty(), cross)];
    let further = further.into_iter().filter(|(is_empty, _)| !is_empty);
    for ((_, requirement), number) in further.zip(["五", "六"]) {
        body.paragraph(&format!("（{number}）{requirement}"), indented);
    }
    body.paragraph(&format!("{third}、报送要求"), heading);
    // No page has the signature alone: what is asked for stands above it.
    let kept = ParagraphStyle {
        with_next: true,
        ..indented
    };
    let sender = &contents.sender;
    let deadline = sender.deadline.as_deref().unwrap_or("＿＿＿＿年＿＿月＿＿日");
    body.paragraph(
        &format!(
            "请于{deadline}前，将更正后的评价表（电子版和加盖公章的纸质版）以及填写单位说明并加盖公章的附件一并报送。"
        ),
        kept,
    );
    match &sender.contact {
        Some(contact) => body.paragraph(&format!("联系人及电话：{contact}"), kept),
        // One line at this size.
        None => body.paragraph("联系人：＿＿＿＿＿＿＿　　联系电话：＿＿＿＿＿＿＿＿", kept),
    }
    body.paragraph("", kept);
    body.paragraph("附件：评价表修改清单", kept);
    let signature = ParagraphStyle {
        align: Align::Right,
        with_next: true,
        ..text
    };
    body.paragraph("", signature);
    let issuer = sender.issuer.as_deref().unwrap_or("（发文单位盖章）");
    body.paragraph(&format!("{issuer}　　　　"), signature);
    body.paragraph(
        "＿＿＿＿年＿＿月＿＿日　　",
        ParagraphStyle {
            with_next: false,
            ..signature
        },
    );
    Ok(())
}

/// Returns how much there is to do.
fn opening(contents: &NoticeContents) -> String {
    let tables = &contents.tables;
    let facts_of = &contents.facts;
    let mut facts = Vec::new();
    if !tables.is_empty() {
        let to_change = match facts_of.to_change {
            0 => "各表自身没有需要修改或者说明的问题".to_owned(),
            count => format!("有 {count} 张需要修改或者说明"),
        };
        facts.push(format!(
            "你单位报送的绩效评价表共 {} 张，经核对，{to_change}",
            tables.len()
        ));
    }
    if !contents.unread.is_empty() {
        let lead = if facts.is_empty() {
            "你单位报送的文件中"
        } else {
            "另"
        };
        facts.push(format!(
            "{lead}有 {} 个文件未能读取或者没有评价表，需要重新报送",
            contents.unread.len()
        ));
    }
    if !contents.cross.is_empty() {
        let lead = if facts.is_empty() { "经核对，" } else { "" };
        facts.push(format!(
            "{lead}与其他表或者上年核对发现问题 {} 项",
            contents.cross.len()
        ));
    }
    if !tables.is_empty() || !contents.cross.is_empty() {
        facts.push(format!(
            "其中错误 {} 项、预警 {} 项，另有提示 {} 项",
            facts_of.count(Severity::Error),
            facts_of.count(Severity::Warning),
            facts_of.count(Severity::Info)
        ));
    }
    format!("{}。现将有关事项通知如下：", facts.join("，"))
}

/// Returns the standards: by title where the program knows it, else by name.
fn standards(names: &[String]) -> String {
    let title = |name: &String| Standard::named(name).map_or_else(|| name.clone(), |standard| standard.title);
    names.iter().map(title).collect::<Vec<_>>().join("、")
}

/// Where the notes on totals stand, if any.
const NOTE_COLUMN: usize = 5;

/// What is to be said of a total stands in a column of its own, where there is anything: beside the total it would break
/// the number.
fn result_columns(has_notes: bool) -> Vec<(&'static str, u32)> {
    let mut all = vec![
        ("序号", 500),
        ("项目名称", 0),
        ("文件", 2000),
        ("自评总分", 850),
        ("复算总分", 850),
        ("自评等次", 620),
        ("复算等次", 620),
        ("错误", 480),
        ("预警", 480),
        ("提示", 480),
    ];
    if has_notes {
        all.insert(NOTE_COLUMN, ("复算说明", 940));
    }
    columns(UPRIGHT_WIDTH, all)
}

fn result_row(number: usize, table: NoticeTable, has_notes: bool) -> Row {
    let counts = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| table.count(severity));
    let [errors, warnings, infos] = counts.map(|count| (count.to_string(), Align::Right));
    let score = |total: Option<Decimal>| (total.map_or_else(|| "—".to_owned(), plain), Align::Right);
    let grade = |grade: Option<Grade>| (grade.map_or("—", Grade::title).to_owned(), Align::Centre);
    let mut cells = vec![
        (number.to_string(), Align::Centre),
        (table.project, Align::Left),
        (table.file, Align::Left),
        score(table.declared_total),
        score(table.rescored_total),
        grade(table.declared_grade),
        (table.rescored_grade, Align::Centre),
        errors,
        warnings,
        infos,
    ];
    if has_notes {
        cells.insert(NOTE_COLUMN, (table.total_note.unwrap_or_default(), Align::Left));
    }
    Row::Cells(cells)
}
