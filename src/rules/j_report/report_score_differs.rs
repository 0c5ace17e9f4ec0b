//! J05: a score, weight, deduction or result of the report is not the table's.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::measure::Date;
use crate::model::{Field, IndicatorField, Severity};
use crate::prose::{Claim, ClaimKind, ClaimUnit, FigureUnit, Folded, SectionRole, figures};
use crate::rules::kit::report_match::{ReportMatch, is_connecting};
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_naming::{Name, plain_name};
use crate::rules::kit::report_numbers::{agree, agree_rounded};
use crate::rules::kit::report_scores::{PartPoints, PointsOf, part_points, points_of};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "J05", "report-score-differs", "报告的得分或完成值与表不一致", Error, ReportText }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    for (index, claim) in report.comparable(|_| true) {
        match claim.kind {
            ClaimKind::TotalScore
            | ClaimKind::Score
            | ClaimKind::BareScore
            | ClaimKind::Weight
            | ClaimKind::Deduction
            | ClaimKind::ScoreRate => points(context, report, (index, claim), findings),
            ClaimKind::Quantity => quantity(context, report, (index, claim), findings),
            ClaimKind::Day => day(context, report, (index, claim), findings),
            _ => {}
        }
    }
    questionnaires(context, report, findings);
}

fn points(context: &RuleContext, report: &ReportMatch<'_>, (index, claim): (usize, &Claim), findings: &mut Findings) {
    let Some(PointsOf::Part(name)) = points_of(report, claim) else {
        return;
    };
    let (Some(known), Some(number)) = (part_points(context, name), claim.number()) else {
        return;
    };
    let Some((what, expected)) = expected(claim.kind, &known) else {
        return;
    };
    if expected.is_empty() {
        return;
    }
    let agrees = expected.iter().any(|value| agree_rounded(number, *value));
    findings.compared(index, known.cell, agrees);
    if agrees || findings.any_condemned([Some(known.cell)]) {
        return;
    }
    let Some(first) = expected.first() else { return };
    let sign = claim.unit.title().unwrap_or_default();
    let rows = match known.related.len() {
        0 => known.cell.to_string(),
        more => format!("{} 起 {} 项", known.cell, more + 1),
    };
    findings.report(
        Finding::new(
            known.cell,
            format!(
                "报告的{what}应与表一致；报告写“{}”{}，表中（{rows}）是 {}{sign}。",
                name.plain,
                shown(report, claim),
                plain(first.0.round_dp(2))
            ),
            "核对该项得分，把报告和表改成一致。",
        )
        .field_of(name, "score")
        .figures(number.0, first.0.round_dp(2))
        .related(known.related)
        .basis(BASIS)
        .quote(report.quote(claim)),
    );
}

/// Returns the claim's own words with its figure, short.
fn shown(report: &ReportMatch<'_>, claim: &Claim) -> String {
    const WORDS: usize = 6;
    let place = claim.place;
    let near = report.part.text.slice(place.paragraph, place.near, place.start);
    let skipped = near.chars().count().saturating_sub(WORDS);
    let near: String = near.chars().skip(skipped).collect();
    format!("“{near}{}”", report.shown(claim))
}

/// Returns what a claim in points should be, and what it is called.
fn expected(kind: ClaimKind, known: &PartPoints) -> Option<(&'static str, Vec<(Decimal, u32)>)> {
    let scores = || known.scores.clone();
    let each = |of: fn(Decimal, Decimal) -> Option<Decimal>| -> Vec<(Decimal, u32)> {
        let pairs = known
            .scores
            .iter()
            .flat_map(|score| known.weights.iter().map(move |weight| (*score, *weight)));
        pairs
            .filter_map(|(score, weight)| Some((of(score.0, weight.0)?, score.1.max(weight.1))))
            .collect()
    };
    Some(match kind {
        ClaimKind::TotalScore | ClaimKind::Score => ("得分", scores()),
        // 项目立项6分 may be either.
        ClaimKind::BareScore => ("得分", known.scores.iter().chain(&known.weights).copied().collect()),
        ClaimKind::Weight => ("分值", known.weights.clone()),
        ClaimKind::Deduction => ("扣分", each(|score, weight| weight.checked_sub(score))),
        ClaimKind::ScoreRate => {
            const EXACT: u32 = 12;
            let rates = each(|score, weight| score.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(weight));
            ("得分率", rates.into_iter().map(|(rate, _)| (rate, EXACT)).collect())
        }
        _ => return None,
    })
}

/// A figure that is surely said of one indicator, against its 完成值.
fn quantity(context: &RuleContext, report: &ReportMatch<'_>, (index, claim): (usize, &Claim), findings: &mut Findings) {
    let Some(row) = row_of(context, report, claim) else {
        return;
    };
    let Some(actual) = context
        .evaluation()
        .indicators
        .get(row)
        .and_then(|row| row.actual.as_ref())
    else {
        return;
    };
    let Some(known) = actual_of(context, row, &actual.value) else {
        return;
    };
    let Some(said) = in_base(claim) else { return };
    if !same_unit(claim.unit, &known) {
        return;
    }
    let agrees = agree(
        (said, claim.number().map_or(0, |number| number.1)),
        (known.value, known.decimals),
    );
    findings.compared(index, actual.cell, agrees);
    if agrees {
        return;
    }
    report_result(context, report, claim, (row, actual), findings);
}

fn report_result(
    context: &RuleContext,
    report: &ReportMatch<'_>,
    claim: &Claim,
    (row, cell): (usize, &Field<String>),
    findings: &mut Findings,
) {
    findings.report(
        Finding::new(
            cell.cell,
            format!(
                "报告写的完成情况应与表一致；{}报告写{}，表中 {} 是“{}”。",
                context.name(row),
                shown(report, claim),
                cell.cell,
                crate::rules::kit::words::shortened(&cell.text)
            ),
            "核对佐证材料，把报告和表改成一致。",
        )
        .severity(Severity::Warning)
        .field(format!("indicators[{row}].actual"))
        .declared(report.shown(claim))
        .expected(cell.text.clone())
        .basis(BASIS)
        .quote(report.quote(claim)),
    );
}

/// Returns the indicator that a figure is the result of: its name stands right before, or the heading names it and
/// the words before the figure are a part of its name.
fn row_of(context: &RuleContext, report: &ReportMatch<'_>, claim: &Claim) -> Option<usize> {
    let place = claim.place;
    let near = report.part.text.slice(place.paragraph, place.near, place.start);
    if let Some((name, between)) = report.named_near(claim)
        && let [row] = name.rows.as_slice()
        && name.level == 3
        && is_connecting(between)
    {
        return Some(*row);
    }
    if claim.role != SectionRole::Analysis {
        return None;
    }
    let name = report.own_heading(claim)?;
    let [row] = name.rows.as_slice() else { return None };
    let noun = noun_before(near)?;
    let level3 = context.evaluation().indicators.get(*row)?.level3.as_ref()?;
    let level3 = plain_name(&level3.value);
    let is_it = [&level3, &name.plain].iter().any(|known| {
        known.contains(&noun) || (noun.ends_with(known.as_str()) && noun.chars().count() <= known.chars().count() + 4)
    });
    is_it.then_some(*row)
}

/// Returns the noun that a figure is the value of: the words before 为, 达到 and the like.
fn noun_before(near: &str) -> Option<String> {
    let bare = near.trim_end_matches(['为', '是', '达', '到', '：', '共', '有', '约', '计', '了']);
    let words: String = bare
        .chars()
        .rev()
        .take_while(|c| crate::prose::is_han(*c))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    (words.chars().count() >= 3).then_some(words)
}

/// A 完成值 as a plain number.
struct Actual {
    value: Decimal,
    decimals: u32,
    unit: FigureUnit,
}

fn actual_of(context: &RuleContext, row: usize, text: &str) -> Option<Actual> {
    let folded = Folded::new(text);
    let found = figures(folded.as_str());
    let [figure] = found.as_slice() else { return None };
    if figure.is_about {
        return None;
    }
    let column = context.evaluation().indicators.get(row)?.measure_unit.as_ref();
    let unit = match (figure.unit, column) {
        (FigureUnit::None, Some(unit)) => {
            let joined = format!("1{}", Folded::new(&unit.value).as_str());
            figures(&joined).first().map_or(FigureUnit::None, |figure| figure.unit)
        }
        (unit, _) => unit,
    };
    let value = match unit {
        FigureUnit::Money(money) => figure.value.checked_mul(crate::rules::kit::amounts::yuan(money))?,
        _ => figure.value.checked_mul(figure.factor)?,
    };
    let lost = match unit {
        FigureUnit::Money(money) => crate::rules::kit::amounts::yuan(money),
        _ => figure.factor,
    };
    Some(Actual {
        value,
        decimals: digits_after(figure.decimals, lost),
        unit,
    })
}

/// Digits behind the point that are left when a number is multiplied by 10⁴ or 10⁸; what is coarser counts as whole.
fn digits_after(decimals: u32, factor: Decimal) -> u32 {
    let shift = factor.trunc().to_string().len().saturating_sub(1);
    decimals.saturating_sub(u32::try_from(shift).unwrap_or(u32::MAX))
}

fn in_base(claim: &Claim) -> Option<Decimal> {
    let (value, _) = claim.number()?;
    match claim.unit {
        ClaimUnit::Money(unit) => value.checked_mul(crate::rules::kit::amounts::yuan(unit)),
        ClaimUnit::Counted(_, factor) => value.checked_mul(factor),
        _ => Some(value),
    }
}

fn same_unit(said: ClaimUnit, known: &Actual) -> bool {
    match (said, known.unit) {
        (ClaimUnit::Money(_), FigureUnit::Money(_)) | (ClaimUnit::Percent, FigureUnit::Percent) => true,
        (ClaimUnit::Counted(one, _), FigureUnit::Counted(other)) => one == other,
        // A cell that shows 1 or 95 for a rate says 100 % or 95 %: too uncertain to call it wrong.
        _ => false,
    }
}

/// A day told under one indicator's heading, against the day that its row names.
fn day(context: &RuleContext, report: &ReportMatch<'_>, (index, claim): (usize, &Claim), findings: &mut Findings) {
    if claim.role != SectionRole::Analysis {
        return;
    }
    let text = report
        .part
        .text
        .slice(claim.place.paragraph, claim.place.sentence, claim.place.sentence_end);
    if ![
        "完成", "竣工", "验收", "完工", "交付", "结束", "实施", "拨付", "发放", "到位",
    ]
    .iter()
    .any(|word| text.contains(word))
    {
        return;
    }
    let Some(name) = report.own_heading(claim) else { return };
    let [row] = name.rows.as_slice() else { return };
    let Some(indicator) = context.evaluation().indicators.get(*row) else {
        return;
    };
    let fields = [
        indicator.actual.as_ref(),
        indicator.target.as_ref(),
        indicator.level3.as_ref(),
    ];
    let days: Vec<(Decimal, &Field<String>)> = fields
        .into_iter()
        .flatten()
        .filter_map(|field| Some((day_in(&field.value)?, field)))
        .collect();
    let Some((said, _)) = claim.number() else { return };
    let Some((_, first)) = days.first() else { return };
    let agrees = days.iter().any(|(day, _)| *day == said);
    findings.compared(index, first.cell, agrees);
    if agrees {
        return;
    }
    // An earlier day than the one set keeps it; only the row's own day of completion can be contradicted by one.
    let has_actual = indicator
        .actual
        .as_ref()
        .is_some_and(|actual| day_in(&actual.value).is_some());
    let keeps = !has_actual && !text.contains('前') && days.iter().any(|(day, _)| said < *day);
    if keeps {
        return;
    }
    report_result(context, report, claim, (*row, first), findings);
}

/// Returns the only day in a text, as 20231231.
fn day_in(text: &str) -> Option<Decimal> {
    let folded = Folded::new(text);
    let mut days = figures(folded.as_str())
        .into_iter()
        .filter(|figure| figure.unit == FigureUnit::Day);
    let day = days.next()?;
    let number = u32::try_from(day.value.trunc().mantissa()).ok()?;
    let is_one = Date::new(i32::try_from(number / 10_000).ok()?, number / 100 % 100, number % 100).is_some();
    (is_one && days.next().is_none()).then_some(day.value)
}

/// More questionnaires came back than went out.
fn questionnaires(context: &RuleContext, report: &ReportMatch<'_>, findings: &mut Findings) {
    let mut last: Option<&Claim> = None;
    for (_, claim) in report.part.claims() {
        match claim.kind {
            ClaimKind::HandedOut => last = Some(claim),
            ClaimKind::HandedIn => {
                let Some(out) = last.filter(|out| out.place.paragraph == claim.place.paragraph) else {
                    continue;
                };
                let (Some((sent, _)), Some((back, _))) = (out.number(), claim.number()) else {
                    continue;
                };
                if back <= sent || out.is_about || claim.is_about {
                    continue;
                }
                let cell =
                    satisfaction_cell(context).unwrap_or_else(|| crate::rules::kit::report_names::first_cell(context));
                findings.report(
                    Finding::new(
                        cell,
                        format!(
                            "收回的问卷不应多于发放的；报告写发放 {}，收回 {}（满意度见 {cell}）。",
                            report.shown(out),
                            report.shown(claim)
                        ),
                        "核对问卷份数和满意度。",
                    )
                    .severity(Severity::Warning)
                    .figures(back, sent)
                    .basis(BASIS)
                    .quote(report.quote(claim)),
                );
            }
            _ => {}
        }
    }
}

fn satisfaction_cell(context: &RuleContext) -> Option<CellAddress> {
    let (row, _) = context
        .indicators()
        .find(|(_, row)| row.level3.as_ref().is_some_and(|name| name.value.contains("满意")))?;
    context.indicator_cell(row, IndicatorField::Actual)
}

impl Finding {
    /// Returns the field of a part's first row.
    fn field_of(self, name: &Name, field: &str) -> Self {
        match name.rows.first() {
            Some(row) => self.field(format!("indicators[{row}].{field}")),
            None => self,
        }
    }
}
