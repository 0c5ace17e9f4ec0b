//! What each input is checked by: the settings found beside or above it, the options, and what they amount to.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::NaiveDate;
use hebiao::batch::{CheckedBy, Input};
use hebiao::layout::FormLibrary;
use hebiao::own_rules::OwnRules;
use hebiao::report::{FileError, FileReport, Tool};
use hebiao::settings::{Baseline, Settings, SuppressionUse};
use hebiao::standard::Standard;
use hebiao::{CheckOptions, CheckedFile, EvidenceFiles, check_bytes_with, fingerprint};

use super::arguments::Basis;
use super::output::complain;
use super::profiles::Profiles;
use super::reference_files::{self, ReferenceFiles};
use super::report_files::ReportFiles;
use super::settings_files::{rule_folders, settings_text};
use super::{Stop, evidence_files, form_files, rule_files, standards};
use crate::isolate;

/// How often each workbook is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readings {
    /// Once.
    One,
    /// A second time too, with another reader, and compared.
    Two,
}

impl Readings {
    /// Returns two where they are asked for.
    pub const fn two_if(asked_for: bool) -> Self {
        if asked_for { Self::Two } else { Self::One }
    }
}

/// What some inputs are checked by.
#[derive(Debug)]
pub struct CheckProfile {
    /// Where the settings come from; `None` when there are none.
    pub origin: Option<PathBuf>,
    /// The settings.
    pub settings: Settings,
    /// The standard before the settings' changes.
    pub named_standard: Standard,
    /// The standard that scores follow.
    pub standard: Standard,
    /// The standards that are picked by table; none where one was named.
    pub picked: Vec<Standard>,
    /// The forms.
    pub forms: FormLibrary,
    /// The rules of one's own.
    pub rules: OwnRules,
    references: ReferenceFiles,
    readings: Readings,
    used: Mutex<SuppressionUse>,
    today: NaiveDate,
    checked_by: OnceLock<CheckedBy>,
    pub(super) reports: Arc<ReportFiles>,
    pub(super) evidence: Option<Arc<EvidenceFiles>>,
}

impl CheckProfile {
    pub(super) fn load(origin: Option<PathBuf>, basis: &Basis, readings: Readings) -> Result<Self, Stop> {
        let text = match &origin {
            Some(path) => Some(settings_text(path)?),
            None => None,
        };
        let folder = origin.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let rules = rule_files::rules(&rule_folders(text.as_deref(), folder, &basis.rules))?;
        let settings = match (&origin, &text) {
            (Some(path), Some(text)) => Settings::from_toml(text, &rules)
                .map_err(|error| Stop::Refused(vec![format!("{}：{error}", path.display())]))?,
            _ => Settings::default(),
        };
        let named_standard = match (&basis.standard.standard, &settings.standard) {
            (Some(wanted), _) => standards::chosen(wanted)?,
            (None, Some(name)) => match Standard::named(name) {
                Some(standard) => standard,
                None if name.ends_with(".toml") => standards::chosen(&folder.join(name))?,
                None => standards::chosen(Path::new(name))?,
            },
            (None, None) => Standard::ministry().clone(),
        };
        let picked = match (&basis.standard.standard, &settings.standard) {
            (None, None) => Standard::picked_by_table(),
            _ => Vec::new(),
        };
        let folders: Vec<PathBuf> = settings
            .forms
            .iter()
            .map(|name| folder.join(name))
            .chain(basis.forms.folders.iter().cloned())
            .collect();
        let forms = form_files::library(&folders)?;
        let beside = |names: &[String], named: &[PathBuf]| -> Vec<PathBuf> {
            let of_settings = names.iter().map(|name| folder.join(name));
            of_settings.chain(named.iter().cloned()).collect()
        };
        let references = reference_files::load(
            &beside(&settings.targets, &basis.references.targets),
            &beside(&settings.payments, &basis.references.payments),
            &forms,
        )?;
        Ok(Self {
            standard: settings.applied_to(&named_standard),
            picked: picked.iter().map(|standard| settings.applied_to(standard)).collect(),
            forms,
            rules,
            references,
            readings,
            used: Mutex::new(SuppressionUse::new(&settings)),
            today: today(),
            checked_by: OnceLock::new(),
            reports: Arc::default(),
            evidence: None,
            named_standard,
            origin,
            settings,
        })
    }

    /// Returns the evidence beside the settings file.
    pub(super) fn own_evidence(&self) -> Result<Option<EvidenceFiles>, Stop> {
        let folder = self.origin.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let folders: Vec<PathBuf> = self.settings.evidence.iter().map(|name| folder.join(name)).collect();
        evidence_files::find(&folders)
    }

    /// Returns what checks go by here.
    pub fn options(&self) -> CheckOptions<'_> {
        let mut options = CheckOptions::new(&self.standard);
        options.picked = &self.picked;
        options.forms = &self.forms;
        options.rules = &self.rules;
        // Workbooks are read where a damaged one does no harm.
        options.read_workbook = isolate::read_workbook;
        options.references = &self.references.references;
        options.reports = self.reports.reports();
        options.evidence = self.evidence.as_deref();
        options.read_confirmed = match self.readings {
            Readings::One => None,
            Readings::Two => Some(isolate::read_confirmed),
        };
        options
    }

    /// Returns every standard that tables may be scored by.
    pub fn standards(&self) -> impl Iterator<Item = &Standard> {
        std::iter::once(&self.standard).chain(&self.picked)
    }

    /// Checks one file by its bytes. One that could not be had is a report of its own, never an absence.
    pub fn check(&self, input: &Input, bytes: &Result<Vec<u8>, FileError>) -> CheckedFile {
        Self::check_by(&self.options(), input, bytes)
    }

    /// [`check`](Self::check), for the report alone.
    pub fn check_for_report(&self, input: &Input, bytes: &Result<Vec<u8>, FileError>) -> CheckedFile {
        let mut options = self.options();
        options.keeps_readings = false;
        Self::check_by(&options, input, bytes)
    }

    fn check_by(options: &CheckOptions<'_>, input: &Input, bytes: &Result<Vec<u8>, FileError>) -> CheckedFile {
        match bytes {
            Ok(bytes) => check_bytes_with(input.shown(), bytes, options),
            Err(error) => CheckedFile::unreadable(FileReport::unreadable(input.shown(), error.clone())),
        }
    }

    /// Sets aside what is known of a file's findings. Which entries of the settings have served does not depend on the
    /// order of the files; what is left of a baseline does.
    pub fn set_aside(&self, report: &mut FileReport, baseline: Option<&mut Baseline>) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        self.settings.set_aside(report, self.today, &mut used, baseline);
    }

    /// Returns what lines made on this profile are made by: the version, the standard, and a mark of all that it was
    /// changed by.
    pub fn checked_by(&self) -> &CheckedBy {
        self.checked_by.get_or_init(|| {
            let Self {
                settings,
                standard,
                picked,
                forms,
                rules,
                readings,
                reports,
                evidence,
                references,
                ..
            } = self;
            // Rules are said only where there are any: without them the mark is what it always was.
            let rules = if rules.all().is_empty() {
                String::new()
            } else {
                format!("{rules:?}")
            };
            let readings = match readings {
                Readings::One => "",
                Readings::Two => "read twice",
            };
            let reports = reports.mark();
            let evidence = evidence.as_ref().map_or_else(String::new, |files| format!("{files:?}"));
            let made_by = format!(
                "{settings:?}{standard:?}{picked:?}{forms:?}{readings}{rules}{reports}{evidence}{}",
                references.mark
            );
            let mark = fingerprint(made_by.as_bytes());
            CheckedBy {
                version: Tool::this().version,
                basis: format!("{}#{}", standard.name(), mark.get(..16).unwrap_or_default()),
            }
        })
    }
}

/// [`complain_of`], but for reports in prose: of those it is not known before their tables were seen.
pub fn complain_of_table(report: &FileReport) {
    complain_if_any(complaint_of_table(report));
}

/// Returns what [`complain_of_table`] says.
pub fn complaint_of_table(report: &FileReport) -> Option<String> {
    complaint_of(report).filter(|_| !report.is_text_alone())
}

/// Says on standard error why a file was not checked.
pub fn complain_of(report: &FileReport) {
    complain_if_any(complaint_of(report));
}

fn complaint_of(report: &FileReport) -> Option<String> {
    let error = report.error.as_ref()?;
    Some(format!("{}：{}", report.file, error.message))
}

fn complain_if_any(complaint: Option<String>) {
    if let Some(complaint) = complaint {
        complain(&complaint);
    }
}

/// Says on standard error which entries of the settings set nothing aside, or no longer hold. Not to be asked where a
/// file was not read: nothing can be said of the entries meant for it.
pub fn report_unused(profiles: &Profiles) {
    let mut told: BTreeSet<&Path> = BTreeSet::new();
    for profile in profiles.iter() {
        let Some(origin) = profile.origin.as_deref().filter(|origin| told.insert(origin)) else {
            continue;
        };
        let used = profile.used.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in used.unused(&profile.settings) {
            let line = entry.line.map_or_else(String::new, |line| format!("第 {line} 行"));
            let why = if entry.has_expired(profile.today) {
                let last = entry.expires.map(|date| date.to_string()).unwrap_or_default();
                format!("已于 {last} 到期，不再生效")
            } else {
                "没有用上，问题已改正或名称写错".to_owned()
            };
            complain(&format!(
                "{}：{line}忽略 {}（{}，{}）的一项{why}，请核对后删去。",
                origin.display(),
                entry.rule,
                entry.table,
                entry.field
            ));
        }
    }
}

/// Returns the day, UTC.
fn today() -> NaiveDate {
    let days = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() / 86_400);
    i32::try_from(days)
        .ok()
        .and_then(NaiveDate::from_epoch_days)
        .unwrap_or_default()
}
