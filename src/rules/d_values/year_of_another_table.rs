//! D27: a name or target speaks of an earlier year, as one copied from the table of that year does.

use crate::model::measure::MeasureKind;
use crate::rules::kit::texts::{FoldedText, Word, words};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "D27", "year-of-another-table", "指标写着以前的年份", Warning, Review }

/// What an indicator may rightly say of an earlier year: a base, a balance, a document, something begun or earned then.
const RIGHTLY: [Word; 47] = words![
    "较", "比", "基期", "基数", "基准", "以来", "结转", "尾款", "余款", "欠", "续", "跨", "届", "批", "级", "毕业",
    "考核", "评价", "评估", "评选", "决算", "审计", "奖", "补", "兑现", "清算", "起", "自", "截至", "截止", "底前",
    "遗留", "历年", "存量", "债", "标准", "版", "号", "规划", "方案", "计划", "立项", "申报", "项目", "工程", "上年",
    "去年",
];

/// The year itself.
const YEAR: Word = Word::new("年");

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(year) = &context.evaluation().year else { return };
    if !context.table.places.year_is_explicit || findings.is_explained(year.cell) {
        return;
    }
    let mut found = Vec::new();
    for (row, indicator, texts) in context.rows() {
        let is_deadline = context
            .assessment(row)
            .is_some_and(|assessment| matches!(assessment.target.kind, MeasureKind::Date(_)));
        let of_target = (!is_deadline).then_some((indicator.target.as_ref(), &texts.target, "target"));
        let named = [Some((indicator.level3.as_ref(), &texts.level3, "level3")), of_target]
            .into_iter()
            .flatten()
            .find_map(|(field, text, leaf)| Some((field?, earlier_year(text, year.value)?, leaf)));
        if let Some((field, earlier, leaf)) = named.filter(|(field, ..)| !findings.is_explained(field.cell)) {
            found.push((field, earlier, format!("indicators[{row}].{leaf}")));
        }
    }
    let Some((first, earlier, path)) = found.first() else {
        return;
    };
    let others: Vec<_> = found.iter().skip(1).map(|(field, ..)| field.cell).collect();
    let more = if others.is_empty() {
        String::new()
    } else {
        format!("同样的还有 {} 处：{}。", others.len(), words::cells(&others))
    };
    findings.report(
        Finding::new(
            first.cell,
            format!(
                "年度指标应是评价年度的；本表评价 {} 年度（{}），{} 写的“{}”说的是 {earlier} 年，像是从以前的表复制来的，是不是本年度的指标须由人判断。{more}",
                year.value,
                year.cell,
                first.cell,
                words::shortened(&first.text)
            ),
            format!("核对 {} 的年份；说的就是那一年的，不必改。", first.cell),
        )
        .field(path.clone())
        .declared(words::shortened(&first.text))
        .basis(&context.standard.clauses.targets)
        .related(others.into_iter().chain([year.cell])),
    );
}

/// Returns the one year that a text names, if it lies before the year evaluated and nothing says why.
fn earlier_year(text: &FoldedText<'_>, evaluated: i32) -> Option<i32> {
    if !text.has(&YEAR) || text.has_any(&RIGHTLY) {
        return None;
    }
    let mut years = text.match_indices("年").map(|(at, _)| {
        let before = text.get(..at)?;
        let start = before.len().checked_sub(4)?;
        let is_longer = before
            .get(..start)?
            .ends_with(|c: char| c.is_ascii_digit() || "-~—–至、和".contains(c));
        let year: i32 = before.get(start..)?.parse().ok()?;
        let after = text.get(at + "年".len()..)?;
        let goes_on = after.starts_with(['-', '~', '—', '–', '至', '、', '和', '前']);
        (!is_longer && !goes_on && (2000..evaluated).contains(&year)).then_some(year)
    });
    let year = years.next()??;
    years.next().is_none().then_some(year)
}
