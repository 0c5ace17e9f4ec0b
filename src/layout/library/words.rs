//! The vocabulary as its file has it: groups, concepts and wordings, and what a user's file adds to them.
//!
//! It knows the shape of the built-in file and no meaning of any concept, so that a concept added there can be
//! taught at once.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::{DeTable, DeValue};
use toml::{Spanned, Table, Value};

use super::concepts::{concepts, entry_name};
use super::source::{Source, texts, type_title};
use super::{AddedWording, Concept, FormFileError};
use crate::text::keys::{header_key, match_key};

/// Groups whose wordings may each stand under several concepts.
const SHARED: [&str; 1] = ["row"];
/// Groups whose words are looked for inside longer texts; a single character would be found everywhere.
const CONTAINED: [&str; 2] = ["fund_source", "neighbour"];
/// Texts longer than this are never headers.
const MOST_CHARACTERS: usize = 40;

/// Adds a user's file to a vocabulary; all that is wrong with it comes back at once.
pub(super) fn add(
    vocabulary: &mut Table,
    source: &Source<'_>,
    root: &DeTable<'_>,
) -> Result<Vec<AddedWording>, Vec<FormFileError>> {
    let mut addition = Addition {
        source,
        taken: taken(vocabulary),
        added: Vec::new(),
        errors: Vec::new(),
    };
    for (key, value) in root {
        let group = key.get_ref().as_ref();
        match (vocabulary.get_mut(group), value.get_ref()) {
            (Some(Value::Table(concepts)), DeValue::Table(given)) => addition.concepts(group, concepts, given),
            (Some(Value::Array(entries)), DeValue::Array(given)) => addition.entries(group, entries, given),
            (Some(Value::Table(_)), other) => {
                let reason = format!("应写成 [{group}] 开头的一组，现在是{}", type_title(other));
                addition.refuse(key.span().start, group, reason);
            }
            (Some(_), other) => {
                let reason = format!("应写成 [[{group}]] 开头的一组，现在是{}", type_title(other));
                addition.refuse(key.span().start, group, reason);
            }
            (None, _) => {
                let groups: Vec<&str> = vocabulary.keys().map(String::as_str).collect();
                let reason = format!("没有这一组，词汇文件可以写的是：{}", groups.join("、"));
                addition.refuse(key.span().start, group, reason);
            }
        }
    }
    if addition.errors.is_empty() {
        Ok(addition.added)
    } else {
        Err(addition.errors)
    }
}

/// Group and comparable wording → the concept that has it.
type Taken = BTreeMap<(String, String), String>;

fn taken(vocabulary: &Table) -> Taken {
    concepts(vocabulary)
        .into_iter()
        .flat_map(|concept| {
            let Concept {
                group, name, wordings, ..
            } = concept;
            wordings
                .into_iter()
                .map(move |wording| ((group.clone(), comparable(&group, &wording)), name.clone()))
        })
        .collect()
}

/// Returns two wordings that are found in the same cells are equal in this form.
fn comparable(group: &str, wording: &str) -> String {
    let key = match_key(wording);
    if CONTAINED.contains(&group) || group == "grade" {
        key
    } else {
        header_key(&key).into_owned()
    }
}

struct Addition<'a> {
    source: &'a Source<'a>,
    taken: Taken,
    added: Vec<AddedWording>,
    errors: Vec<FormFileError>,
}

impl Addition<'_> {
    fn refuse(&mut self, offset: usize, key: &str, reason: impl Into<String>) {
        self.errors.push(self.source.error(offset, key, reason));
    }

    /// `[indicator]` and its like: concepts with lists of wordings.
    fn concepts(&mut self, group: &str, known: &mut Table, given: &DeTable<'_>) {
        for (name, value) in given {
            let concept = name.get_ref().as_ref();
            let key = format!("{group}.{concept}");
            let Some(Value::Array(wordings)) = known.get_mut(concept) else {
                let names: Vec<&str> = known.keys().map(String::as_str).collect();
                let reason = format!("没有这一项，{group} 组里可以写的是：{}", names.join("、"));
                self.refuse(name.span().start, &key, reason);
                continue;
            };
            for wording in self.wordings(group, concept, &key, value) {
                wordings.push(Value::String(wording));
            }
        }
    }

    /// `[[fund_source]]` and its like: entries with a name and a list of words. A user's entry is tried first.
    fn entries(&mut self, group: &str, known: &mut Vec<Value>, given: &[Spanned<DeValue<'_>>]) {
        let mut shape = Table::new();
        for entry in known.iter().filter_map(Value::as_table) {
            shape.extend(entry.clone());
        }
        let names: BTreeSet<String> = known.iter().map(entry_name).collect();
        let mut new = Vec::new();
        for entry in given {
            let Some(table) = entry.get_ref().as_table() else {
                self.refuse(entry.span().start, group, format!("应写成 [[{group}]] 开头的一组"));
                continue;
            };
            if let Some(value) = self.entry(group, (&shape, &names), table, entry.span().start) {
                new.push(value);
            }
        }
        known.splice(0..0, new);
    }

    /// Returns one entry in the shape of those known, whose names a source of money must be one of.
    fn entry(
        &mut self,
        group: &str,
        (shape, names): (&Table, &BTreeSet<String>),
        given: &DeTable<'_>,
        offset: usize,
    ) -> Option<Value> {
        let mut entry = Table::new();
        let mut words = None;
        let before = self.errors.len();
        for (name, value) in given {
            let key = format!("{group}.{}", name.get_ref());
            let at = value.span().start;
            match (shape.get(name.get_ref().as_ref()), value.get_ref()) {
                (Some(Value::Array(_)), _) => words = Some((key, value)),
                (Some(Value::Boolean(_)), DeValue::Boolean(flag)) => {
                    entry.insert(name.get_ref().to_string(), Value::Boolean(*flag));
                }
                (Some(Value::String(_)), DeValue::String(text)) if !text.trim().is_empty() => {
                    if name.get_ref() == "source" && !names.contains(text.as_ref()) {
                        let names: Vec<&str> = names.iter().map(String::as_str).collect();
                        self.refuse(at, &key, format!("不能取“{text}”，可以是：{}", names.join("、")));
                    }
                    entry.insert(name.get_ref().to_string(), Value::String(text.to_string()));
                }
                (Some(Value::String(_)), DeValue::String(_)) => self.refuse(at, &key, "不能为空"),
                (Some(shape), other) => {
                    let wanted = if shape.is_bool() { "true 或 false" } else { "文字" };
                    self.refuse(at, &key, format!("须是{wanted}，现在是{}", type_title(other)));
                }
                (None, _) => {
                    let names: Vec<&str> = shape.keys().map(String::as_str).collect();
                    let reason = format!("没有这一项，可以写的是：{}", names.join("、"));
                    self.refuse(name.span().start, &key, reason);
                }
            }
        }
        for required in ["source", "name"].into_iter().filter(|key| shape.contains_key(*key)) {
            if !given.contains_key(required) {
                self.refuse(offset, &format!("{group}.{required}"), "缺少这一项");
            }
        }
        let Some((key, value)) = words else {
            self.refuse(offset, &format!("{group}.words"), "缺少这一项");
            return None;
        };
        let concept = entry_name(&Value::Table(entry.clone()));
        let words = self.wordings(group, &concept, &key, value);
        if self.errors.len() > before || words.is_empty() {
            return None;
        }
        entry.insert(
            "words".to_owned(),
            Value::Array(words.into_iter().map(Value::String).collect()),
        );
        Some(Value::Table(entry))
    }

    /// Returns the new wordings of one list; those known already are noted and left out.
    fn wordings(&mut self, group: &str, concept: &str, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        let list = match texts(self.source, key, value) {
            Ok(list) => list,
            Err(error) => {
                self.errors.push(error);
                return Vec::new();
            }
        };
        let mut new = Vec::new();
        for (at, wording) in list {
            let plain = comparable(group, wording);
            let least = if CONTAINED.contains(&group) { 2 } else { 1 };
            if plain.chars().count() < least || plain.chars().count() > MOST_CHARACTERS {
                let reason = format!(
                    "“{wording}”去掉空格、标点和括号里的单位后有 {} 个字，应有 {least} 到 {MOST_CHARACTERS} 个字",
                    plain.chars().count()
                );
                self.refuse(at, key, reason);
                continue;
            }
            let place = (group.to_owned(), plain);
            let owner = self.taken.get(&place).filter(|_| !SHARED.contains(&group)).cloned();
            if let Some(other) = owner.as_ref().filter(|other| *other != concept) {
                let reason = format!("“{wording}”已经是 {group}.{other} 的写法，一种写法只能有一个意思");
                self.refuse(at, key, reason);
                continue;
            }
            let is_new = owner.is_none();
            self.taken.insert(place, concept.to_owned());
            if is_new {
                new.push(wording.to_owned());
            }
            self.added.push(AddedWording {
                group: group.to_owned(),
                concept: concept.to_owned(),
                wording: wording.to_owned(),
                line: self.source.line(at),
                is_new,
            });
        }
        new
    }
}
