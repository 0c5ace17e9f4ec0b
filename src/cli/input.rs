//! Files that people wrote for the program: settings, standards, forms. From a path to a text, or to one sentence why
//! not.

use std::path::Path;

use hebiao::batch;

/// The path as the report shows it.
pub fn shown(path: &Path) -> String {
    if batch::is_standard_input(path) {
        "标准输入".to_owned()
    } else {
        path.to_string_lossy().into_owned()
    }
}

/// Files that people write for the program are short; a longer one is something else.
const MOST_SETTINGS_BYTES: u64 = 256 * 1024;

/// The text of a file that someone wrote for the program; `what` says what it should be.
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
