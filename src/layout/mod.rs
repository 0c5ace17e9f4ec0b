//! Layout: finds evaluation tables by their wording and binds each cell to a field.
//!
//! It knows texts, headers and merged regions; it knows nothing of scoring.

mod bind;
mod columns;
mod figure;
mod forms;
mod formulas;
mod grade;
mod header;
mod left_out;
mod library;
mod lines;
mod mark;
pub mod own_form;
mod panels;
mod planned;
mod points;
mod reading;
mod recognise;
mod reread;
mod text;
mod view;
mod vocabulary;

pub use forms::{Form, LEAST_CONFIDENCE, Sign, SignPlace};
pub use library::{AddedWording, Concept, FormFile, FormFileContent, FormFileError, FormLibrary};
pub use mark::FormMark;
pub use reading::{
    Binding, CellFact, CellFactAt, ColumnReading, FormRecognition, FormulaReading, FundColumn, GradePlace,
    HeadingField, IndicatorColumn, LabelText, LabelledLine, LineKind, ReadingGuess, Recomputed, TablePlaces,
    TableReading, TotalPlaces,
};
pub use recognise::{Recognition, read_tables, read_tables_with, read_target_tables};
pub use reread::reread;
pub use text::{is_placeholder, match_key};
