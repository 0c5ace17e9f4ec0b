//! Documents and pictures that lie where tables are handed in: they may be all that somebody sent.

use std::collections::BTreeSet;

/// Words that say what a document is about.
const EVALUATION: [&str; 3] = ["绩效", "评价", "自评"];

/// Returns the documents, by path, that may be all that somebody handed in: not those that lie with tables in a folder
/// below a named one, unless their names speak of an evaluation. All are paths as shown, with `/` between their parts.
///
/// ```
/// let documents = ["报送/甲/照片.jpg", "报送/乙/扫描件.pdf"].map(str::to_owned);
/// let named = ["报送".to_owned()].into();
/// let handed_in = hebiao::batch::documents_handed_in(&documents, ["报送/甲/表.xlsx"], &named);
/// assert_eq!(handed_in, ["报送/乙/扫描件.pdf"]);
/// ```
pub fn documents_handed_in<'a>(
    documents: &[String],
    tables: impl IntoIterator<Item = &'a str>,
    named: &BTreeSet<String>,
) -> Vec<String> {
    let with_tables: BTreeSet<&str> = tables.into_iter().map(folder).collect();
    let is_beside_tables = |path: &str| {
        let mut above = folder(path);
        while !above.is_empty() && !named.contains(above) {
            if with_tables.contains(above) {
                return true;
            }
            above = folder(above);
        }
        false
    };
    let speaks_of_evaluation = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        EVALUATION.iter().any(|word| name.contains(word))
    };
    let mut handed_in: Vec<String> = documents
        .iter()
        .filter(|path| speaks_of_evaluation(path) || !is_beside_tables(path))
        .cloned()
        .collect();
    handed_in.sort();
    handed_in
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
