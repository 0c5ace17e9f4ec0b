//! Every field of an Evaluation with its path, in the order of the form.

use super::{Evaluation, Field, FieldPath, FieldRef, FundField, HeadingField, IndicatorField, LabelledField};

impl Evaluation {
    /// Hands over every field that was read.
    pub fn each_field<'a>(&'a self, mut take: impl FnMut(FieldPath, FieldRef<'a>)) {
        let mut put = |path: FieldPath, field: Option<FieldRef<'a>>| {
            if let Some(field) = field {
                take(path, field);
            }
        };
        put(FieldPath::TITLE, text(&self.title));
        put(FieldPath::YEAR, self.year.as_ref().map(FieldRef::Year));
        put(FieldPath::heading(HeadingField::ProjectName), text(&self.project_name));
        put(FieldPath::heading(HeadingField::Department), text(&self.department));
        put(
            FieldPath::heading(HeadingField::ImplementingUnit),
            text(&self.implementing_unit),
        );
        for (index, row) in self.funds.iter().enumerate() {
            FundField::each(row, |field, read| put(FieldPath::fund(index, field), Some(read)));
        }
        for (index, goal) in self.goals.iter().enumerate() {
            put(FieldPath::goal_expected(index), text(&goal.expected));
            put(FieldPath::goal_actual(index), text(&goal.actual));
        }
        for (index, row) in self.indicators.iter().enumerate() {
            IndicatorField::each(row, |field, read| put(FieldPath::indicator(index, field), Some(read)));
            for (extra, LabelledField { value, .. }) in row.extra.iter().enumerate() {
                put(FieldPath::indicator_extra(index, extra), Some(FieldRef::Text(value)));
            }
        }
        for (index, row) in self.subtotals.iter().enumerate() {
            let number = |field: &'a Option<_>| field.as_ref().map(FieldRef::Number);
            put(FieldPath::subtotal_label(index), Some(FieldRef::Text(&row.label)));
            put(FieldPath::subtotal_weight(index), number(&row.weight));
            put(FieldPath::subtotal_score(index), number(&row.score));
        }
        if let Some(total) = &self.total {
            put(FieldPath::TOTAL_WEIGHT, total.weight.as_ref().map(FieldRef::Number));
            put(FieldPath::TOTAL_SCORE, total.score.as_ref().map(FieldRef::Number));
        }
        put(FieldPath::GRADE, self.grade.as_ref().map(FieldRef::Grade));
        for (index, signature) in self.signatures.iter().enumerate() {
            put(FieldPath::signature(index), text(&signature.value));
        }
        for (index, note) in self.notes.iter().enumerate() {
            put(FieldPath::note(index), Some(FieldRef::Text(note)));
        }
        for (index, extra) in self.extra.iter().enumerate() {
            put(FieldPath::extra(index), Some(FieldRef::Text(&extra.value)));
        }
    }
}

fn text(field: &Option<Field<String>>) -> Option<FieldRef<'_>> {
    field.as_ref().map(FieldRef::Text)
}
