//! The program as its users see it: a command line, two streams, an exit code and files in a folder.
#![allow(
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

#[path = "../../examples/make_samples/department.rs"]
pub mod department;
#[path = "../../examples/make_samples/ministry.rs"]
pub mod ministry;
#[path = "../../examples/make_samples/table.rs"]
pub mod table;

pub use table::{Content, Table, percent};

pub const SEED: &str = "samples/部门评价表-信丰.xlsx";
pub const CLEAN: &str = "samples/项目支出绩效自评表-示例.xlsx";

/// What a run left behind.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Standard output as one JSON document.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in:\n{}", self.stdout))
    }

    /// The contract's report of the only file.
    pub fn file(&self) -> Value {
        let report = self.json();
        assert_eq!(report["files"].as_array().map(Vec::len), Some(1));
        report["files"][0].clone()
    }
}

/// Runs the program in the package's folder.
pub fn hebiao(words: &[&str]) -> Run {
    hebiao_with(words, &[], b"")
}

/// Runs it with environment variables and standard input.
pub fn hebiao_with(words: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hebiao"));
    command.args(words).current_dir(env!("CARGO_MANIFEST_DIR"));
    command
        .env_remove("NO_COLOR")
        .env_remove("FORCE_COLOR")
        .envs(variables.iter().copied());
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    // A program that never reads its input may have ended already.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("the program ends");
    Run {
        code: output.status.code().expect("no signal"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// Runs the program, which is to end with this code, for the most memory that it took, in bytes.
#[cfg(unix)]
pub fn peak(words: &[&str], code: i32) -> u64 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hebiao"));
    command.args(words).stdout(Stdio::null()).stderr(Stdio::null());
    let end = wait4::Wait4::wait4(&mut command.spawn().expect("the program starts")).expect("the program ends");
    assert_eq!(end.status.code(), Some(code), "{words:?}");
    end.rusage.maxrss
}

/// A folder of its own for one test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and gives its path as a word of a command line.
    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    }

    /// Writes a table as a workbook.
    pub fn table(&self, name: &str, table: &Table) -> String {
        self.file(name, &table.to_xlsx().expect("a workbook"))
    }

    pub fn word(&self, name: &str) -> String {
        self.path(name).to_str().expect("UTF-8").to_owned()
    }
}

/// Names in a folder, sorted; empty when there is no such folder.
pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names
}

/// `code severity cell` of every finding of the only table, in the report's order.
pub fn findings(file: &Value) -> Vec<String> {
    assert_eq!(file["tables"].as_array().map(Vec::len), Some(1), "{file}");
    let findings = file["tables"][0]["discrepancies"].as_array().expect("a list");
    let text = |finding: &Value, key: &str| finding[key].as_str().expect("a text").to_owned();
    findings
        .iter()
        .map(|finding| {
            format!(
                "{} {} {}",
                text(finding, "code"),
                text(finding, "severity"),
                text(finding, "cell")
            )
        })
        .collect()
}

/// The findings that are more than a remark.
pub fn serious(file: &Value) -> Vec<String> {
    findings(file)
        .into_iter()
        .filter(|finding| !finding.contains(" info "))
        .collect()
}
