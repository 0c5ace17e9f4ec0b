//! B23: some rows were reviewed, others beside them were not.

use crate::model::{Field, IndicatorField};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "B23", "review-score-blank", "复核得分有的填了有的没有填", Info, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    if !context.has_column(IndicatorField::ReviewScore) {
        return;
    }
    let scored = || context.indicators().filter(|(_, indicator)| indicator.score.is_some());
    let reviewed = scored()
        .filter(|(_, indicator)| indicator.review_score.is_some())
        .count();
    let blank: Vec<_> = scored()
        .filter(|(_, indicator)| indicator.review_score.is_none())
        .filter_map(|(row, _)| Some((row, context.indicator_cell(row, IndicatorField::ReviewScore)?)))
        // What could not be read as a number was filled in.
        .filter(|(_, cell)| context.binding_at(*cell).is_none() && context.fact(*cell).is_none())
        .filter(|(_, cell)| !findings.is_condemned(*cell))
        .collect();
    // Where few rows were reviewed, the others were not meant to be.
    let Some((row, cell)) = blank.first().filter(|_| reviewed > blank.len()) else {
        return;
    };
    let cells: Vec<_> = blank.iter().map(|(_, cell)| *cell).collect();
    let score: Option<&Field<_>> = context
        .evaluation()
        .indicators
        .get(*row)
        .and_then(|row| row.score.as_ref());
    findings.report(
        Finding::new(
            *cell,
            format!(
                "复核的表应逐项填写复核得分；{reviewed} 项有复核得分，{}等 {} 项自评打了分而复核得分没有填（{}）。",
                context.name(*row),
                blank.len(),
                words::cells(&cells)
            ),
            "补填复核得分；复核同意自评的，填写与自评相同的得分。",
        )
        .field(format!("indicators[{row}].review_score"))
        .basis(&context.standard.clauses.form)
        .related(cells.iter().skip(1).copied().chain(score.map(|score| score.cell))),
    );
}
