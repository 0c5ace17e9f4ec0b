//! Rules from TOML, each mistake with its line.

use serde::Deserialize;
use toml::{Spanned, Table};

use super::names;
use super::node::Node;
use super::page::{Written, page};
use super::rule::OwnRule;
use super::template::Template;
use super::understand::{Use, understand};
use super::value::Row;
use super::{MOST_RULES, RuleFile, RuleFileError, example};
use crate::model::{Severity, TableKind};
use crate::rules;
use crate::text::toml_error::{TomlError, without_byte_order_mark};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    #[serde(default)]
    rule: Vec<RuleText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    code: Spanned<String>,
    title: Spanned<String>,
    severity: Severity,
    #[serde(default)]
    tables: Vec<Spanned<String>>,
    each: Option<Spanned<String>>,
    when: Option<Spanned<String>>,
    must: Spanned<String>,
    cell: Option<Spanned<String>>,
    message: Spanned<String>,
    advice: Spanned<String>,
    declared: Option<Spanned<String>>,
    expected: Option<Spanned<String>>,
    basis: Spanned<String>,
    why: Option<String>,
    wrong: Spanned<Table>,
    right: Spanned<Table>,
}

/// A mistake in one value: the byte where it begins, its key, and why.
struct Refused(usize, &'static str, String);

/// Reads the rules of a file into `rules`, and what is wrong with it into `errors`.
pub(super) fn rules_of(file: &RuleFile, rules: &mut Vec<OwnRule>, errors: &mut Vec<RuleFileError>) {
    let text = without_byte_order_mark(&file.text);
    let mut refuse = |mistake| {
        errors.push(RuleFileError {
            file: file.name.clone(),
            mistake,
        });
    };
    let read: FileText = match toml::from_str(text) {
        Ok(read) => read,
        Err(error) => return refuse(TomlError::refused(text, &error)),
    };
    if read.rule.is_empty() {
        return refuse(TomlError::value("rule", "文件里没有规则，每条规则以 [[rule]] 开头"));
    }
    for written in &read.rule {
        match rule(written, file, rules) {
            Ok(rule) => rules.push(rule),
            Err(Refused(at, key, reason)) => refuse(TomlError {
                line: Some(text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1),
                key: Some(key.to_owned()),
                reason,
            }),
        }
    }
}

fn rule(written: &RuleText, file: &RuleFile, known: &[OwnRule]) -> Result<OwnRule, Refused> {
    let code = code(&written.code, known)?;
    let title = title(&written.title, known)?;
    let tables = kinds(&written.tables)?;
    let each = each(written.each.as_ref())?;
    let condition = |key: &'static str, text: &Spanned<String>| node(key, text);
    let optional =
        |key: &'static str, text: &Option<Spanned<String>>| text.as_ref().map(|text| condition(key, text)).transpose();
    let filled =
        |key: &'static str, text: &Option<Spanned<String>>| text.as_ref().map(|text| template(key, text)).transpose();
    if written.basis.get_ref().trim().is_empty() {
        return Err(refused(
            "basis",
            &written.basis,
            "不能为空，请写明哪个文件或哪次会议定的",
        ));
    }
    let kind = tables.first().copied().unwrap_or(TableKind::ProjectSelfEvaluation);
    let table = |key: &'static str, table: &Spanned<Table>| {
        example::table(table.get_ref(), kind).map_err(|why| Refused(table.span().start, key, why))
    };
    Ok(OwnRule {
        slug: format!("own-{}", code.to_lowercase()),
        severity: written.severity,
        basis: written.basis.get_ref().trim().to_owned(),
        file: file.name.clone(),
        when: optional("when", &written.when)?,
        must: condition("must", &written.must)?,
        cell: optional("cell", &written.cell)?,
        message: template("message", &written.message)?,
        advice: template("advice", &written.advice)?,
        declared: filled("declared", &written.declared)?,
        expected: filled("expected", &written.expected)?,
        wrong: table("wrong", &written.wrong)?,
        right: table("right", &written.right)?,
        page: page(&Written {
            code: &code,
            title: &title,
            severity: written.severity,
            file: &file.name,
            tables: &tables,
            each,
            when: written.when.as_ref().map(|text| text.get_ref().as_str()),
            must: written.must.get_ref(),
            why: written.why.as_deref(),
            basis: written.basis.get_ref(),
            advice: written.advice.get_ref(),
            wrong: written.wrong.get_ref(),
            right: written.right.get_ref(),
        }),
        code,
        title,
        tables,
        each,
    })
}

fn refused(key: &'static str, text: &Spanned<String>, why: impl Into<String>) -> Refused {
    Refused(text.span().start, key, why.into())
}

fn node(key: &'static str, text: &Spanned<String>) -> Result<Node, Refused> {
    understand(text.get_ref(), Use::Condition).map_err(|why| refused(key, text, why))
}

fn template(key: &'static str, text: &Spanned<String>) -> Result<Template, Refused> {
    Template::read(text.get_ref()).map_err(|why| refused(key, text, why))
}

fn code(written: &Spanned<String>, known: &[OwnRule]) -> Result<String, Refused> {
    let code = written.get_ref().trim();
    let digits = code.strip_prefix('X').unwrap_or_default();
    if !(2..=3).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refused("code", written, "须是 X 加两位或三位数字，例如 X01"));
    }
    if let Some(other) = known.iter().find(|rule| rule.code == code) {
        let why = format!("{code} 已经是“{}”的编号（{}），请换一个", other.title, other.file);
        return Err(refused("code", written, why));
    }
    if known.len() >= MOST_RULES {
        return Err(refused("code", written, format!("自己写的规则最多 {MOST_RULES} 条")));
    }
    Ok(code.to_owned())
}

fn title(written: &Spanned<String>, known: &[OwnRule]) -> Result<String, Refused> {
    const MOST_CHARACTERS: usize = 40;
    let title = written.get_ref().trim();
    if title.is_empty() || title.chars().count() > MOST_CHARACTERS || title.chars().any(char::is_control) {
        let why = format!("须是 1 到 {MOST_CHARACTERS} 个字，说出错在哪里");
        return Err(refused("title", written, why));
    }
    if known.iter().any(|rule| rule.title == title) || rules::find(title).is_some() {
        return Err(refused(
            "title",
            written,
            format!("已经有叫“{title}”的规则，请换一个名称"),
        ));
    }
    Ok(title.to_owned())
}

/// Kinds of table as people name them.
const KINDS: [(&str, &str, TableKind); 5] = [
    (
        "项目支出自评",
        "project_self_evaluation",
        TableKind::ProjectSelfEvaluation,
    ),
    ("部门评价", "department_evaluation", TableKind::DepartmentEvaluation),
    (
        "整体支出自评",
        "overall_self_evaluation",
        TableKind::OverallSelfEvaluation,
    ),
    (
        "转移支付自评",
        "transfer_self_evaluation",
        TableKind::TransferSelfEvaluation,
    ),
    ("其他", "other", TableKind::Other),
];

fn kinds(written: &[Spanned<String>]) -> Result<Vec<TableKind>, Refused> {
    let kind = |name: &Spanned<String>| {
        let word = name.get_ref().trim();
        let known = KINDS
            .iter()
            .find(|(chinese, english, _)| [*chinese, *english].contains(&word));
        known.map(|(.., kind)| *kind).ok_or_else(|| {
            let all = KINDS.map(|(chinese, ..)| chinese).join("、");
            refused("tables", name, format!("没有“{word}”这种表，可以是：{all}"))
        })
    };
    written.iter().map(kind).collect()
}

fn each(written: Option<&Spanned<String>>) -> Result<Row, Refused> {
    let Some(written) = written else {
        return Ok(Row::Table);
    };
    let word = written.get_ref().trim();
    match names::english(word).unwrap_or(word) {
        "indicators" => Ok(Row::Indicator(0)),
        "funds" => Ok(Row::Fund(0)),
        "table" | "表" => Ok(Row::Table),
        _ => Err(refused(
            "each",
            written,
            format!("不能取“{word}”，可以是：指标（逐行看指标）、资金（逐行看资金）、表（整张表看一次，可以不写）"),
        )),
    }
}
