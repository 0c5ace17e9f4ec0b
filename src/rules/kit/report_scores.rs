//! Scores and weights of the whole, of a level and of an indicator, as the table gives them, for rules of family J.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::{Field, IndicatorField, TableKind};
use crate::prose::{Claim, ClaimKind, SectionRole, is_han};
use crate::rules::RuleContext;
use crate::rules::kit::report_fund_words::{is_whole, own_names};
use crate::rules::kit::report_match::{ReportMatch, is_connecting};
use crate::rules::kit::report_naming::{Name, bare};

/// What a claim in points is said of.
pub enum PointsOf<'a> {
    /// The whole.
    Total,
    /// A level or an indicator.
    Part(&'a Name),
}

/// Returns what a score, weight or deduction is said of; `None` where that cannot be told.
pub fn points_of<'m>(context: &RuleContext, report: &'m ReportMatch<'_>, claim: &Claim) -> Option<PointsOf<'m>> {
    let place = claim.place;
    let near = report.part.text.slice(place.paragraph, place.near, place.start);
    if claim.kind == ClaimKind::TotalScore {
        // 项目决策评价得分18分 is one of a part.
        if let Some((name, between)) = report.named_near(claim)
            && is_connecting(between)
            && !near.contains("总")
        {
            return Some(PointsOf::Part(name));
        }
        return (!names_another(context, near)).then_some(PointsOf::Total);
    }
    if let Some(name) = report.subject(claim) {
        return Some(PointsOf::Part(name));
    }
    let says_whole = [
        "项目得",
        "项目最终",
        "整体支出",
        "项目评",
        "项目实际得",
        "综合",
        "本次评价",
        "本次绩效",
    ]
    .iter()
    .any(|word| near.contains(word))
        || (is_connecting(near) && !near.is_empty() && !names_part(report, claim));
    let is_place = matches!(claim.role, SectionRole::Conclusion | SectionRole::Front);
    let is_whole = claim.kind == ClaimKind::Score && is_place && says_whole && !names_another(context, near);
    is_whole.then_some(PointsOf::Total)
}

/// Returns whether the sentence before a score has begun to speak of parts: of a level by its bare name, of indicators.
fn names_part(report: &ReportMatch<'_>, claim: &Claim) -> bool {
    let place = claim.place;
    let lead = report.part.text.slice(place.paragraph, place.sentence, place.near);
    ["指标", "其中", "方面", "该项", "此项"].iter().any(|word| {
        lead.match_indices(word)
            .any(|(at, _)| !lead.get(at..).unwrap_or_default().starts_with("指标体系"))
    }) || report
        .all_names()
        .iter()
        .any(|name| name.plain.chars().count() >= 2 && lead.contains(bare(&name.plain)))
}

/// Returns whether the words before a total name another project than the table's, or another's evaluation.
fn names_another(context: &RuleContext, near: &str) -> bool {
    let evaluators: &[&str] = match context.table.kind {
        TableKind::DepartmentEvaluation => &["自评得", "自评总", "自评综", "自评分", "自我评价"],
        TableKind::ProjectSelfEvaluation | TableKind::OverallSelfEvaluation => {
            &["复评", "抽评", "复核", "财政评价", "财政部门", "第三方", "部门评价"]
        }
        _ => &[],
    };
    if evaluators.iter().any(|word| near.contains(word)) {
        return true;
    }
    let names = own_names(context);
    ["项目", "经费", "专项", "工程", "补助", "补贴", "计划"]
        .iter()
        .any(|suffix| {
            near.match_indices(suffix).any(|(at, _)| {
                let before = near.get(..at).unwrap_or_default();
                let run: String = before
                    .chars()
                    .rev()
                    .take_while(|c| is_han(*c) || c.is_ascii_digit() || matches!(c, '(' | ')'))
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect();
                let mut rest = run;
                for word in [
                    "通过",
                    "评价",
                    "绩效",
                    "综合",
                    "认为",
                    "组织",
                    "小组",
                    "最终",
                    "本次",
                    "进行",
                    "开展",
                    "整体",
                    "对",
                    "经",
                    "该",
                    "此",
                    "年度",
                    "自评",
                    "考核",
                    "评审",
                    "专家",
                    "工作组",
                    "综上所述",
                    "综上",
                    "实施",
                    "结果",
                    "我们",
                ] {
                    rest = rest.replace(word, "");
                }
                rest.chars().filter(|c| is_han(*c)).count() >= 2 && !is_whole(&format!("{rest}{suffix}"), &names)
            })
        })
}

/// Figures that the table gives for one part, each with its printed digits.
pub struct PartPoints {
    /// The sum of its scores, and of its reviewed scores where there are any.
    pub scores: Vec<(Decimal, u32)>,
    /// The sum of its weights, and the weight declared with its name.
    pub weights: Vec<(Decimal, u32)>,
    /// Where the score stands; of several rows, the first.
    pub cell: CellAddress,
    /// The others.
    pub related: Vec<CellAddress>,
}

/// Returns what the table gives for a level or an indicator.
pub fn part_points(context: &RuleContext, name: &Name) -> Option<PartPoints> {
    let evaluation = context.evaluation();
    if name.rows.is_empty() {
        let (_, fund) = context.execution_row()?;
        let score = fund.score.as_ref()?;
        return Some(PartPoints {
            scores: vec![exact(score)],
            weights: fund.weight.iter().map(exact).collect(),
            cell: score.cell,
            related: Vec::new(),
        });
    }
    let rows: Vec<_> = name
        .rows
        .iter()
        .filter_map(|row| evaluation.indicators.get(*row))
        .collect();
    let sum = |of: fn(&crate::model::Indicator) -> Option<&Field<Decimal>>| -> Option<(Decimal, u32)> {
        let mut sum = Decimal::ZERO;
        let mut digits = 0;
        for row in &rows {
            let (value, own) = exact(of(row)?);
            sum = sum.checked_add(value)?;
            digits = digits.max(own);
        }
        Some((sum, digits))
    };
    let declared = rows.first().and_then(|row| match name.level {
        1 => row.level1_weight.as_ref(),
        2 => row.level2_weight.as_ref(),
        _ => None,
    });
    let scores: Vec<_> = [sum(|row| row.score.as_ref()), sum(|row| row.review_score.as_ref())]
        .into_iter()
        .flatten()
        .collect();
    let weights: Vec<_> = [sum(|row| row.weight.as_ref()), declared.map(exact)]
        .into_iter()
        .flatten()
        .collect();
    let mut cells = name
        .rows
        .iter()
        .filter_map(|row| context.indicator_cell(*row, IndicatorField::Score));
    let cell = cells.next().unwrap_or(name.cell);
    Some(PartPoints {
        scores,
        weights,
        cell,
        related: cells.collect(),
    })
}

/// Returns a number with all its digits behind the point.
pub fn exact(field: &Field<Decimal>) -> (Decimal, u32) {
    crate::rules::kit::report_numbers::printed(field)
}
