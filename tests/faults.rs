//! What goes wrong around the program: killed at any moment, a disk that is full or may not be written, inputs that
//! vanish, two runs into one folder. An output is whole or absent, a batch goes on where it stopped, and the words say
//! what happened.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod common;

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::{CLEAN, Folder, SEED, hebiao, names};
use hebiao::read::{Limits, read_workbook};

const UNITS: usize = 12;

/// A folder of tables, half of them with findings.
fn county() -> Folder {
    let folder = Folder::new();
    let tables = [SEED, CLEAN].map(|path| std::fs::read(path).unwrap());
    for unit in 0..UNITS {
        folder.file(&format!("报送/单位{unit:02}.xlsx"), &tables[unit % 2]);
    }
    folder
}

fn start(words: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hebiao"));
    command.args(words).current_dir(env!("CARGO_MANIFEST_DIR"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Moments to kill at, spread over a run; where a run is over sooner, it is one that was not killed.
fn moments() -> impl Iterator<Item = Duration> {
    let mut state = 0x2545_F491_u64;
    (0..8).map(move |step| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        Duration::from_millis(step * 60 + state % 50)
    })
}

fn kill_after(mut child: Child, moment: Duration) {
    std::thread::sleep(moment);
    let _ = child.kill();
    child.wait().unwrap();
}

/// Whether every file in a folder with a name of its own is whole; what has none yet is hidden.
fn all_whole(folder: &Path) {
    for name in names(folder).iter().filter(|name| !name.starts_with('.')) {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        if name.ends_with(".xlsx") {
            assert!(read_workbook(&bytes, None, &Limits::default()).is_ok(), "{name}");
        }
    }
}

#[test]
fn a_killed_conversion_leaves_whole_outputs_and_can_be_done_again() {
    let folder = county();
    let (input, out) = (folder.word("报送"), folder.word("out"));
    for moment in moments() {
        kill_after(start(&["convert", &input, "-o", &out, "--annotate", "--force"]), moment);
        all_whole(Path::new(&out));
    }
    let run = hebiao(&["convert", &input, "-o", &out, "--annotate", "--force"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    all_whole(Path::new(&out));
    let whole = names(Path::new(&out)).into_iter().filter(|name| !name.starts_with('.'));
    // Three outputs a unit, and the index.
    assert_eq!(whole.count(), UNITS * 3 + 1);
    // Not one input was touched.
    for unit in 0..UNITS {
        let bytes = std::fs::read(folder.path(&format!("报送/单位{unit:02}.xlsx"))).unwrap();
        assert!(bytes == std::fs::read([SEED, CLEAN][unit % 2]).unwrap(), "{unit}");
    }
}

#[test]
fn a_killed_summary_is_whole_or_absent() {
    let folder = county();
    let (input, out) = (folder.word("报送"), folder.word("汇总.xlsx"));
    for moment in moments() {
        kill_after(start(&["summarize", &input, "-o", &out, "--force"]), moment);
        if let Ok(bytes) = std::fs::read(&out) {
            assert!(read_workbook(&bytes, None, &Limits::default()).is_ok());
        }
    }
    let run = hebiao(&["summarize", &input, "-o", &out, "--force"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn a_run_killed_any_number_of_times_and_gone_on_with_gives_what_one_run_gives() {
    let folder = county();
    let (input, killed, whole) = (folder.word("报送"), folder.word("断.ndjson"), folder.word("全.ndjson"));
    for moment in moments() {
        kill_after(
            start(&["check", &input, "--format", "ndjson", "-o", &killed, "--resume"]),
            moment,
        );
    }
    let run = hebiao(&["check", &input, "--format", "ndjson", "-o", &killed, "--resume"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    hebiao(&["check", &input, "--format", "ndjson", "-o", &whole]);
    let sorted = |path: &str| {
        let mut lines: Vec<String> = std::fs::read_to_string(path)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    };
    assert!(sorted(&killed) == sorted(&whole));
}

/// A disk of a given size, where the system lets a test have one; gone at the end.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn new(options: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(folder.path());
        mount.stdout(Stdio::null()).stderr(Stdio::null());
        mount.status().ok()?.success().then_some(Self(folder))
    }

    fn word(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

/// Runs every command that writes, and gives what each said with its exit code.
fn writers(input: &str, to: impl Fn(&str) -> String) -> Vec<(String, i32)> {
    let all: [&[&str]; 9] = [
        &["convert", input, "-o", &to("out"), "--annotate"],
        &["summarize", input, "-o", &to("汇总.xlsx")],
        &["summarize", input, "--dataset", &to("数据集")],
        &["summarize", input, "--notices", &to("通知")],
        &["check", input, "--format", "ndjson", "-o", &to("结果.ndjson")],
        &["check", input, "--write-baseline", &to("基线.json")],
        &["inspect", SEED, "--format", "html", "-o", &to("页.html")],
        &["diff", SEED, CLEAN, "--anyway", "-o", &to("对比.xlsx")],
        &["template", "部门评价", "-o", &to("空白.xlsx")],
    ];
    let said = |words: &&[&str]| {
        let run = hebiao(words);
        (format!("{}\n{}", words.join(" "), run.stderr), run.code)
    };
    all.iter().map(said).collect()
}

#[test]
fn a_full_disk_is_said_to_be_full() {
    let folder = county();
    let input = folder.word("报送");
    let Some(disk) = SmallDisk::new("size=4k") else {
        return full_device_is_said_to_be_full(&input);
    };
    std::fs::write(disk.word("占用"), [1; 4096]).unwrap();
    for (said, code) in writers(&input, |name| disk.word(name)) {
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("磁盘空间不足") || said.contains("磁盘已满"), "{said}");
        assert!(!said.contains("内部错误") && !said.contains("内部出错"), "{said}");
    }
    let left: Vec<String> = names(disk.0.path());
    let files: Vec<&String> = left.iter().filter(|name| disk.0.path().join(name).is_file()).collect();
    assert!(
        files
            .iter()
            .all(|name| **name == "占用" || std::fs::read(disk.word(name)).unwrap().is_empty()),
        "{files:?}"
    );
}

/// Where no disk can be had, the device that is always full stands for one.
fn full_device_is_said_to_be_full(input: &str) {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let Ok(full) = full else { return };
    let mut command = Command::new(env!("CARGO_BIN_EXE_hebiao"));
    command.args(["check", input]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = command.stdout(full).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("磁盘已满"), "{said}");
}

#[test]
fn a_place_that_may_not_be_written_is_said_to_be_one() {
    let folder = county();
    let input = folder.word("报送");
    if let Some(disk) = SmallDisk::new("ro") {
        for (said, code) in writers(&input, |name| disk.word(name)) {
            assert_eq!(code, 2, "{said}");
            assert!(said.contains("磁盘是只读的"), "{said}");
        }
    }
    let closed = folder.path("不可写");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o555)).unwrap();
    // Whoever may do anything is kept out by nothing.
    if std::fs::write(closed.join("试"), b"").is_err() {
        for (said, code) in writers(&input, |name| folder.word(&format!("不可写/{name}"))) {
            assert_eq!(code, 2, "{said}");
            assert!(said.contains("没有写入权限") || said.contains("没有权限"), "{said}");
        }
    }
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn inputs_that_vanish_meanwhile_are_each_a_result() {
    let folder = county();
    let input = folder.word("报送");
    let results = folder.word("结果.ndjson");
    let mut child = start(&["check", &input, "--format", "ndjson", "-o", &results, "--threads", "1"]);
    for unit in (0..UNITS).rev() {
        std::fs::remove_file(folder.path(&format!("报送/单位{unit:02}.xlsx"))).unwrap();
    }
    child.wait().unwrap();
    // However far the run was, what it had found it has a line for, and each is read or is not there.
    for line in std::fs::read_to_string(&results).unwrap_or_default().lines() {
        let report: serde_json::Value = serde_json::from_str(line).unwrap();
        let error = report["error"]["code"].as_str();
        assert!(matches!(error, None | Some("file_not_found")), "{error:?}");
    }
}

#[test]
fn two_runs_into_one_folder_give_what_one_gives() {
    let folder = county();
    let (input, both, one) = (folder.word("报送"), folder.word("两次"), folder.word("一次"));
    let words = ["convert", &input, "-o", &both, "--force"];
    let mut children = [start(&words), start(&words)];
    for child in &mut children {
        child.wait().unwrap();
    }
    hebiao(&["convert", &input, "-o", &one, "--force"]);
    assert_eq!(names(Path::new(&both)), names(Path::new(&one)));
    all_whole(Path::new(&both));
}
