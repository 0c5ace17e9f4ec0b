//! The order of the rooms: what a folder of `src` may know of the others, and what the core may not depend on.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of the library, lowest first. A room may name itself and what stands before it.
const ROOMS: [&str; 24] = [
    "text",
    "grid",
    "formula",
    "model",
    "prose",
    "standard",
    "read",
    "layout",
    "reference",
    "rescore",
    "rules",
    "own_rules",
    "report",
    "check",
    "disk",
    "diff",
    "summary",
    "write",
    "explanations",
    "settings",
    "files",
    "batch",
    "dataset",
    "lib",
];

/// The rooms of the program, which sees the library from outside.
const PROGRAM: [&str; 3] = ["isolate", "cli", "main"];

/// What the core (no features) may not depend on: files, threads, clocks, terminals and compiled C.
const NOT_IN_THE_CORE: [&str; 18] = [
    "anstream",
    "calamine",
    "cc",
    "clap",
    "ctrlc",
    "glob",
    "indicatif",
    "libmimalloc-sys",
    "libz-sys",
    "mimalloc",
    "parquet",
    "rayon",
    "rlimit",
    "tempfile",
    "terminal_size",
    "walkdir",
    "windows-sys",
    "zstd-sys",
];

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn room_of(path: &Path) -> String {
    let inside = path.strip_prefix(source()).unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The lines of a file that are compiled into the product: no comments and no tests, which may look anywhere.
fn product_lines(text: &str) -> Vec<&str> {
    text.lines()
        .take_while(|line| !line.trim_start().starts_with("#[cfg(test)]"))
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect()
}

/// The rooms that a text names behind `crate::`, also in a group (`use crate::{grid::…, model::…}`).
fn named_rooms(text: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for rest in text.split("crate::").skip(1) {
        let word = |part: &str| -> String { part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
        match rest.strip_prefix('{') {
            Some(group) => {
                let mut depth = 0;
                let mut at_start = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => at_start = true,
                        c if c.is_whitespace() => {}
                        _ if at_start && depth == 0 => {
                            named.insert(word(&group[at..]));
                            at_start = false;
                        }
                        _ => {}
                    }
                }
            }
            None => {
                named.insert(word(rest));
            }
        }
    }
    named
}

#[test]
fn no_room_imports_upward() {
    let mut files = Vec::new();
    source_files(&source(), &mut files);
    let place = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut wrong = Vec::new();
    for file in files {
        let room = room_of(&file);
        if PROGRAM.contains(&room.as_str()) {
            continue;
        }
        let Some(own) = place(&room) else {
            wrong.push(format!(
                "{} stands in a room that has no place in the order",
                file.display()
            ));
            continue;
        };
        let text = fs::read_to_string(&file).unwrap();
        for named in named_rooms(&product_lines(&text).join("\n")) {
            // Items of the root (`crate::check_bytes`) are those of the room `check`.
            let known = place(&named).or_else(|| named.starts_with("check_").then(|| place("check")).flatten());
            if known.is_none_or(|known| known > own) {
                wrong.push(format!("{} ({room}) names {named}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "upward or unknown imports:\n{}", wrong.join("\n"));
}

#[test]
fn rules_and_rescoring_know_nothing_of_layouts() {
    let mut files = Vec::new();
    source_files(&source(), &mut files);
    for file in files {
        if matches!(room_of(&file).as_str(), "rules" | "rescore") {
            let text = fs::read_to_string(&file).unwrap();
            let named = named_rooms(&product_lines(&text).join("\n"));
            assert!(!named.contains("layout"), "{} names layout", file.display());
        }
    }
}

/// Rules share the kit; one that needs another's function says that the function belongs there.
#[test]
fn rules_do_not_call_each_other() {
    let is_family = |folder: &str| folder.len() > 2 && folder.as_bytes()[1] == b'_';
    for room in ["rules", "summary/rules"] {
        let mut files = Vec::new();
        source_files(&source().join(room), &mut files);
        let mut seen = 0;
        for file in files.iter().filter(|file| !file.ends_with("mod.rs")) {
            let folder = file
                .parent()
                .unwrap()
                .file_name()
                .unwrap()
                .to_string_lossy()
                .into_owned();
            if !is_family(&folder) {
                continue;
            }
            seen += 1;
            let text = fs::read_to_string(file).unwrap();
            let product = product_lines(&text).join("\n");
            let own = format!("crate::{}::", room.replace('/', "::"));
            let names_a_rule = product
                .split(&own)
                .skip(1)
                .any(|rest| is_family(rest.split("::").next().unwrap_or_default()));
            assert!(
                !product.contains("super::") && !names_a_rule,
                "{} names another rule",
                file.display()
            );
        }
        assert!(seen >= 20, "{room}: only {seen} rules found");
    }
}

/// What a file declares and a user of the library sees: names behind `pub use` and items that are `pub` themselves.
fn public_names(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let product = product_lines(text).join("\n");
    for rest in product.split("\npub use ").skip(1) {
        let list = rest.split(';').next().unwrap();
        let last = list.split_once('{').map_or(list, |(_, group)| group);
        for path in last.trim_end_matches('}').split(',') {
            let name = path.trim().rsplit("::").next().unwrap();
            names.insert(name.rsplit(' ').next().unwrap().to_owned());
        }
    }
    for kind in ["enum", "struct"] {
        for rest in product.split(&format!("\npub {kind} ")).skip(1) {
            names.insert(rest.chars().take_while(|c| c.is_alphanumeric()).collect());
        }
    }
    names
}

/// The modules that a file opens to users of the library.
fn public_modules(text: &str) -> Vec<String> {
    let product = product_lines(text).join("\n");
    let modules = product.split("\npub mod ").skip(1);
    modules
        .filter_map(|rest| rest.split_once(';'))
        .map(|(name, _)| name.trim().to_owned())
        .filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .collect()
}

/// Enums that will never have a further variant, so that users may match all of them.
const CLOSED_ENUMS: [(&str, &str); 5] = [
    (
        "CellValue",
        "what a cell of a spreadsheet can hold; whoever forgets one loses cells",
    ),
    ("Example", "a rule's page has a wrong table and a right one"),
    ("Recomputed", "a result is as stored, otherwise, or not computed again"),
    (
        "Severity",
        "错误, 预警, 提示: the levels of the field, and of the exit codes",
    ),
    ("Visibility", "the three states that the file formats know"),
];

/// How the names of structs end that users fill in.
const FILLED_IN: [&str; 6] = ["Options", "Limits", "Settings", "Sender", "Contents", "Sources"];

#[test]
fn what_may_grow_is_non_exhaustive() {
    let root = fs::read_to_string(source().join("lib.rs")).unwrap();
    // A name is looked for in the room that shows it: another may use it for something of its own.
    let mut files = vec![(source().join("check.rs"), public_names(&root))];
    let rooms = public_modules(&root);
    assert!(rooms.len() >= 15, "only {rooms:?} are public");
    for room in rooms {
        let mut shown = BTreeSet::new();
        let mut modules = vec![source().join(room)];
        let mut found = Vec::new();
        source_files(&modules[0], &mut found);
        while let Some(module) = modules.pop() {
            let own = module.join("mod.rs");
            let file = if own.is_file() {
                own
            } else {
                module.with_extension("rs")
            };
            let text = fs::read_to_string(&file).unwrap();
            shown.extend(public_names(&text));
            modules.extend(public_modules(&text).iter().map(|inner| module.join(inner)));
        }
        files.extend(found.into_iter().map(|file| (file, shown.clone())));
    }
    let (mut enums, mut structs, mut closed, mut wrong) = (0, 0, BTreeSet::new(), Vec::new());
    for (file, shown) in &files {
        let text = fs::read_to_string(file).unwrap();
        let lines = product_lines(&text);
        for (at, line) in lines.iter().enumerate() {
            let word = |kind: &str| -> Option<String> {
                let rest = line.strip_prefix(kind)?;
                Some(rest.chars().take_while(|c| c.is_alphanumeric()).collect())
            };
            let attributes = lines[..at].iter().rev().take_while(|line| line.starts_with('#'));
            let may_grow = attributes.into_iter().any(|line| *line == "#[non_exhaustive]");
            let name = if let Some(name) = word("pub enum ").filter(|name| shown.contains(name)) {
                enums += 1;
                if CLOSED_ENUMS.iter().any(|(known, _)| *known == name) {
                    assert!(!may_grow, "{name} is said to be closed");
                    closed.insert(name);
                    continue;
                }
                name
            } else if let Some(name) = word("pub struct ").filter(|name| shown.contains(name))
                && FILLED_IN.iter().any(|end| name.ends_with(end))
            {
                structs += 1;
                name
            } else {
                continue;
            };
            if !may_grow {
                wrong.push(format!("{name} in {}", file.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "public, and not #[non_exhaustive]:\n{}",
        wrong.join("\n")
    );
    assert_eq!(
        closed.len(),
        CLOSED_ENUMS.len(),
        "only {closed:?} are closed and public"
    );
    assert!(
        enums >= 50 && structs >= 6,
        "only {enums} enums and {structs} structs were looked at"
    );
}

/// A file that one cannot see over holds more than one thing.
#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    const LONGEST: usize = 400;
    let mut files = Vec::new();
    source_files(&source(), &mut files);
    assert!(files.len() > 500, "only {} files found", files.len());
    let long: Vec<String> = files
        .iter()
        .map(|file| (fs::read_to_string(file).unwrap().lines().count(), file))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, file)| format!("{}: {lines} lines", file.display()))
        .collect();
    assert!(long.is_empty(), "too long:\n{}", long.join("\n"));
}

#[test]
fn the_core_touches_no_file_thread_or_clock() {
    let mut files = Vec::new();
    source_files(&source(), &mut files);
    // Rooms and files behind a feature, and the one place where bytes wait.
    let behind_a_feature = ["files", "dataset", "cli", "isolate", "main", "batch"];
    for file in files {
        if behind_a_feature.contains(&room_of(&file).as_str()) || file.ends_with("disk/scratch.rs") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let product = product_lines(&text).join("\n");
        for foreign in [
            "std::fs",
            "std::thread",
            "std::net",
            "Instant::now",
            "SystemTime",
            "tempfile::",
        ] {
            assert!(!product.contains(foreign), "{} uses {foreign}", file.display());
        }
    }
}

#[test]
fn the_core_depends_on_no_program_library() {
    let tree = std::process::Command::new(env!("CARGO"))
        .args([
            "tree",
            "--no-default-features",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .args(["--offline", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let names: BTreeSet<String> = String::from_utf8_lossy(&tree.stdout)
        .lines()
        .filter_map(|line| line.split(' ').next().map(str::to_owned))
        .collect();
    assert!(
        names.contains("quick-xml"),
        "the list of dependencies is not what it was thought to be"
    );
    for name in NOT_IN_THE_CORE {
        assert!(!names.contains(name), "the core depends on {name}");
    }
}
