//! What files were given: tables, archives, and files that checks go by.

use hebiao::batch::{Skipped, tables_among, unpacked as unpack};
use hebiao::layout::{FormFile, FormLibrary};
use hebiao::own_rules::{OwnRules, RuleFile};
use hebiao::read::Limits;
use hebiao::standard::Standard;
use serde_json::{Value, json};

/// Returns which paths are tables, in order, and what was passed over.
pub fn tables(paths: &[String]) -> Value {
    let (wanted, skipped) = tables_among(paths);
    json!({ "wanted": wanted, "skipped": told(&skipped) })
}

/// Returns the tables in an archive, a part for each that could be unpacked.
pub fn unpacked(path: &str, bytes: &[u8]) -> (Value, Vec<Vec<u8>>) {
    let Some((files, skipped)) = unpack(path, bytes.to_vec(), Limits::default().file_bytes) else {
        return (json!({ "is_archive": false }), Vec::new());
    };
    let mut parts = Vec::new();
    let files: Vec<Value> = files
        .into_iter()
        .map(|file| match file.bytes {
            Ok(bytes) => {
                parts.push(bytes);
                json!({ "path": file.path })
            }
            Err(error) => json!({ "path": file.path, "error": error }),
        })
        .collect();
    let head = json!({ "is_archive": true, "files": files, "skipped": told(&skipped) });
    (head, parts)
}

/// Returns what TOML files are: settings, form, rules, standard, or nothing of these.
pub fn kinds(names: &[String], parts: &[&[u8]]) -> Value {
    let kinds = names.iter().zip(parts).map(|(name, bytes)| kind(name, bytes));
    json!({ "kinds": kinds.collect::<Vec<_>>() })
}

fn kind(name: &str, bytes: &[u8]) -> Option<&'static str> {
    if name.rsplit('/').next() == Some("hebiao.toml") {
        return Some("settings");
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    let name = name.to_owned();
    // Whoever wrote rules with a mistake is to be told of the mistake.
    let has_table = |table: &str| text.lines().any(|line| line.trim() == table);
    let rule_file = RuleFile {
        name: name.clone(),
        text: text.clone(),
    };
    if has_table("[[rule]]") || OwnRules::read(&[rule_file]).is_ok_and(|rules| !rules.all().is_empty()) {
        return Some("rules");
    }
    if Standard::from_toml(&text).is_ok() {
        return Some("standard");
    }
    let file = FormFile {
        name,
        text: text.clone(),
    };
    if has_table("[[sign]]") || FormLibrary::builtin().extended(&[file]).is_ok() {
        return Some("form");
    }
    let has_key = |key: &str| text.lines().any(|line| line.trim_start().starts_with(key));
    if has_key("extends") {
        return Some("standard");
    }
    if has_key("[indicator]") || has_key("[heading]") || has_key("[fund]") {
        return Some("form");
    }
    (has_key("[severity]") || has_key("[[suppress]]") || has_key("[tolerance]")).then_some("settings")
}

fn told(skipped: &Skipped) -> Value {
    json!({
        "hidden": skipped.hidden,
        "not_tables": skipped.not_tables,
        "own_outputs": skipped.own_outputs,
        "duplicates": skipped.duplicates,
        "documents": skipped.documents,
    })
}
