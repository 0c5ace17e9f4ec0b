//! J13: a row or its report names a file as evidence, and the folder of evidence has none of a like name.

use std::collections::BTreeSet;

use crate::grid::CellAddress;
use crate::model::{Indicator, Quote};
use crate::prose::Folded;
use crate::rules::kit::report_names::listed;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::named_files::{EvidenceFiles, NamedFile, in_list, in_text, is_evidence_header};

rule! { "J13", "evidence-missing", "写明的佐证材料没有找到", Info, ReportText }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(evidence) = context.evidence else { return };
    let mut of_report = in_report(context);
    for (index, row) in context.evaluation().indicators.iter().enumerate() {
        let mut told: BTreeSet<NamedFile> = BTreeSet::new();
        for (cell, named) in in_row(row) {
            report(evidence, cell, &named, None, findings);
            told.extend(named);
        }
        let Some(cell) = row.level3.as_ref().map(|name| name.cell) else {
            continue;
        };
        for (_, named, quote) in of_report.extract_if(.., |(of, _, _)| *of == index) {
            let new: Vec<NamedFile> = named.into_iter().filter(|file| told.insert(file.clone())).collect();
            report(evidence, cell, &new, Some(quote), findings);
        }
    }
}

fn report(
    evidence: &EvidenceFiles,
    cell: CellAddress,
    named: &[NamedFile],
    quote: Option<Quote>,
    findings: &mut Findings,
) {
    let (mut missing, mut there) = (Vec::new(), Vec::new());
    for file in named {
        match evidence.like(file) {
            Some(found) => there.push(format!("“{}”找到“{found}”", file.shown)),
            None => missing.push(file.shown.as_str()),
        }
    }
    if missing.is_empty() {
        return;
    }
    let besides = if there.is_empty() {
        String::new()
    } else {
        format!("，同处的{}", there.join("，"))
    };
    let place = if quote.is_some() {
        format!("报告在 {cell} 的指标下")
    } else {
        format!("{cell} ")
    };
    let mut finding = Finding::new(
        cell,
        format!(
            "写明的佐证材料应在佐证材料文件夹里；{place}写到{}，“{}”里没有名称相近的文件{besides}（只按文件名查找，没有看内容）。",
            listed(missing.iter().copied()),
            evidence.folder
        ),
        "补上缺的材料；材料已有而文件名不同的，把文件名改得与所写的名称一致。",
    )
    .declared(missing.join("、"))
    .basis("佐证材料应当齐全，与表和报告所写的名称一致");
    if let Some(quote) = quote {
        finding = finding.quote(quote);
    }
    findings.report(finding);
}

/// Returns what the cells of a row name.
fn in_row(row: &Indicator) -> Vec<(CellAddress, Vec<NamedFile>)> {
    let texts = [&row.target, &row.actual, &row.reason].into_iter().flatten();
    let running = texts.map(|field| (field.cell, in_text(&field.value)));
    let further = row.extra.iter().map(|further| {
        let named = if is_evidence_header(&further.label) {
            in_list(&further.value.value)
        } else {
            in_text(&further.value.value)
        };
        (further.value.cell, named)
    });
    running.chain(further).filter(|(_, named)| !named.is_empty()).collect()
}

/// Returns what paragraphs of the report name under an indicator's heading, or in a paragraph that names one indicator
/// alone.
fn in_report(context: &RuleContext) -> Vec<(usize, Vec<NamedFile>, Quote)> {
    const LEAST: usize = 4;
    let Some(report) = &context.report else {
        return Vec::new();
    };
    let names: Vec<(usize, String)> = context
        .evaluation()
        .indicators
        .iter()
        .enumerate()
        .filter_map(|(index, row)| Some((index, Folded::new(&row.level3.as_ref()?.value).as_str().to_owned())))
        .filter(|(_, name)| !name.is_empty())
        .collect();
    let mut found = Vec::new();
    for (place, paragraph) in report.part.paragraphs() {
        let named = in_text(&paragraph.written);
        if named.is_empty() {
            continue;
        }
        let heading = report.part.text.titles_above(place).next().unwrap_or_default();
        let of_heading = names.iter().filter(|(_, name)| name == heading);
        let text = paragraph.folded.as_str();
        let of_text = names
            .iter()
            .filter(|(_, name)| name.chars().count() >= LEAST && text.contains(name.as_str()));
        let (of_heading, of_text): (Vec<_>, Vec<_>) = (of_heading.collect(), of_text.collect());
        if let [(index, _)] = of_heading.as_slice() {
            found.push((*index, named, report.quote_paragraph(place)));
        } else if let ([], [(index, _)]) = (of_heading.as_slice(), of_text.as_slice()) {
            found.push((*index, named, report.quote_paragraph(place)));
        }
    }
    found
}
