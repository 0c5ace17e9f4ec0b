//! All rules between tables, in the order of their codes.

use std::sync::LazyLock;

use super::{CrossRule, k_units, l_years};
use crate::rules::registry::Family;

/// Returns the families, by letter.
pub fn families() -> &'static [Family<CrossRule>] {
    &FAMILIES
}

/// Returns all rules, by code.
pub fn registry() -> &'static [CrossRule] {
    static RULES: LazyLock<Vec<CrossRule>> =
        LazyLock::new(|| FAMILIES.iter().flat_map(|family| family.rules).copied().collect());
    &RULES
}

static FAMILIES: [Family<CrossRule>; 2] = [
    Family::new('K', "跨单位", "k_units", k_units::RULES),
    Family::new('L', "跨年", "l_years", l_years::RULES),
];
