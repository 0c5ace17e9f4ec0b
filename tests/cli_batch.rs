//! Many files through the command line: the same bytes however many at once, going on after a stop, exit codes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::fs;
use std::path::Path;

use common::{CLEAN, Folder, SEED, hebiao, hebiao_with, names};
use serde_json::Value;

const XLS: &str = "tests/data/部门评价表-信丰.xls";

/// A county's folder: good tables, with findings and without, one that is damaged, one that is no table.
fn county() -> Folder {
    let folder = Folder::new();
    let (seed, clean, xls) = (
        fs::read(SEED).unwrap(),
        fs::read(CLEAN).unwrap(),
        fs::read(XLS).unwrap(),
    );
    for number in 0..6 {
        folder.file(&format!("县/局{number}/自评表.xlsx"), &clean);
        folder.file(&format!("县/局{number}/评价表.xlsx"), &seed);
    }
    folder.file("县/局1/旧.xls", &xls);
    folder.file("县/局4/旧.xls", &xls);
    folder.file("县/局2/坏.xlsx", seed.get(..2000).unwrap());
    folder.file("县/局3/别的.csv", "姓名,电话\n甲,1\n".as_bytes());
    folder.file("县/局3/~$评价表.xlsx", b"x");
    folder
}

/// Every file in a folder, by its path below.
fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            let inner = tree(&path)
                .into_iter()
                .map(|(below, bytes)| (format!("{name}/{below}"), bytes));
            files.extend(inner);
        } else {
            files.push((name, fs::read(path).unwrap()));
        }
    }
    files
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = county();
    let county = folder.word("县");
    for format in ["text", "json", "ndjson"] {
        let run = |threads: &str| hebiao(&["check", &county, "--format", format, "--threads", threads]);
        let one = run("1");
        assert_eq!(one.code, 3, "{}", one.stderr);
        for threads in ["2", "5"] {
            let several = run(threads);
            assert_eq!(
                (several.code, &several.stdout, &several.stderr),
                (one.code, &one.stdout, &one.stderr)
            );
        }
    }
    let convert = |threads: &str| {
        let output = folder.word(&format!("结果{threads}"));
        let run = hebiao(&["convert", &county, "-o", &output, "--threads", threads, "--annotate"]);
        assert_eq!(run.code, 3, "{}", run.stderr);
        (tree(Path::new(&output)), run.stdout.replace(&output, ""), run.stderr)
    };
    let one = convert("1");
    assert!(
        one.0.iter().any(|(name, _)| name == "局5/评价表.规范表.xlsx"),
        "{:?}",
        one.1
    );
    // Each its two outputs, some an annotated copy, and the index.
    assert_eq!(one.0.len(), 14 * 2 + 12 + 1);
    assert!(one == convert("3"));
}

#[test]
fn a_streamed_document_is_the_document() {
    let folder = county();
    let run = hebiao(&["check", &folder.word("县"), "--format", "json"]);
    let whole = serde_json::from_str::<Value>(&run.stdout).unwrap();
    let files = whole["files"].as_array().unwrap();
    assert_eq!(files.len(), 16);
    let report: hebiao::report::Report = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(run.stdout, serde_json::to_string_pretty(&report).unwrap() + "\n");
    // A line is the file's part of it.
    let lines = hebiao(&["check", &folder.word("县"), "--format", "ndjson"]).stdout;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(&lines, files);
    // And the document of nothing is whole too.
    let none = hebiao(&["check", &folder.word("县/局3/~$评价表.xlsx"), "--format", "json"]);
    assert_eq!(none.json()["files"][0]["status"], "unreadable");
    folder.file("空/说明.pdf", b"x");
    let none = hebiao(&["check", &folder.word("空"), "--format", "json"]);
    assert_eq!((none.code, none.json()["files"].as_array().map(Vec::len)), (3, Some(0)));
    let empty = serde_json::to_string_pretty(&hebiao::report::Report::new(Vec::new())).unwrap();
    assert_eq!(none.stdout, empty + "\n");
}

#[test]
fn one_bad_file_is_a_row_and_the_others_are_checked() {
    let folder = county();
    let run = hebiao(&["check", &folder.word("县"), "--format", "json"]);
    assert_eq!(run.code, 3);
    let files = run.json()["files"].as_array().unwrap().clone();
    let of = |status: &str| files.iter().filter(|file| file["status"] == status).count();
    assert_eq!(
        (of("clean"), of("findings"), of("unreadable"), of("unrecognized")),
        (6, 8, 1, 1)
    );
    let bad: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(bad.len(), 3, "{}", run.stderr);
    assert!(bad[0].contains("局2/坏.xlsx：") && bad[1].contains("局3/别的.csv："));
    assert_eq!(bad[2], "读了 16 个文件，跳过 1 个（隐藏或临时 1，不是表格 0）");
}

#[test]
fn exit_codes_speak_of_all_files() {
    let folder = Folder::new();
    let (seed, clean) = (fs::read(SEED).unwrap(), fs::read(CLEAN).unwrap());
    folder.file("清/a.xlsx", &clean);
    folder.file("有/a.xlsx", &clean);
    folder.file("有/b.xlsx", &seed);
    folder.file("空/a.pdf", b"x");
    let code = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| folder.word(word)).collect();
        let mut all = vec!["check"];
        all.extend(words.iter().map(String::as_str));
        hebiao(&all).code
    };
    assert_eq!(code(&["清"]), 0);
    assert_eq!(code(&["有"]), 1);
    assert_eq!(code(&["清", "有"]), 1);
    assert_eq!(code(&["有", "没有"]), 3);
    assert_eq!(code(&["有", "空"]), 3);
    assert_eq!(code(&["空"]), 3);
    for wrong in [
        &["check", "--threads", "0", CLEAN][..],
        &["check", "--resume", CLEAN],
        &["check", "--output", "x.ndjson", CLEAN],
        &["check", "--files-from", "没有.txt"],
        &["check", "--files-from", "-", "-"],
    ] {
        let run = hebiao(wrong);
        assert_eq!(
            (run.code, run.stderr.lines().count()),
            (2, 1),
            "{wrong:?} {}",
            run.stderr
        );
    }
}

#[test]
fn lists_come_from_a_file_or_standard_input() {
    let folder = county();
    let list = format!("{}\r\n{}\r\n", folder.word("县/局5"), folder.word("县/局0/自评表.xlsx"));
    let gbk = encoding_rs::GB18030.encode(&list).0.into_owned();
    let path = folder.file("清单.txt", &gbk);
    let from_file = hebiao(&["check", "--format", "ndjson", "--files-from", &path]);
    let piped = hebiao_with(
        &["check", "--format", "ndjson", "--files-from", "-"],
        &[],
        list.as_bytes(),
    );
    assert_eq!(from_file.stdout, piped.stdout);
    let files: Vec<Value> = piped
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let shown: Vec<&str> = files.iter().map(|file| file["file"].as_str().unwrap()).collect();
    let expected = ["县/局5/自评表.xlsx", "县/局5/评价表.xlsx", "县/局0/自评表.xlsx"].map(|name| folder.word(name));
    assert_eq!(shown, expected);
    let none = hebiao_with(&["check", "--files-from", "-"], &[], b"\n");
    assert_eq!(none.code, 3);
    assert!(none.stderr.starts_with("文件清单里没有路径"), "{}", none.stderr);
}

#[test]
fn an_archive_is_checked_like_a_folder() {
    use std::io::Write as _;
    let folder = Folder::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, path) in [("局/评价表.xlsx", SEED), ("局/旧.xls", XLS)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&fs::read(path).unwrap()).unwrap();
    }
    let archive = folder.file("包.zip", &zip.finish().unwrap().into_inner());
    let run = hebiao(&["check", &archive, "--format", "json"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let json = run.json();
    let shown: Vec<&str> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["file"].as_str().unwrap())
        .collect();
    assert_eq!(
        shown,
        [format!("{archive}/局/旧.xls"), format!("{archive}/局/评价表.xlsx")]
    );
    let alone = hebiao(&["check", SEED, "--format", "json"]).file();
    assert_eq!(json["files"][1]["tables"], alone["tables"]);
    let output = folder.word("结果");
    assert_eq!(hebiao(&["convert", &archive, "-o", &output]).code, 1);
    assert!(folder.path("结果/局/评价表.规范表.xlsx").exists());
    // An output may not take the place of the archive that is read.
    let run = hebiao(&["check", &archive, "--format", "ndjson", "-o", &archive, "--resume"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("就是输入文件"), "{}", run.stderr);
}

#[test]
fn settings_and_baselines_are_exact_over_many_threads() {
    let folder = county();
    folder.file(
        "县/hebiao.toml",
        "[[suppress]]\nrule = \"A01\"\ntable = \"评价表.xlsx\"\nfield = \"*\"\nreason = \"试\"\n\
         [[suppress]]\nrule = \"A02\"\ntable = \"*\"\nfield = \"*\"\nreason = \"无用\"\n"
            .as_bytes(),
    );
    fs::remove_file(folder.path("县/局2/坏.xlsx")).unwrap();
    fs::remove_file(folder.path("县/局3/别的.csv")).unwrap();
    let county = folder.word("县");
    let baseline = folder.word("基线.json");
    let written = hebiao(&["check", &county, "--write-baseline", &baseline, "--threads", "4"]);
    assert!(
        written.stderr.contains("A02") && !written.stderr.contains("忽略 A01"),
        "{}",
        written.stderr
    );
    let first = fs::read(&baseline).unwrap();
    hebiao(&["check", &county, "--write-baseline", &baseline, "--threads", "1"]);
    assert_eq!(fs::read(&baseline).unwrap(), first);
    let run = |threads: &str| {
        let words = [
            "check",
            &county,
            "--format",
            "json",
            "--baseline",
            &baseline,
            "--threads",
            threads,
        ];
        hebiao(&words)
    };
    let (one, four) = (run("1"), run("4"));
    assert_eq!((one.code, &one.stdout), (0, &four.stdout));
    assert!(
        one.json()["files"]
            .as_array()
            .unwrap()
            .iter()
            .all(|file| file["status"] == "clean")
    );
}

#[test]
fn results_are_added_to_and_gone_on_with() {
    let folder = county();
    let (county, results) = (folder.word("县"), folder.word("结果.ndjson"));
    let start = ["check", &county, "--format", "ndjson", "-o", &results];
    let go_on = |more: &[&str]| {
        let mut words = start.to_vec();
        words.push("--resume");
        words.extend(more);
        hebiao(&words)
    };
    let run = hebiao(&start);
    assert_eq!((run.code, run.stdout.as_str()), (3, ""));
    let whole = fs::read_to_string(&results).unwrap();
    assert_eq!(whole.lines().count(), 16);
    // Each line is the report's line, and says what it was made by.
    let plain = hebiao(&["check", &county, "--format", "ndjson"]).stdout;
    for (marked, plain) in whole.lines().zip(plain.lines()) {
        let (head, mark) = marked.split_once(",\"checked_by\":").unwrap();
        assert_eq!(format!("{head}}}"), plain);
        assert!(mark.contains("\"basis\":\"ministry-2020#"), "{mark}");
    }
    // Once more without being told to go on: nothing is touched.
    let again = hebiao(&start);
    assert_eq!((again.code, fs::read_to_string(&results).unwrap() == whole), (2, true));
    assert!(again.stderr.contains("--resume"), "{}", again.stderr);

    // Nothing changed: nothing is done, and the exit code still speaks of all.
    let run = go_on(&[]);
    assert_eq!((run.code, fs::read_to_string(&results).unwrap() == whole), (3, true));
    assert!(run.stderr.contains("其中 16 个文件上次核对过"), "{}", run.stderr);

    // Stopped in the middle of a line: the same bytes come out.
    let stopped: usize = whole.lines().take(5).map(|line| line.len() + 1).sum();
    fs::write(&results, whole.as_bytes().get(..stopped + 100).unwrap()).unwrap();
    let run = go_on(&["--threads", "3"]);
    assert!(run.stderr.contains("其中 5 个文件上次核对过"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&results).unwrap(), whole);

    // A file handed in again takes the place of its line.
    folder.file("县/局2/坏.xlsx", &fs::read(CLEAN).unwrap());
    let run = go_on(&[]);
    assert!(run.stderr.contains("其中 15 个文件上次核对过"), "{}", run.stderr);
    let after = fs::read_to_string(&results).unwrap();
    let of_file: Vec<&str> = after.lines().filter(|line| line.contains("坏.xlsx")).collect();
    assert_eq!((after.lines().count(), of_file.len()), (16, 1));
    assert!(of_file[0].contains("\"status\":\"clean\""));

    // Another standard checks all again.
    let run = go_on(&["--standard", "hubei"]);
    assert!(!run.stderr.contains("上次核对过"), "{}", run.stderr);
    let after = fs::read_to_string(&results).unwrap();
    assert_eq!(after.lines().count(), 16);
    assert!(after.lines().all(|line| line.contains("\"basis\":\"hubei")));

    // A broken line is told by its number, and the file is left as it is.
    let broken = format!("{}坏\n{}", whole.lines().next().unwrap().to_owned() + "\n", whole);
    fs::write(&results, &broken).unwrap();
    let run = go_on(&[]);
    assert_eq!((run.code, fs::read_to_string(&results).unwrap() == broken), (2, true));
    assert!(run.stderr.contains("第 2 行"), "{}", run.stderr);
}

#[test]
fn lines_are_read_back_one_by_one() {
    let folder = county();
    let lines = hebiao(&["check", &folder.word("县"), "--format", "ndjson"]).stdout;
    let mut text = lines.clone().into_bytes();
    text.splice(0..0, *b"\n\xEF\xBB\xBF{}\n");
    text.extend(b"\n{\"file\":");
    let read: Vec<_> = hebiao::batch::read_lines(text.as_slice()).collect();
    assert_eq!(read.len(), 18);
    let told = |index: usize| read[index].as_ref().unwrap_err().to_string();
    assert!(told(0).starts_with("第 2 行不是一个文件的核对结果"), "{}", told(0));
    assert!(told(17).starts_with("第 20 行没有写完"), "{}", told(17));
    let back: String = read
        .iter()
        .filter_map(|line| line.as_ref().ok())
        .map(|report| hebiao::batch::line(report, None) + "\n")
        .collect();
    assert_eq!(back, lines);
}

#[cfg(unix)]
mod stopped {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use super::*;

    /// A folder that takes a while.
    fn large() -> Folder {
        let folder = Folder::new();
        let (seed, xls) = (fs::read(SEED).unwrap(), fs::read(XLS).unwrap());
        for number in 0..120 {
            folder.file(&format!("县/{number:03}.xlsx"), &seed);
            folder.file(&format!("县/{number:03}旧.xls"), &xls);
        }
        folder
    }

    #[test]
    fn a_signal_lets_the_files_under_way_be_finished() {
        let folder = large();
        let (county, results) = (folder.word("县"), folder.path("结果.ndjson"));
        let child = Command::new(env!("CARGO_BIN_EXE_hebiao"))
            .args(["check", &county, "--format", "ndjson", "-o"])
            .arg(&results)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let start = Instant::now();
        while fs::metadata(&results).map_or(0, |it| it.len()) == 0 {
            assert!(start.elapsed() < Duration::from_secs(60), "nothing was written");
            std::thread::sleep(Duration::from_millis(2));
        }
        let id = child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("已按要求停下") && told.contains("--resume"), "{told}");
        let written = fs::read_to_string(&results).unwrap();
        let lines = written.lines().count();
        assert!(written.ends_with('\n') && (1..240).contains(&lines), "{lines}");
        assert!(
            told.contains(&format!("做完 {lines} 个文件，共 240 个")),
            "{lines} {told}"
        );
        let all_read =
            hebiao::batch::read_lines(written.as_bytes()).all(|line| line.is_ok_and(|it| it.error.is_none()));
        assert!(all_read, "a file under way was not finished");

        let results = results.to_str().unwrap();
        let run = hebiao(&["check", &county, "--format", "ndjson", "-o", results, "--resume"]);
        assert_eq!(run.code, 1);
        assert!(
            run.stderr.contains(&format!("其中 {lines} 个文件上次核对过")),
            "{}",
            run.stderr
        );
        let plain = hebiao(&["check", &county, "--format", "ndjson"]).stdout;
        let whole = fs::read_to_string(results).unwrap();
        assert_eq!(whole.lines().count(), 240);
        let same = whole.lines().zip(plain.lines()).all(|(marked, plain)| {
            marked
                .split_once(",\"checked_by\":")
                .is_some_and(|(head, _)| format!("{head}}}") == plain)
        });
        assert!(same);
    }

    #[test]
    fn a_document_that_was_cut_short_is_whole() {
        let folder = large();
        let output = folder.path("结果.json");
        let child = Command::new(env!("CARGO_BIN_EXE_hebiao"))
            .args(["check", &folder.word("县"), "--format", "json", "--threads", "2"])
            .stdout(fs::File::create(&output).unwrap())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let start = Instant::now();
        while fs::metadata(&output).map_or(0, |it| it.len()) < 1000 {
            assert!(start.elapsed() < Duration::from_secs(60), "nothing was written");
            std::thread::sleep(Duration::from_millis(2));
        }
        let id = child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(2));
        // Redirected: no progress.
        assert!(!String::from_utf8(ended.stderr).unwrap().contains('\u{1b}'));
        let document: Value = serde_json::from_str(&fs::read_to_string(&output).unwrap()).unwrap();
        assert!(!document["files"].as_array().unwrap().is_empty());
    }
}
