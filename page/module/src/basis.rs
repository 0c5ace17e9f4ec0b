//! What checks go by: standard, settings, forms, rules and reports that a person chose.

use chrono::NaiveDate;
use hebiao::layout::{FormFile, FormLibrary};
use hebiao::own_rules::{OwnRules, RuleFile};
use hebiao::prose::ReportText;
use hebiao::read::{Limits, read_workbook};
use hebiao::report::FileReport;
use hebiao::settings::{Settings, SuppressionUse};
use hebiao::standard::Standard;
use hebiao::{CheckOptions, CheckedFile, Reports, check_bytes_with};
use serde::Deserialize;
use serde_json::{Value, json};

/// A file that checks go by.
#[derive(Debug, Clone, Deserialize)]
pub struct BasisFile {
    /// Its name, for messages.
    pub name: String,
    /// What it is.
    pub kind: BasisKind,
}

/// What a file that checks go by may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BasisKind {
    /// A settings file.
    Settings,
    /// Wordings or a form.
    Form,
    /// Rules of one's own.
    Rules,
    /// A standard of one's own.
    Standard,
    /// A report named for the tables.
    Report,
    /// A report that lies among the tables.
    NearbyReport,
}

/// What checks go by.
#[derive(Debug)]
pub struct Basis {
    settings: Settings,
    standard: Standard,
    picked: Vec<Standard>,
    forms: FormLibrary,
    rules: OwnRules,
    reports: Vec<ReportText>,
    reports_are_named: bool,
    today: NaiveDate,
}

impl Default for Basis {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            standard: Standard::ministry().clone(),
            picked: Standard::picked_by_table(),
            forms: FormLibrary::builtin().clone(),
            rules: OwnRules::default(),
            reports: Vec::new(),
            reports_are_named: false,
            today: NaiveDate::default(),
        }
    }
}

impl Basis {
    /// Returns what checks go by, from a standard's name and files.
    ///
    /// # Errors
    /// All that is wrong with the files, a line each.
    pub fn new(standard: Option<&str>, files: &[BasisFile], parts: &[&[u8]], today: &str) -> Result<Self, String> {
        let given = || files.iter().zip(parts);
        let of_kind = |kind: BasisKind| given().filter(move |(file, _)| file.kind == kind);
        let mut rule_files = Vec::new();
        for (file, bytes) in of_kind(BasisKind::Rules) {
            rule_files.push(RuleFile {
                name: file.name.clone(),
                text: text(&file.name, bytes)?,
            });
        }
        let rules = OwnRules::read(&rule_files).map_err(lines)?;
        let settings = match of_kind(BasisKind::Settings).next() {
            Some((file, bytes)) => Settings::from_toml(&text(&file.name, bytes)?, &rules)
                .map_err(|error| format!("{}：{error}", file.name))?,
            None => Settings::default(),
        };
        let own_standard = match of_kind(BasisKind::Standard).next() {
            Some((file, bytes)) => {
                let read = Standard::from_toml(&text(&file.name, bytes)?);
                Some(read.map_err(|error| format!("{}：{error}", file.name))?)
            }
            None => None,
        };
        let named = standard.or(settings.standard.as_deref());
        let chosen = match (own_standard, named) {
            (Some(standard), _) => Some(standard),
            (None, Some(name)) => {
                let unknown = || format!("没有“{name}”这个评价标准；自己写的标准请与设置一起拖进来");
                Some(Standard::named(name).ok_or_else(unknown)?)
            }
            (None, None) => None,
        };
        let mut form_files = Vec::new();
        for (file, bytes) in of_kind(BasisKind::Form) {
            form_files.push(FormFile {
                name: file.name.clone(),
                text: text(&file.name, bytes)?,
            });
        }
        let (forms, _) = FormLibrary::builtin().extended(&form_files).map_err(lines)?;
        let picked = match &chosen {
            Some(_) => Vec::new(),
            None => Standard::picked_by_table(),
        };
        let mut basis = Self {
            standard: settings.applied_to(chosen.as_ref().unwrap_or(Standard::ministry())),
            picked: picked.iter().map(|standard| settings.applied_to(standard)).collect(),
            forms,
            rules,
            reports: Vec::new(),
            reports_are_named: false,
            today: today.parse().unwrap_or_default(),
            settings,
        };
        basis.read_reports(given())?;
        Ok(basis)
    }

    fn read_reports<'f>(&mut self, given: impl Iterator<Item = (&'f BasisFile, &'f &'f [u8])>) -> Result<(), String> {
        for (file, bytes) in given {
            let is_named = file.kind == BasisKind::Report;
            if !is_named && file.kind != BasisKind::NearbyReport {
                continue;
            }
            let report = match read_workbook(bytes, Some(&file.name), &Limits::default()) {
                Ok(workbook) => Some(ReportText::new(&file.name, &workbook.text)).filter(ReportText::is_report),
                Err(error) if is_named => return Err(format!("{}：{error}", file.name)),
                Err(_) => None,
            };
            match report {
                Some(report) => self.reports.push(report),
                None if is_named => return Err(format!("{}：里面没有读到评价报告的正文", file.name)),
                None => {}
            }
            self.reports_are_named |= is_named;
        }
        Ok(())
    }

    /// Checks a file.
    pub fn check(&self, path: &str, bytes: &[u8]) -> CheckedFile {
        let mut options = CheckOptions::new(&self.standard);
        options.picked = &self.picked;
        options.forms = &self.forms;
        options.rules = &self.rules;
        options.reports = match (self.reports.is_empty(), self.reports_are_named) {
            (true, _) => Reports::Own,
            (false, true) => Reports::Named(&self.reports),
            (false, false) => Reports::Nearby(&self.reports),
        };
        let mut checked = check_bytes_with(path, bytes, &options);
        self.set_aside(&mut checked.report);
        checked
    }

    /// Sets aside the findings that the settings name.
    pub fn set_aside(&self, report: &mut FileReport) {
        let mut used = SuppressionUse::new(&self.settings);
        self.settings.set_aside(report, self.today, &mut used, None);
    }

    /// Returns the standard that serves tables without one of their own.
    pub const fn standard(&self) -> &Standard {
        &self.standard
    }

    /// Returns the forms.
    pub const fn forms(&self) -> &FormLibrary {
        &self.forms
    }

    /// Returns the rules of one's own.
    pub const fn rules(&self) -> &OwnRules {
        &self.rules
    }

    /// Returns what the page tells of it.
    pub fn told(&self) -> Value {
        json!({
            "standard": self.standard.title(),
            "rules": self.rules.all().len(),
            "reports": self.reports.len(),
        })
    }
}

fn text(name: &str, bytes: &[u8]) -> Result<String, String> {
    let text = String::from_utf8(bytes.to_vec());
    text.map_err(|_| format!("{name}：不是 UTF-8 编码的文本；请在记事本里另存为 UTF-8"))
}

fn lines<E: std::fmt::Display>(errors: Vec<E>) -> String {
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
