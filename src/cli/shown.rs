//! Which findings a run is asked for: from a level on, of some rules, without others. The rest is set aside and counted.

use hebiao::model::{Discrepancy, Severity};
use hebiao::own_rules::OwnRules;
use hebiao::report::{FileReport, FileStatus, SetAside, SetAsideBy};
use hebiao::rules;

use super::Stop;
use super::arguments::{Level, ShownOptions};

/// The findings asked for.
#[derive(Debug)]
pub struct Shown {
    least: Severity,
    select: Vec<Chosen>,
    ignore: Vec<Chosen>,
}

/// What a word on the command line chooses.
#[derive(Debug)]
enum Chosen {
    Code(String),
    Family(char),
}

impl Chosen {
    fn has(&self, code: &str) -> bool {
        match self {
            Self::Code(chosen) => chosen.eq_ignore_ascii_case(code),
            Self::Family(letter) => code.starts_with(*letter),
        }
    }
}

impl Shown {
    /// Returns what the options ask for; `own` are the rules of the user's own.
    ///
    /// # Errors
    /// When a word is the name of no rule.
    pub fn new(options: &ShownOptions, own: &OwnRules) -> Result<Self, Stop> {
        let chosen = |option: &str, words: &[String]| -> Result<Vec<Chosen>, Stop> {
            let words = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty());
            words.map(|word| choose(option, word, own)).collect()
        };
        Ok(Self {
            least: match options.min_severity {
                Some(Level::Error) => Severity::Error,
                Some(Level::Warning) => Severity::Warning,
                Some(Level::Info) | None => Severity::Info,
            },
            select: chosen("--select", &options.select)?,
            ignore: chosen("--ignore", &options.ignore)?,
        })
    }

    /// Returns whether every finding is asked for.
    pub const fn is_all(&self) -> bool {
        matches!(self.least, Severity::Info) && self.select.is_empty() && self.ignore.is_empty()
    }

    /// Sets aside the findings that are not asked for. A file without any other is clean.
    pub fn apply(&self, report: &mut FileReport) {
        if self.is_all() {
            return;
        }
        for table in &mut report.tables {
            let findings = std::mem::take(&mut table.discrepancies);
            let (wanted, others) = findings.into_iter().partition(|finding| self.is_wanted(finding));
            table.discrepancies = wanted;
            table
                .set_aside
                .extend(others.into_iter().map(|finding: Discrepancy| SetAside {
                    code: finding.code,
                    cell: finding.cell,
                    field: finding.field,
                    by: SetAsideBy::Options,
                    reason: None,
                }));
        }
        if report.status == FileStatus::Findings && report.tables.iter().all(|table| table.discrepancies.is_empty()) {
            report.status = FileStatus::Clean;
        }
    }

    fn is_wanted(&self, finding: &Discrepancy) -> bool {
        let is_among = |chosen: &[Chosen]| chosen.iter().any(|it| it.has(&finding.code));
        finding.severity >= self.least && (self.select.is_empty() || is_among(&self.select)) && !is_among(&self.ignore)
    }
}

fn choose(option: &str, word: &str, own: &OwnRules) -> Result<Chosen, Stop> {
    if let Some(rule) = rules::find(word) {
        return Ok(Chosen::Code(rule.code.to_owned()));
    }
    if let Some(rule) = own.all().iter().find(|rule| rule.code.eq_ignore_ascii_case(word)) {
        return Ok(Chosen::Code(rule.code.clone()));
    }
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        let letter = letter.to_ascii_uppercase();
        if rules::registry().iter().any(|rule| rule.code.starts_with(letter)) {
            return Ok(Chosen::Family(letter));
        }
    }
    let near = rules::nearest(word).map_or_else(
        || "全部规则请看 hebiao rules".to_owned(),
        |near| format!("是不是 {} {}？", near.code, near.title),
    );
    Err(Stop::Usage(format!("{option}：没有规则“{word}”，{near}")))
}
