//! A user's form: the shape of the built-in ones, with limits that keep its points comparable.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::forms::Form;
use super::FormFileError;
use super::source::{Source, texts};
use crate::text::keys::match_key;

/// More would let one sign outweigh every other form.
const MOST_POINTS: i32 = 100;
const MOST_SIGNS: usize = 100;
/// What a table without any form's signs is called.
const RESERVED: &str = "other";

/// Returns whether a file means to be a form rather than a vocabulary.
pub(super) fn is_form(root: &DeTable<'_>) -> bool {
    ["name", "title", "kind", "source", "sign"]
        .iter()
        .any(|key| root.contains_key(*key))
}

/// Reads one form and checks it.
pub(super) fn read(source: &Source<'_>, root: &DeTable<'_>, known: &[Form]) -> Result<Form, FormFileError> {
    let place = |key: &str| root.get(key).map_or(0, |value| value.span().start);
    let signs = root.get("sign").and_then(|value| value.get_ref().as_array());
    for sign in signs.into_iter().flatten() {
        check_words(source, sign)?;
    }
    let mut form: Form = toml::from_str(source.text).map_err(|error| source.refused(&error))?;
    for (key, value) in [("title", &form.title), ("source", &form.source)] {
        if value.trim().is_empty() {
            return Err(source.error(place(key), key, "不能为空"));
        }
    }
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if form.name.is_empty() || !form.name.chars().all(plain) {
        return Err(source.error(
            place("name"),
            "name",
            "只能用小写英文字母、数字和短横线，例如 county-self-evaluation",
        ));
    }
    if form.name == RESERVED || known.iter().any(|other| other.name == form.name) {
        let reason = format!("名称“{}”已经有了，请换一个", form.name);
        return Err(source.error(place("name"), "name", reason));
    }
    if form.signs.is_empty() || form.signs.len() > MOST_SIGNS {
        let reason = format!("应有 1 到 {MOST_SIGNS} 条特征");
        return Err(source.error(place("sign"), "sign", reason));
    }
    for (index, sign) in form.signs.iter().enumerate() {
        if sign.points == 0 || sign.points.unsigned_abs() > MOST_POINTS.unsigned_abs() {
            let at = signs
                .and_then(|signs| signs.get(index)?.get_ref().as_table()?.get("points"))
                .map_or_else(|| place("sign"), |value| value.span().start);
            let reason = format!("应在 -{MOST_POINTS} 到 {MOST_POINTS} 之间，且不为 0");
            return Err(source.error(at, "sign.points", reason));
        }
    }
    if form.signs.iter().all(|sign| sign.points < 0) {
        return Err(source.error(
            place("sign"),
            "sign",
            "全是扣分的特征，永远认不出来；至少要有一条 points 大于 0",
        ));
    }
    form.file = Some(source.file.to_owned());
    Ok(form)
}

fn check_words(source: &Source<'_>, sign: &Spanned<DeValue<'_>>) -> Result<(), FormFileError> {
    let Some(any) = sign.get_ref().as_table().and_then(|table| table.get("any")) else {
        return Ok(());
    };
    for (at, word) in texts(source, "sign.any", any)? {
        if match_key(word).is_empty() {
            return Err(source.error(at, "sign.any", format!("“{word}”去掉空格后没有文字")));
        }
    }
    Ok(())
}
