//! Bad files of every known kind, each through the program, alone and in one batch with a good one: the outcome is the
//! one listed, in one Chinese sentence where the file is refused, within five seconds and 300 MB.
//!
//! Memory is measured where the system tells it (Unix); it covers the program and the workers that it started.
#![allow(
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    missing_docs
)]

mod bad_files;
#[path = "support/biff.rs"]
mod biff;
mod common;
#[path = "support/package.rs"]
mod package;
#[path = "support/table_writers.rs"]
mod table_writers;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bad_files::verdict::{LARGEST, LAST, LONGEST, exit_code, faults, run};
use bad_files::{BadFile, Expected, all, good};
use serde_json::Value;

/// What the slowest and the largest took.
#[derive(Default)]
struct Records {
    slowest: (Duration, String),
    largest: (u64, String),
}

fn report_of(folder: &Path, name: &str) -> (Value, Vec<String>, Duration, Option<u64>) {
    let run = run(folder, &["check", "--format", "json", name], 1);
    let mut wrong = Vec::new();
    let report = run.json()["files"][0].clone();
    if run.code != exit_code(&report) {
        wrong.push(format!("exit code {}, not {}", run.code, exit_code(&report)));
    }
    let said = report["error"]["message"]
        .as_str()
        .map(|message| format!("{name}：{message}\n"))
        .unwrap_or_default();
    if run.stderr != said {
        wrong.push(format!("standard error is {:?}", run.stderr));
    }
    if run.took > LONGEST || run.lasted > LAST {
        wrong.push(format!("took {:?}, by the clock {:?}", run.took, run.lasted));
    }
    if run.peak.is_some_and(|peak| peak > LARGEST) {
        wrong.push(format!("took {} MB", run.peak.unwrap() >> 20));
    }
    (report, wrong, run.took, run.peak)
}

#[test]
fn every_bad_file_has_its_outcome() {
    let folder = tempfile::tempdir().unwrap();
    let only = std::env::var("HEBIAO_BAD_FILE").unwrap_or_default();
    let files: Vec<BadFile> = all().into_iter().filter(|file| file.name.contains(&only)).collect();
    let names: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names.len(), files.len(), "names are told apart");

    std::fs::write(folder.path().join("完好.xlsx"), good::xlsx()).unwrap();
    let good = report_of(folder.path(), "完好.xlsx").0;
    assert_eq!(good["status"], "clean", "{good}");

    let wrong = Mutex::new(Vec::new());
    let records = Mutex::new(Records::default());
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            std::fs::write(folder.path().join(&file.name), (file.build)()).unwrap();
            let (report, mut found, took, peak) = report_of(folder.path(), &file.name);
            found.extend(faults(&report, &file.expected, &good));
            if !found.is_empty() {
                wrong
                    .lock()
                    .unwrap()
                    .push(format!("{}: {}", file.name, found.join("; ")));
            }
            if !only.is_empty() {
                eprintln!("{}: {took:?}, {} MB", file.name, peak.unwrap_or_default() >> 20);
            }
            let mut records = records.lock().unwrap();
            let slowest = (took, file.name.clone());
            let largest = (peak.unwrap_or_default(), file.name.clone());
            records.slowest = records.slowest.clone().max(slowest);
            records.largest = records.largest.clone().max(largest);
        }
    };
    // Two at a time, so that times mean something on a small machine too.
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    let wrong = wrong.into_inner().unwrap();
    let records = records.into_inner().unwrap();
    eprintln!(
        "{} files; slowest {:?} ({}), largest {} MB ({})",
        files.len(),
        records.slowest.0,
        records.slowest.1,
        records.largest.0 >> 20,
        records.largest.1
    );
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        files.len(),
        wrong.join("\n")
    );

    in_one_batch(folder.path(), &files, &good);
}

/// Every file in one run, a good one before, among and after them: no file changes what becomes of another.
fn in_one_batch(folder: &Path, files: &[BadFile], good: &Value) {
    // A file named twice is read once, so that each place has a copy of its own.
    const COPIES: [&str; 3] = ["完好.xlsx", "完好之二.xlsx", "完好之三.xlsx"];
    for copy in &COPIES[1..] {
        std::fs::copy(folder.join(COPIES[0]), folder.join(copy)).unwrap();
    }
    let mut words = vec!["check", "--format", "json", COPIES[0]];
    let (front, back) = files.split_at(files.len() / 2);
    words.extend(front.iter().map(|file| file.name.as_str()));
    words.push(COPIES[1]);
    words.extend(back.iter().map(|file| file.name.as_str()));
    words.push(COPIES[2]);
    let run = run(folder, &words, u32::try_from(words.len()).unwrap());
    eprintln!("one batch: {:?}, {} MB", run.took, run.peak.unwrap_or_default() >> 20);
    let report = run.json();
    let reports = report["files"].as_array().unwrap();
    assert_eq!(reports.len(), files.len() + 3);
    let whole = Expected::Whole { losses: Vec::new() };
    let mut wrong = Vec::new();
    for (name, report) in words[3..].iter().zip(reports) {
        assert_eq!(report["file"], *name);
        let expected = files
            .iter()
            .find(|file| file.name == *name)
            .map_or(&whole, |file| &file.expected);
        wrong.extend(
            faults(report, expected, good)
                .into_iter()
                .map(|fault| format!("{name}: {fault}")),
        );
        if COPIES.contains(name) {
            let mut report = report.clone();
            report["file"] = good["file"].clone();
            assert_eq!(&report, good);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(run.code, 3, "some input could not be checked");
}
