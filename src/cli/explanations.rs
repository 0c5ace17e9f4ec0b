//! `--explanations`: the filled-in lists of a run, read before any input is checked.

use hebiao::batch::{self, Input};
use hebiao::explanations::{Explanations, Inputs};
use hebiao::read::Limits;
use hebiao::report::FileReport;

use super::arguments::ExplanationsOption;
use super::output::complain;
use super::text::one_line;
use super::{Stop, input};
use crate::isolate;

/// The lists in the order given, and the inputs that they may speak of.
#[derive(Debug, Default)]
pub struct FilledIn {
    lists: Vec<(String, Explanations)>,
    inputs: Inputs,
}

impl FilledIn {
    /// Reads the lists.
    ///
    /// # Errors
    /// What is wrong with each list that cannot be read.
    pub fn load(option: &ExplanationsOption, files: &[Input]) -> Result<Self, Stop> {
        let mut lists = Vec::new();
        let mut mistakes = Vec::new();
        let limit = Limits::default().file_bytes;
        for path in &option.filled_in {
            let shown = input::shown(path);
            let list = batch::read_file(path, limit)
                .map_err(|error| error.message)
                .and_then(|bytes| {
                    Explanations::read(&shown, &bytes, isolate::read_workbook).map_err(|error| error.to_string())
                });
            match list {
                Ok(list) => lists.push((shown, list)),
                Err(message) => mistakes.push(format!("读不了说明：{shown}：{message}")),
            }
        }
        if !mistakes.is_empty() {
            return Err(Stop::Refused(mistakes));
        }
        for (shown, list) in &lists {
            if list.is_empty() {
                complain(&format!("{shown}：清单里还没有填写单位说明或处理意见。"));
            }
        }
        let mut inputs = Inputs::default();
        for file in files.iter().filter(|_| !lists.is_empty()) {
            // A row must not go to a namesake of its file; with one input there is none.
            let wanted = files.len() > 1 && !file.is_standard();
            let bytes = wanted.then(|| file.read(limit).ok()).flatten();
            inputs.add(file.shown(), bytes.as_deref());
        }
        Ok(Self { lists, inputs })
    }

    /// Returns whether there is no list.
    pub const fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// Puts the lists' texts to the findings of one file.
    pub fn explain(&mut self, report: &mut FileReport) {
        for (_, list) in &mut self.lists {
            list.explain(report, &self.inputs);
        }
    }

    /// Says on standard error which rows found no finding, and what was taken for granted. Not to be asked where a file
    /// was not read: nothing can be said of the rows meant for it.
    pub fn report(&self) {
        for (shown, list) in &self.lists {
            for (source, input) in list.taken_over() {
                let told = format!(
                    "{shown}：清单是按“{source}”写的，这次当作“{input}”就是改过后重新报送的同一张表；若不是，请换成它自己的清单。"
                );
                complain(&one_line(&told));
            }
            let unmatched = list.unmatched(&self.inputs);
            for sentence in &unmatched.rows {
                complain(&one_line(&format!("{shown}：{sentence}")));
            }
            if unmatched.of_other_files > 0 {
                complain(&format!(
                    "{shown}：另有 {} 行说的是这次没有核对的文件，没有用上。",
                    unmatched.of_other_files
                ));
            }
        }
    }
}
