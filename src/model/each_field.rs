//! Every field of an Evaluation with its path, in the order of the form.

use std::fmt;

use super::{Evaluation, Field, FieldRef, FundField, IndicatorField, LabelledField};

/// The path of a field, such as `indicators[3].score`; made into a text only where one is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldPath {
    head: &'static str,
    index: Option<usize>,
    leaf: &'static str,
    extra: Option<usize>,
}

impl FieldPath {
    const fn of(head: &'static str) -> Self {
        Self {
            head,
            index: None,
            leaf: "",
            extra: None,
        }
    }

    const fn row(head: &'static str, index: usize, leaf: &'static str) -> Self {
        Self {
            index: Some(index),
            leaf,
            ..Self::of(head)
        }
    }
}

impl FieldPath {
    /// Returns whether it is the path that a text writes.
    pub fn is(&self, text: &str) -> bool {
        self.rest_of(text).is_some_and(str::is_empty)
    }

    /// Returns what follows the path in a text that begins with it.
    fn rest_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut rest = text.strip_prefix(self.head)?;
        if let Some(index) = self.index {
            rest = strip_index(rest, index)?;
        }
        if !self.leaf.is_empty() {
            rest = rest.strip_prefix('.')?.strip_prefix(self.leaf)?;
        }
        if let Some(extra) = self.extra {
            rest = strip_index(rest, extra)?.strip_prefix(".value")?;
        }
        Some(rest)
    }
}

/// Returns what follows an index in brackets, written without leading zeros.
fn strip_index(text: &str, index: usize) -> Option<&str> {
    let mut written = 0_usize;
    let mut digits = 0_usize;
    let rest = text.strip_prefix('[')?;
    for byte in rest.bytes() {
        match byte {
            b'0'..=b'9' if digits == 0 || written > 0 => {
                written = written.checked_mul(10)?.checked_add(usize::from(byte - b'0'))?;
                digits += 1;
            }
            b']' if digits > 0 && written == index => return rest.get(digits + 1..),
            _ => return None,
        }
    }
    None
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.head)?;
        if let Some(index) = self.index {
            write!(f, "[{index}]")?;
        }
        if !self.leaf.is_empty() {
            write!(f, ".{}", self.leaf)?;
        }
        match self.extra {
            Some(extra) => write!(f, "[{extra}].value"),
            None => Ok(()),
        }
    }
}

impl Evaluation {
    /// Hands over every field that was read.
    pub fn each_field<'a>(&'a self, mut take: impl FnMut(FieldPath, FieldRef<'a>)) {
        let mut put = |path: FieldPath, field: Option<FieldRef<'a>>| {
            if let Some(field) = field {
                take(path, field);
            }
        };
        put(FieldPath::of("title"), text(&self.title));
        put(FieldPath::of("year"), self.year.as_ref().map(FieldRef::Year));
        put(FieldPath::of("project_name"), text(&self.project_name));
        put(FieldPath::of("department"), text(&self.department));
        put(FieldPath::of("implementing_unit"), text(&self.implementing_unit));
        for (index, row) in self.funds.iter().enumerate() {
            for field in FundField::ALL {
                put(FieldPath::row("funds", index, field.path()), field.get(row));
            }
        }
        for (index, goal) in self.goals.iter().enumerate() {
            put(FieldPath::row("goals", index, "expected"), text(&goal.expected));
            put(FieldPath::row("goals", index, "actual"), text(&goal.actual));
        }
        for (index, row) in self.indicators.iter().enumerate() {
            for field in IndicatorField::ALL {
                put(FieldPath::row("indicators", index, field.path()), field.get(row));
            }
            for (extra, LabelledField { value, .. }) in row.extra.iter().enumerate() {
                let path = FieldPath {
                    extra: Some(extra),
                    ..FieldPath::row("indicators", index, "extra")
                };
                put(path, Some(FieldRef::Text(value)));
            }
        }
        for (index, row) in self.subtotals.iter().enumerate() {
            let number = |field: &'a Option<_>| field.as_ref().map(FieldRef::Number);
            put(
                FieldPath::row("subtotals", index, "label"),
                Some(FieldRef::Text(&row.label)),
            );
            put(FieldPath::row("subtotals", index, "weight"), number(&row.weight));
            put(FieldPath::row("subtotals", index, "score"), number(&row.score));
        }
        if let Some(total) = &self.total {
            let path = |leaf| FieldPath {
                leaf,
                ..FieldPath::of("total")
            };
            put(path("weight"), total.weight.as_ref().map(FieldRef::Number));
            put(path("score"), total.score.as_ref().map(FieldRef::Number));
        }
        put(FieldPath::of("grade"), self.grade.as_ref().map(FieldRef::Grade));
        for (index, signature) in self.signatures.iter().enumerate() {
            put(FieldPath::row("signatures", index, "value"), text(&signature.value));
        }
        for (index, note) in self.notes.iter().enumerate() {
            put(FieldPath::row("notes", index, ""), Some(FieldRef::Text(note)));
        }
        for (index, extra) in self.extra.iter().enumerate() {
            put(
                FieldPath::row("extra", index, "value"),
                Some(FieldRef::Text(&extra.value)),
            );
        }
    }
}

fn text(field: &Option<Field<String>>) -> Option<FieldRef<'_>> {
    field.as_ref().map(FieldRef::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_knows_its_own_text_and_no_other() {
        let extra = FieldPath {
            extra: Some(0),
            ..FieldPath::row("indicators", 12, "extra")
        };
        let paths = [
            FieldPath::of("title"),
            FieldPath::row("indicators", 12, "level1"),
            FieldPath::row("indicators", 1, "level1"),
            FieldPath::row("notes", 0, ""),
            extra,
        ];
        for (index, path) in paths.iter().enumerate() {
            for (other, text) in paths.iter().map(ToString::to_string).enumerate() {
                assert_eq!(path.is(&text), index == other, "{path} {text}");
            }
        }
        for text in [
            "",
            "titles",
            "indicators[12]",
            "indicators[012].level1",
            "indicators[+12].level1",
        ] {
            assert!(!paths.iter().any(|path| path.is(text)), "{text}");
        }
    }
}
