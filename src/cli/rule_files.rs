//! Files of rules of one's own: from folders to rules, or to one sentence for each mistake.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hebiao::own_rules::{OwnRules, RuleFile};

use super::{Stop, input};

/// Returns the rules of the folders, each with the option or setting that names it; a file that is named twice counts
/// once.
///
/// # Errors
/// All that is wrong with the folders and files.
pub fn rules(folders: &[(&'static str, PathBuf)]) -> Result<OwnRules, Stop> {
    let mut paths = Vec::new();
    let mut mistakes = Vec::new();
    for (option, folder) in folders {
        match input::toml_files(option, folder) {
            Ok(found) => paths.extend(found),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    rules_of(&paths, mistakes)
}

/// Returns the rules of files and of folders of files.
///
/// # Errors
/// All that is wrong with them.
pub fn rules_at(paths: &[PathBuf]) -> Result<OwnRules, Stop> {
    let mut files = Vec::new();
    let mut mistakes = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        match input::toml_files("文件夹", path) {
            Ok(found) => files.extend(found),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    rules_of(&files, mistakes)
}

fn rules_of(paths: &[PathBuf], mut mistakes: Vec<String>) -> Result<OwnRules, Stop> {
    let mut known = BTreeSet::new();
    let mut files = Vec::new();
    for path in paths {
        let same = path.canonicalize().unwrap_or_else(|_| path.clone());
        if !known.insert(same) {
            continue;
        }
        match read(path) {
            Ok(file) => files.push(file),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if !mistakes.is_empty() {
        return Err(Stop::Refused(mistakes));
    }
    OwnRules::read(&files).map_err(|errors| Stop::Refused(errors.iter().map(ToString::to_string).collect()))
}

fn read(path: &Path) -> Result<RuleFile, String> {
    Ok(RuleFile {
        name: input::shown(path),
        text: input::read_settings(path, "规则文件")?,
    })
}
