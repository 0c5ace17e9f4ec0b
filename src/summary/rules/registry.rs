//! All rules between tables, in the order of their codes.

use std::sync::LazyLock;

use super::{CrossRule, k_units, l_years};

/// Rules of one subject, whose codes share a letter.
#[derive(Debug)]
pub struct CrossFamily {
    /// First letter of the codes.
    pub letter: char,
    /// Subject in Chinese.
    pub title: &'static str,
    /// Folder beside this file that holds the rules and their pages.
    pub folder: &'static str,
    /// The rules, by code.
    pub rules: &'static [CrossRule],
}

/// Returns the families, by letter.
pub fn families() -> &'static [CrossFamily] {
    &FAMILIES
}

/// Returns all rules, by code.
pub fn registry() -> &'static [CrossRule] {
    static RULES: LazyLock<Vec<CrossRule>> =
        LazyLock::new(|| FAMILIES.iter().flat_map(|family| family.rules).copied().collect());
    &RULES
}

static FAMILIES: [CrossFamily; 2] = [
    CrossFamily {
        letter: 'K',
        title: "跨单位",
        folder: "k_units",
        rules: k_units::RULES,
    },
    CrossFamily {
        letter: 'L',
        title: "跨年",
        folder: "l_years",
        rules: l_years::RULES,
    },
];
