//! What each input is checked by: the settings found beside or above it, the options, and what they amount to.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::NaiveDate;
use hebiao::layout::FormLibrary;
use hebiao::report::FileStatus;
use hebiao::settings::{Baseline, Settings, SuppressionUse};
use hebiao::standard::Standard;
use hebiao::write::safe_output::{ProtectedInputs, write_new_file};
use hebiao::{CheckOptions, CheckedFile, check_bytes_with};

use super::arguments::Basis;
use super::explanations::FilledIn;
use super::output::complain;
use super::{Stop, form_files, input, standards};
use crate::isolate;

/// The settings file that is looked for.
pub const SETTINGS_FILE: &str = "hebiao.toml";

/// What some inputs are checked by.
#[derive(Debug)]
pub struct Ground {
    /// Where the settings come from; `None` when there are none.
    pub origin: Option<PathBuf>,
    /// The settings.
    pub settings: Settings,
    /// The standard before the settings' changes.
    pub named_standard: Standard,
    /// The standard that scores follow.
    pub standard: Standard,
    /// The forms.
    pub forms: FormLibrary,
    used: RefCell<SuppressionUse>,
}

/// The ground of every input, in the order of the inputs. Inputs under the same settings share theirs.
///
/// # Errors
/// Whatever is wrong with settings, standards and forms, before any input is read.
pub fn grounds(files: &[PathBuf], basis: &Basis) -> Result<Vec<Rc<Ground>>, Stop> {
    let mut known: BTreeMap<Option<PathBuf>, Rc<Ground>> = BTreeMap::new();
    let mut grounds = Vec::new();
    for file in files {
        let origin = match &basis.config {
            Some(path) => Some(path.clone()),
            None => settings_above(file),
        };
        let ground = match known.get(&origin) {
            Some(ground) => Rc::clone(ground),
            None => {
                let ground = Rc::new(Ground::load(origin.clone(), basis)?);
                known.insert(origin, Rc::clone(&ground));
                ground
            }
        };
        grounds.push(ground);
    }
    Ok(grounds)
}

/// The ground of one input.
///
/// # Errors
/// As [`grounds`].
pub fn ground(file: &Path, basis: &Basis) -> Result<Rc<Ground>, Stop> {
    grounds(&[file.to_owned()], basis)?
        .pop()
        .ok_or_else(|| Stop::Usage("没有给出文件".to_owned()))
}

/// The nearest settings file in the input's folder or above it.
fn settings_above(file: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(file).ok()?;
    absolute
        .ancestors()
        .skip(1)
        .map(|folder| folder.join(SETTINGS_FILE))
        .find(|path| path.is_file())
}

impl Ground {
    fn load(origin: Option<PathBuf>, basis: &Basis) -> Result<Self, Stop> {
        let settings = match &origin {
            Some(path) => read_settings(path).map_err(|message| Stop::Refused(vec![message]))?,
            None => Settings::default(),
        };
        let folder = origin.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let named_standard = match (&basis.standard.standard, &settings.standard) {
            (Some(wanted), _) => standards::chosen(wanted)?,
            (None, Some(name)) => match Standard::named(name) {
                Some(standard) => standard,
                None if name.ends_with(".toml") => standards::chosen(&folder.join(name))?,
                None => standards::chosen(Path::new(name))?,
            },
            (None, None) => Standard::ministry(),
        };
        let folders: Vec<PathBuf> = settings
            .forms
            .iter()
            .map(|name| folder.join(name))
            .chain(basis.forms.folders.iter().cloned())
            .collect();
        Ok(Self {
            standard: settings.applied_to(&named_standard),
            forms: form_files::library(&folders)?,
            used: RefCell::new(SuppressionUse::new(&settings)),
            named_standard,
            origin,
            settings,
        })
    }

    /// Checks one file and sets aside what is known. One that cannot be read is a report of its own, never an
    /// absence; standard error says why.
    pub fn check(&self, path: &Path, baseline: Option<&mut Baseline>, filled_in: &mut FilledIn) -> CheckedFile {
        self.check_keeping_bytes(path, baseline, filled_in).0
    }

    /// [`Ground::check`], and the file's bytes; none of a file that could not be had.
    pub fn check_keeping_bytes(
        &self,
        path: &Path,
        baseline: Option<&mut Baseline>,
        filled_in: &mut FilledIn,
    ) -> (CheckedFile, Vec<u8>) {
        let options = CheckOptions {
            standard: &self.standard,
            forms: &self.forms,
            // Workbooks are read where a damaged one does no harm.
            read_workbook: isolate::read_workbook,
        };
        let limit = hebiao::read::Limits::default().file_bytes;
        let (mut checked, bytes) = match input::read(path, limit) {
            Ok(bytes) => (check_bytes_with(&input::shown(path), &bytes, &options), bytes),
            Err(error) => (CheckedFile::unreadable(input::unreadable(path, error)), Vec::new()),
        };
        if let Some(error) = &checked.report.error {
            complain(&format!("{}：{}", checked.report.file, error.message));
        }
        // A finding that is set aside may have been explained, and its explanation is no stray one.
        filled_in.explain(&mut checked.report);
        self.settings
            .set_aside(&mut checked.report, today(), &mut self.used.borrow_mut(), baseline);
        (checked, bytes)
    }
}

/// Says on standard error which entries of the settings set nothing aside, or no longer hold.
pub fn report_unused(grounds: &[Rc<Ground>], statuses: &[FileStatus]) {
    // Where a file was not read, nothing can be said of the entries meant for it.
    if statuses
        .iter()
        .any(|status| matches!(status, FileStatus::Unreadable | FileStatus::Unrecognized))
    {
        return;
    }
    let mut told: Vec<&Path> = Vec::new();
    for ground in grounds {
        let Some(origin) = ground.origin.as_deref().filter(|origin| !told.contains(origin)) else {
            continue;
        };
        told.push(origin);
        for entry in ground.used.borrow().unused(&ground.settings) {
            let line = entry.line.map_or_else(String::new, |line| format!("第 {line} 行"));
            let why = if entry.has_expired(today()) {
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

fn read_settings(path: &Path) -> Result<Settings, String> {
    let text = input::read_settings(path, "设置文件")?;
    Settings::from_toml(&text).map_err(|error| format!("{}：{error}", path.display()))
}

/// The day, UTC.
fn today() -> NaiveDate {
    let days = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() / 86_400);
    i32::try_from(days)
        .ok()
        .and_then(NaiveDate::from_epoch_days)
        .unwrap_or_default()
}

/// Reads a baseline.
///
/// # Errors
/// When there is no such file, or it is no baseline.
pub fn baseline(path: &Path) -> Result<Baseline, Stop> {
    let refuse = |message: String| Stop::Refused(vec![message]);
    // A baseline of a county's files is longer than what people write by hand.
    const MOST_BYTES: u64 = 64 * 1024 * 1024;
    let shown = input::shown(path);
    let bytes = input::read(path, MOST_BYTES).map_err(|error| refuse(format!("{shown}：{}", error.message)))?;
    String::from_utf8(bytes)
        .ok()
        .and_then(|text| Baseline::from_json(&text))
        .ok_or_else(|| refuse(format!("{shown}：不是 --write-baseline 写出的基线文件")))
}

/// Writes what a run found, for a later `--baseline`. An earlier baseline is replaced; an input never is.
///
/// # Errors
/// When the file cannot be written.
pub fn write_baseline<'a>(
    path: &Path,
    found: &Baseline,
    inputs: impl Iterator<Item = &'a PathBuf>,
) -> Result<(), Stop> {
    let text = found.to_json().map_err(|error| Stop::Usage(error.to_string()))?;
    let inputs = ProtectedInputs::new(inputs.map(PathBuf::as_path));
    write_new_file(path, text.as_bytes(), true, &inputs).map_err(|error| Stop::Usage(error.to_string()))?;
    complain(&format!("已把 {} 项问题写入基线 {}", found.len(), path.display()));
    Ok(())
}
