//! Layout: finds evaluation tables by their wording and binds each cell to a field.
//!
//! It knows texts, headers and merged regions; it knows nothing of scoring.

mod reading;

pub use reading::{
    Binding, CellFact, CellFactAt, FormRecognition, FundColumn, GradePlace, HeadingField, IndicatorColumn,
    ReadingGuess, TablePlaces, TableReading, TotalPlaces,
};
