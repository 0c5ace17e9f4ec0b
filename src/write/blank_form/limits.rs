//! What may be typed into a form's cells: lists, least and greatest values, and a word on how to fill each in.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, Worksheet};

use super::plan::{Limit, LimitKind};
use crate::grid::{CellAddress, CellRange, column_letters};
use crate::standard::{Standard, TierBand};
use crate::text::plain;
use crate::write::WriteError;
use crate::write::kit::sheet_cells::cell_column;

/// Signs of the column 指标性质. The full-width ones begin no formula when they are typed.
pub const SIGNS: [&str; 6] = ["≥", "≤", "＝", "＞", "＜", "定性"];

/// Longest list that a cell can offer, in characters.
const MOST_LIST_CHARS: usize = 250;

/// Puts every limit on its cells.
pub fn put_limits(worksheet: &mut Worksheet, limits: &[Limit], standard: &Standard) -> Result<(), WriteError> {
    for limit in limits {
        let rule = validation(limit, standard)?;
        let CellRange { first, last } = limit.range;
        worksheet.add_data_validation(
            first.row,
            cell_column(first.column)?,
            last.row,
            cell_column(last.column)?,
            &rule,
        )?;
    }
    Ok(())
}

/// Returns the answers of qualitative indicators, in the wording of the regulation, the best first. Tiers that reach
/// over another one are for reading only and not offered.
pub fn tier_answers(standard: &Standard) -> Vec<String> {
    let mut kept: Vec<&TierBand> = Vec::new();
    for tier in &standard.tiers {
        let overlaps = |other: &&TierBand| tier.ratios.0 < other.ratios.1 && other.ratios.0 < tier.ratios.1;
        if !kept.iter().any(overlaps) {
            kept.push(tier);
        }
    }
    kept.into_iter()
        .map(|tier| match tier.name.as_str() {
            "达成" => "达成年度指标".to_owned(),
            "部分达成" => "部分达成年度指标并具有一定效果".to_owned(),
            "未达成" => "未达成年度指标且效果较差".to_owned(),
            other => other.to_owned(),
        })
        .collect()
}

fn validation(limit: &Limit, standard: &Standard) -> Result<DataValidation, WriteError> {
    let full = plain(standard.full_score);
    let rule = match &limit.kind {
        LimitKind::Name => asked("三级指标", "写具体、可衡量的指标名称，如“培训人数”；用不到的行空着。")?,
        LimitKind::Target => asked(
            "指标值",
            "定量指标写数字或比例，如 600、95%，符号和单位写在两边的格子里；定性指标写预期达到的程度。",
        )?,
        LimitKind::MeasureUnit => asked("计量单位", "如 人、家、万元、个工作日；百分比和定性指标空着。")?,
        LimitKind::Reason => asked(
            "原因和措施",
            "没有完成、扣了分或者超额较多的，写明原因和改进措施，如“原因：……；措施：……”。",
        )?,
        LimitKind::Sign => strict(
            asked(
                "指标性质",
                "从列表里选：≥ 不少于，≤ 不超过，＝ 等于，＞ 大于，＜ 小于，或定性。",
            )?
            .allow_list_strings(&SIGNS)?,
            "请从列表里选一个符号，或选“定性”。",
        )?,
        LimitKind::Actual => {
            let prompt = asked(
                "完成值",
                "定量指标写实际完成的数字，单位与指标值相同；定性指标从列表里选完成程度。",
            )?;
            // Figures are typed, so the list only offers.
            with_list(prompt, &tier_answers(standard))?.show_error_message(false)
        }
        LimitKind::Tier => with_list(asked("完成值", "从列表里选完成程度。")?, &tier_answers(standard))?
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("请核对")?
            .set_error_message("这是定性指标，一般从列表里选完成程度。")?,
        LimitKind::Weight { fund } => {
            let column = column_range(limit.range);
            let fund = fund.map_or(String::new(), |cell| format!("+{}", fixed(cell)));
            let cell = limit.range.first;
            let formula = format!("=AND(ISNUMBER({cell}),{cell}>=0,SUM({column}){fund}<={full})");
            let with_fund = if fund.is_empty() {
                ""
            } else {
                "，连同预算执行率的分值"
            };
            strict(
                asked("分值", &format!("各项指标的分值之和{with_fund}应是 {full}。"))?
                    .allow_custom(Formula::new(formula)),
                &format!("分值应是不小于 0 的数字，各项之和{with_fund}不超过 {full}；请先减少别的分值。"),
            )?
        }
        LimitKind::Score { weight } => {
            let rule = DataValidationRule::Between(Formula::new("=0"), Formula::new(format!("={weight}")));
            strict(
                asked("得分", "不小于 0，不超过左边的分值；保留两位小数。")?.allow_decimal_number_formula(rule),
                "得分应是 0 到分值之间的数字；还没有写分值的，请先写分值。",
            )?
        }
        LimitKind::Amount => strict(
            asked("金额", "只写数字，单位见左边；没有的写 0 或空着。")?
                .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
            "金额应是不小于 0 的数字，不带单位。",
        )?,
        LimitKind::Rate => asked(
            "执行率",
            "全年执行数除以全年预算数，带百分号，如 96.00%；没有预算的空着。",
        )?
        .allow_decimal_number(DataValidationRule::Between(0.0, 1.0))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("请核对")?
        .set_error_message("执行率一般在 0% 到 100% 之间，要带百分号。")?,
        LimitKind::Total { scores, fund } => {
            let cell = limit.range.first;
            let scores = column_range(*scores);
            let fund = fund.map_or(String::new(), |cell| format!("-{}", fixed(cell)));
            let formula = format!("=ABS({cell}-SUM({scores}){fund})<0.01");
            let with_fund = if fund.is_empty() {
                ""
            } else {
                "加上预算执行率得分"
            };
            asked("总分", &format!("各项指标得分之和{with_fund}。"))?
                .allow_custom(Formula::new(formula))
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("请核对")?
                .set_error_message(format!("总分与各项指标得分之和{with_fund}不相等。"))?
        }
        LimitKind::Grade => {
            let names: Vec<String> = standard
                .grades
                .iter()
                .filter_map(|band| band.names.first().cloned())
                .collect();
            let asked = asked("评价等次", "按总分所在的分数段填写。")?;
            strict(with_list(asked, &names)?, "请从列表里选一个等次。")?
        }
    };
    Ok(rule)
}

fn asked(title: &str, message: &str) -> Result<DataValidation, WriteError> {
    Ok(DataValidation::new()
        .allow_any_value()
        .set_input_title(title)?
        .set_input_message(message)?)
}

/// Returns the rule with a list of answers; without one where the answers of a standard do not fit a list.
fn with_list(rule: DataValidation, answers: &[String]) -> Result<DataValidation, WriteError> {
    let chars: usize = answers.iter().map(|answer| answer.encode_utf16().count() + 1).sum();
    let fits = |answer: &String| !answer.trim().is_empty() && !answer.contains([',', '"']);
    if answers.is_empty() || chars > MOST_LIST_CHARS || !answers.iter().all(fits) {
        return Ok(rule);
    }
    Ok(rule.allow_list_strings(answers)?)
}

fn strict(rule: DataValidation, message: &str) -> Result<DataValidation, WriteError> {
    Ok(rule.set_error_title("填写有误")?.set_error_message(message)?)
}

/// Returns a cell that stays the same for every cell of a limit.
fn fixed(cell: CellAddress) -> String {
    format!("${}${}", column_letters(cell.column), cell.row + 1)
}

fn column_range(range: CellRange) -> String {
    format!("{}:{}", fixed(range.first), fixed(range.last))
}
