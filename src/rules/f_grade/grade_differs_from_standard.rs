//! F06: the form names its grades, or draws their lines, otherwise than the standard.

use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "F06", "grade-differs-from-standard", "等次名称或分数线与所用标准不同", Info, Grade }

fn check(context: &RuleContext, findings: &mut Findings) {
    check_lines(context, findings);
    check_name(context, findings);
}

fn check_lines(context: &RuleContext, findings: &mut Findings) {
    let standard = context.standard;
    for line in context.stated_bands() {
        // The band below a gap (80-89 under 90-100) draws the same lines.
        let differing = line.bands.iter().find_map(|band| {
            let due = standard.lowest_total(band.grade)?;
            (due != band.low).then_some((band, due))
        });
        let Some((band, due)) = differing else { continue };
        findings.report(
            Finding::new(
                line.cell,
                format!(
                    "等次分数线应与所用标准一致；{} 写的“{}”从 {} 分起，“{}”规定从 {} 分起。",
                    line.cell,
                    band.grade.title(),
                    plain(band.low),
                    standard.title,
                    plain(due)
                ),
                "本地另有规定的，把规定写成标准文件，核对时选用；没有规定的，改正表内的说明。",
            )
            .declared(plain(band.low))
            .expected(plain(due))
            .basis(&standard.clauses.grades),
        );
    }
}

fn check_name(context: &RuleContext, findings: &mut Findings) {
    let (Some(grade), Some(place)) = (&context.evaluation().grade, &context.table.places.grade) else {
        return;
    };
    if place.is_tick_line || findings.is_condemned(grade.cell) {
        return;
    }
    let Some(band) = context.standard.grades.iter().find(|band| band.grade == grade.value) else {
        return;
    };
    let text = words::tight(&grade.text);
    if text.is_empty() || band.names.iter().any(|name| text.contains(name.as_str())) {
        return;
    }
    findings.report(
        Finding::new(
            grade.cell,
            format!(
                "评价等次的名称应与所用标准一致；{} 填的是“{}”，“{}”分为{}。",
                grade.cell,
                words::shortened(&grade.text),
                context.standard.title,
                names(context)
            ),
            format!(
                "把 {} 改为标准的名称，按“{}”理解无误的写“{}”。",
                grade.cell,
                grade.value.title(),
                grade.value.title()
            ),
        )
        .field("grade")
        .declared(words::shortened(&grade.text))
        .expected(grade.value.title())
        .basis(&context.standard.clauses.grades),
    );
}

fn names(context: &RuleContext) -> String {
    let names: Vec<&str> = context
        .standard
        .grades
        .iter()
        .filter_map(|band| band.names.first().map(String::as_str))
        .collect();
    names.join("、")
}
