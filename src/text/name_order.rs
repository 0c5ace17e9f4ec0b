//! The order of departments and units in lists for people: as a roster has them, the others as they are spelled aloud.

use std::collections::BTreeMap;

use pinyin::ToPinyin;

use super::keys::unit_name_key;

/// Where names come: listed ones as in the list, the others behind them by pinyin.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameOrder(BTreeMap<String, usize>);

impl NameOrder {
    /// Lists a name behind those before it; one that is listed already keeps its place.
    pub fn list(&mut self, name: &str) {
        let place = self.0.len();
        self.0.entry(unit_name_key(name)).or_insert(place);
    }

    /// Returns what a name with this key (see [`unit_name_key`]) is sorted by.
    pub fn place(&self, key: &str) -> (usize, String, String) {
        let listed = self.0.get(key).copied().unwrap_or(usize::MAX);
        (listed, spelled(key), key.to_owned())
    }
}

/// Returns a name as it is spelled aloud, a syllable a character; what has no pinyin stands for itself.
fn spelled(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        match letter.to_pinyin() {
            Some(syllable) => text.push_str(syllable.plain()),
            None => text.push(letter),
        }
        // Lower than any letter: 西安 before 先.
        text.push(' ');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(order: &NameOrder, mut names: Vec<&str>) -> Vec<String> {
        names.sort_by_key(|name| order.place(&unit_name_key(name)));
        names.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn names_come_by_pinyin_and_listed_ones_first() {
        let names = vec!["县教育局", "县财政局", "县水利局", "县公路站", "[155]县林业局"];
        assert_eq!(
            sorted(&NameOrder::default(), names.clone()),
            ["县财政局", "县公路站", "县教育局", "[155]县林业局", "县水利局"]
        );
        let mut order = NameOrder::default();
        for name in ["219-县水利局", "县教育局", "县水利局"] {
            order.list(name);
        }
        assert_eq!(
            sorted(&order, names),
            ["县水利局", "县教育局", "县财政局", "县公路站", "[155]县林业局"]
        );
    }
}
