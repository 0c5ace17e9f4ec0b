//! Going through many files: from words to inputs, side by side, with progress and a way to stop.

use std::num::NonZero;
use std::panic;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hebiao::batch::{self, Collected, Input, InputOptions, WorkList};
use hebiao::internals::{MOST_LIST_BYTES, is_standard_input};
use hebiao::read::Limits;
use hebiao::report::{FileError, FileReport};

use super::Stop;
use super::arguments::{BatchOptions, Files};
use super::exit::{self, INTERNAL_ERROR, Outcome};
use super::input;
use super::output::complain;
use super::profiles::Profiles;
use super::progress::ProgressLine;
use super::session::CheckProfile;
use super::text::one_line;

/// Set by whoever stops the run from the keyboard.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Returns the inputs of a command; `outputs` are files that it writes itself. Of the documents and pictures that were
/// passed over only those are kept that may be all that somebody handed in.
///
/// # Errors
/// When a list of files cannot be read, or standard input would have to be both a list and a table.
pub fn collect(files: &Files, outputs: &[PathBuf], how: &BatchOptions) -> Result<Collected, Stop> {
    let listed = match &files.files_from {
        None => Vec::new(),
        Some(list) => {
            let is_standard = is_standard_input(list);
            if is_standard && files.files.iter().any(|file| is_standard_input(file)) {
                return Err(Stop::Usage(
                    "标准输入只能读一次：不能既是文件清单（--files-from -），又是要核对的表格（-）".to_owned(),
                ));
            }
            let refuse = |fact: &str| {
                let name = if is_standard {
                    "标准输入".to_owned()
                } else {
                    list.display().to_string()
                };
                Stop::Refused(vec![format!("读不了文件清单 {name}：{fact}")])
            };
            let bytes = batch::read_file(list, MOST_LIST_BYTES).map_err(|error| match error.code.as_str() {
                "is_directory" => refuse("这是一个文件夹；要核对文件夹里的表格，请直接写文件夹，不用 --files-from"),
                _ => refuse(&error.message),
            })?;
            if bytes.len() as u64 > MOST_LIST_BYTES {
                return Err(refuse("文件太大，不像是文件清单"));
            }
            batch::paths_of_list(&bytes)
        }
    };
    let is_list_empty = files.files_from.is_some() && listed.is_empty();
    let mut options = InputOptions::default();
    options.words = files.files.clone();
    options.listed = listed;
    options.outputs = outputs.to_vec();
    options.threads = Some(how.threads());
    let mut collected = batch::collect(&options);
    if !collected.skipped.documents.is_empty() {
        let named = files.files.iter().map(|word| input::shown(word).replace('\\', "/"));
        let named = named.map(|word| word.trim_end_matches('/').to_owned()).collect();
        let tables = collected.inputs.iter().map(Input::shown);
        collected.skipped.documents = batch::documents_handed_in(&collected.skipped.documents, tables, &named);
    }
    if is_list_empty {
        complain("文件清单里没有路径；请每行写一个文件或文件夹。");
    }
    for word in &collected.empty {
        complain(&format!("{}：里面没有可以核对的表格文件，请检查路径。", one_line(word)));
    }
    Ok(collected)
}

/// Returns what becomes of a run that found nothing to check in a folder or a list.
pub fn empty(files: &Files, collected: &Collected) -> Outcome {
    Outcome {
        missed: !collected.empty.is_empty() || (collected.inputs.is_empty() && files.files_from.is_some()),
        ..Outcome::default()
    }
}

/// Returns how many were read and passed over, where a reader cannot count along.
pub fn totals(collected: &Collected, read: usize) -> Option<String> {
    let skipped = &collected.skipped;
    if !collected.expanded && skipped.total() == 0 {
        return None;
    }
    let mut reasons = vec![
        format!("隐藏或临时 {}", skipped.hidden),
        format!("不是表格 {}", skipped.not_tables),
    ];
    if skipped.own_outputs > 0 {
        reasons.push(format!("本程序写出的结果 {}", skipped.own_outputs));
    }
    if skipped.duplicates > 0 {
        reasons.push(format!("重复 {}", skipped.duplicates));
    }
    if skipped.links_in_circles > 0 {
        reasons.push(format!("绕回上级文件夹的链接 {}", skipped.links_in_circles));
    }
    let total = skipped.total();
    Some(if total == 0 {
        format!("读了 {read} 个文件，跳过 0 个")
    } else {
        let documents = told_of_documents(&skipped.documents);
        format!(
            "读了 {read} 个文件，跳过 {total} 个（{}）{documents}",
            reasons.join("，")
        )
    })
}

/// Returns which documents and pictures may be all that somebody handed in, and what to do.
fn told_of_documents(documents: &[String]) -> String {
    /// Names told of; a summary lists them all.
    const MOST: usize = 3;
    if documents.is_empty() {
        return String::new();
    }
    let names: Vec<String> = documents.iter().take(MOST).map(|name| one_line(name)).collect();
    let more = if documents.len() > MOST { " 等" } else { "" };
    format!(
        "；其中 {} 个像是只报了文档或图片，没有核对：{}{more}，请索取电子表格",
        documents.len(),
        names.join("、")
    )
}

/// An input, and what it is checked by.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// Its place among the inputs.
    pub number: usize,
    /// The input.
    pub input: &'a Input,
    /// Its settings, standard and forms.
    pub profile: &'a Arc<CheckProfile>,
}

impl Job<'_> {
    /// Returns the input's bytes.
    ///
    /// # Errors
    /// Why they cannot be had.
    pub fn read(&self) -> Result<Vec<u8>, FileError> {
        self.input.read(Limits::default().file_bytes)
    }
}

/// The inputs of a run with what they are checked by.
#[derive(Debug, Clone, Copy)]
pub struct Jobs<'a> {
    inputs: &'a [Input],
    profiles: &'a Profiles,
}

impl<'a> Jobs<'a> {
    /// Returns each input with its profile.
    pub const fn new(inputs: &'a [Input], profiles: &'a Profiles) -> Self {
        Self { inputs, profiles }
    }

    /// Returns them in order.
    pub fn iter(self) -> impl Iterator<Item = Job<'a>> {
        (0..self.count()).filter_map(move |number| self.item(number))
    }
}

impl<'a> WorkList for Jobs<'a> {
    type Item = Job<'a>;

    fn count(&self) -> usize {
        self.inputs.len()
    }

    fn item(&self, number: usize) -> Option<Job<'a>> {
        Some(Job {
            number,
            input: self.inputs.get(number)?,
            profile: self.profiles.get(number)?,
        })
    }
}

/// Does `work` for each job side by side and hands the results to `each` in order; see [`batch::run`]. A failure of
/// the program over a file is a report like any other, which `failed` takes in.
///
/// # Errors
/// The first that `each` gives.
pub fn run<'a, R: Send>(
    jobs: &Jobs<'a>,
    options: &BatchOptions,
    work: impl Fn(&Job<'a>) -> R + Sync,
    failed: impl Fn(&Job<'a>, FileReport) -> R + Sync,
    each: impl FnMut(&Job<'a>, R) -> Result<(), Stop>,
) -> Result<batch::Progress, Stop> {
    run_on(options.threads(), jobs, options, work, failed, each)
}

/// As [`run`], on so many threads.
///
/// # Errors
/// The first that `each` gives.
pub fn run_on<'a, R: Send>(
    threads: NonZero<usize>,
    jobs: &Jobs<'a>,
    options: &BatchOptions,
    work: impl Fn(&Job<'a>) -> R + Sync,
    failed: impl Fn(&Job<'a>, FileReport) -> R + Sync,
    mut each: impl FnMut(&Job<'a>, R) -> Result<(), Stop>,
) -> Result<batch::Progress, Stop> {
    let is_batch = jobs.count() > 1;
    if is_batch {
        stop_on_signal();
    }
    let progress = ProgressLine::new(jobs.count(), is_batch && !options.no_progress);
    let work = |job: Job<'a>| {
        progress.begin(job.input.shown());
        work(&job)
    };
    let failed = |job: Job<'a>| {
        let message =
            "核对这个文件时程序内部出错，其他文件不受影响；请把出错的文件名和 hebiao --version 的结果告诉开发者。";
        let error = FileError {
            code: INTERNAL_ERROR.to_owned(),
            message: message.to_owned(),
        };
        failed(&job, FileReport::unreadable(job.input.shown(), error))
    };
    let each = |index: usize, result| {
        let result = progress.apart(|| jobs.item(index).map_or(Ok(()), |job| each(&job, result)));
        progress.done(index + 1);
        result
    };
    // What a failing thread has to say is for developers, who ask for it.
    let is_asked_for = std::env::var_os("RUST_BACKTRACE").is_some();
    let hook = (!is_asked_for).then(panic::take_hook);
    if hook.is_some() {
        panic::set_hook(Box::new(|_| {}));
    }
    let result = batch::run_list(jobs, threads, work, failed, each, &STOPPED);
    if let Some(hook) = hook {
        panic::set_hook(hook);
    }
    progress.finish();
    result
}

/// Returns how a run came to its end.
pub fn interrupted(progress: batch::Progress, jobs: &Jobs<'_>, way_on: &str) -> Option<String> {
    let next = jobs.item(progress.done)?;
    Some(format!(
        "已按要求停下：做完 {} 个文件，共 {} 个，从“{}”起没有做；已经写出的都是完整的。{way_on}",
        progress.done,
        progress.total,
        one_line(next.input.shown())
    ))
}

/// The first signal lets the files under way be finished; the second ends at once.
fn stop_on_signal() {
    let handler = || {
        if STOPPED.swap(true, Ordering::Relaxed) {
            std::process::exit(exit::USAGE.into());
        }
    };
    // Where there are no signals, or someone handles them already, a run cannot be stopped gently.
    let _ = ctrlc::set_handler(handler);
}
