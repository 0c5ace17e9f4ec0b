//! G20: the 指标性质 column says one direction, the sign in the target another.

use crate::model::measure::OperatorWord;
use crate::rules::kit::{signs, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "G20", "operator-conflict", "指标性质与指标值的符号不一致", Info, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(operator), Some(assessment)) =
            (&indicator.target, &indicator.operator, context.assessment(row))
        else {
            continue;
        };
        let Some(own) = assessment.target.comparator else {
            continue;
        };
        let asks_for_more = match assessment.operator {
            Some(OperatorWord::Sign(sign)) if signs::asks_for_more(sign) => true,
            Some(OperatorWord::Positive) => true,
            Some(OperatorWord::Sign(sign)) if signs::asks_for_less(sign) => false,
            Some(OperatorWord::Inverse) => false,
            _ => continue,
        };
        let is_against = if asks_for_more {
            signs::asks_for_less(own)
        } else {
            signs::asks_for_more(own)
        };
        if !is_against || findings.any_condemned([Some(target.cell), Some(operator.cell)]) {
            continue;
        }
        findings.condemn(target.cell);
        findings.report(
            Finding::new(
                target.cell,
                format!(
                    "指标性质应与指标值的符号一致；{}的指标性质（{}）是“{}”，指标值（{}）却是“{}”。",
                    context.name(row),
                    operator.cell,
                    words::shortened(&operator.text),
                    target.cell,
                    words::shortened(&target.text)
                ),
                format!("按指标的方向改正 {} 或 {}。", operator.cell, target.cell),
            )
            .field(format!("indicators[{row}].target"))
            .declared(words::shortened(&target.text))
            .basis(&context.standard.clauses.targets)
            .related([operator.cell]),
        );
    }
}
