//! A summary's memory does not grow with the number of tables: what there is one of for each waits on disk.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use common::{CLEAN, Folder, hebiao};
use serde_json::{Value, json};

/// Writes result lines of so many tables, each of another unit, with texts of its own. One at a time: what this program
/// holds when it starts another counts for the other's memory.
fn write_lines(path: &Path, count: usize) {
    let line = hebiao(&["check", "--format", "ndjson", CLEAN]).stdout;
    let model: Value = serde_json::from_str(&line).unwrap();
    let mut lines = BufWriter::new(File::create(path).unwrap());
    for number in 0..count {
        let mut report = model.clone();
        report["file"] = json!(format!("报送/第{}局/项目{number}.xlsx", number % 40));
        report["sha256"] = json!(format!("{number:064x}"));
        let evaluation = &mut report["tables"][0]["evaluation"];
        for (field, name) in [("implementing_unit", "单位"), ("project_name", "项目")] {
            let name = json!(format!("第{number}号{name}"));
            evaluation[field]["value"] = name.clone();
            evaluation[field]["text"] = name;
        }
        for indicator in evaluation["indicators"].as_array_mut().unwrap() {
            let name = json!(format!("{}{}", indicator["level3"]["value"].as_str().unwrap(), number));
            indicator["level3"]["value"] = name.clone();
            indicator["level3"]["text"] = name;
        }
        writeln!(lines, "{report}").unwrap();
    }
    lines.flush().unwrap();
}

/// The most memory of a summary over so many tables, in bytes.
fn peak(folder: &Folder, count: usize, output: &str) -> u64 {
    let results = folder.path(&format!("{count}.ndjson"));
    write_lines(&results, count);
    let (results, output) = (results.display().to_string(), folder.word(output));
    common::peak(&["summarize", "--force", "--from", &results, "-o", &output], 0)
}

/// A table more costs less than this. Buffers of fixed length, and the allocator's, are still being filled at these
/// numbers, so that it lies above what a further table keeps, and far below what a table says.
const BYTES: u64 = 2_048;
/// More than a summary keeps in memory: a county's is made there whole.
const FEW: usize = 1_100;
const MANY: usize = 2_300;

#[track_caller]
fn assert_is_bounded(output: &str) {
    let folder = Folder::new();
    // What two threads hold at once depends on who is faster: the least of a few runs is what is needed.
    let least = |count| (0..3).map(|_| peak(&folder, count, output)).min().unwrap();
    let (few, many) = (least(FEW), least(MANY));
    let growth = many.saturating_sub(few) / (MANY - FEW) as u64;
    assert!(growth < BYTES, "{growth} bytes a table, from {few} to {many} in all");
}

#[test]
fn a_list_of_more_tables_takes_hardly_more_memory() {
    assert_is_bounded("汇总.csv");
}

#[test]
fn a_workbook_of_more_tables_takes_hardly_more_memory() {
    assert_is_bounded("汇总.xlsx");
}
