//! Results that a report tells of one indicator, against its 完成值, for rule J05.

use rust_decimal::Decimal;

use crate::grid::CellAddress;
use crate::model::measure::Date;
use crate::model::{Field, IndicatorField, Severity};
use crate::prose::{Claim, ClaimKind, ClaimUnit, FigureUnit, Folded, SectionRole, figures};
use crate::rules::kit::report_match::{ReportMatch, is_connecting};
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_naming::plain_name;
use crate::rules::kit::report_numbers::agree;
use crate::rules::{Finding, Findings, RuleContext};

/// Returns the claim's own words with its figure, short.
pub fn shown(report: &ReportMatch<'_>, claim: &Claim) -> String {
    const WORDS: usize = 6;
    let place = claim.place;
    let near = report.part.text.slice(place.paragraph, place.near, place.start);
    let skipped = near.chars().count().saturating_sub(WORDS);
    let near: String = near.chars().skip(skipped).collect();
    format!("“{near}{}”", report.shown(claim))
}

/// A figure that is surely said of one indicator, against its 完成值.
pub fn quantity(
    context: &RuleContext,
    report: &ReportMatch<'_>,
    (index, claim): (usize, &Claim),
    findings: &mut Findings,
) {
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
    let Some(said) = Printed::of(claim) else { return };
    if !same_unit(claim.unit, known.unit) {
        return;
    }
    let agrees = known.printed.agrees(said);
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
    // 其中女性80人 is a part of it.
    let sentence = report.part.text.slice(place.paragraph, place.sentence, place.start);
    if sentence.contains("其中") {
        return None;
    }
    if let Some(row) = satisfaction_row(context, claim, near) {
        return Some(row);
    }
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

/// Returns the only indicator of satisfaction, where a percentage is said of satisfaction at large.
fn satisfaction_row(context: &RuleContext, claim: &Claim, near: &str) -> Option<usize> {
    if claim.unit != ClaimUnit::Percent {
        return None;
    }
    let noun = noun_before(near)?;
    let bare = GENERAL.iter().fold(noun, |noun, word| {
        noun.strip_prefix(word).map_or(noun.clone(), str::to_owned)
    });
    if bare != "满意度" && bare != "满意率" {
        return None;
    }
    let mut rows = context
        .indicators()
        .filter(|(_, row)| row.level3.as_ref().is_some_and(|name| name.value.contains("满意")));
    match (rows.next(), rows.next()) {
        (Some((row, _)), None) => Some(row),
        _ => None,
    }
}

/// Words before 满意度 that name no group of its own.
const GENERAL: [&str; 10] = [
    "调查结果显示",
    "结果显示",
    "经统计",
    "经调查",
    "服务对象",
    "总体",
    "综合",
    "平均",
    "整体",
    "对象",
];

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
    let done = ["实际完成", "实际", "共完成", "完成", "已", "共"]
        .iter()
        .find_map(|word| words.strip_prefix(word))
        .filter(|rest| rest.chars().count() >= 3);
    let words = done.map_or(words.clone(), str::to_owned);
    (words.chars().count() >= 3).then_some(words)
}

/// A number in its base unit, with the size of its last printed digit.
#[derive(Clone, Copy)]
struct Printed {
    value: Decimal,
    step: Decimal,
}

impl Printed {
    fn new(value: Decimal, decimals: u32, factor: Decimal) -> Option<Self> {
        Some(Self {
            value: value.checked_mul(factor)?,
            step: Decimal::new(1, decimals.min(20)).checked_mul(factor)?,
        })
    }

    fn of(claim: &Claim) -> Option<Self> {
        let (value, decimals) = claim.number()?;
        let factor = match claim.unit {
            ClaimUnit::Money(unit) => crate::rules::kit::amounts::yuan(unit),
            ClaimUnit::Counted(_, factor) => factor,
            _ => Decimal::ONE,
        };
        Self::new(value, decimals, factor)
    }

    /// Returns whether the two agree at the coarser printed precision.
    fn agrees(self, other: Self) -> bool {
        let step = self.step.max(other.step);
        match (self.value.checked_div(step), other.value.checked_div(step)) {
            (Some(one), Some(two)) => agree((one, 0), (two, 0)),
            _ => false,
        }
    }
}

/// A 完成值 as a plain number.
struct Actual {
    printed: Printed,
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
    let factor = match unit {
        FigureUnit::Money(money) => crate::rules::kit::amounts::yuan(money),
        _ => figure.factor,
    };
    Some(Actual {
        printed: Printed::new(figure.value, figure.decimals, factor)?,
        unit,
    })
}

fn same_unit(said: ClaimUnit, known: FigureUnit) -> bool {
    match (said, known) {
        (ClaimUnit::Money(_), FigureUnit::Money(_)) | (ClaimUnit::Percent, FigureUnit::Percent) => true,
        (ClaimUnit::Counted(one, _), FigureUnit::Counted(other)) => one == other,
        // A cell that shows 1 or 95 for a rate says 100 % or 95 %: too uncertain to call it wrong.
        _ => false,
    }
}

/// A day told under one indicator's heading, against the day that its row names.
pub fn day(context: &RuleContext, report: &ReportMatch<'_>, (index, claim): (usize, &Claim), findings: &mut Findings) {
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
pub fn questionnaires(context: &RuleContext, report: &ReportMatch<'_>, findings: &mut Findings) {
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
