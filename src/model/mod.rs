//! The typed evaluation and its parts. It knows no files and no rules.

mod evaluation;
mod field;
pub mod measure;

pub use evaluation::{
    Evaluation, FundRow, FundSource, Goal, Grade, Indicator, LabelledField, MoneyUnit, Signature, Subtotal, TableKind,
    Total,
};
pub use field::Field;
