//! Where things stand in a table, as a report carries it: what the fields themselves do not tell.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::grid::CellAddress;
use crate::model::{
    Evaluation, FieldMap, FieldRef, FundField, GradePlace, HeadingField, IndicatorField, LabelledLine, TablePlaces,
    TotalPlaces,
};

/// The places of one row that its fields do not tell: the cell of an empty field, or another cell than the field's own
/// (`null`: none).
type RowPlaces<F> = FieldMap<F, Option<CellAddress>>;

/// Labels, headers and empty cells of a table. A field that was read stands in its own cell, which is not repeated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ReportedPlaces {
    /// Label (or own) cells of heading fields that the form shows.
    #[serde(skip_serializing_if = "FieldMap::is_empty")]
    pub headings: FieldMap<HeadingField>,
    /// Header cells of the fund block.
    #[serde(skip_serializing_if = "FieldMap::is_empty")]
    pub fund_headers: FieldMap<FundField>,
    /// For each fund row, its cells that no field tells; rows without any at the end are left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub funds: Vec<RowPlaces<FundField>>,
    /// Header cells of the indicator block.
    #[serde(skip_serializing_if = "FieldMap::is_empty")]
    pub indicator_headers: FieldMap<IndicatorField>,
    /// For each indicator, its cells that no field tells; rows without any at the end are left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<RowPlaces<IndicatorField>>,
    /// The total row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<TotalPlaces>,
    /// The grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<GradePlace>,
    /// Signature lines and conclusions, in the form's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LabelledLine>,
    /// The year is written as such, not inferred from another text.
    pub year_is_explicit: bool,
}

impl ReportedPlaces {
    /// Returns the places of a table without those that its fields tell.
    pub fn of(places: &TablePlaces, evaluation: &Evaluation) -> Self {
        Self {
            headings: places.headings.clone(),
            fund_headers: places.fund_headers.clone(),
            funds: untold(&places.funds, &evaluation.funds, &FundField::ALL, FundField::get),
            indicator_headers: places.indicator_headers.clone(),
            indicators: untold(
                &places.indicators,
                &evaluation.indicators,
                &IndicatorField::ALL,
                IndicatorField::placed,
            ),
            total: places.total.clone(),
            grade: places.grade.clone(),
            lines: places.lines.clone(),
            year_is_explicit: places.year_is_explicit,
        }
    }

    /// Returns the places of a table whose report tells nothing but its fields.
    pub fn of_fields(evaluation: &Evaluation) -> Self {
        Self {
            fund_headers: topmost(&evaluation.funds, &FundField::ALL, FundField::get),
            indicator_headers: topmost(&evaluation.indicators, &IndicatorField::ALL, IndicatorField::placed),
            total: evaluation.total.as_ref().and_then(|total| {
                let cell = |field: &Option<crate::model::Field<_>>| field.as_ref().map(|field| field.cell);
                let (weight, score) = (cell(&total.weight), cell(&total.score));
                let label = weight.or(score)?;
                Some(TotalPlaces { label, weight, score })
            }),
            grade: evaluation.grade.as_ref().map(|grade| GradePlace {
                cell: grade.cell,
                is_tick_line: false,
                ticked: vec![grade.value],
                text: grade.text.clone(),
            }),
            year_is_explicit: evaluation.year.is_some(),
            ..Self::default()
        }
    }

    /// Returns all places of the table that has these fields.
    pub fn with_fields(&self, evaluation: &Evaluation) -> TablePlaces {
        TablePlaces {
            headings: self.headings.clone(),
            indicator_headers: self.indicator_headers.clone(),
            indicators: told(
                &self.indicators,
                &evaluation.indicators,
                &IndicatorField::ALL,
                IndicatorField::placed,
            ),
            fund_headers: self.fund_headers.clone(),
            funds: told(&self.funds, &evaluation.funds, &FundField::ALL, FundField::get),
            total: self.total.clone(),
            grade: self.grade.clone(),
            lines: self.lines.clone(),
            year_is_explicit: self.year_is_explicit,
        }
    }
}

type Getter<F, R> = fn(F, &R) -> Option<FieldRef<'_>>;

fn untold<F: Ord + Copy, R>(places: &[FieldMap<F>], rows: &[R], fields: &[F], get: Getter<F, R>) -> Vec<RowPlaces<F>> {
    let none = FieldMap::default();
    let places = places.iter().chain(std::iter::repeat(&none));
    let mut untold: Vec<RowPlaces<F>> = rows
        .iter()
        .zip(places)
        .map(|(row, places)| {
            // Both go through the fields in their order.
            let mut places = places.iter().peekable();
            let of_fields = fields.iter().filter_map(|&field| {
                let place = places.next_if(|(known, _)| **known == field).map(|(_, place)| *place);
                let own = get(field, row).map(FieldRef::cell);
                (place != own).then_some((field, place))
            });
            of_fields.collect()
        })
        .collect();
    let used = untold
        .iter()
        .rposition(|row| !row.is_empty())
        .map_or(0, |last| last + 1);
    untold.truncate(used);
    untold
}

fn told<F: Ord + Copy, R>(untold: &[RowPlaces<F>], rows: &[R], fields: &[F], get: Getter<F, R>) -> Vec<FieldMap<F>> {
    let none = FieldMap::default();
    let untold = untold.iter().chain(std::iter::repeat(&none));
    let places = rows.iter().zip(untold).map(|(row, untold)| {
        let of_fields = fields.iter().filter_map(|&field| {
            let own = || get(field, row).map(FieldRef::cell);
            let place = untold.get(&field).copied().unwrap_or_else(own)?;
            Some((field, place))
        });
        of_fields.collect()
    });
    places.collect()
}

/// Returns the uppermost cell of each field that any row has: of a column whose header is not known.
fn topmost<F: Ord + Copy, R>(rows: &[R], fields: &[F], get: Getter<F, R>) -> FieldMap<F> {
    let tops = fields.iter().filter_map(|&field| {
        let cells = rows.iter().filter_map(|row| get(field, row).map(FieldRef::cell));
        Some((field, cells.min()?))
    });
    tops.collect()
}
