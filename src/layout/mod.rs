//! Layout: finds evaluation tables by their wording and binds each cell to a field.
//!
//! It knows texts, headers and merged regions; it knows nothing of scoring.

mod bind;
mod figure;
mod forms;
mod grade;
mod header;
mod lines;
mod reading;
mod recognise;
mod reread;
mod text;
mod view;
mod vocabulary;

pub use reading::{
    Binding, CellFact, CellFactAt, FormRecognition, FundColumn, GradePlace, HeadingField, IndicatorColumn,
    ReadingGuess, TablePlaces, TableReading, TotalPlaces,
};
pub use recognise::{Recognition, read_tables};
pub use reread::reread;
pub use text::{is_placeholder, match_key};
