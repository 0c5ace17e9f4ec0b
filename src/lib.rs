//! hebiao (核表): reads, rescores and checks Chinese budget performance evaluation tables (绩效评价表, 自评表).
//!
//! The way of the data, one public function a step; nothing on the left knows anything on the right, and nothing here
//! but [`batch`], which takes many files through it, and [`files`] knows a file, a clock, a thread or a
//! terminal:
//!
//! ```text
//! bytes → read → Workbook → layout → Evaluation + coverage → rescore → Rescoring → rules → Discrepancies → report → write
//! ```
//!
//! # All at once
//!
//! [`check_bytes`] takes a file's bytes through every stage and gives its part of a [`report::Report`].
//!
//! ```
//! use hebiao::{check_bytes, report::FileStatus, standard::Standard};
//!
//! let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
//! let checked = check_bytes("部门评价表-信丰.xlsx", &bytes, Standard::ministry());
//! assert_eq!(checked.report.status, FileStatus::Findings);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # Read: bytes to cells
//!
//! [`read::read_workbook`] decides the format by content and keeps, for every filled cell, its stored value, what a
//! person sees in it, its formula and its number format; for every sheet, merged regions and what is hidden.
//!
//! ```
//! use hebiao::grid::{CellAddress, CellValue};
//! use hebiao::read::{Limits, read_workbook};
//!
//! let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
//! let workbook = read_workbook(&bytes, Some("部门评价表-信丰.xlsx"), &Limits::default())?;
//! let g5: CellAddress = "G5".parse()?;
//! let rate = workbook.sheets.first().and_then(|sheet| sheet.cell(g5)).ok_or("no such cell")?;
//! assert_eq!((&rate.value, rate.shown()), (&CellValue::Number(1.into()), "100%"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Layout: cells to an evaluation
//!
//! [`layout::read_tables`] finds evaluation tables by their wording, says which form it saw and why, binds each cell to
//! a field and accounts for every filled cell.
//!
//! ```
//! # use hebiao::read::{Limits, read_workbook};
//! use hebiao::layout::read_tables;
//!
//! # let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
//! # let workbook = read_workbook(&bytes, None, &Limits::default())?;
//! let recognition = read_tables(&workbook);
//! let table = recognition.tables.first().ok_or("no table")?;
//! assert_eq!(table.evaluation.indicators.len(), 17);
//! assert!(table.coverage.unread.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Rescore: what each score should be
//!
//! [`rescore::rescore`] works out every score that a [`standard::Standard`] decides: a value, a band, or "manual", each
//! with its trace. What cannot be decided is never zero and never a pass.
//!
//! ```
//! # use hebiao::{layout::read_tables, read::{Limits, read_workbook}};
//! use hebiao::model::ExecutionScorePlace;
//! use hebiao::rescore::rescore;
//! use hebiao::standard::Standard;
//!
//! # let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
//! # let workbook = read_workbook(&bytes, None, &Limits::default())?;
//! # let recognition = read_tables(&workbook);
//! # let table = recognition.tables.first().ok_or("no table")?;
//! let rescoring = rescore(&table.evaluation, &table.places, Standard::ministry());
//! assert_eq!(rescoring.declared_total, Some(96.into()));
//! assert_eq!(rescoring.rescored_total, Some(94.into()));
//! assert_eq!(rescoring.execution_score, ExecutionScorePlace::Outside);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Rules: what does not agree
//!
//! [`rules::check`] runs every rule of [`rules::registry`] on one table; each finding carries its cell, what was
//! declared, what should be, the basis and what to do.
//!
//! ```
//! # use hebiao::{layout::read_tables, read::{Limits, read_workbook}, rescore::rescore, standard::Standard};
//! use hebiao::rules;
//!
//! # let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
//! # let workbook = read_workbook(&bytes, None, &Limits::default())?;
//! # let recognition = read_tables(&workbook);
//! # let table = recognition.tables.first().ok_or("no table")?;
//! # let standard = Standard::ministry();
//! # let rescoring = rescore(&table.evaluation, &table.places, &standard);
//! let findings = rules::check(table, workbook.format, &rescoring, &standard);
//! let total = findings.iter().find(|finding| finding.code == "A01").ok_or("not found")?;
//! assert_eq!(total.cell.to_string(), "G30");
//! assert_eq!(total.difference.as_deref(), Some("2"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Report: the frozen JSON form
//!
//! [`report::Report`] is what `hebiao check --format json` prints; [`report::schema`] is its JSON Schema.
//!
//! ```
//! # use hebiao::{check_bytes, standard::Standard};
//! use hebiao::report::Report;
//!
//! # let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
//! # let checked = check_bytes("部门评价表-信丰.xlsx", &bytes, Standard::ministry());
//! let json = serde_json::to_value(Report::new(vec![checked.report]))?;
//! assert_eq!(json["files"][0]["tables"][0]["rescoring"]["rescored_total"], 94);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Write: workbooks from a report
//!
//! [`write::normalized_workbook`] lays out any table in one fixed form, declared and rescored side by side;
//! [`write::discrepancy_list`] has a row for each finding. Both give bytes, and the same bytes for the same report.
//! [`write::ReportWriter`] gives the same two, and does once what both need.
//! [`write::annotated_copy`] gives an xlsx file back as it was, with its findings filled, noted and listed.
//!
//! ```
//! # use hebiao::{check_bytes, standard::Standard};
//! use hebiao::write::{discrepancy_list, normalized_workbook};
//!
//! # let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
//! # let report = check_bytes("部门评价表-信丰.xlsx", &bytes, Standard::ministry()).report;
//! let normalized = normalized_workbook(&report)?;
//! let list = discrepancy_list(&report, "部门评价表-信丰.规范表.xlsx")?;
//! assert!(normalized.starts_with(b"PK") && list.starts_with(b"PK"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Blank forms: tables to be filled in
//!
//! [`write::blank_form`] makes an empty form of a kind, also with what an approved table says
//! ([`layout::read_target_tables`]); its sheet carries a [`layout::FormMark`].
//!
//! ```
//! use hebiao::{check_bytes, model::TableKind, standard::Standard};
//! use hebiao::write::{BlankForm, blank_form};
//!
//! let kind = TableKind::ProjectSelfEvaluation;
//! let mut form = BlankForm::new(kind);
//! form.year = Some(2024);
//! let bytes = blank_form(&form, Standard::ministry())?;
//! let report = check_bytes("自评表.xlsx", &bytes, Standard::ministry()).report;
//! assert_eq!(report.tables.first().map(|table| table.kind), Some(kind));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Comparison: a table that was handed in again
//!
//! [`diff::compare`] says of two reports what became of each finding and what was changed.
//!
//! ```
//! # use hebiao::{check_bytes, standard::Standard};
//! use hebiao::diff::{FindingState, compare};
//!
//! # let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
//! # let report = check_bytes("部门评价表-信丰.xlsx", &bytes, Standard::ministry()).report;
//! let comparison = compare(&report, &report);
//! assert_eq!((comparison.changes(), comparison.count(FindingState::New)), (0, 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Batch: many files
//!
//! [`batch::collect`] finds the tables in folders and archives, [`batch::run`] checks them side by side and hands the
//! results over in order, and [`batch::check_line`] makes of one file one line of `check --format ndjson`.
//!
//! ```
//! use std::convert::Infallible;
//! use std::num::NonZero;
//! use std::sync::atomic::AtomicBool;
//!
//! use hebiao::batch::{self, Input, InputOptions};
//! # use hebiao::{CheckOptions, read::Limits, standard::Standard};
//!
//! let mut wanted = InputOptions::default();
//! wanted.words = vec!["samples".into()];
//! let inputs = batch::collect(&wanted).inputs;
//! let standard = Standard::ministry();
//! let options = CheckOptions::new(&standard);
//! let work = |input: &Input| match input.read(Limits::default().file_bytes) {
//!     Ok(bytes) => batch::check_line(input.shown(), &bytes, &options),
//!     Err(error) => error.message,
//! };
//! let mut lines = Vec::new();
//! let keep = |_, line| {
//!     lines.push(line);
//!     Ok::<(), Infallible>(())
//! };
//! let never = AtomicBool::new(false);
//! batch::run(&inputs, NonZero::<usize>::MIN, work, |_| String::new(), keep, &never)?;
//! assert!(lines[0].starts_with("{\"file\":\"samples/"));
//! # Ok::<(), Infallible>(())
//! ```
//!
//! # Notices and dataset: what goes back to the units, and what goes to analysts
//!
//! [`write::NoticeGroups`] tells which tables are a unit's and [`write::notice`] writes its letter;
//! [`dataset::DatasetWriter`] writes Parquet files, one report after the other. [`batch::ReportSpool`] puts reports in
//! the order of their paths before.
//!
//! ```
//! # use hebiao::{check_bytes, standard::Standard};
//! use hebiao::write::{NoticeContents, NoticeGroups, notice};
//!
//! # let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
//! # let report = check_bytes("部门评价表-信丰.xlsx", &bytes, Standard::ministry()).report;
//! let mut groups = NoticeGroups::default();
//! groups.add(0, &report);
//! let units = groups.into_units()?.units;
//! let unit = units.first().ok_or("nothing to send back")?;
//! assert_eq!(unit.file_name, "信丰县工信局.修改通知.docx");
//! let mut contents = NoticeContents::default();
//! for table in unit.tables_of(&report) {
//!     contents.add_table(&table)?;
//! }
//! assert!(notice(&unit.name, &contents)?.starts_with(b"PK"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Explanations: filled-in lists back to their findings
//!
//! [`explanations::Explanations`] reads a list that people have filled in and puts their texts to the findings.
//!
//! ```
//! # use hebiao::{check_bytes, standard::Standard};
//! use hebiao::explanations::{Explanations, Inputs};
//! use hebiao::read::read_workbook;
//! use hebiao::write::{ListFormat, TextEncoding};
//!
//! # let bytes = std::fs::read("samples/部门评价表-信丰.xlsx")?;
//! # let mut report = check_bytes("部门评价表-信丰.xlsx", &bytes, Standard::ministry()).report;
//! let list = ListFormat::Csv.write(&report, "部门评价表-信丰.规范表.xlsx", TextEncoding::Utf8)?;
//! let filled_in = String::from_utf8(list)?.replacen(",未说明,,", ",未说明,已更正,", 1);
//! let mut inputs = Inputs::default();
//! inputs.add(&report.file, None);
//! let mut explanations = Explanations::read("清单.csv", filled_in.as_bytes(), read_workbook)?;
//! explanations.explain(&mut report, &inputs);
//! let explained = |finding: &&hebiao::model::Discrepancy| finding.is_explained();
//! assert_eq!(report.tables[0].discrepancies.iter().filter(explained).count(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod batch;
mod check;
#[cfg(feature = "parquet")]
pub mod dataset;
pub mod diff;
mod disk;
pub mod explanations;
pub mod files;
mod formula;
pub mod grid;
pub mod layout;
pub mod model;
pub mod own_rules;
pub mod prose;
pub mod read;
pub mod reference;
pub mod report;
pub mod rescore;
pub mod rules;
pub mod settings;
pub mod standard;
pub mod summary;
mod text;
pub mod write;

pub use check::{
    CheckOptions, CheckedFile, EvidenceFiles, ReadConfirmed, ReadWorkbook, Reports, TargetsMet, check_bytes,
    check_bytes_with, check_workbook, fingerprint,
};

/// What only the program of this package, its fuzz targets and its tests need: no part of the interface.
#[doc(hidden)]
pub mod internals {
    #[cfg(feature = "batch")]
    pub use crate::batch::{
        file_list::MOST_LIST_BYTES, results::KnownResults, source::is_standard_input, source::nearest_name,
    };
    pub use crate::read::detect::is_json;
    pub use crate::read::read_in_full;
    /// What a cell's number format makes of a number.
    pub mod number_format {
        pub use crate::read::number_format::{Epoch, NumberFormat, Shown, builtin_code};
    }
    pub use crate::model::measure::normalise::normalise;
    pub use crate::prose::part::ReportPart;
    pub use crate::read::second_reader::{NO_PROCESS_OF_ITS_OWN, SECOND_READER_STOPPED};
    pub use crate::rescore::assess::assess;
    pub use crate::rescore::assumed_direction::assumed_directions;
    pub use crate::rescore::direction::{Direction, DirectionSource};
    /// The families of rules, for the page that lists them.
    pub mod families {
        pub use crate::rules::registry::{Family, families as of_tables};
        pub use crate::summary::rules::registry::families as between_tables;
    }
    /// What the rules say of a table, with all that they may look at.
    pub use crate::rules::run::{CheckedTable, Source, check_table};
    pub use crate::text::{match_key, plain};
    pub use crate::write::normalized::NormalizedLayout;
}
