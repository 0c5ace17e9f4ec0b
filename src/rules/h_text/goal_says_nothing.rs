//! H03: a goal without an answer, with an answer that repeats it, or in a word.

use crate::model::Field;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H03", "goal-says-nothing", "年度总体目标填写过简", Info, MissingValues }

/// A goal of fewer characters says nothing.
const FEWEST: usize = 4;

fn check(context: &RuleContext, findings: &mut Findings) {
    let is_filled_in = context.is_scored() || (context.has_no_points() && context.has_actuals());
    if !is_filled_in {
        return;
    }
    for (index, goal) in context.evaluation().goals.iter().enumerate() {
        let Some((field, path, fact)) = weak(goal.expected.as_ref(), goal.actual.as_ref()) else {
            continue;
        };
        if findings.is_condemned(field.cell) {
            continue;
        }
        let other = [&goal.expected, &goal.actual]
            .into_iter()
            .flatten()
            .map(|field| field.cell);
        findings.report(
            Finding::new(
                field.cell,
                format!("年度总体目标应写明目标内容和实际完成情况；{} {fact}。", field.cell),
                format!("在 {} 写明做了什么、完成多少、效果如何。", field.cell),
            )
            .field(format!("goals[{index}].{path}"))
            .declared(words::shortened(&field.text))
            .in_series("逐条写明做了什么、完成多少、效果如何。")
            .basis(&context.standard.clauses.form)
            .related(other),
        );
    }
}

/// Returns the field that says nothing, its name in the model, and what is wrong with it.
fn weak<'a>(
    expected: Option<&'a Field<String>>,
    actual: Option<&'a Field<String>>,
) -> Option<(&'a Field<String>, &'static str, String)> {
    for (field, path, title) in [(expected, "expected", "预期目标"), (actual, "actual", "实际完成情况")] {
        let Some(field) = field else { continue };
        let text = words::tight(&field.value);
        if words::says_nothing(&text) {
            return Some((field, path, format!("的{title}没有填写")));
        }
        if text.chars().count() < FEWEST {
            return Some((field, path, format!("的{title}只有“{}”", words::shortened(&field.text))));
        }
    }
    let (expected, actual) = (expected?, actual?);
    let is_same = expected.cell != actual.cell && words::tight(&expected.value) == words::tight(&actual.value);
    is_same.then(|| {
        (
            actual,
            "actual",
            format!("的实际完成情况照抄了预期目标（{}）", expected.cell),
        )
    })
}
