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
    "diff",
    "disk",
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
