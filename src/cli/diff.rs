//! `hebiao diff`: what became of the findings of a table that was handed in again, and what was changed in it.

use std::path::Path;

use hebiao::batch::{Input, read_file};
use hebiao::diff::{Comparison, compare};
use hebiao::files::{ProtectedInputs, write_new_file};
use hebiao::report::FileStatus;
use hebiao::write::{comparison_markdown, comparison_workbook};

use super::Stop;
use super::arguments::{Diff, DiffFormat, FailOn};
use super::batch::Jobs;
use super::diff_folders;
use super::diff_text::comparison_text;
use super::exit::Outcome;
use super::input;
use super::output::{Output, complain, refuse_no_workbook};
use super::profiles;
use super::session::{self, Readings};
use super::text::terminal_width;

/// Compares the two files. The exit code speaks of the later one's findings; it is 3 when either was not read.
pub fn run(arguments: &Diff) -> Result<Outcome, Stop> {
    if arguments.force && arguments.output.is_none() {
        return Err(Stop::Usage("--force 只用于 --output".to_owned()));
    }
    if let Some(path) = &arguments.output {
        refuse_no_workbook(path)?;
    }
    let files = [arguments.old.clone(), arguments.new.clone()];
    let is_standard_input = |path: &Path| path.as_os_str() == "-";
    if files.iter().all(|path| is_standard_input(path)) {
        return Err(Stop::Usage("标准输入只能读一次，旧表和新表不能都写 -".to_owned()));
    }
    match files.each_ref().map(|path| diff_folders::is_many(path)) {
        [true, true] => return diff_folders::run(arguments),
        [false, false] => {}
        _ => {
            if let Some(missing) = files.iter().find(|path| !path.exists() && !is_standard_input(path)) {
                let error = read_file(missing, 0).err();
                let message = error.map(|error| error.message).unwrap_or_default();
                complain(&format!("{}：{message}没有对比。", input::shown(missing)));
                return Ok(Outcome {
                    missed: true,
                    ..Outcome::default()
                });
            }
            return Err(Stop::Usage(
                "旧表和新表要么都是一个文件，要么都是文件夹或 zip 压缩包；请写两个同类的路径".to_owned(),
            ));
        }
    }
    let inputs = files.each_ref().map(|path| Input::file(path));
    let profiles = profiles::of_inputs(&inputs, &arguments.basis, Readings::One)?;
    let mut reports = Vec::new();
    for job in Jobs::new(&inputs, &profiles).iter() {
        let mut report = job.profile.check_for_report(job.input, &job.read()).report;
        session::complain_of(&report);
        job.profile.set_aside(&mut report, None);
        reports.push(report);
    }
    let mut outcome = Outcome::default();
    let [old, new] = reports.as_slice() else {
        return Ok(outcome);
    };
    outcome.add(old, FailOn::Never);
    outcome.add(new, arguments.fail_on.fail_on);
    let is_read = |status: FileStatus| matches!(status, FileStatus::Clean | FileStatus::Findings);
    if !is_read(old.status) || !is_read(new.status) {
        complain("两个文件都要能读出评价表才能对比，没有对比。");
        return Ok(outcome);
    }
    let comparison = compare(old, new);
    if !comparison.misfits.is_empty() && !arguments.anyway {
        return Err(Stop::Usage(format!(
            "旧表和新表不像同一张表的前后两稿，没有对比，也没有把哪个问题算作已解决：{}。\
             请检查有没有选错文件；确实要对比，请加 --anyway。",
            comparison.misfits.join("；")
        )));
    }
    if let Some(path) = &arguments.output {
        let bytes = comparison_workbook(&comparison).map_err(|error| Stop::Usage(error.to_string()))?;
        if is_standard_input(path) {
            Output::plain().bytes(&bytes)?;
            return Ok(outcome);
        }
        let inputs = ProtectedInputs::new(files.iter().map(AsRef::as_ref));
        write_new_file(path, &bytes, arguments.force, &inputs).map_err(|error| Stop::Usage(error.to_string()))?;
    }
    print(arguments, &comparison)?;
    Ok(outcome)
}

fn print(arguments: &Diff, comparison: &Comparison) -> Result<(), Stop> {
    match arguments.format {
        DiffFormat::Text => {
            let mut output = Output::new(arguments.color.color);
            output.print(&comparison_text(comparison, terminal_width()))?;
            if let Some(path) = &arguments.output {
                output.print(&format!("已写出 {}\n", path.display()))?;
            }
        }
        DiffFormat::Json => Output::plain().json(comparison)?,
        DiffFormat::Markdown => Output::plain().print(&comparison_markdown(comparison))?,
    }
    Ok(())
}
