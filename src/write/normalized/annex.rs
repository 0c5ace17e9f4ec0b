//! 核表附注: what this program adds below the form, under one band, so that readers can tell it from the form.

use super::columns::{Column, across};
use super::plan::{Role, SheetPlan};
use super::rescored::execution_score_words;
use crate::grid::CellAddress;
use crate::model::{Discrepancy, Evaluation, Severity, continued_text};
use crate::report::{FileReport, TableReport, guess_sentence, kept_headers_sentence};
use crate::text::own_markers::ANNEX_BAND;
use crate::text::plain;
use crate::write::discrepancies::{FOR_REVIEW, severity_meaning};
use crate::write::kit::cell_text;
use crate::write::kit::number_format::CellContent;
use crate::write::kit::styles::{source_name, standard_title, tool_name};

/// Unread cells quoted by text; the rest are counted.
const MOST_UNREAD_QUOTED: usize = 20;
const MOST_QUOTE_CHARS: usize = 60;

/// Plans the band and the lines below it.
pub fn put_annex(
    plan: &mut SheetPlan,
    report: &FileReport,
    table: &TableReport,
    unmarked: &[(Option<CellAddress>, &Discrepancy)],
) {
    // An empty row keeps the form and the additions apart.
    plan.take_row();
    let row = plan.take_row();
    plan.put_label(across(row, Column::Block, Column::Reason), Role::Band, ANNEX_BAND);
    put_line(plan, "阅读说明", &reading_advice(&table.evaluation));
    put_colours(plan);
    put_line(plan, "复算结果", &rescoring_summary(table));
    put_line(plan, "差异处数", &finding_summary(table));
    for (place, finding) in unmarked {
        let place = place.map(|place| format!("本表 {place}，")).unwrap_or_default();
        let text = format!(
            "{} {} {}（{place}源文件 {}）：{}",
            finding.severity.title(),
            finding.code,
            finding.title,
            finding.cell,
            finding.message
        );
        put_line(plan, "表头及其他差异", &text);
    }
    for entry in &table.for_review {
        let place = plan.places.locate(entry.field.as_deref(), entry.cell);
        let place = place.map(|place| format!("本表 {place}，")).unwrap_or_default();
        let text = format!(
            "{} {}（{place}源文件 {}）：{}",
            entry.code, entry.title, entry.cell, entry.message
        );
        put_line(plan, FOR_REVIEW, &text);
    }
    for guess in &table.guessed {
        put_line(plan, "推定的表头", &guess_sentence(guess));
    }
    if let Some(sentence) = kept_headers_sentence(&table.unknown_headers) {
        put_line(plan, "不认识的表头", &sentence);
    }
    if !table.coverage.unread.is_empty() {
        put_line(plan, "未归入栏目的内容", &unread_summary(table));
    }
    if !report.skipped_sheets.is_empty() {
        put_line(plan, "未核对的工作表", &skipped_sheets(report));
    }
    let source = format!(
        "{}（工作表“{}”，区域 {}{}）",
        source_name(report),
        table.sheet,
        table.range,
        continued_text(&table.continued)
    );
    put_line(plan, "源文件", &source);
    put_line(plan, "源文件 SHA-256", report.sha256.as_deref().unwrap_or("无"));
    put_line(plan, "评分标准", &standard_of(table));
    put_line(plan, "生成工具", &tool_name());
}

/// Returns the table's standard, and why it was picked where it was.
fn standard_of(table: &TableReport) -> String {
    let title = standard_title(&table.rescoring.standard);
    match &table.rescoring.standard_picked {
        Some(why) => format!("{title}，因{why}自动选用"),
        None => title,
    }
}

/// Returns what is the source's and what is ours. A table that names no year of its own has that of its title.
fn reading_advice(evaluation: &Evaluation) -> String {
    let texts = [&evaluation.title, &evaluation.project_name];
    let year = evaluation.year.as_ref();
    let inferred = year.filter(|year| {
        texts
            .iter()
            .any(|text| text.as_ref().is_some_and(|text| text.cell == year.cell))
    });
    let inferred = inferred.map_or_else(String::new, |year| {
        format!("源文件没有单独的年度一行，年度取自 {} 的文字；", year.cell)
    });
    format!(
        "“复算得分”“差异标记”两栏和本附注由核表添加；{inferred}其余内容均按源文件申报填列，未作改动。\
         有差异的单元格带底色和批注；级别分为错误、预警、提示，说明和依据见差异清单。"
    )
}

fn put_line(plan: &mut SheetPlan, label: &str, text: &str) {
    let row = plan.take_row();
    plan.put_label(across(row, Column::Block, Column::Level2), Role::AnnexLabel, label);
    let content = CellContent::Text(cell_text::for_cell(text, None));
    plan.put(across(row, Column::Level3, Column::Reason), Role::AnnexText, content);
}

/// Puts the texts of cells that cannot show them whole, each in lines that can.
pub fn put_whole_texts(plan: &mut SheetPlan, cells: &[CellAddress]) {
    let texts = plan.cells.iter().filter_map(|cell| match &cell.content {
        CellContent::Text(text) if cells.contains(&cell.range.first) => Some((cell.range.first, text.clone())),
        _ => None,
    });
    let texts: Vec<(CellAddress, String)> = texts.collect();
    for (cell, text) in texts {
        let mut rest = text.as_str();
        let mut label = format!("{cell} 的全文（格内放不下）");
        while !rest.is_empty() {
            let (part, behind) = rest.split_at(part_of_text(rest));
            put_line(plan, &label, part);
            rest = behind.trim_start();
            label = format!("{cell} 的全文（续）");
        }
    }
}

/// Returns how many bytes of a text a line of the annex is given.
fn part_of_text(text: &str) -> usize {
    /// Characters and lines that its cell holds in letters of the usual size.
    const ACROSS: usize = 48;
    const LINES: usize = 24;
    let (mut across, mut lines) = (0, 1);
    for (at, letter) in text.char_indices() {
        if letter == '\n' || across == ACROSS {
            (across, lines) = (0, lines + 1);
        }
        if lines > LINES {
            return at;
        }
        across += 1;
    }
    text.len()
}

/// Puts what the colours mean, each on its own ground.
fn put_colours(plan: &mut SheetPlan) {
    let row = plan.take_row();
    plan.put_label(across(row, Column::Block, Column::Level2), Role::AnnexLabel, "底色");
    for (severity, from, to) in [
        (Severity::Error, Column::Level3, Column::Target),
        (Severity::Warning, Column::MeasureUnit, Column::ReviewScore),
        (Severity::Info, Column::Rescored, Column::Reason),
    ] {
        let range = across(row, from, to);
        let text = format!("{}：{}", severity.title(), severity_meaning(severity));
        plan.put_label(range, Role::AnnexText, &text);
        plan.annotations.entry(range.first).or_default().severity = Some(severity);
    }
}

fn rescoring_summary(table: &TableReport) -> String {
    let rescoring = &table.rescoring;
    let figure = |number: Option<rust_decimal::Decimal>| number.map_or_else(|| "无".to_owned(), plain);
    let place = execution_score_words(rescoring.execution_score);
    format!(
        "申报总分 {}；各项申报得分之和 {}；复算总分 {}；{place}。",
        figure(rescoring.declared_total),
        figure(rescoring.sum_of_scores),
        rescoring.rescored_total_text()
    )
}

fn finding_summary(table: &TableReport) -> String {
    use Severity::{Error, Info, Warning};
    if table.discrepancies.is_empty() {
        return "未发现差异。".to_owned();
    }
    let count = |severity| {
        table
            .discrepancies
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    format!(
        "错误 {} 处，预警 {} 处，提示 {} 处。",
        count(Error),
        count(Warning),
        count(Info)
    )
}

fn skipped_sheets(report: &FileReport) -> String {
    let sheets = report.skipped_sheets.iter();
    let sheets = sheets.map(|skipped| format!("“{}”：{}", skipped.sheet, skipped.reason));
    sheets.collect::<Vec<_>>().join("\n")
}

fn unread_summary(table: &TableReport) -> String {
    let unread = &table.coverage.unread;
    let quoted: Vec<String> = unread
        .iter()
        .take(MOST_UNREAD_QUOTED)
        .map(|cell| {
            let short: String = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let cut = short.chars().count() > MOST_QUOTE_CHARS;
            let quote: String = short.chars().take(MOST_QUOTE_CHARS).collect();
            format!("{}“{quote}{}”", cell.cell, if cut { "…" } else { "" })
        })
        .collect();
    let rest = unread.len().saturating_sub(MOST_UNREAD_QUOTED);
    let tail = if rest > 0 {
        format!("；其余 {rest} 处见源文件")
    } else {
        String::new()
    };
    format!("共 {} 处（源文件单元格）：{}{tail}。", unread.len(), quoted.join("；"))
}
