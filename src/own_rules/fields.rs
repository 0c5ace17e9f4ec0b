//! What the fields of a table are worth in a condition.

use std::borrow::Cow;
use std::rc::Rc;

use rust_decimal::Decimal;

use super::names;
use super::value::{Data, Place, Row, Value};
use crate::grid::CellAddress;
use crate::model::{
    Evaluation, Field, FieldRef, FundField, FundRow, FundSource, HeadingField, IndicatorField, TablePlaces,
    TableReading,
};

/// A table as conditions see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a> {
    table: &'a TableReading,
    /// The row of 年度资金总额, looked up once: conditions may ask for it at every step.
    total: Option<usize>,
}

impl<'a> Fields<'a> {
    /// Returns the fields of a table.
    pub(super) fn of(table: &'a TableReading) -> Self {
        Self {
            table,
            total: table.evaluation.total_fund_row(),
        }
    }

    /// Returns a field as a condition sees it; one that this kind of row does not have is `None`.
    pub(super) fn get(&self, row: Row, field: &'static str) -> Option<Value<'a>> {
        match row {
            Row::Table if names::TABLE_FIELDS.contains(&field) => Some(self.of_table(field)),
            Row::Indicator(index) if names::INDICATOR_FIELDS.contains(&field) => {
                let indicator = self.evaluation().indicators.get(index)?;
                let read = IndicatorField::named(field).and_then(|column| column.get(indicator));
                Some(self.placed(row, field, value_of(read)))
            }
            Row::Fund(index) if names::FUND_FIELDS.contains(&field) => {
                let fund = self.evaluation().funds.get(index)?;
                let (place, found) = self.of_fund(fund, field);
                Some(self.placed(row, place, found))
            }
            _ => None,
        }
    }

    /// Returns the rows that a rule is for, one after the other.
    pub(super) fn rows(&self, each: Row) -> Vec<Row> {
        match each {
            Row::Table => vec![Row::Table],
            Row::Indicator(_) => (0..self.evaluation().indicators.len()).map(Row::Indicator).collect(),
            Row::Fund(_) => (0..self.evaluation().funds.len()).map(Row::Fund).collect(),
        }
    }

    /// Returns the cell by which a person finds a row.
    pub(super) fn anchor(&self, row: Row) -> Place {
        let fields: &[&'static str] = match row {
            Row::Table => &["title", "project_name", "total_score"],
            Row::Indicator(_) => &["level3", "level2", "level1", "target"],
            Row::Fund(_) => &["label", "annual_budget", "executed"],
        };
        let place = |field: &&'static str| self.get(row, field).and_then(|value| value.place);
        fields.iter().find_map(place).unwrap_or(Place {
            cell: self.table.range.first,
            row: Row::Table,
            field: "",
        })
    }

    fn evaluation(&self) -> &'a Evaluation {
        &self.table.evaluation
    }

    fn of_table(&self, field: &'static str) -> Value<'a> {
        let evaluation = self.evaluation();
        let total = evaluation.total.as_ref();
        let goal = evaluation.goals.first();
        let found = match field {
            "title" => text(evaluation.title.as_ref()),
            "kind" => Data::Text(Cow::Borrowed(self.table.kind.title())).into(),
            "year" => figure(evaluation.year.as_ref(), |year| Decimal::from(*year)),
            "project_name" => text(evaluation.project_name.as_ref()),
            "department" => text(evaluation.department.as_ref()),
            "implementing_unit" => text(evaluation.implementing_unit.as_ref()),
            "indicators" => list(evaluation.indicators.len(), |index| self.row(Row::Indicator(index))),
            "funds" => list(evaluation.funds.len(), |index| self.row(Row::Fund(index))),
            "total_weight" => number(total.and_then(|total| total.weight.as_ref())),
            "total_score" => number(total.and_then(|total| total.score.as_ref())),
            "grade" => {
                let grade = evaluation.grade.as_ref();
                let title = grade.map(|grade| Data::Text(Cow::Borrowed(grade.value.title())));
                found(title, grade.map(|grade| grade.cell))
            }
            "goal" => text(goal.and_then(|goal| goal.expected.as_ref())),
            "goal_actual" => text(goal.and_then(|goal| goal.actual.as_ref())),
            of_total => {
                let value = self.total.and_then(|index| self.get(Row::Fund(index), of_total));
                return value.unwrap_or_else(|| Data::Missing(Some("表里没有年度资金总额一行")).into());
            }
        };
        self.placed(Row::Table, field, found)
    }

    fn row(&self, row: Row) -> Value<'a> {
        Value {
            data: Data::Row(row),
            place: Some(self.anchor(row)),
        }
    }

    fn of_fund(&self, fund: &'a FundRow, field: &'static str) -> (&'static str, Value<'a>) {
        if field == "source" {
            return (field, Data::Text(Cow::Borrowed(source_title(fund.source))).into());
        }
        let field = if field == "budget" { "annual_budget" } else { field };
        let column = FundField::named(field);
        let read = column.and_then(|column| column.get(fund));
        let value = match (column, read.and_then(FieldRef::number)) {
            (Some(FundField::InitialBudget | FundField::AnnualBudget | FundField::Executed), Some(amount)) => {
                self.money(amount)
            }
            _ => value_of(read),
        };
        (field, value)
    }

    /// Returns an amount in 万元, whatever the table's unit is.
    fn money(&self, amount: &'a Field<Decimal>) -> Value<'a> {
        let cell = Some(amount.cell);
        let Some(unit) = self.evaluation().money_unit else {
            return found(Some(Data::Missing(Some("表里没有注明金额单位"))), cell);
        };
        found(unit.in_wan(amount.value).map(Data::Number), cell)
    }

    /// Returns the value with its row and field, and with the cell where it is wanting.
    fn placed(&self, row: Row, field: &'static str, value: Value<'a>) -> Value<'a> {
        let cell = value.place.map(|place| place.cell);
        let cell = cell.or_else(|| blank_cell(&self.table.places, row, field));
        Value {
            data: value.data,
            place: cell.map(|cell| Place { cell, row, field }),
        }
    }
}

fn value_of(field: Option<FieldRef<'_>>) -> Value<'_> {
    match field {
        Some(FieldRef::Text(field)) => text(Some(field)),
        Some(FieldRef::Number(field)) => number(Some(field)),
        _ => Data::Missing(None).into(),
    }
}

/// Returns the cell of a field, filled or not.
fn blank_cell(places: &TablePlaces, row: Row, field: &str) -> Option<CellAddress> {
    match row {
        Row::Table => {
            let heading = match field {
                "title" => HeadingField::Title,
                "year" => HeadingField::Year,
                "project_name" => HeadingField::ProjectName,
                "department" => HeadingField::Department,
                "implementing_unit" => HeadingField::ImplementingUnit,
                "total_weight" => return places.total.as_ref().and_then(|total| total.weight),
                "total_score" => return places.total.as_ref().and_then(|total| total.score),
                "grade" => return places.grade.as_ref().map(|grade| grade.cell),
                _ => return None,
            };
            places.headings.get(&heading).copied()
        }
        Row::Indicator(index) => {
            let column = IndicatorField::named(field)?;
            places.indicators.get(index)?.get(&column).copied()
        }
        Row::Fund(index) => {
            let column = FundField::named(field)?;
            places.funds.get(index)?.get(&column).copied()
        }
    }
}

fn found(data: Option<Data<'_>>, cell: Option<CellAddress>) -> Value<'_> {
    Value {
        data: data.unwrap_or(Data::Missing(None)),
        // The row and field are set by whoever asked.
        place: cell.map(|cell| Place {
            cell,
            row: Row::Table,
            field: "",
        }),
    }
}

fn text(field: Option<&Field<String>>) -> Value<'_> {
    let data = field
        .filter(|field| !field.value.trim().is_empty())
        .map(|field| Data::Text(Cow::Borrowed(field.value.as_str())));
    found(data, field.map(|field| field.cell))
}

fn figure<'a, T>(field: Option<&'a Field<T>>, number: impl Fn(&T) -> Decimal) -> Value<'a> {
    let data = field.map(|field| Data::Number(number(&field.value)));
    found(data, field.map(|field| field.cell))
}

fn number(field: Option<&Field<Decimal>>) -> Value<'_> {
    figure(field, |number| *number)
}

fn list<'a>(length: usize, element: impl Fn(usize) -> Value<'a>) -> Value<'a> {
    Data::List(Rc::new((0..length).map(element).collect())).into()
}

/// Where money comes from, in the words of conditions.
const SOURCES: [(FundSource, &str); 8] = [
    (FundSource::Total, "年度资金总额"),
    (FundSource::Fiscal, "财政拨款"),
    (FundSource::Central, "中央财政资金"),
    (FundSource::Local, "地方资金"),
    (FundSource::Carryover, "上年结转资金"),
    (FundSource::SpecialAccount, "财政专户管理资金"),
    (FundSource::Unit, "单位资金"),
    (FundSource::Other, "其他资金"),
];

fn source_title(source: FundSource) -> &'static str {
    let known = SOURCES.iter().find(|(known, _)| *known == source);
    known.map_or("其他资金", |(_, title)| *title)
}

/// Returns the source of this name.
pub(super) fn source_titled(title: &str) -> Option<FundSource> {
    let known = SOURCES.iter().find(|(_, known)| *known == title);
    known.map(|(source, _)| *source)
}

/// Returns the names of all sources.
pub(super) fn source_titles() -> String {
    SOURCES.map(|(_, title)| title).join("、")
}
