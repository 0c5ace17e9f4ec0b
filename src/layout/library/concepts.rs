//! The concepts of a vocabulary in the shape of the built-in file, for listing and for telling what is taken.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::Concept;

/// Returns the words for a group.
fn group_title(group: &str) -> &'static str {
    match group {
        "indicator" => "指标表头",
        "fund" => "资金表头",
        "heading" => "基本信息栏目",
        "level" => "一级、二级指标名称",
        "goal" => "总体目标表头",
        "row" => "行首标签",
        "grade" => "评价等次",
        "fund_source" => "资金来源",
        "slip" => "认得的错别字",
        "part" => "指标表头的字眼",
        "fund_part" => "资金表头的字眼",
        "label_part" => "基本信息栏目的字眼",
        "neighbour" => "不是评价表的表",
        _ => "其他",
    }
}

/// Returns every concept with its wordings, in the order of group and concept.
pub(super) fn concepts(vocabulary: &Table) -> Vec<Concept> {
    let mut found: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for (group, value) in vocabulary {
        let mut add = |name: &str, wordings: Vec<String>| {
            found
                .entry((group.clone(), name.to_owned()))
                .or_default()
                .extend(wordings);
        };
        match value {
            Value::Table(concepts) => {
                for (name, wordings) in concepts {
                    add(name, strings(wordings));
                }
            }
            Value::Array(entries) => {
                for entry in entries {
                    add(&entry_name(entry), entry.get("words").map(strings).unwrap_or_default());
                }
            }
            _ => {}
        }
    }
    found
        .into_iter()
        .map(|((group, name), wordings)| Concept {
            group_title: group_title(&group),
            group,
            name,
            wordings,
        })
        .collect()
}

fn strings(value: &Value) -> Vec<String> {
    let texts = value.as_array().into_iter().flatten();
    texts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

/// Returns the concept of an entry: the source of money, or the kind of neighbour.
pub(super) fn entry_name(entry: &Value) -> String {
    let name = entry.get("source").or_else(|| entry.get("name"));
    name.and_then(Value::as_str).unwrap_or_default().to_owned()
}
