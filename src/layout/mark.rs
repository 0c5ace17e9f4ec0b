//! The form mark: what a blank form of this program says of itself, so that it comes back without guessing.
//!
//! A mark is a sign among others: it is believed where the table's own wording does not clearly say otherwise.

use std::fmt;

use super::forms::Form;
use crate::model::TableKind;

const INSTRUCTIONS: &str = "instructions";

/// Which blank form a sheet was made from: `project-self-evaluation/1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormMark {
    /// Name of the form, as in [`Form::name`].
    pub form: String,
    /// Version of the blank form's layout.
    pub version: u32,
}

impl FormMark {
    /// Version of the layout that is written now.
    pub const VERSION: u32 = 1;

    /// Returns the mark of the sheet of instructions beside a blank form.
    pub fn instructions() -> Self {
        Self {
            form: INSTRUCTIONS.to_owned(),
            version: Self::VERSION,
        }
    }

    /// Returns whether the sheet only says how to fill a form in.
    pub fn is_instructions(&self) -> bool {
        self.form == INSTRUCTIONS
    }

    /// Returns the mark of the blank form for a kind of table; `None` where no form is of that kind.
    pub fn of(kind: TableKind, forms: &[Form]) -> Option<Self> {
        let form = forms.iter().find(|form| form.kind == kind && form.file.is_none())?;
        Some(Self {
            form: form.name.clone(),
            version: Self::VERSION,
        })
    }

    /// Returns a mark from its text; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (form, version) = text.trim().split_once('/')?;
        let version = version.parse().ok()?;
        let is_name = !form.is_empty()
            && form
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        (is_name && (1..=Self::VERSION).contains(&version)).then(|| Self {
            form: form.to_owned(),
            version,
        })
    }
}

impl fmt::Display for FormMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.form, self.version)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::layout::FormLibrary;

    #[test]
    fn a_mark_is_read_as_it_is_written() {
        let forms = FormLibrary::builtin().forms();
        let mark = FormMark::of(TableKind::TransferSelfEvaluation, forms).unwrap();
        assert_eq!(mark.to_string(), "transfer-self-evaluation/1");
        assert_eq!(FormMark::parse(&mark.to_string()), Some(mark));
        assert_eq!(FormMark::of(TableKind::Other, forms), None);
    }

    #[test]
    fn what_is_no_mark_is_none() {
        for text in [
            "",
            "/",
            "a/",
            "/1",
            "a/0",
            "a/2",
            "a/-1",
            "A/1",
            "表/1",
            "a/1/1",
            "a/99999999999",
        ] {
            assert_eq!(FormMark::parse(text), None, "{text}");
        }
    }
}
