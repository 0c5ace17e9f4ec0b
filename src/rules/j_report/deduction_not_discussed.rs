//! J08: a deduction that the report's problems do not take up.

use std::collections::BTreeSet;

use crate::grid::CellAddress;
use crate::model::{IndicatorField, Severity};
use crate::prose::{ClaimKind, Paragraph, SectionRole};
use crate::rules::kit::report_match::ReportMatch;
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_names::{content_words, listed};
use crate::rules::kit::report_naming::plain_name;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "J08", "deduction-not-discussed", "扣分没有写进存在的问题", Warning, ReportText }

/// A row that lost points.
struct Deduction {
    row: usize,
    cell: CellAddress,
    name: String,
    /// Content words of its reason.
    reason: BTreeSet<String>,
    /// Content words of its name.
    named: BTreeSet<String>,
}

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    let deductions = deductions(context);
    let problems: Vec<(usize, &Paragraph)> = report.section(SectionRole::Problems).collect();
    let text: String = problems
        .iter()
        .map(|(_, paragraph)| paragraph.folded.as_str())
        .collect();
    if text.is_empty() {
        return;
    }
    let place = problems.first().map_or(0, |(index, _)| *index);
    let left_out: Vec<&Deduction> = deductions
        .iter()
        .filter(|deduction| !is_taken_up(deduction, &text))
        .collect();
    if let Some(first) = left_out.first() {
        let cells: Vec<CellAddress> = left_out.iter().map(|deduction| deduction.cell).collect();
        findings.report(
            Finding::new(
                first.cell,
                format!(
                    "每一处扣分都应写进“存在的问题”；{}（{}）扣了分，报告的问题里没有提到。",
                    listed(left_out.iter().map(|deduction| deduction.name.as_str())),
                    words::cells(&cells)
                ),
                "在“存在的问题及原因分析”中补写这些扣分的原因和改进措施。",
            )
            .field(format!("indicators[{}].score", first.row))
            .related(cells)
            .basis(BASIS)
            .quote(report.quote_paragraph(place)),
        );
    }
    told_without_points(report, &deductions, findings);
    problems_and_suggestions(
        report,
        &deductions,
        &problems,
        findings,
        crate::rules::kit::report_names::first_cell(context),
    );
}

fn deductions(context: &RuleContext) -> Vec<Deduction> {
    context
        .indicators()
        .filter_map(|(row, indicator)| {
            let (score, weight) = (indicator.score.as_ref()?, indicator.weight.as_ref()?);
            if score.value >= weight.value {
                return None;
            }
            let name = indicator.level3.as_ref().or(indicator.level2.as_ref())?;
            let reason = indicator.reason.as_ref().map_or("", |reason| reason.value.as_str());
            // What is to be done is told behind the reason.
            let reason = reason.split("措施").next().unwrap_or_default();
            let reason = reason.trim_start_matches("原因");
            Some(Deduction {
                row,
                cell: context.indicator_cell(row, IndicatorField::Score).unwrap_or(score.cell),
                name: plain_name(&name.value),
                reason: content_words(reason),
                named: content_words(name.value.trim_end_matches(['性', '率'])),
            })
        })
        .collect()
}

fn is_taken_up(deduction: &Deduction, problems: &str) -> bool {
    const ENOUGH: usize = 2;
    let core = deduction.name.trim_end_matches(['性', '率']);
    if core.chars().count() >= 3 && problems.contains(core) {
        return true;
    }
    let hits = |words: &BTreeSet<String>| words.iter().filter(|word| problems.contains(word.as_str())).count();
    // A reason of few words is taken up by all that it has.
    let enough = |words: &BTreeSet<String>| hits(words) >= ENOUGH.min(words.len().max(1));
    enough(&deduction.reason) && !deduction.reason.is_empty()
        || (deduction.named.len() >= ENOUGH && hits(&deduction.named) >= deduction.named.len())
}

/// Deductions whose indicator the analysis speaks of without saying how many points it lost.
fn told_without_points(report: &ReportMatch<'_>, deductions: &[Deduction], findings: &mut Findings) {
    let says_points = |row: usize| {
        report.part.claims().any(|(_, claim)| {
            matches!(
                claim.kind,
                ClaimKind::Score | ClaimKind::Deduction | ClaimKind::TotalScore | ClaimKind::BareScore
            ) && report
                .subject(claim)
                .is_some_and(|name| name.rows == [row] || (name.level == 2 && name.rows.contains(&row)))
        })
    };
    let has_any = report.comparable(|_| true).any(|(_, claim)| {
        claim.role == SectionRole::Analysis && matches!(claim.kind, ClaimKind::Score | ClaimKind::Deduction)
    });
    if !has_any {
        return;
    }
    let silent: Vec<&Deduction> = deductions
        .iter()
        .filter(|deduction| !says_points(deduction.row))
        .collect();
    let Some(first) = silent.first() else { return };
    let place = report
        .section(SectionRole::Analysis)
        .find(|(_, paragraph)| {
            paragraph
                .title()
                .is_some_and(|title| crate::rules::kit::report_naming::same(&plain_name(title), &first.name))
        })
        .or_else(|| report.section(SectionRole::Analysis).next());
    let Some((place, _)) = place else { return };
    let cells: Vec<CellAddress> = silent.iter().map(|deduction| deduction.cell).collect();
    findings.report(
        Finding::new(
            first.cell,
            format!(
                "指标分析应写明扣了几分、为什么；{}（{}）扣了分，报告的分析没有写扣分和得分。",
                listed(silent.iter().map(|deduction| deduction.name.as_str())),
                words::cells(&cells)
            ),
            "在指标分析中补写扣分和得分。",
        )
        .severity(Severity::Info)
        .field(format!("indicators[{}].score", first.row))
        .related(cells)
        .basis(BASIS)
        .quote(report.quote_paragraph(place)),
    );
}

/// Problems without a deduction, and fewer suggestions than problems.
fn problems_and_suggestions(
    report: &ReportMatch<'_>,
    deductions: &[Deduction],
    problems: &[(usize, &Paragraph)],
    findings: &mut Findings,
    cell: CellAddress,
) {
    let items = items(problems);
    let suggestions: Vec<(usize, &Paragraph)> = report.section(SectionRole::Suggestions).collect();
    let answers = self::items(&suggestions);
    let without: Vec<&str> = items
        .iter()
        .filter(|(_, _, text)| {
            let own = content_words(text);
            !deductions.iter().any(|deduction| {
                deduction
                    .reason
                    .iter()
                    .chain(&deduction.named)
                    .any(|word| own.contains(word))
            })
        })
        .map(|(_, title, _)| title.as_str())
        .collect();
    let mut facts = Vec::new();
    if !deductions.is_empty() && !without.is_empty() {
        facts.push(format!("问题{}没有对应的扣分", listed(without.iter().copied())));
    }
    if !answers.is_empty() && answers.len() < items.len() {
        facts.push(format!("问题有 {} 条，建议只有 {} 条", items.len(), answers.len()));
    }
    let Some((first, _, _)) = items.first().filter(|_| !facts.is_empty()) else {
        return;
    };
    findings.report(
        Finding::new(
            cell,
            format!(
                "问题应与扣分对应，每个问题应有建议；{}（表见 {cell}）。",
                facts.join("；")
            ),
            "核对问题与扣分是否对应，补写建议。",
        )
        .severity(Severity::Info)
        .basis(BASIS)
        .quote(report.quote_paragraph(*first)),
    );
}

/// Returns the numbered items of a section: place, title and whole text. Only those of the innermost level count.
fn items(paragraphs: &[(usize, &Paragraph)]) -> Vec<(usize, String, String)> {
    let level = paragraphs
        .iter()
        .filter_map(|(_, paragraph)| paragraph.heading.as_ref())
        .filter(|heading| (3..=5).contains(&heading.level))
        .map(|heading| heading.level)
        .min();
    let Some(level) = level else { return Vec::new() };
    let mut items: Vec<(usize, String, String)> = Vec::new();
    for (index, paragraph) in paragraphs {
        let own = paragraph.heading.as_ref().filter(|heading| heading.level == level);
        if let Some(heading) = own {
            let title = if heading.title.is_empty() {
                words::shortened(paragraph.body())
            } else {
                heading.title.clone()
            };
            items.push((*index, title, String::new()));
        }
        if let Some((_, _, text)) = items.last_mut() {
            text.push_str(paragraph.folded.as_str());
        }
    }
    items
}
