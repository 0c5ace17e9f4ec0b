//! H11: an amount as 208万 in a table that counts in 万元.

use crate::model::Field;
use crate::model::measure::{Factor, Measure};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H11", "money-without-yuan", "金额单位写法不统一", Info, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(unit) = context.evaluation().money_unit else {
        return;
    };
    let mut bare: Vec<&Field<String>> = Vec::new();
    for (row, indicator) in context.indicators() {
        let Some(assessment) = context.assessment(row) else {
            continue;
        };
        if !context.texts(row).is_cost || assessment.column_unit.is_some() {
            continue;
        }
        let values = [
            (&indicator.target, &assessment.target),
            (&indicator.actual, &assessment.actual),
        ];
        for (field, measure) in values {
            if let Some(field) = field.as_ref().filter(|field| !findings.is_explained(field.cell))
                && is_bare(measure)
            {
                bare.push(field);
            }
        }
    }
    let Some(first) = bare.first() else { return };
    let cells: Vec<_> = bare.iter().map(|field| field.cell).collect();
    findings.report(
        Finding::new(
            first.cell,
            format!(
                "同一张表的金额单位应统一；资金栏用“{}”，{} 写“{}”，没有“元”字。",
                unit.title(),
                words::cells(&cells),
                words::shortened(&first.text)
            ),
            format!("在 {} 写全单位，如“万元”。", words::cells(&cells)),
        )
        .declared(words::shortened(&first.text))
        .basis(&context.standard.clauses.targets)
        .related(cells),
    );
}

fn is_bare(measure: &Measure) -> bool {
    measure
        .quantity()
        .is_some_and(|quantity| quantity.unit.is_none() && quantity.factor != Factor::ONE)
}
