//! H99: a title that still says it is a draft.

use crate::rules::{Finding, Findings, RuleContext};

rule!(
    "H99",
    "draft-word-in-title",
    "标题里留有草稿字样",
    Info,
    MissingValues
);

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(title) = &context.evaluation().title else { return };
    let Some(word) = ["草稿", "征求意见稿", "模板"].into_iter().find(|word| title.value.contains(word)) else {
        return;
    };
    findings.report(
        Finding::new(
            title.cell,
            format!("上报的表标题不应有草稿字样；{} 有“{word}”。", title.cell),
            format!("删去 {} 里的“{word}”。", title.cell),
        )
        .field("title")
        .declared(word)
        .basis(&context.standard.clauses.form),
    );
}
