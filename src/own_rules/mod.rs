//! Rules of one's own: what a bureau demands and no program can know, written in TOML with conditions in CEL.
//!
//! A rule names the rows it is for, a condition that must hold at each, the cell that it speaks of and what is to be
//! said; see [`OwnRules::read`]. Conditions are read by the `cel` crate's grammar and worked out here, in exact
//! decimals and a bounded number of steps; they see one table and nothing else. This room knows no file: it is handed
//! texts.

mod evaluate;
mod example;
mod fields;
mod functions;
mod load;
mod names;
mod node;
mod page;
mod rule;
mod source;
mod template;
mod understand;
mod value;

use crate::model::TableReading;
use crate::standard::Standard;
use crate::text::toml_error::TomlError;

pub use example::{Example, Trial};
pub use rule::{OwnFindings, OwnRule};

/// Rules that may hold together.
pub(crate) const MOST_RULES: usize = 200;
/// Steps that all rules together may take on one table: well below a second.
const MOST_STEPS_OF_ALL: u64 = 5_000_000;

/// A file of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFile {
    /// The name for messages.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// What is wrong with a file of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFileError {
    /// The file's name.
    pub file: String,
    /// Line and key at fault, and what was expected.
    pub mistake: TomlError,
}

impl std::fmt::Display for RuleFileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}：{}", self.file, self.mistake)
    }
}

impl std::error::Error for RuleFileError {}

/// The rules of one's own that hold, by code.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnRules {
    rules: Vec<OwnRule>,
}

static NO_RULES: OwnRules = OwnRules { rules: Vec::new() };

impl OwnRules {
    /// No rules.
    pub fn none() -> &'static Self {
        &NO_RULES
    }

    /// Reads files of rules.
    ///
    /// # Errors
    /// Every mistake: the file, the line, and what was expected.
    pub fn read(files: &[RuleFile]) -> Result<Self, Vec<RuleFileError>> {
        let mut rules: Vec<OwnRule> = Vec::new();
        let mut errors = Vec::new();
        for file in files {
            load::rules_of(file, &mut rules, &mut errors);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        rules.sort_by(|one, other| one.code.cmp(&other.code));
        Ok(Self { rules })
    }

    /// Returns all rules, by code.
    pub fn all(&self) -> &[OwnRule] {
        &self.rules
    }

    /// Returns the rule with this code (any case), slug or Chinese title.
    pub fn find(&self, name: &str) -> Option<&OwnRule> {
        let name = name.trim();
        self.rules.iter().find(|rule| {
            rule.code.eq_ignore_ascii_case(name) || rule.slug.eq_ignore_ascii_case(name) || rule.title == name
        })
    }

    /// Returns what the rules say of one table, each at the level that the standard gives it, or else its own.
    pub fn check(&self, table: &TableReading, standard: &Standard) -> OwnFindings {
        let mut found = OwnFindings::default();
        let mut most = MOST_STEPS_OF_ALL;
        for rule in &self.rules {
            let level = standard.severity.get(&rule.code).copied();
            rule.check(table, level, &mut most, &mut found);
        }
        found
    }
}
