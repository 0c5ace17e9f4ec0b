//! D07: a completed value written with a sign or a word of comparison, as if it were a target.

use crate::model::Field;
use crate::model::measure::{Comparator, Dimension, Measure};
use crate::rules::kit::targets;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D07", "sign-in-actual", "完成值带有比较符号", Info, NamedSlips }

fn check(context: &RuleContext, findings: &mut Findings) {
    // A table whose targets are all copied is D16's.
    if targets::copied_rows(context).is_some() {
        return;
    }
    let signed: Vec<(usize, &Field<String>)> = context
        .indicators()
        .filter_map(|(row, indicator)| {
            let actual = indicator.actual.as_ref()?;
            let measure = &context.assessment(row)?.actual;
            (is_signed(measure, &actual.value) && !findings.is_explained(actual.cell)).then_some((row, actual))
        })
        .collect();
    let Some(&(row, actual)) = signed.first() else { return };
    let cells: Vec<_> = signed.iter().map(|(_, actual)| actual.cell).collect();
    let others = if signed.len() > 1 {
        format!("这样写的完成值共 {} 处：{}。", signed.len(), words::cells(&cells))
    } else {
        String::new()
    };
    findings.report(
        Finding::new(
            actual.cell,
            format!(
                "完成值应填实际达到的数；{}的完成值（{}）写的是“{}”，带有比较符号或“以上”“以内”等词，看不出实际是多少。{others}",
                context.name(row),
                actual.cell,
                words::shortened(&actual.text)
            ),
            format!("在 {} 只填实际完成的数和单位。", words::cells(&cells)),
        )
        .field(format!("indicators[{row}].actual"))
        .declared(words::shortened(&actual.text))
        .basis(&context.standard.clauses.targets)
        .related(cells.iter().copied()),
    );
}

/// Returns a figure under a sign. 24小时内 as a result means that it was never longer.
fn is_signed(measure: &Measure, text: &str) -> bool {
    let Some(quantity) = measure.quantity() else {
        return false;
    };
    let is_duration = matches!(
        quantity.unit.dimension(),
        Dimension::Duration | Dimension::CalendarDuration | Dimension::Workdays
    );
    measure.comparator.is_some_and(|sign| sign != Comparator::Equal)
        && (!is_duration || words::tight(text).contains(['≥', '≤', '>', '<', '≧', '≦']))
}
