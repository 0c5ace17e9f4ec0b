//! Files that tables are held against: approved targets and payments, from paths to what they hold, or to one sentence
//! for each mistake.

use std::path::{Path, PathBuf};

use hebiao::batch::{self, Input, InputOptions};
use hebiao::fingerprint;
use hebiao::grid::Workbook;
use hebiao::layout::FormLibrary;
use hebiao::read::Limits;
use hebiao::reference::References;

use super::output::complain;
use super::{Stop, input};
use crate::isolate;

/// What tables are held against, and what tells it from other files.
#[derive(Debug, Default)]
pub struct ReferenceFiles {
    /// Targets and payments.
    pub references: References,
    /// Fingerprints of the files; empty where there is none.
    pub mark: String,
}

/// Returns what the files hold.
///
/// # Errors
/// A file that cannot be read, or that is something else. In a folder such a file is only told of, as long as others
/// hold targets.
pub fn load(targets: &[PathBuf], payments: &[PathBuf], forms: &FormLibrary) -> Result<ReferenceFiles, Stop> {
    let mut files = ReferenceFiles::default();
    let mut mistakes = Vec::new();
    for path in targets {
        if path.is_dir() {
            mistakes.extend(files.add_folder(path, forms).err());
        } else {
            let taken = files.take(&Input::file(path), |references, name, workbook| {
                references.add_targets(name, workbook, forms)
            });
            mistakes.extend(
                taken
                    .err()
                    .map(|why| format!("--targets {}：{why}", input::shown(path))),
            );
        }
    }
    for path in payments {
        let taken = if path.is_dir() {
            Err("这是一个文件夹，请给出支付明细文件".to_owned())
        } else {
            files.take(&Input::file(path), References::add_payments)
        };
        mistakes.extend(
            taken
                .err()
                .map(|why| format!("--payments {}：{why}", input::shown(path))),
        );
    }
    if mistakes.is_empty() {
        Ok(files)
    } else {
        Err(Stop::Refused(mistakes))
    }
}

impl ReferenceFiles {
    fn add_folder(&mut self, folder: &Path, forms: &FormLibrary) -> Result<(), String> {
        let mut options = InputOptions::default();
        options.words = vec![folder.to_owned()];
        let inputs = batch::collect(&options).inputs;
        let mut told = Vec::new();
        let mut found = 0;
        for input in &inputs {
            let taken = self.take(input, |references, name, workbook| {
                references.add_targets(name, workbook, forms)
            });
            match taken {
                Ok(tables) => found += tables,
                Err(why) => told.push(format!("--targets {}：{why}", input.shown())),
            }
        }
        if found == 0 {
            let shown = folder.display();
            return Err(format!("--targets {shown}：这个文件夹里没有读到绩效目标表，请检查路径"));
        }
        told.iter().for_each(|line| complain(line));
        Ok(())
    }

    /// Reads a file and takes in what it holds.
    fn take(
        &mut self,
        input: &Input,
        add: impl FnOnce(&mut References, &str, &Workbook) -> Result<usize, String>,
    ) -> Result<usize, String> {
        let limits = Limits::default();
        let bytes = input.read(limits.file_bytes).map_err(|error| error.message)?;
        let workbook =
            isolate::read_workbook(&bytes, Some(input.shown()), &limits).map_err(|error| error.to_string())?;
        let shown = input.shown();
        let name = shown.rsplit(['/', '\\']).next().unwrap_or(shown);
        let added = add(&mut self.references, name, &workbook)?;
        self.mark.push_str(&fingerprint(&bytes));
        Ok(added)
    }
}
