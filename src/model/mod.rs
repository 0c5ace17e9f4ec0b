//! The typed evaluation and its parts, how it was read, what its scores should be and what was found in it: the types
//! that the stages hand on. It knows no files and no rules.

mod bindings;
mod decimal_json;
mod each_field;
mod evaluation;
mod field;
mod field_map;
mod field_path;
mod finding;
pub mod measure;
mod reading;
mod rescoring;
mod row_fields;

pub use bindings::{Bindings, BoundCell};
pub use evaluation::{
    Evaluation, FundRow, FundSource, Goal, Grade, Indicator, LabelledField, MoneyUnit, Signature, Subtotal, TableKind,
    Total,
};
pub use field::Field;
pub use field_map::FieldMap;
pub use field_path::{FieldPath, FieldPathError, field_title};
pub use finding::{
    Coverage, Discrepancy, Explanation, FindingTexts, ForReview, GuessedHeader, LostContent, Quote, Severity,
    SkippedSheet, UnknownHeader, UnreadCell,
};
pub use reading::{
    Binding, CellFact, CellFactAt, ColumnReading, FormRecognition, FormulaReading, GradePlace, HeadingField, LabelText,
    LabelledLine, LineKind, ReadingGuess, Recomputed, SheetPart, TablePlaces, TableReading, TotalPlaces,
    continued_text, place_of,
};
pub use rescoring::{ExecutionScorePlace, RescoredRow, Rescoring, RescoringItem, RescoringMethod};
pub(crate) use rescoring::{GRADE_IS_OPEN, RescoredRows, is_zero};
pub(crate) use row_fields::{FieldRef, FieldSlot};
pub use row_fields::{FundField, IndicatorField};
