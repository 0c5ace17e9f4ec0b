//! Reports in prose that tables are compared with: those that someone named, else those among the inputs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use hebiao::batch::Input;
use hebiao::prose::ReportText;
use hebiao::read::Limits;
use hebiao::report::FileReport;
use hebiao::{Reports, fingerprint};

use super::Stop;
use super::output::complain;
use crate::isolate;

/// Reports among the inputs beyond this many are not looked for.
const MOST_NEARBY: usize = 500;

/// What is said of a report in a format whose text is not read.
const TO_CONVERT: &str =
    "这种格式的正文不能直接读取；请用 Word 或 WPS 打开后另存为 .docx（PDF 先导出为 .docx 或 .txt）再核对";

/// Returns whether a file is a document in such a format, by its name.
fn is_other_document(name: &str) -> bool {
    let name = name.to_lowercase();
    [".doc", ".wps", ".pdf", ".rtf", ".ofd", ".odt"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// The reports that tables may be compared with.
#[derive(Debug, Default)]
pub struct ReportFiles {
    texts: Vec<ReportText>,
    are_named: bool,
    mark: String,
}

impl ReportFiles {
    /// Returns the reports that `--report` names, else those among the inputs.
    ///
    /// # Errors
    /// A named report that cannot be read, or that is none.
    pub fn find(named: &[PathBuf], inputs: &[Input]) -> Result<Self, Stop> {
        if named.is_empty() {
            return Ok(Self::among(inputs));
        }
        let mut files = Self {
            are_named: true,
            ..Self::default()
        };
        let mut mistakes = Vec::new();
        for path in named {
            let input = Input::file(path);
            match read(&input) {
                Ok(Some((text, mark))) => files.add(text, &mark),
                Ok(None) => mistakes.push(format!("{}：里面没有读到评价报告的正文", input.shown())),
                // The tables are checked all the same; each has a row that says how to convert the report.
                Err(_) if is_other_document(input.shown()) => {
                    files.add(ReportText::unread(input.shown(), TO_CONVERT.to_owned()), input.shown());
                }
                Err(why) => mistakes.push(format!("{}：{why}", input.shown())),
            }
        }
        if mistakes.is_empty() {
            Ok(files)
        } else {
            Err(Stop::Refused(mistakes))
        }
    }

    /// Returns those among several inputs; one input has nothing beside it.
    fn among(inputs: &[Input]) -> Self {
        let mut files = Self::default();
        if inputs.len() < 2 {
            return files;
        }
        let is_document = |input: &&Input| {
            let name = input.shown().to_lowercase();
            name.ends_with(".docx")
                || ([".txt", ".htm", ".html", ".mht"]
                    .iter()
                    .any(|ending| name.ends_with(ending))
                    && name.contains("报告"))
        };
        for input in inputs.iter().filter(is_document) {
            if files.texts.len() >= MOST_NEARBY {
                complain(&format!(
                    "文字报告超过 {MOST_NEARBY} 份，其余的没有与表核对；请分批核对，或用 --report 指明"
                ));
                break;
            }
            // One that cannot be read is told of in its own turn.
            if let Ok(Some((text, mark))) = read(input) {
                files.add(text, &mark);
            }
        }
        files
    }

    fn add(&mut self, text: ReportText, mark: &str) {
        self.mark.push_str(mark);
        self.texts.push(text);
    }

    /// As a check takes them.
    pub fn reports(&self) -> Reports<'_> {
        match (self.texts.is_empty(), self.are_named) {
            (true, _) => Reports::Own,
            (false, true) => Reports::Named(&self.texts),
            (false, false) => Reports::Nearby(&self.texts),
        }
    }

    /// Returns what tells them from other reports; empty where there is none.
    pub fn mark(&self) -> &str {
        &self.mark
    }
}

/// What a result says of reports in prose.
#[derive(Debug, Clone, Default)]
pub struct TextNote {
    /// The file where it is a report without a table, and what is said where no table is compared with it.
    alone: Option<(String, String)>,
    /// The reports that its tables were compared with.
    compared: Vec<String>,
}

impl TextNote {
    /// Returns what a result says.
    pub fn of(file: &FileReport) -> Self {
        let message = || {
            file.error
                .as_ref()
                .map(|error| error.message.clone())
                .unwrap_or_default()
        };
        Self {
            alone: file.is_text_alone().then(|| (file.file.clone(), message())),
            compared: file.compared_texts().map(str::to_owned).collect(),
        }
    }
}

/// Reports in prose among the inputs that hold no table: each counts as checked once a table of another input was
/// compared with it.
#[derive(Debug, Default)]
pub struct WithoutTable {
    waiting: BTreeMap<String, String>,
    compared: BTreeSet<String>,
}

impl WithoutTable {
    /// Notes what a file says of reports; gives whether the file itself is such a one, of which nothing is said yet.
    pub fn takes(&mut self, file: &FileReport) -> bool {
        self.takes_note(&TextNote::of(file))
    }

    /// [`WithoutTable::takes`], of a result that was there already.
    pub fn takes_note(&mut self, note: &TextNote) -> bool {
        self.compared.extend(note.compared.iter().cloned());
        if let Some((file, message)) = &note.alone {
            self.waiting.insert(file.clone(), message.clone());
        }
        note.alone.is_some()
    }

    /// Returns how many no table was compared with.
    pub fn left(&self) -> usize {
        self.unpaired().count()
    }

    /// Says of each that no table was compared with why it is not checked; gives how many there are.
    pub fn complain_of_left(&self) -> usize {
        for (file, message) in self.unpaired() {
            complain(&format!("{file}：{message}"));
        }
        self.left()
    }

    fn unpaired(&self) -> impl Iterator<Item = (&String, &String)> {
        let waiting = self.waiting.iter();
        waiting.filter(|(file, _)| !self.compared.contains(*file))
    }
}

/// Returns a report and the fingerprint of its file; `None` where the file holds none.
fn read(input: &Input) -> Result<Option<(ReportText, String)>, String> {
    let limits = Limits::default();
    let bytes = input.read(limits.file_bytes).map_err(|error| error.message)?;
    let workbook = isolate::read_workbook(&bytes, Some(input.shown()), &limits).map_err(|error| error.to_string())?;
    let text = ReportText::new(input.shown(), &workbook.text);
    Ok(text.is_report().then(|| (text, fingerprint(&bytes))))
}
