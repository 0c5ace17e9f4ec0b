//! The settings file that holds for a place, and the folders of rules that it and the options name.

use std::path::{Path, PathBuf};

use hebiao::own_rules::OwnRules;
use hebiao::settings::Settings;

use super::arguments::RulesOption;
use super::{Stop, input, rule_files};

/// The settings file that is looked for.
pub const SETTINGS_FILE: &str = "hebiao.toml";

/// Returns the nearest settings file in the input's folder or above it.
pub(super) fn settings_above(file: &Path) -> Option<PathBuf> {
    let absolute = std::path::absolute(file).ok()?;
    absolute
        .ancestors()
        .skip(1)
        .map(|folder| folder.join(SETTINGS_FILE))
        .find(|path| path.is_file())
}

/// Reads a settings file.
pub(super) fn settings_text(path: &Path) -> Result<String, Stop> {
    input::read_settings(path, "设置文件").map_err(|message| Stop::Refused(vec![message]))
}

/// Returns the folders of rules that the settings and the option name, each with what names it.
pub(super) fn rule_folders(
    settings: Option<&str>,
    folder: &Path,
    option: &RulesOption,
) -> Vec<(&'static str, PathBuf)> {
    let of_settings = settings.map(Settings::rule_folders).unwrap_or_default();
    of_settings
        .iter()
        .map(|name| ("rules", folder.join(name)))
        .chain(option.folders.iter().map(|path| ("--rules", path.clone())))
        .collect()
}

/// Returns the rules of one's own that hold in the folder where the program runs.
///
/// # Errors
/// Whatever is wrong with them, or with the settings file.
pub fn own_rules_here(option: &RulesOption) -> Result<OwnRules, Stop> {
    let origin = settings_above(Path::new(SETTINGS_FILE));
    let text = match &origin {
        Some(path) => Some(settings_text(path)?),
        None => None,
    };
    let folder = origin.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    rule_files::rules(&rule_folders(text.as_deref(), folder, option))
}
