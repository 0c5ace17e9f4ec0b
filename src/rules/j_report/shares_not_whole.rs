//! J11: shares of one whole do not add up to it.

use rust_decimal::Decimal;

use crate::prose::{Claim, ClaimKind};
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_names::first_cell;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "J11", "shares-not-whole", "报告的占比相加不是100%", Warning, ReportText }

/// Shares that add up to less than this may be those of a few parts only.
const NEARLY_ALL: Decimal = Decimal::from_parts(80, 0, 0, false, 0);

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    let shares: Vec<&Claim> = report
        .part
        .claims()
        .map(|(_, claim)| claim)
        .filter(|claim| claim.kind == ClaimKind::Share)
        .collect();
    for group in shares.chunk_by(|one, other| {
        one.place.paragraph == other.place.paragraph && one.place.sentence == other.place.sentence
    }) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        let text = report
            .part
            .text
            .slice(first.place.paragraph, first.place.sentence, first.place.sentence_end);
        // Shares of several wholes are told with each: 占预算的, 占支出的.
        let own_whole = |claim: &&Claim| {
            let near = report
                .part
                .text
                .slice(claim.place.paragraph, claim.place.near, claim.place.start);
            near.split('占')
                .next_back()
                .is_some_and(|rest| rest.contains('的') || rest.contains("比"))
        };
        let is_one_whole =
            group.len() >= 2 && !group.iter().any(own_whole) && !group.iter().any(|claim| claim.is_about);
        if !is_one_whole {
            continue;
        }
        let sum: Decimal = group.iter().filter_map(|claim| Some(claim.number()?.0)).sum();
        // Each share may be rounded by half of its last digit.
        let slack: Decimal = group
            .iter()
            .filter_map(|claim| Decimal::new(5, claim.number()?.1.saturating_add(1).min(20)).into())
            .sum();
        let is_all = (text.contains("分别占") || text.contains("各占")) && sum >= NEARLY_ALL;
        let too_much = sum > Decimal::ONE_HUNDRED + slack;
        let too_little = is_all && group.len() >= 2 && sum < Decimal::ONE_HUNDRED - slack && !text.contains("其中");
        if !too_much && !too_little {
            continue;
        }
        let cell = first_cell(context);
        findings.report(
            Finding::new(
                cell,
                format!(
                    "各部分的占比相加应等于 100%；报告这句话里的 {} 个占比相加是 {}%（表见 {cell}）。",
                    group.len(),
                    plain(sum)
                ),
                "核对各部分的数量和占比。",
            )
            .figures(sum, Decimal::ONE_HUNDRED)
            .basis(BASIS)
            .quote(report.quote_of(
                first.place.paragraph,
                (first.place.sentence, first.place.sentence_end),
                (first.place.start, last.place.end),
            )),
        );
    }
}
