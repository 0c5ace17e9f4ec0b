//! Users' vocabulary and form files: from folders to a library, or to one sentence for each mistake.

use std::path::{Path, PathBuf};

use hebiao::layout::{FormFile, FormLibrary};

use super::{Stop, input};

/// Returns the built-in forms and wordings with those of the folders, each folder's files in the order of their
/// names.
///
/// # Errors
/// All that is wrong with the folders and files.
pub fn library(folders: &[PathBuf]) -> Result<FormLibrary, Stop> {
    library_without(folders, None)
}

/// [`library`], leaving out one file that is looked at by itself.
pub fn library_without(folders: &[PathBuf], left_out: Option<&Path>) -> Result<FormLibrary, Stop> {
    let left_out = left_out.and_then(|path| path.canonicalize().ok());
    let mut files = Vec::new();
    let mut mistakes = Vec::new();
    for folder in folders {
        let found = if is_toml_file(folder) {
            Ok(vec![folder.clone()])
        } else {
            input::toml_files("--forms", folder)
        };
        match found {
            Ok(paths) => {
                let wanted = paths
                    .iter()
                    .filter(|path| left_out.is_none() || path.canonicalize().ok() != left_out);
                for path in wanted {
                    match read(path) {
                        Ok(file) => files.push(file),
                        Err(mistake) => mistakes.push(mistake),
                    }
                }
            }
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if !mistakes.is_empty() {
        return Err(Stop::Refused(mistakes));
    }
    match FormLibrary::builtin().extended(&files) {
        Ok((library, _)) => Ok(library),
        Err(errors) => Err(Stop::Refused(errors.iter().map(ToString::to_string).collect())),
    }
}

/// Returns a file of wordings or of a form by itself.
fn is_toml_file(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
        && path.is_file()
}

/// Returns one file's text.
///
/// # Errors
/// One Chinese sentence.
pub fn read(path: &Path) -> Result<FormFile, String> {
    let name = input::shown(path);
    let text = input::read_settings(path, "表式或词汇文件")?;
    Ok(FormFile { name, text })
}
