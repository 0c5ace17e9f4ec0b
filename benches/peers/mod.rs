//! Reading and checking beside other readers of the same bytes: steadily, one after the other, and cold, with nothing
//! of the work before left in the caches; and whole folders of the same files beside Python's readers.

use std::hint::black_box;
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use hebiao::read::{Limits, read_workbook};
use hebiao::standard::Standard;
use hebiao::{CheckOptions, check_bytes_with};
use wait4::Wait4;

use crate::county;

/// Files of each round; each is another one, so that nothing is learnt by heart.
const FILES: u32 = 100;
const ROUNDS: usize = 9;

type Work<'a> = (&'a str, &'a dyn Fn(&[u8]));

/// Prints what reading and checking one file takes, as ratios to calamine reading the same.
pub fn one_file() {
    let files: Vec<Vec<u8>> = (0..FILES).map(|number| county::xlsx(&county::sheet(number))).collect();
    let options = CheckOptions::new(Standard::ministry());
    let work: [Work; 4] = [
        ("calamine 打开、取区域和合并区域", &|bytes| {
            let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
            let name = workbook.sheet_names()[0].clone();
            black_box(workbook.worksheet_range(&name).unwrap());
            black_box(workbook.merge_cells_by_sheet_name(&name).unwrap());
        }),
        ("读", &|bytes| {
            black_box(read_workbook(bytes, Some("表.xlsx"), &Limits::default()).unwrap());
        }),
        ("读和核对", &|bytes| {
            black_box(check_bytes_with("表.xlsx", bytes, &options));
        }),
        ("读、核对、写成一行 JSON", &|bytes| {
            let checked = check_bytes_with("表.xlsx", bytes, &options);
            black_box(serde_json::to_string(&checked.report).unwrap());
        }),
    ];
    let steady = work.map(|(_, run)| steady(&files, run));
    let cold = work.map(|(_, run)| cold(&files, run));
    println!("\n与 calamine 读同样的 {FILES} 个 xlsx 相比，每个文件的时间（{ROUNDS} 轮的中位数）：");
    for (index, (name, _)) in work.iter().enumerate() {
        println!(
            "  {name}　连续 {:.0} 微秒，{:.2} 倍；隔开 {:.0} 微秒，{:.2} 倍",
            steady[index] * 1e6,
            steady[index] / steady[0],
            cold[index] * 1e6,
            cold[index] / cold[0]
        );
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Seconds a file, all of them read one right after the other.
fn steady(files: &[Vec<u8>], run: &dyn Fn(&[u8])) -> f64 {
    let round = || {
        let start = Instant::now();
        files.iter().for_each(|bytes| run(bytes));
        start.elapsed().as_secs_f64() / files.len() as f64
    };
    round();
    median((0..ROUNDS).map(|_| round()).collect())
}

/// Seconds a file, with the caches full of something else before each.
fn cold(files: &[Vec<u8>], run: &dyn Fn(&[u8])) -> f64 {
    let mut others = vec![1_u8; 64 * 1024 * 1024];
    let times = files.iter().take(40).map(|bytes| {
        others
            .iter_mut()
            .step_by(64)
            .for_each(|byte| *byte = byte.wrapping_add(1));
        black_box(&others);
        let start = Instant::now();
        run(bytes);
        start.elapsed().as_secs_f64()
    });
    median(times.collect())
}

/// Prints how the program compares with Python's readers over the same sound xlsx files, all on one thread.
pub fn folders(folder: &Path) {
    const FILES: u32 = 400;
    std::fs::create_dir_all(folder).unwrap();
    for number in 0..FILES {
        std::fs::write(
            folder.join(format!("表{number}.xlsx")),
            county::xlsx(&county::sheet(number)),
        )
        .unwrap();
    }
    let mut check = Command::new(env!("CARGO_BIN_EXE_hebiao"));
    check
        .args(["check", "--format", "ndjson", "--fail-on", "never", "--threads", "1"])
        .arg(folder);
    let (ours, _) = worked(&mut check);
    println!(
        "\n同样的 {FILES} 个 xlsx，1 个线程，处理器时间：核对全部 {:.2} 秒",
        ours.as_secs_f64()
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/read_all.py");
    let python = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    for library in ["python_calamine", "openpyxl", "pandas"] {
        let (theirs, succeeded) = worked(Command::new(&python).arg(&script).arg(library).arg(folder));
        if succeeded {
            println!(
                "  {library} 只读 {:.2} 秒；核对快 {:.1} 倍",
                theirs.as_secs_f64(),
                theirs.as_secs_f64() / ours.as_secs_f64()
            );
        } else {
            println!("  没有 {library}，不比较（用环境变量 PYTHON 指定装有它的 Python）");
        }
    }
}

/// Runs to its end; the processor's time, and whether it succeeded.
fn worked(command: &mut Command) -> (Duration, bool) {
    let spawned = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let Ok(mut child) = spawned else {
        return (Duration::ZERO, false);
    };
    let usage = child.wait4().unwrap();
    (usage.rusage.utime + usage.rusage.stime, usage.status.success())
}
