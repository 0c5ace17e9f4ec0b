//! K07: one indicator name, targets in units that do not convert.

use std::collections::BTreeSet;

use crate::model::measure::ColumnUnit;
use crate::summary::SummaryError;
use crate::summary::cross_index::{Spot, UnitUse};
use crate::summary::rules::{BatchContext, CrossFinding, CrossFindings, MOST_RELATED};

cross_rule! { "K07", "measure-units-differ", "同名指标的计量单位不同", Info, Batch }

/// A name that goes with more units than this is a general one, such as 产出数量, and says nothing of what is counted.
const MOST_UNITS: usize = 20;

fn check(context: &BatchContext<'_>, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let mut group: Option<Group> = None;
    for unit_use in context.index.unit_uses.iter() {
        let unit_use = unit_use?;
        if let Some(group) = group.take_if(|group| group.name != unit_use.name) {
            report(context, &group, findings)?;
        }
        let group = group.get_or_insert_with(|| Group {
            name: unit_use.name,
            ..Group::default()
        });
        group.add(context, &unit_use);
    }
    group.map_or(Ok(()), |group| report(context, &group, findings))
}

/// The targets of one indicator name.
#[derive(Default)]
struct Group {
    name: u64,
    /// Marks of the units that answer for them, as many as decide.
    answering: BTreeSet<u64>,
    /// Units that convert into each other together, the least word first.
    classes: Vec<Class>,
    /// The word that came last, and its class.
    last: Option<(String, usize)>,
}

struct Class {
    word: String,
    unit: Option<ColumnUnit>,
    first: Spot,
    targets: usize,
    /// Tables of different files, the first of many.
    tables: Vec<usize>,
}

impl Group {
    fn add(&mut self, context: &BatchContext<'_>, unit_use: &UnitUse) {
        let table = unit_use.spot.table as usize;
        let Some(brief) = context.tables.briefs().get(table) else {
            return;
        };
        if self.answering.len() < 2 {
            self.answering.insert(brief.unit);
        }
        // Uses of one name are sorted by unit.
        let class = match &self.last {
            Some((word, class)) if *word == unit_use.unit => *class,
            _ => self.class_of(unit_use),
        };
        self.last = Some((unit_use.unit.clone(), class));
        let Some(class) = self.classes.get_mut(class) else {
            return;
        };
        class.targets += 1;
        let file = |table: &usize| context.tables.briefs().get(*table).map(|brief| brief.file);
        if class.tables.len() <= MOST_RELATED && class.tables.last().and_then(file) != Some(brief.file) {
            class.tables.push(table);
        }
    }

    fn class_of(&mut self, unit_use: &UnitUse) -> usize {
        if self.classes.len() > MOST_UNITS {
            return self.classes.len();
        }
        let unit = ColumnUnit::parse(&unit_use.unit);
        let converts = |class: &Class| {
            let both = class.unit.as_ref().zip(unit.as_ref());
            both.is_some_and(|(known, this)| known.unit.converts_to(&this.unit))
        };
        self.classes.iter().position(converts).unwrap_or_else(|| {
            self.classes.push(Class {
                word: unit_use.unit.clone(),
                unit,
                first: unit_use.spot,
                targets: 0,
                tables: Vec::new(),
            });
            self.classes.len() - 1
        })
    }
}

fn report(context: &BatchContext<'_>, group: &Group, findings: &mut CrossFindings) -> Result<(), SummaryError> {
    let classes = &group.classes;
    if group.answering.len() < 2 || classes.len() < 2 || classes.len() > MOST_UNITS {
        return Ok(());
    }
    let Some(rare) = classes.iter().min_by_key(|class| class.targets) else {
        return Ok(());
    };
    let position = rare.first.table as usize;
    let Some(row) = context.tables.row(position)? else {
        return Ok(());
    };
    let indicator = context.indicator(rare.first)?;
    let counts: Vec<String> = classes
        .iter()
        .map(|class| format!("“{}”{} 张", class.word, class.targets))
        .collect();
    let file = |table: &usize| context.tables.briefs().get(*table).map(|brief| brief.file);
    let others = classes.iter().flat_map(|class| &class.tables).copied();
    let others = others.filter(|table| file(table) != file(&position));
    findings.report(
        CrossFinding::at(
            &row,
            format!(
                "同名指标应用同一个计量单位，才能相加和比较；“{}”在各单位的表中用了{}。",
                indicator.level3.as_deref().unwrap_or_default(),
                counts.join("、")
            ),
            "请统一计量单位，或把含义不同的指标改成不同的名称。",
        )
        .cell(indicator.cell)
        .related(context.paths(others)?)
        .measure(counts.join("、")),
    );
    Ok(())
}
