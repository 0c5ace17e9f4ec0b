//! What the page knows by heart: rules, standards, kinds of blank forms, and the signs of a reading.

use hebiao::report::Tool;
use hebiao::rules;
use hebiao::standard::Standard;
use hebiao::summary::rules as cross_rules;
use hebiao::write::reading_legend;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::basis::Basis;
use crate::template;

/// Returns all of it.
pub fn catalogue(basis: &Basis) -> Value {
    let of_one_table = rules::registry()
        .iter()
        .map(|rule| json!({ "code": rule.code, "title": rule.title, "level": rule.level_title() }));
    let own = basis.rules().all().iter();
    let own = own.map(|rule| json!({ "code": rule.code, "title": rule.title, "level": rule.severity.title() }));
    let standards = Standard::names().into_iter().filter_map(Standard::built_in);
    json!({
        "version": Tool::this().version,
        "rules": of_one_table.chain(own).collect::<Vec<_>>(),
        "standards": standards.map(|it| json!({ "name": it.name(), "title": it.title() })).collect::<Vec<_>>(),
        "templates": template::KINDS.map(|(name, title, _)| json!({ "name": name, "title": title })),
        "legend": reading_legend().map(|(class, mark, title)| [class, mark, title]).collect::<Vec<_>>(),
    })
}

/// Returns a rule's page, as Markdown.
///
/// # Errors
/// When there is no such rule.
pub fn rule(code: &str, basis: &Basis) -> Answer {
    let page = rules::find(code)
        .map(|rule| rule.page)
        .or_else(|| cross_rules::find(code).map(|rule| rule.page))
        .or_else(|| basis.rules().find(code).map(|rule| rule.page.as_str()))
        .ok_or_else(|| format!("没有“{code}”这条规则"))?;
    Ok((json!({ "page": page }), Vec::new()))
}
