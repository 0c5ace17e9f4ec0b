//! J09: the report's goal is far from the table's.

use crate::prose::SectionRole;
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_names::content_words;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "J09", "report-goal-differs", "报告的总体目标与表相差很大", Info, ReportText }

/// Fewer content words of a goal than this say too little to compare.
const LEAST_WORDS: usize = 4;

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    let goals = &context.evaluation().goals;
    let Some(field) = goals.iter().find_map(|goal| goal.expected.as_ref()) else {
        return;
    };
    let expected: std::collections::BTreeSet<String> = goals
        .iter()
        .filter_map(|goal| goal.expected.as_ref())
        .flat_map(|goal| content_words(&goal.value))
        .collect();
    let overall: Vec<_> = report
        .section(SectionRole::Goals)
        .filter(|(index, _)| {
            report
                .part
                .text
                .titles_above(*index)
                .any(|title| title.contains("总体目标") || title.contains("年度目标"))
        })
        .collect();
    let paragraphs: Vec<_> = if overall.is_empty() {
        report.section(SectionRole::Goals).collect()
    } else {
        overall
    };
    let text: String = paragraphs.iter().map(|(_, paragraph)| paragraph.body()).collect();
    let Some((place, _)) = paragraphs.iter().find(|(_, paragraph)| !paragraph.body().is_empty()) else {
        return;
    };
    if expected.len() < LEAST_WORDS {
        return;
    }
    let shared = expected.iter().filter(|word| text.contains(word.as_str())).count();
    // Less than half of the words: the two speak of different things.
    if shared * 2 >= expected.len() {
        return;
    }
    findings.report(
        Finding::new(
            field.cell,
            format!(
                "报告的总体目标应与表的预期目标一致；表中 {} 是“{}”，报告的总体目标只提到其中少数内容（{} 个词里有 {shared} 个）。",
                field.cell,
                words::shortened(&field.value),
                expected.len()
            ),
            "以批复的绩效目标为准，把报告和表改成一致。",
        )
        .field("goals[0].expected")
        .basis(BASIS)
        .quote(report.quote_paragraph(*place)),
    );
}
