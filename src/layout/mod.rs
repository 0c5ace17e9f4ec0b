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
mod money;
mod panels;
mod parts;
mod planned;
mod points;
mod recognise;
mod view;
mod vocabulary;
mod workbook;

pub use forms::{Form, LEAST_CONFIDENCE, Sign, SignPlace};
pub use library::{AddedWording, Concept, FormFile, FormFileContent, FormFileError, FormLibrary, HeaderPlace};
pub use mark::FormMark;
pub use workbook::{Recognition, read_tables, read_tables_with, read_target_tables};
