//! D08: a cost is to reach at least so much.

use crate::model::measure::Dimension;
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{signs, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D08", "cost-without-limit", "成本指标用了“≥”", Warning, MissingValues }

/// What is saved or earned may well be asked for.
const GAINS: [Word; 12] = words![
    "节约", "节省", "降低", "减少", "下降", "压减", "压缩", "收入", "收益", "产值", "补助", "发放",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(assessment)) = (&indicator.target, context.assessment(row)) else {
            continue;
        };
        let name = &context.texts(row).level3;
        let asks_for_more = signs::sign(assessment).is_some_and(signs::asks_for_more);
        if !asks_for_more
            || !context.texts(row).is_cost
            || signs::dimension(assessment) != Some(Dimension::Money)
            || name.has_any(&GAINS)
            || findings.is_condemned(target.cell)
        {
            continue;
        }
        findings.condemn(target.cell);
        findings.report(
            Finding::new(
                target.cell,
                format!(
                    "成本指标应当控制在一定数额以内；{}的指标值（{}）是“{}”，花得越多得分越高。",
                    context.name(row),
                    target.cell,
                    words::shortened(&target.text)
                ),
                format!("把 {} 改为“≤”加数额，或改考核节约的数额。", target.cell),
            )
            .field(format!("indicators[{row}].target"))
            .declared(words::shortened(&target.text))
            .basis(&context.standard.clauses.targets)
            .related(indicator.operator.as_ref().map(|operator| operator.cell)),
        );
    }
}
