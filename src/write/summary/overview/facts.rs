//! 总览, its first part: counts and amounts as figures, and the notes without which they would mislead.

use rust_decimal::Decimal;

use super::Notes;
use super::page::Page;
use crate::summary::{GroupRow, Summary};
use crate::text::plain;
use crate::write::WriteError;
use crate::write::summary::cells::{Column, ColumnKind, Value};
use crate::write::summary::columns::percent;
use crate::write::summary::departments;

/// 一、总体情况.
pub fn facts(page: &mut Page<'_>, summary: &Summary) -> Result<(), WriteError> {
    let overview = &summary.overview;
    let all = &overview.all;
    let failed = overview.unreadable + overview.unrecognized;
    let mut facts: Vec<(&str, Value<'_>, ColumnKind)> = vec![
        ("文件数", Value::count(overview.files)),
        ("其中未能读取", Value::count(failed)),
        ("评价表数", Value::count(all.tables)),
        ("主管部门数", Value::count(overview.departments)),
        ("单位数", Value::count(overview.units)),
        ("没有问题的表", Value::count(all.clean)),
        ("有错误的表", Value::count(all.tables_with_errors)),
        ("错误（项）", Value::count(all.errors)),
        ("预警（项）", Value::count(all.warnings)),
        ("提示（项）", Value::count(all.infos)),
    ]
    .into_iter()
    .map(|(name, count)| (name, count, ColumnKind::Count))
    .collect();
    let means = [
        ("自评平均分", all.declared.mean),
        ("自评加权平均分", all.declared.weighted_mean),
        ("复算平均分", all.rescored.mean),
        ("复算加权平均分", all.rescored.weighted_mean),
    ];
    facts.extend(means.map(|(name, mean)| (name, or_dash(mean), ColumnKind::Mean)));
    let total = summary.roster.as_ref().and_then(|roster| roster.coverage.last());
    if let Some(total) = total {
        facts.push(("名单应报", Value::count(total.due), ColumnKind::Count));
        facts.push(("名单未报", Value::count(total.missing), ColumnKind::Count));
        facts.push(("覆盖率（个数）", or_dash(total.count_rate), ColumnKind::Rate));
        facts.push(("覆盖率（资金）", or_dash(total.amount_rate), ColumnKind::Rate));
    }
    facts.push((
        "跨表、跨年问题",
        Value::count(summary.findings.len()),
        ColumnKind::Count,
    ));
    page.heading("一、总体情况")?;
    page.pairs(&facts)
}

/// 二、项目、资金和得分.
pub fn kinds(page: &mut Page<'_>, summary: &Summary) -> Result<(), WriteError> {
    page.heading("二、项目、资金和得分")?;
    // The list's columns without 评价类型, which stands first here, and the count of findings.
    let columns: Vec<(&str, u16, ColumnKind)> = std::iter::once(("评价类型", 2, ColumnKind::Word))
        .chain(
            departments::COLUMNS
                .iter()
                .skip(2)
                .take(10)
                .map(|(title, _, look): &Column| (*title, 1, *look)),
        )
        .collect();

    let mut rows: Vec<Vec<Value<'_>>> = summary
        .overview
        .kinds
        .iter()
        .map(|group| kind_row(group.kind.map_or("", crate::model::TableKind::title), group))
        .collect();
    rows.push(kind_row("合计", &summary.overview.all));
    page.table(&columns, &rows, true)?;
    Ok(())
}

/// Returns a row of the list without 评价类型 and the count of findings.
fn kind_row<'a>(name: &'a str, group: &GroupRow) -> Vec<Value<'a>> {
    let mut values = departments::row(name, group);
    values.truncate(12);
    values.remove(1);
    values
}

/// Returns what has to be known to read the figures.
pub fn notes(page: &mut Page<'_>, summary: &Summary, notes: &Notes) -> Result<(), WriteError> {
    let all = &summary.overview.all;
    let mut lines = Vec::new();
    if summary.overview.kinds.len() > 1 {
        lines.push("不同类型的表可能包含同一笔资金（如部门整体自评包含各项目），合计行的金额会重复，对外报送时请用分类型的数。".to_owned());
    }
    if let Some(doubtful) = &summary.overview.doubtful_amounts {
        let rate = |rate: Option<Decimal>| rate.map_or_else(|| "—".to_owned(), percent);
        lines.push(format!(
            "有 {} 张表的金额像是把元填成了万元（{}等，见“跨单位核查”K13），全年预算合计 {} 万元，占全部的 {}。含这些表：全年预算 {} 万元，执行数 {} 万元，执行率 {}；不含这些表：全年预算 {} 万元，执行数 {} 万元，执行率 {}。核实以前请用不含的数。",
            doubtful.tables,
            doubtful.file.rsplit(['/', '\\']).next().unwrap_or_default(),
            plain(doubtful.annual_budget),
            rate(doubtful.share),
            plain(all.amounts.annual_budget),
            plain(all.amounts.executed),
            rate(all.amounts.execution_rate),
            plain(doubtful.without.annual_budget),
            plain(doubtful.without.executed),
            rate(doubtful.without.execution_rate),
        ));
    }
    if let Some(remark) = departments::rate_remark(&all.amounts) {
        let [_, with_budget, with_executed] = all.amounts.stated;
        lines.push(format!(
            "填了全年预算数的表 {with_budget} 张，填了全年执行数的 {with_executed} 张；{remark}。"
        ));
    }
    if all.amounts.without_unit > 0 {
        lines.push(format!(
            "有 {} 张表没有注明金额单位，金额未计入以上各数；原表数字见“项目汇总”的备注，请单位补注后重新汇总。",
            all.amounts.without_unit
        ));
    }
    if all.amounts.without_total > 0 {
        lines.push(format!(
            "有 {} 张表没有读到年度资金总额，金额未计入以上各数。",
            all.amounts.without_total
        ));
    }
    for (way, scoring) in [("自评", &all.declared), ("复算", &all.rescored)] {
        if scoring.scored < all.tables {
            lines.push(format!(
                "有 {} 张表没有{way}得分，不在{way}平均分内。",
                all.tables - scoring.scored
            ));
        }
        if scoring.weighted < scoring.scored {
            lines.push(format!(
                "有 {} 张表没有可用的全年预算数，不在{way}加权平均分内。",
                scoring.scored - scoring.weighted
            ));
        }
    }
    if all.declared.graded_by_score > 0 {
        lines.push(format!(
            "有 {} 张表没有填评价等次，自评等次按自评得分和评分标准的等次划分。",
            all.declared.graded_by_score
        ));
    }
    if all.rescored.open.tables > 0 {
        lines.push(format!(
            "复算“无等次”中有 {} 张表的等次待定：规则不能判定的得分按申报计，这些得分核定后等次可能不同。",
            all.rescored.open.tables
        ));
    }
    let mut twice = 0;
    for finding in summary.findings.iter() {
        twice += usize::from(finding.map_err(WriteError::internal)?.code == "K04");
    }
    if twice > 0 {
        lines.push(format!(
            "有 {twice} 处重复报送，各份都计入了合计；请按“疑似重复”核实、删去多余的文件后重新汇总。"
        ));
    }
    if let Some(note) = summary.roster.as_ref().and_then(|roster| roster.amount_note.as_ref()) {
        lines.push(format!("{note}。"));
    }
    lines.extend(notes.lines.iter().cloned());
    for line in lines {
        page.line(&format!("注：{line}"))?;
    }
    Ok(())
}

/// Returns a number, or the stroke that stands where there is none.
fn or_dash(value: Option<Decimal>) -> Value<'static> {
    value.map_or_else(|| Value::words("—"), Value::Number)
}
