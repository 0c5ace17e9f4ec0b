//! J18: one indicator or rate has several names in the report and the table.

use std::collections::BTreeMap;

use crate::prose::SectionRole;
use crate::rules::kit::report_lists::{is_name, level_lists};
use crate::rules::kit::report_match::ReportMatch;
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_names::{first_cell, listed};
use crate::rules::kit::report_naming::{plain_name, same};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "J18", "one-thing-several-names", "同一事项前后叫法不一", Info, ReportText }

/// Rates that reports call by several names.
const RATES: [&[&str]; 2] = [
    &["预算执行率", "资金执行率", "资金使用率", "资金支付率"],
    &["资金到位率", "预算到位率"],
];

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    let mut place: Option<usize> = None;
    let mut facts: Vec<String> = Vec::new();
    for (name, (spellings, at)) in spellings(report) {
        let mut all: Vec<&str> = vec![name.as_str()];
        all.extend(spellings.iter().map(String::as_str));
        facts.push(listed(all));
        place.get_or_insert(at);
    }
    for rate in RATES {
        let mut used: Vec<(&str, usize)> = Vec::new();
        for (index, paragraph) in report.part.paragraphs() {
            for name in rate {
                if paragraph.folded.as_str().contains(name) && !used.iter().any(|(known, _)| known == name) {
                    used.push((name, index));
                }
            }
        }
        if used.len() >= 2 {
            facts.push(listed(used.iter().map(|(name, _)| *name)));
            place.get_or_insert(used.last().map_or(0, |(_, index)| *index));
        }
    }
    let Some(place) = place else { return };
    let cell = first_cell(context);
    findings.report(
        Finding::new(
            cell,
            format!(
                "同一事项应只用一个名称；报告和表中并用：{}（表见 {cell}）。",
                facts.join("；")
            ),
            "统一改为表中的名称。",
        )
        .basis(BASIS)
        .quote(report.quote_paragraph(place)),
    );
}

/// For each name of the table, how else the report's lists and headings write it, and where first.
fn spellings(report: &ReportMatch<'_>) -> BTreeMap<String, (Vec<String>, usize)> {
    let mut found: BTreeMap<String, (Vec<String>, usize)> = BTreeMap::new();
    let mut note = |written: &str, is_first: bool, at: usize| {
        let plain = plain_name(written);
        let names = report.all_names();
        // Exactly one name, and not under its own spelling.
        if is_first || names.iter().any(|name| same(&name.plain, &plain)) {
            return;
        }
        let mut held = names
            .iter()
            .filter(|name| name.level == 2 && !name.rows.is_empty() && is_name(&plain, false, name));
        let (Some(name), None) = (held.next(), held.next()) else {
            return;
        };
        let entry = found.entry(name.plain.clone()).or_insert_with(|| (Vec::new(), at));
        if !entry.0.contains(&plain) {
            entry.0.push(plain);
        }
    };
    for list in level_lists(report).iter().filter(|list| list.level == 2) {
        for (position, item) in list.items.iter().enumerate() {
            note(item, position == 0, list.claim.place.paragraph);
        }
    }
    for (index, paragraph) in report.section(SectionRole::Analysis) {
        if let Some(title) = paragraph.title() {
            note(title, false, index);
        }
    }
    found
}
