//! Which of the inputs of a run is checked by what: the settings of its folder, looked up once, with the options.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hebiao::EvidenceFiles;
use hebiao::batch::Input;

use super::arguments::{Basis, ReportsOption};
use super::report_files::ReportFiles;
use super::session::{CheckProfile, Readings};
use super::settings_files::settings_above;
use super::{Stop, evidence_files};

/// The profiles of the inputs of a run. Inputs under the same settings share theirs, and mostly are neighbours.
#[derive(Debug, Default)]
pub struct Profiles {
    /// The first input of each row of neighbours, and their profile.
    from: Vec<(usize, Arc<CheckProfile>)>,
}

impl Profiles {
    fn of(inputs: &[Input], finder: &mut Finder<'_>) -> Result<Self, Stop> {
        let mut profiles = Self::default();
        for (number, input) in inputs.iter().enumerate() {
            let profile = finder.profile(input.place())?;
            if !profiles
                .from
                .last()
                .is_some_and(|(_, last)| Arc::ptr_eq(last, &profile))
            {
                profiles.from.push((number, profile));
            }
        }
        Ok(profiles)
    }

    /// Returns the profile of the input with this number.
    pub fn get(&self, number: usize) -> Option<&Arc<CheckProfile>> {
        let behind = self.from.partition_point(|(first, _)| *first <= number);
        self.from.get(behind.checked_sub(1)?).map(|(_, profile)| profile)
    }

    /// Returns them in the order of the inputs, each at least once.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<CheckProfile>> {
        self.from.iter().map(|(_, profile)| profile)
    }
}

/// Returns the profile of every input.
///
/// # Errors
/// Whatever is wrong with settings, standards and forms, before any input is read.
pub fn of_inputs(inputs: &[Input], basis: &Basis, readings: Readings) -> Result<Profiles, Stop> {
    Profiles::of(inputs, &mut Finder::new(basis, readings))
}

/// [`of_inputs`], where tables are compared with reports in prose: those named, else those among the inputs.
///
/// # Errors
/// As [`of_inputs`], and whatever is wrong with a named report.
pub fn with_reports(
    inputs: &[Input],
    basis: &Basis,
    readings: Readings,
    named: &ReportsOption,
) -> Result<Profiles, Stop> {
    let mut finder = Finder::new(basis, readings);
    finder.reports = Arc::new(ReportFiles::find(&named.reports, inputs)?);
    finder.evidence = evidence_files::find(&named.evidence)?.map(Arc::new);
    finder.looks_for_evidence = true;
    Profiles::of(inputs, &mut finder)
}

/// Returns the profile of one file.
///
/// # Errors
/// As [`of_inputs`].
pub fn of_file(file: &Path, basis: &Basis) -> Result<Arc<CheckProfile>, Stop> {
    Finder::new(basis, Readings::One).profile(file)
}

/// Looks settings up once for each folder, and loads each once.
struct Finder<'a> {
    basis: &'a Basis,
    readings: Readings,
    origins: BTreeMap<PathBuf, Option<PathBuf>>,
    known: BTreeMap<Option<PathBuf>, Arc<CheckProfile>>,
    reports: Arc<ReportFiles>,
    /// That of the options; else the settings name it.
    evidence: Option<Arc<EvidenceFiles>>,
    looks_for_evidence: bool,
}

impl<'a> Finder<'a> {
    fn new(basis: &'a Basis, readings: Readings) -> Self {
        Self {
            basis,
            readings,
            origins: BTreeMap::new(),
            known: BTreeMap::new(),
            reports: Arc::default(),
            evidence: None,
            looks_for_evidence: false,
        }
    }

    fn profile(&mut self, file: &Path) -> Result<Arc<CheckProfile>, Stop> {
        let origin = match (&self.basis.config, file.parent()) {
            (Some(path), _) => Some(path.clone()),
            (None, None) => settings_above(file),
            (None, Some(folder)) => match self.origins.get(folder) {
                Some(origin) => origin.clone(),
                None => {
                    let origin = settings_above(file);
                    self.origins.insert(folder.to_owned(), origin.clone());
                    origin
                }
            },
        };
        if let Some(profile) = self.known.get(&origin) {
            return Ok(Arc::clone(profile));
        }
        let mut profile = CheckProfile::load(origin.clone(), self.basis, self.readings)?;
        profile.reports = Arc::clone(&self.reports);
        profile.evidence = match &self.evidence {
            None if self.looks_for_evidence => profile.own_evidence()?.map(Arc::new),
            known => known.clone(),
        };
        let profile = Arc::new(profile);
        self.known.insert(origin, Arc::clone(&profile));
        Ok(profile)
    }
}
