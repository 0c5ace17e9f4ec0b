//! 填表说明: how to fill the form in, on a sheet of its own, with the points and clauses of the standard.

use rust_xlsxwriter::{Format, FormatAlign};

use super::limits::tier_answers;
use super::render::protection;
use super::wording::BlankFormWording;
use crate::grid::{CellAddress, CellRange};
use crate::model::TableKind;
use crate::standard::Standard;
use crate::text::plain;
use crate::write::WriteError;
use crate::write::kit::book::Book;
use crate::write::kit::number_format::CellContent;
use crate::write::kit::sheet_cells::SheetCells;
use crate::write::kit::text_width::{column_width, fit};
use crate::write::kit::{cell_text, styles};

/// The sheet's name.
pub const SHEET: &str = "填表说明";
const NUMBER_WIDTH: usize = 5;
const TEXT_WIDTH: usize = 110;
const TEXT_SIZE: f64 = 11.0;
const LEAST_HEIGHT: f64 = 24.0;

/// What a cell is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Title,
    Number,
    Text,
}

fn look(role: &Role) -> Format {
    match role {
        Role::Title => styles::body(16.0).set_bold().set_align(FormatAlign::Center),
        Role::Number => styles::bordered(styles::body(TEXT_SIZE)).set_align(FormatAlign::Center),
        Role::Text => styles::bordered(styles::body(TEXT_SIZE)),
    }
}

/// Writes the sheet.
pub fn put_instructions(book: &mut Book, wording: &BlankFormWording, standard: &Standard) -> Result<(), WriteError> {
    let sheet = book.add_sheet(SHEET)?;
    let mut cells = SheetCells::new(book, sheet, look);
    let title = CellRange::new(CellAddress::new(0, 0), CellAddress::new(0, 1));
    let text = CellContent::Text(format!("《{}》填表说明", wording.title));
    cells.put_merged(title, &text, Role::Title)?;
    cells.set_height(0, 34.0);
    let width = column_width(TEXT_WIDTH, styles::BODY_SIZE);
    let lines = instructions(wording, standard);
    let count = lines.len();
    for (row, line) in (1u32..).zip(lines) {
        let line = cell_text::for_cell(&line, None);
        let (_, height) = fit(&line, width, TEXT_SIZE);
        cells.put(row, 0, &CellContent::count(row as usize), Role::Number)?;
        cells.put(row, 1, &CellContent::Text(line), Role::Text)?;
        cells.set_height(row, height.max(LEAST_HEIGHT));
    }
    let setup = cells.finish()?;
    setup.footer = Some(wording.title.to_owned());
    setup.widths.insert(0, column_width(NUMBER_WIDTH, styles::BODY_SIZE));
    setup.widths.insert(1, width);
    setup.print_area = Some(CellRange::new(
        CellAddress::new(0, 0),
        CellAddress::new(u32::try_from(count).unwrap_or(0), 1),
    ));
    book.worksheet(sheet)?.protect_with_options(&protection());
    Ok(())
}

fn instructions(wording: &BlankFormWording, standard: &Standard) -> Vec<String> {
    let full = plain(standard.full_score);
    let clauses = &standard.clauses;
    let mut lines = vec![
        "只填浅黄色的格子，其余格子已锁定（没有密码）；行和列可以拉高、拉宽。请不要增删行列，不要改表头，不要改工作表的名称。".to_owned(),
        "金额按表中所写的单位填写，只写数字。年度资金总额是各项资金来源之和；执行率等于全年执行数除以全年预算数，带百分号填写。".to_owned(),
        format!(
            "每行写一个三级指标，从上往下填；用不到的行空着，不要写“无”或画线。已经写好的{}是批复的内容，不能改。",
            if wording.is_scored { "指标、指标值和分值" } else { "指标和指标值" }
        ),
        "“指标性质”从列表里选：≥、≤、＝、＞、＜ 用于定量指标，“定性”用于定性指标。数字写在指标值一栏，单位写在“计量单位”一栏；比例写成 95% 这样，单位空着。".to_owned(),
        format!("实际完成值用与指标值相同的单位。定性指标从列表里选：{}。", tier_answers(standard).join("、")),
        "没有完成、扣了分或者超额完成较多的指标，必须写明原因和改进措施。".to_owned(),
    ];
    if wording.is_scored {
        let fund = standard.fund_weight;
        lines.push(if wording.has_fund_points && !fund.is_zero() {
            format!(
                "满分 {full} 分：预算执行率 {} 分，各项指标合计 {} 分。总分等于各项指标得分之和加上预算执行率得分。",
                plain(fund),
                plain(standard.full_score.saturating_sub(fund))
            )
        } else {
            format!("满分 {full} 分，由各项指标分配；资金栏不另计分。总分等于各项指标得分之和。")
        });
        lines.push("得分在 0 和分值之间，保留两位小数；先填分值，再填得分。".to_owned());
        lines.push(format!("定量指标：{}。", clauses.quantitative));
        lines.push(format!("超出指标值的反向指标（≤、＜）：{}。", clauses.inverse));
        lines.push(format!("定性指标：{}。", clauses.qualitative));
        if wording.has_fund_points && !fund.is_zero() {
            lines.push(format!("预算执行率：{}。", clauses.execution));
        }
        if wording.has_grade {
            lines.push(format!("评价等次：{}。", clauses.grades));
        }
    }
    if wording.kind == TableKind::TransferSelfEvaluation {
        lines.push("其他资金包括与中央财政资金、地方资金共同用于同一项目的自有资金、社会资金，以及以前年度的结转结余资金。全年执行数指按照国库集中支付制度形成的实际支出。".to_owned());
        lines.push("“说明”一栏写审计和财政监督中发现的问题及其所涉及的金额，没有的写“无”。".to_owned());
    }
    lines.push(format!(
        "本表按《{}》（{}）编制；填好后可以用“核表”（hebiao check）自己先核对一遍。",
        standard.title, standard.document
    ));
    lines
}
