//! Files that people wrote for the program: settings, standards, forms. From a path to a text, or to one sentence why
//! not.

use std::path::{Path, PathBuf};

use hebiao::batch;

/// Returns the path as the report shows it.
pub fn shown(path: &Path) -> String {
    if hebiao::internals::is_standard_input(path) {
        "标准输入".to_owned()
    } else {
        path.to_string_lossy().into_owned()
    }
}

/// Files that people write for the program are short; a longer one is something else.
const MOST_SETTINGS_BYTES: u64 = 256 * 1024;

/// Returns the text of a file that someone wrote for the program; `what` says what it should be.
///
/// # Errors
/// One Chinese sentence, with the file's name.
pub fn read_settings(path: &Path, what: &str) -> Result<String, String> {
    let name = shown(path);
    let bytes = batch::read_file(path, MOST_SETTINGS_BYTES).map_err(|error| match error.code.as_str() {
        "is_directory" => format!("{name}：这是一个文件夹，请给出一个 .toml 文件"),
        _ => format!("{name}：{}", error.message),
    })?;
    if bytes.len() as u64 > MOST_SETTINGS_BYTES {
        return Err(format!(
            "{name}：文件超过 {} KB，不像是{what}",
            MOST_SETTINGS_BYTES / 1024
        ));
    }
    String::from_utf8(bytes).map_err(|_| format!("{name}：不是 UTF-8 编码的文字，请用记事本另存为 UTF-8 编码"))
}

/// Returns the `.toml` files of a folder that an option or a settings file names, by name.
///
/// # Errors
/// One Chinese sentence.
pub fn toml_files(option: &str, folder: &Path) -> Result<Vec<PathBuf>, String> {
    let shown = folder.display();
    if folder.is_file() {
        return Err(format!("{option} {shown}：这是一个文件，请给出它所在的文件夹"));
    }
    let failed = |_| format!("{option} {shown}：打不开这个文件夹，请检查路径和权限");
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let is_toml = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
        if is_toml && !path.is_dir() {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        return Err(format!("{option} {shown}：这个文件夹里没有 .toml 文件"));
    }
    paths.sort();
    Ok(paths)
}
