//! Users' vocabulary and form files: from folders to a library, or to one sentence for each mistake.

use std::path::{Path, PathBuf};

use hebiao::layout::{FormFile, FormLibrary};

use super::{Stop, input};

/// The built-in forms and wordings with those of the folders, each folder's files in the order of their names.
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
        match toml_files(folder) {
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

/// One file's text.
///
/// # Errors
/// One Chinese sentence.
pub fn read(path: &Path) -> Result<FormFile, String> {
    let name = input::shown(path);
    let text = input::read_settings(path, "表式或词汇文件")?;
    Ok(FormFile { name, text })
}

fn is_toml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// The files of a folder in the order of their names; a file by itself is the only one.
fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let shown = folder.display();
    if folder.is_file() {
        return if is_toml(folder) {
            Ok(vec![folder.to_owned()])
        } else {
            Err(format!(
                "--forms {shown}：请给出一个 .toml 文件，或放着 .toml 文件的文件夹"
            ))
        };
    }
    let failed = |_| format!("--forms {shown}：打不开这个文件夹，请检查路径和权限");
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if is_toml(&path) && !path.is_dir() {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(format!("--forms {shown}：这个文件夹里没有 .toml 文件"));
    }
    paths.sort();
    Ok(paths)
}
