//! Names of the files in folders of evidence. No file is opened.

use std::path::{Path, PathBuf};

use hebiao::EvidenceFiles;
use walkdir::WalkDir;

use super::Stop;
use super::output::complain;

/// Files that are looked at.
const MOST_FILES: usize = 5_000;
/// Entries of folders that are looked at.
const MOST_ENTRIES: usize = 50_000;
/// Folders inside folders that are gone into.
const DEEPEST: usize = 16;

/// Returns the names in the folders; `None` where there is no folder, or where there are more files than are looked at:
/// then nothing can be said to be missing.
///
/// # Errors
/// A folder that cannot be opened.
pub fn find(folders: &[PathBuf]) -> Result<Option<EvidenceFiles>, Stop> {
    if folders.is_empty() {
        return Ok(None);
    }
    let mut paths = Vec::new();
    let mut mistakes = Vec::new();
    let mut left = MOST_ENTRIES;
    for folder in folders {
        match below(folder, &mut paths, &mut left) {
            Ok(()) => {}
            Err(why) => mistakes.push(format!("{}：读不了佐证材料文件夹，{why}", folder.display())),
        }
    }
    if !mistakes.is_empty() {
        return Err(Stop::Refused(mistakes));
    }
    if paths.len() > MOST_FILES || left == 0 {
        complain(&format!(
            "佐证材料文件夹里的文件超过 {MOST_FILES} 个，没有查找佐证材料；请给出项目自己的文件夹"
        ));
        return Ok(None);
    }
    let shown: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
    Ok(Some(EvidenceFiles::new(shown.join("、"), paths)))
}

/// Adds the paths of files below a folder. Hidden ones and what links lead to are left out.
fn below(folder: &Path, paths: &mut Vec<String>, left: &mut usize) -> Result<(), String> {
    if !folder.is_dir() {
        let why = if folder.exists() {
            "这不是文件夹"
        } else {
            "没有这个文件夹"
        };
        return Err(why.to_owned());
    }
    let is_hidden = |name: &str| name.starts_with('.') || name.starts_with("~$");
    let walk = WalkDir::new(folder).max_depth(DEEPEST).sort_by_file_name().into_iter();
    let walk = walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy()));
    for entry in walk {
        *left = left.saturating_sub(1);
        if *left == 0 || paths.len() > MOST_FILES {
            return Ok(());
        }
        let entry = entry.map_err(|error| match error.path() {
            Some(path) => format!("打不开“{}”", path.display()),
            None => "打不开".to_owned(),
        })?;
        if !entry.file_type().is_file() {
            continue;
        }
        let parts = entry.path().strip_prefix(folder).unwrap_or(entry.path()).components();
        let parts: Vec<String> = parts
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        paths.push(parts.join("/"));
    }
    Ok(())
}
