//! Exit codes: 0 nothing found, 1 findings, 2 usage or internal, 3 some input gave nothing to check.

use std::process::ExitCode;

use hebiao::model::{Discrepancy, Severity};
use hebiao::report::{FileReport, FileStatus};

use super::arguments::FailOn;

/// Wrong usage, bad configuration or an internal error.
pub const USAGE: u8 = 2;

/// The code of a report whose file the program itself failed over.
pub const INTERNAL_ERROR: &str = "internal_error";

/// What a run saw, over all its files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// A finding at or above `--fail-on`.
    pub found: bool,
    /// An input that could not be read, or held no evaluation table.
    pub missed: bool,
    /// An output could not be made, though its input was good; or the program failed, or was stopped, over its work.
    pub broke: bool,
}

impl Outcome {
    /// Takes one file into account.
    pub fn add(&mut self, file: &FileReport, fail_on: FailOn) {
        self.missed |= matches!(file.status, FileStatus::Unreadable | FileStatus::Unrecognized);
        self.broke |= file.error.as_ref().is_some_and(|error| error.code == INTERNAL_ERROR);
        // An explanation corrects no figure, but whatever only had to be explained or noted is settled by one.
        let is_settled = |finding: &&Discrepancy| finding.is_explained() && finding.severity < Severity::Error;
        let severities = file
            .tables
            .iter()
            .flat_map(|table| &table.discrepancies)
            .filter(|finding| !is_settled(finding))
            .map(|finding| finding.severity);
        self.found |= severities.max().is_some_and(|worst| fail_on.is_reached_by(worst));
    }

    /// Returns both runs as one.
    pub const fn with(self, other: Self) -> Self {
        Self {
            found: self.found | other.found,
            missed: self.missed | other.missed,
            broke: self.broke | other.broke,
        }
    }

    /// Returns the process's exit code. An input that was not checked weighs more than a finding: it may hide any
    /// number of them.
    pub fn code(self) -> ExitCode {
        let code: u8 = match self {
            Self { broke: true, .. } => USAGE,
            Self { missed: true, .. } => 3,
            Self { found: true, .. } => 1,
            _ => 0,
        };
        code.into()
    }
}

impl FailOn {
    /// Returns whether a finding of this level makes the run fail.
    pub fn is_reached_by(self, severity: Severity) -> bool {
        match self {
            Self::Never => false,
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unchecked_file_weighs_more_than_a_finding() {
        let code = |found, missed| {
            format!(
                "{:?}",
                Outcome {
                    found,
                    missed,
                    broke: false
                }
                .code()
            )
        };
        let expected = |code: u8| format!("{:?}", ExitCode::from(code));
        assert_eq!(code(false, false), expected(0));
        assert_eq!(code(true, false), expected(1));
        assert_eq!(code(false, true), expected(3));
        assert_eq!(code(true, true), expected(3));
    }

    #[test]
    fn a_level_fails_the_run_from_itself_upwards() {
        assert!(FailOn::Info.is_reached_by(Severity::Info));
        assert!(!FailOn::Warning.is_reached_by(Severity::Info));
        assert!(FailOn::Warning.is_reached_by(Severity::Error));
        assert!(!FailOn::Error.is_reached_by(Severity::Warning));
        assert!(!FailOn::Never.is_reached_by(Severity::Error));
    }
}
