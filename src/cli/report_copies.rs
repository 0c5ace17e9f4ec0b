//! Annotated copies of reports in prose: written when all tables are checked, for one report may restate several.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use hebiao::batch::Input;
use hebiao::files::{ANNOTATED_STEM, ProtectedInputs, output_stems, write_new_file};
use hebiao::read::Limits;
use hebiao::report::FileReport;
use hebiao::write::{QuotedFinding, WriteError, annotated_report, document_extension};

use super::Stop;
use super::arguments::Convert;
use super::convert_paths::OutputPlan;
use super::output::{Output, complain, error_line};
use super::text::one_line;

/// Extensions of Word documents that are read.
const DOCUMENTS: [&str; 4] = ["docx", "docm", "dotx", "dotm"];

/// Returns the extension of a Word document's name, in lower case; `None` for any other name.
pub fn document_kind(name: &Path) -> Option<String> {
    let extension = name.extension()?.to_string_lossy().to_lowercase();
    DOCUMENTS.contains(&extension.as_str()).then_some(extension)
}

/// The findings that quote reports of a run.
#[derive(Debug)]
pub struct ReportCopies<'i> {
    inputs: &'i [Input],
    plan: &'i OutputPlan,
    /// Reports named besides, by the name that quotes give, and where their copies go.
    besides: BTreeMap<String, (Input, PathBuf)>,
    findings: BTreeMap<String, Vec<QuotedFinding>>,
    is_wanted: bool,
}

impl<'i> ReportCopies<'i> {
    /// Takes the inputs with their outputs, and the reports named besides; nothing where no copies are asked for.
    pub fn plan(arguments: &Convert, inputs: &'i [Input], plan: &'i OutputPlan) -> Self {
        let mut copies = Self {
            inputs,
            plan,
            besides: BTreeMap::new(),
            findings: BTreeMap::new(),
            is_wanted: arguments.annotate,
        };
        let named = &arguments.reports.reports;
        if !arguments.annotate || named.is_empty() {
            return copies;
        }
        let shown: BTreeSet<&str> = inputs.iter().map(Input::shown).collect();
        let of_inputs = inputs.iter().enumerate();
        let mut taken: BTreeSet<String> = of_inputs
            .filter_map(|(at, input)| plan.annotated_copy(at, input))
            .map(|path| folded(&path))
            .collect();
        for (path, stem) in named.iter().zip(output_stems(named.iter().map(PathBuf::as_path))) {
            let input = Input::file(path);
            if shown.contains(input.shown()) || copies.besides.contains_key(input.shown()) {
                continue;
            }
            let kind = document_kind(path).unwrap_or_else(|| "docx".to_owned());
            let mut copy = arguments.output.join(format!("{stem}{ANNOTATED_STEM}.{kind}"));
            let mut number = 2;
            while !taken.insert(folded(&copy)) {
                copy = arguments
                    .output
                    .join(format!("{stem} ({number}){ANNOTATED_STEM}.{kind}"));
                number += 1;
            }
            copies.besides.insert(input.shown().to_owned(), (input, copy));
        }
        copies
    }

    /// Returns where copies of documents may go.
    pub fn paths(&self) -> impl Iterator<Item = PathBuf> {
        let is_document = |input: &Input| document_kind(Path::new(input.shown())).is_some();
        let documents = self.inputs.iter().enumerate();
        documents
            .filter(move |(_, input)| self.is_wanted && is_document(input))
            .filter_map(|(at, input)| self.plan.annotated_copy(at, input))
            .chain(
                self.besides
                    .values()
                    .filter(move |(input, _)| is_document(input))
                    .map(|(_, path)| path.clone()),
            )
    }

    /// Takes what a file's tables found in reports.
    pub fn add(&mut self, report: &FileReport) {
        if !self.is_wanted {
            return;
        }
        for finding in QuotedFinding::of(report) {
            let name = finding.report().to_owned();
            self.findings.entry(name).or_default().push(finding);
        }
    }

    /// Writes the copies, and says of each what became of it. Returns whether one that should be there is not.
    ///
    /// # Errors
    /// When nothing can be printed.
    pub fn write(self, force: bool, protected: &ProtectedInputs, output: &mut Output) -> Result<bool, Stop> {
        let mut broke = false;
        let quoted = self.inputs.iter().enumerate();
        let mut places: BTreeMap<&str, (&Input, PathBuf)> = quoted
            .filter(|(_, input)| self.findings.contains_key(input.shown()))
            .filter_map(|(at, input)| Some((input.shown(), (input, self.plan.annotated_copy(at, input)?))))
            .collect();
        for (name, (input, path)) in &self.besides {
            places.insert(name, (input, path.clone()));
        }
        for (name, findings) in &self.findings {
            let shown = one_line(name);
            let place = places.get(name.as_str());
            let Some((input, path)) = place.filter(|(input, _)| !input.is_standard()) else {
                complain(&format!("提示：{shown}：报告不在这次读的文件里，没有写它的批注副本"));
                continue;
            };
            match copy(input, path, findings, |path, bytes| {
                write_new_file(path, bytes, force, protected).map_err(|error| error.to_string())
            }) {
                Ok(path) => output.print(&format!(
                    "{shown}：报告里批注 {} 处\n  批注副本　{}\n",
                    QuotedFinding::comments(findings),
                    path.display()
                ))?,
                Err(Failure::NoDocument(sentence)) => complain(&format!("提示：{shown}：{sentence}")),
                Err(Failure::Other(sentence)) => {
                    complain(&error_line(&format!("{shown}：{sentence}")));
                    broke = true;
                }
            }
        }
        Ok(broke)
    }
}

/// Why there is no copy, in one sentence.
enum Failure {
    /// The report is no Word document.
    NoDocument(String),
    Other(String),
}

fn copy(
    input: &Input,
    path: &Path,
    findings: &[QuotedFinding],
    write: impl Fn(&Path, &[u8]) -> Result<(), String>,
) -> Result<PathBuf, Failure> {
    let bytes = input
        .read(Limits::default().file_bytes)
        .map_err(|error| Failure::Other(error.message))?;
    let copy = annotated_report(&bytes, findings).map_err(|error| match error {
        WriteError::NoReportDocument => Failure::NoDocument(error.to_string()),
        other => Failure::Other(other.to_string()),
    })?;
    // A file may have another extension than its content calls for; programs then refuse to open it.
    let path = path.with_extension(document_extension(&bytes).unwrap_or("docx"));
    write(&path, &copy).map_err(Failure::Other)?;
    Ok(path)
}

/// Some file systems hold names that differ in case for one.
fn folded(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}

/// Returns whether tables were compared with the prose of their own file, and something was found.
pub fn quotes_itself(report: &FileReport) -> bool {
    let mut findings = report.tables.iter().flat_map(|table| &table.discrepancies);
    findings.any(|finding| finding.quote.as_ref().is_some_and(|quote| quote.file == report.file))
}
