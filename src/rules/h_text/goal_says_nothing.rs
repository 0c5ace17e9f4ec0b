//! H03: a goal without an answer, with an answer that repeats it, or in a word.

use crate::model::Field;
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::words::strip_prefix;

rule! { "H03", "goal-says-nothing", "年度总体目标填写过简", Info, MissingValues }

/// A goal of fewer characters says nothing.
const FEWEST: usize = 4;

fn check(context: &RuleContext, findings: &mut Findings) {
    let is_filled_in = context.is_scored() || (context.has_no_points() && context.has_actuals());
    if !is_filled_in {
        return;
    }
    for (index, goal) in context.evaluation().goals.iter().enumerate() {
        let Some((field, path, fact)) = weak(context, goal.expected.as_ref(), goal.actual.as_ref()) else {
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
    context: &RuleContext,
    expected: Option<&'a Field<String>>,
    actual: Option<&'a Field<String>>,
) -> Option<(&'a Field<String>, &'static str, String)> {
    for (field, path, title) in [(expected, "expected", "预期目标"), (actual, "actual", "实际完成情况")] {
        let Some(field) = field else { continue };
        let text = context.folded(field);
        if words::says_nothing(&text) {
            return Some((field, path, format!("的{title}没有填写")));
        }
        if text.chars().count() < FEWEST {
            return Some((field, path, format!("的{title}只有“{}”", words::shortened(&field.text))));
        }
        if path == "actual" && is_bare_claim(&text) {
            let claim = words::shortened(&field.text);
            return Some((field, path, format!("的{title}只说“{claim}”，没有写做了什么")));
        }
    }
    let (expected, actual) = (expected?, actual?);
    let is_same = expected.cell != actual.cell && context.folded(expected) == context.folded(actual);
    is_same.then(|| {
        (
            actual,
            "actual",
            format!("的实际完成情况照抄了预期目标（{}）", expected.cell),
        )
    })
}

/// What a claim that all is done is made of, when it says nothing else.
const CLAIM: [Word; 32] = words![
    "完成", "达到", "实现", "达成", "已", "全部", "全面", "均", "圆满", "按时", "按期", "如期", "年度", "全年", "本年",
    "总体", "预期", "绩效", "既定", "各项", "年初", "设定", "目标", "任务", "工作", "计划", "指标", "项目", "的", "了",
    "100%", "按",
];

/// Returns whether a text only says that the goal was reached: 完成年度目标。
fn is_bare_claim(text: &str) -> bool {
    let mut rest = text.trim_end_matches(['。', '.', '；', ';']);
    let claims = ["完成", "达到", "实现", "达成"].iter().any(|word| rest.contains(word));
    while let Some(after) = strip_prefix(rest, &CLAIM) {
        rest = after;
    }
    claims && rest.is_empty()
}
