//! Whose a table or a line of a list is: project, its code, units and year made comparable.

use crate::model::Evaluation;
use crate::text::keys::{name_key, project_code, unit_name_key, without_year};

/// Project, units and year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owner {
    /// The code before the project's name, where there is one.
    pub code: Option<String>,
    /// The project's name without code and year; empty where there is none.
    pub project: String,
    /// Names of its units.
    pub units: Vec<String>,
    /// Its year.
    pub year: Option<i32>,
}

impl Owner {
    /// Returns the owner of a table.
    pub fn of(evaluation: &Evaluation) -> Self {
        let name = evaluation.project_name.as_ref().map_or("", |name| name.value.as_str());
        let units = [&evaluation.implementing_unit, &evaluation.department];
        Self::named(
            name,
            units.into_iter().flatten().map(|unit| unit.value.as_str()),
            evaluation.year.as_ref().map(|year| year.value),
        )
    }

    /// Returns an owner from names as written.
    pub fn named<'t>(project: &str, units: impl IntoIterator<Item = &'t str>, year: Option<i32>) -> Self {
        let (code, name) = match project_code(project) {
            Some((code, name)) => (Some(name_key(code)), name),
            None => (None, project),
        };
        let name = name.trim();
        let plain = without_year(name);
        let year_in_name = (plain.len() < name.len())
            .then(|| name.get(..4)?.parse().ok())
            .flatten();
        Self {
            code,
            project: name_key(plain),
            units: units
                .into_iter()
                .map(unit_name_key)
                .filter(|unit| !unit.is_empty())
                .collect(),
            year: year.or(year_in_name),
        }
    }

    /// Returns whether neither names another year.
    pub fn is_of_year(&self, other: &Self) -> bool {
        self.year.zip(other.year).is_none_or(|(one, other)| one == other)
    }

    /// Returns whether both name the same unit first: for tables the 实施单位.
    pub fn is_of_unit(&self, other: &Self) -> bool {
        !self.units.is_empty() && self.units.first() == other.units.first()
    }

    /// Returns whether a unit of the one is a unit of the other; `None` where either names none.
    pub fn shares_unit(&self, other: &Self) -> Option<bool> {
        if self.units.is_empty() || other.units.is_empty() {
            return None;
        }
        // 县公路站 is 某县公路站; a bare 站 is anybody's.
        let is_short_for = |short: &String, long: &String| short.chars().count() >= 3 && long.ends_with(short);
        let is_same =
            |one: &String, other: &String| one == other || is_short_for(one, other) || is_short_for(other, one);
        Some(
            self.units
                .iter()
                .any(|one| other.units.iter().any(|other| is_same(one, other))),
        )
    }
}
