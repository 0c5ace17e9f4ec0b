//! One rule of one's own, and what it says of a table.

use std::collections::BTreeSet;

use super::evaluate::{Evaluator, Failure, MOST_STEPS, Steps};
use super::fields::Fields;
use super::node::Node;
use super::template::Template;
use super::value::{Data, Place, Row, Value};
use crate::grid::CellAddress;
use crate::model::{Discrepancy, Explanation, ForReview, Severity, TableKind, TableReading};
use crate::standard::RuleLevel;
use crate::text::plain;

/// A list of cells longer than this helps nobody.
const MOST_RELATED: usize = 20;

/// A rule that a bureau wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnRule {
    /// X and two or three digits.
    pub code: String,
    /// Name in kebab-case.
    pub slug: String,
    /// Chinese title; states the defect.
    pub title: String,
    /// Usual level.
    pub severity: Severity,
    /// Kinds of tables that it is for; all where it names none.
    pub tables: Vec<TableKind>,
    /// Where it rests on.
    pub basis: String,
    /// The file that it was read from.
    pub file: String,
    pub(super) each: Row,
    pub(super) when: Option<Node>,
    pub(super) must: Node,
    pub(super) cell: Option<Node>,
    pub(super) message: Template,
    pub(super) advice: Template,
    pub(super) declared: Option<Template>,
    pub(super) expected: Option<Template>,
    /// Its page, in Markdown.
    pub page: String,
    pub(super) wrong: TableReading,
    pub(super) right: TableReading,
}

/// What rules of one's own say of one table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnFindings {
    /// Findings, rule by rule.
    pub discrepancies: Vec<Discrepancy>,
    /// What could not be decided, rule by rule.
    pub for_review: Vec<ForReview>,
}

/// Why conditions had no outcome in a table: the first reason stands for all.
#[derive(Debug, Default)]
struct Undecided {
    count: usize,
    first: Option<(String, Place)>,
}

impl Undecided {
    fn add(&mut self, why: String, place: Place) {
        self.count += 1;
        self.first.get_or_insert((why, place));
    }
}

impl OwnRule {
    /// Returns whether the rule is for tables of this kind.
    pub fn is_for(&self, kind: TableKind) -> bool {
        self.tables.is_empty() || self.tables.contains(&kind)
    }

    /// Adds what the rule says of a table; `level` is the level that the settings give it.
    pub(super) fn check(
        &self,
        table: &TableReading,
        level: Option<RuleLevel>,
        most: &mut u64,
        found: &mut OwnFindings,
    ) {
        let Some(severity) = level.map_or(Some(self.severity), RuleLevel::severity) else {
            return;
        };
        if !self.is_for(table.kind) {
            return;
        }
        let fields = Fields::of(table);
        let allowed = MOST_STEPS.min(*most);
        let mut steps = Steps::new(allowed);
        let mut undecided = Undecided::default();
        let mut told = BTreeSet::new();
        for row in fields.rows(self.each) {
            match self.at(fields, row, severity, &mut steps) {
                Ok(Some(finding)) if told.insert(finding.cell) => found.discrepancies.push(finding),
                Ok(_) => {}
                Err(Failure::Undecided(why, place)) => {
                    undecided.add(why, place.unwrap_or_else(|| fields.anchor(row)));
                }
                Err(Failure::Exhausted) => {
                    undecided.add(
                        "表太大或条件太复杂，超过了一条规则的计算上限".to_owned(),
                        fields.anchor(row),
                    );
                    break;
                }
            }
        }
        *most = most.saturating_sub(steps.taken_of(allowed));
        found.for_review.extend(self.entry(undecided));
    }

    fn at(
        &self,
        fields: Fields<'_>,
        row: Row,
        severity: Severity,
        steps: &mut Steps,
    ) -> Result<Option<Discrepancy>, Failure> {
        steps.take(1)?;
        if let Some(when) = &self.when
            && !Evaluator::new(fields, row, steps).holds(when)?
        {
            return Ok(None);
        }
        if Evaluator::new(fields, row, steps).holds(&self.must)? {
            return Ok(None);
        }
        let (place, related) = self.cells(fields, row, steps)?;
        let mut fill = |template: &Template| {
            let mut evaluator = Evaluator::new(fields, row, steps).speaking_of(place);
            template.filled(&mut evaluator)
        };
        let message = fill(&self.message)?;
        let suggestion = fill(&self.advice)?;
        let declared = self.declared.as_ref().map(&mut fill).transpose()?;
        let expected = self.expected.as_ref().map(&mut fill).transpose()?;
        Ok(Some(Discrepancy {
            code: self.code.clone(),
            rule: self.slug.clone(),
            title: self.title.clone(),
            severity,
            cell: place.cell,
            each_cell: false,
            related,
            field: path(place),
            difference: difference(declared.as_deref(), expected.as_deref()),
            declared,
            expected,
            message,
            basis: self.basis.clone(),
            suggestion,
            explanation: Explanation::default(),
            quote: None,
        }))
    }

    /// Returns the cell that a finding speaks of, and the others.
    fn cells(&self, fields: Fields<'_>, row: Row, steps: &mut Steps) -> Result<(Place, Vec<CellAddress>), Failure> {
        let mut places = Vec::new();
        if let Some(cell) = &self.cell {
            match Evaluator::new(fields, row, steps).value(cell) {
                Ok(value) => collect(&value, &mut places),
                Err(Failure::Exhausted) => return Err(Failure::Exhausted),
                Err(Failure::Undecided(_, place)) => places.extend(place),
            }
        }
        let first = places.first().copied().unwrap_or_else(|| fields.anchor(row));
        let mut related: Vec<CellAddress> = Vec::new();
        for place in places {
            if place.cell != first.cell && !related.contains(&place.cell) && related.len() < MOST_RELATED {
                related.push(place.cell);
            }
        }
        Ok((first, related))
    }

    fn entry(&self, undecided: Undecided) -> Option<ForReview> {
        let (why, place) = undecided.first?;
        let others = match undecided.count {
            1 => String::new(),
            count => format!("；这样的共 {count} 处"),
        };
        Some(ForReview {
            code: self.code.clone(),
            title: self.title.clone(),
            cell: place.cell,
            field: path(place),
            message: format!("这条规则在 {} 无法判断；{why}{others}，请人工核对。", place.cell),
        })
    }
}

fn collect(value: &Value<'_>, places: &mut Vec<Place>) {
    match &value.data {
        Data::List(values) => values.iter().for_each(|value| collect(value, places)),
        _ => places.extend(value.place),
    }
}

/// Path of a field in the Evaluation, where the place is one.
fn path(place: Place) -> Option<String> {
    let field = place.field;
    match place.row {
        _ if field.is_empty() => None,
        Row::Indicator(index) => Some(format!("indicators[{index}].{field}")),
        Row::Fund(index) => Some(format!("funds[{index}].{field}")),
        Row::Table => Some(match field {
            "total_score" => "total.score".to_owned(),
            "total_weight" => "total.weight".to_owned(),
            "goal" => "goals[0].expected".to_owned(),
            "goal_actual" => "goals[0].actual".to_owned(),
            field => field.to_owned(),
        }),
    }
}

fn difference(declared: Option<&str>, expected: Option<&str>) -> Option<String> {
    let number = |text: &str| rust_decimal::Decimal::from_str_exact(text.trim()).ok();
    let (declared, expected) = (number(declared?)?, number(expected?)?);
    declared.checked_sub(expected).map(|difference| plain(difference.abs()))
}
