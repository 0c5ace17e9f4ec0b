//! Filled-in lists back to their findings.

use hebiao::batch::line;
use hebiao::explanations::{Explanations, Inputs};
use hebiao::read::read_workbook;

use crate::answer::Answer;
use crate::check::{digest, report_of};

/// The lists of a run, and the files that they may speak of.
#[derive(Debug)]
pub struct FilledIn {
    lists: Vec<(String, Explanations)>,
    inputs: Inputs,
}

impl FilledIn {
    /// Reads the lists; also returns what is to be told of them.
    ///
    /// # Errors
    /// What is wrong with each list that cannot be read, a line each.
    pub fn begin(
        names: &[String],
        parts: &[&[u8]],
        files: &[(String, Option<String>)],
    ) -> Result<(Self, Vec<String>), String> {
        let mut lists = Vec::new();
        let mut mistakes = Vec::new();
        let mut told = Vec::new();
        for (name, bytes) in names.iter().zip(parts) {
            match Explanations::read(name, bytes, read_workbook) {
                Ok(list) => {
                    if list.is_empty() {
                        told.push(format!("{name}：清单里还没有填写单位说明或处理意见。"));
                    }
                    lists.push((name.clone(), list));
                }
                Err(error) => mistakes.push(format!("{name}：{error}")),
            }
        }
        if !mistakes.is_empty() {
            return Err(mistakes.join("\n"));
        }
        let mut inputs = Inputs::default();
        for (file, fingerprint) in files {
            // With one file a row can go to no other, whatever was changed in it since.
            inputs.add_fingerprint(file, fingerprint.as_deref().filter(|_| files.len() > 1));
        }
        Ok((Self { lists, inputs }, told))
    }

    /// Puts the texts to the findings of one file.
    ///
    /// # Errors
    /// When the bytes are no report.
    pub fn explain(&mut self, report: &[u8]) -> Answer {
        let mut report = report_of(report)?;
        for (_, list) in &mut self.lists {
            list.explain(&mut report, &self.inputs);
        }
        Ok((digest(&report), vec![line(&report, None).into_bytes()]))
    }

    /// Returns which rows found no finding, and what was taken for granted.
    pub fn end(self) -> Vec<String> {
        let mut told = Vec::new();
        for (name, list) in &self.lists {
            for (source, input) in list.taken_over() {
                told.push(format!(
                    "{name}：清单是按“{source}”写的，这次当作“{input}”就是改过后重新报送的同一张表；若不是，请换成它自己的清单。"
                ));
            }
            let unmatched = list.unmatched(&self.inputs);
            told.extend(unmatched.rows.iter().map(|sentence| format!("{name}：{sentence}")));
            if unmatched.of_other_files > 0 {
                told.push(format!(
                    "{name}：另有 {} 行说的是这次没有核对的文件，没有用上。",
                    unmatched.of_other_files
                ));
            }
        }
        told
    }
}
