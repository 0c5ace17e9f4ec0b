//! K07: one indicator name, targets in units that do not convert.

use std::collections::{BTreeMap, BTreeSet};

use super::{BatchContext, Check, CrossFinding, CrossFindings, CrossRule};
use crate::model::measure::ColumnUnit;
use crate::report::Severity;
use crate::summary::SummaryError;
use crate::summary::cross_index::{Spot, UnitUse};
use crate::summary::names::unit_key;

/// K07.
pub const RULE: CrossRule = CrossRule {
    code: "K07",
    slug: "measure-units-differ",
    title: "同名指标的计量单位不同",
    severity: Severity::Info,
    page: include_str!("measure-units-differ.md"),
    check: Check::Batch(check),
};

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    for uses in context.index.unit_uses.chunk_by(|one, other| one.name == other.name) {
        let answering = uses
            .iter()
            .filter_map(|one| context.tables.get(one.spot.0))
            .map(unit_key);
        if answering.collect::<BTreeSet<_>>().len() < 2 {
            continue;
        }
        let classes = classes(context, uses);
        if classes.len() < 2 {
            continue;
        }
        let Some((_, rare)) = classes
            .iter()
            .min_by_key(|(word, spots)| (spots.len(), (*word).clone()))
        else {
            continue;
        };
        let Some(spot) = rare.first() else { continue };
        let Some(row) = context.tables.get(spot.0) else {
            continue;
        };
        let indicator = context.indicator(*spot)?;
        let counts: Vec<String> = classes
            .iter()
            .map(|(word, spots)| format!("“{word}”{} 张", spots.len()))
            .collect();
        findings.report(
            CrossFinding::at(
                row,
                format!(
                    "同名指标应用同一个计量单位，才能相加和比较；“{}”在各单位的表中用了{}。",
                    indicator.level3.as_deref().unwrap_or_default(),
                    counts.join("、")
                ),
                "请统一计量单位，或把含义不同的指标改成不同的名称。",
            )
            .cell(indicator.cell)
            .related(
                context
                    .rows(classes.values().flatten().map(|spot| spot.0))
                    .into_iter()
                    .filter(|other| other.file != row.file),
            )
            .measure(counts.join("、")),
        );
    }
    Ok(())
}

/// Uses by unit, units that convert into each other together, under the least word.
fn classes(context: &BatchContext<'_>, uses: &[UnitUse]) -> BTreeMap<String, Vec<Spot>> {
    let mut by_unit: BTreeMap<usize, Vec<Spot>> = BTreeMap::new();
    for one in uses {
        by_unit.entry(one.unit).or_default().push(one.spot);
    }
    let mut classes: BTreeMap<String, Vec<Spot>> = BTreeMap::new();
    for (unit, spots) in by_unit {
        let Some(word) = context.index.units.get(unit) else {
            continue;
        };
        let parsed = ColumnUnit::parse(word);
        let same = classes.keys().find(|known| {
            let known = ColumnUnit::parse(known);
            known
                .zip(parsed.clone())
                .is_some_and(|(known, this)| known.unit.converts_to(&this.unit))
        });
        let key = same.cloned().unwrap_or_else(|| word.clone());
        classes.entry(key).or_default().extend(spots);
    }
    classes
}
