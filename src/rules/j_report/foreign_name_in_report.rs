//! J17: the report names another unit, project or year than the table.

use crate::model::Field;
use crate::prose::{FigureUnit, Folded, SectionRole, figures, is_han};
use crate::rules::kit::report_match::ReportMatch;
use crate::rules::kit::report_names::BASIS;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "J17", "foreign-name-in-report", "报告写了别的单位、项目或年度", Warning, ReportText }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    units(context, report, findings);
    years(context, report, findings);
    title(context, report, findings);
}

/// How a unit calls itself.
const OURSELVES: [&str; 12] = [
    "我局",
    "我委",
    "我单位",
    "本单位",
    "我中心",
    "我院",
    "我校",
    "我办",
    "我部",
    "本局",
    "我厅",
    "我会",
];

/// The unit that calls itself 我局 is one of the table's.
fn units(context: &RuleContext, report: &ReportMatch<'_>, findings: &mut Findings) {
    let own: Vec<(&Field<String>, String)> = [
        &context.evaluation().implementing_unit,
        &context.evaluation().department,
    ]
    .into_iter()
    .flatten()
    .map(|field| (field, letters(&field.value)))
    .collect();
    let Some((field, _)) = own.first() else { return };
    for (index, paragraph) in report.part.paragraphs() {
        let text = paragraph.folded.as_str();
        let Some(at) = ["(以下简称", "(以下统称", "(简称"]
            .iter()
            .find_map(|word| text.find(word))
        else {
            continue;
        };
        let rest = text.get(at..).unwrap_or_default();
        let inner = rest.split(')').next().unwrap_or_default();
        if !OURSELVES.iter().any(|word| inner.contains(word)) {
            continue;
        }
        let before = text.get(..at).unwrap_or_default();
        let start = before.rfind(|c: char| !is_han(c)).map_or(0, |last| {
            last + before
                .get(last..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8)
        });
        let name = before.get(start..).unwrap_or_default();
        if name.chars().count() < 3 || own.iter().any(|(_, known)| is_one_unit(name, known)) {
            continue;
        }
        findings.report(
            Finding::new(
                field.cell,
                format!(
                    "报告的单位应与表一致；报告自称“{name}”，表中 {} 是“{}”，请核对报告是否从别的单位抄来。",
                    field.cell, field.value
                ),
                "改正报告或表中的单位名称。",
            )
            .declared(name)
            .expected(field.value.clone())
            .basis(BASIS)
            .quote(report.quote_of(index, (start, at + inner.len()), (start, at))),
        );
    }
}

/// Returns whether two unit names may be one: 工信局 is 信丰县工业和信息化局 as well as 信丰县工信局.
fn is_one_unit(one: &str, other: &str) -> bool {
    let strip = |name: &str| -> String {
        let cut = name
            .rfind(['省', '市', '县', '区', '旗'])
            .map_or(0, |at| at + '县'.len_utf8());
        let rest = name.get(cut..).unwrap_or_default();
        if rest.chars().count() >= 2 {
            rest.to_owned()
        } else {
            name.to_owned()
        }
    };
    let (one, other) = (strip(&letters(one)), strip(other));
    if one.contains(&other) || other.contains(&one) {
        return true;
    }
    // A short form takes its characters from the long one, in order.
    let (short, long) = if one.chars().count() < other.chars().count() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|known| known == c))
}

fn letters(text: &str) -> String {
    Folded::new(text).as_str().chars().filter(|c| is_han(*c)).collect()
}

/// The project's name with another year before it, where its own year is not told beside it.
fn years(context: &RuleContext, report: &ReportMatch<'_>, findings: &mut Findings) {
    let (Some(year), Some(project)) = (report.year(), context.evaluation().project_name.as_ref()) else {
        return;
    };
    let folded = Folded::new(&project.value);
    let core = core_of(folded.as_str());
    const LEAST: usize = 4;
    if core.chars().count() < LEAST {
        return;
    }
    // Of several attachments some may be of other years.
    let attached = report
        .section(SectionRole::Attachment)
        .filter(|(_, paragraph)| paragraph.folded.as_str().contains(&core))
        .count();
    for (index, paragraph) in report.part.paragraphs() {
        let text = paragraph.folded.as_str();
        if !text.contains(&core)
            || ELSEWHEN.iter().any(|word| text.contains(word))
            || (paragraph.role == SectionRole::Attachment && attached > 1)
        {
            continue;
        }
        let all = figures(text);
        let years = || all.iter().filter(|figure| figure.unit == FigureUnit::Year);
        let is_own = |value: rust_decimal::Decimal| i32::try_from(value) == Ok(year);
        for figure in years() {
            let rest = text.get(figure.end..).unwrap_or_default();
            let rest = rest.strip_prefix('度').unwrap_or(rest);
            let names_project = rest.starts_with(&core);
            // A sentence that tells both years compares them.
            let sentence = text
                .get(figure.end..)
                .unwrap_or_default()
                .split('。')
                .next()
                .unwrap_or_default();
            let tells_own = figures(sentence)
                .iter()
                .any(|figure| figure.unit == FigureUnit::Year && is_own(figure.value));
            if !names_project || is_own(figure.value) || tells_own {
                continue;
            }
            let shown = text.get(figure.start..figure.end).unwrap_or_default();
            findings.report(
                Finding::new(
                    project.cell,
                    format!(
                        "报告的年度应与表一致；报告写“{shown}{core}”，表中 {} 是 {year} 年的项目。",
                        project.cell
                    ),
                    "核对年度，改正报告或表。",
                )
                .declared(shown)
                .expected(format!("{year}年"))
                .basis(BASIS)
                .quote(report.quote_of(
                    index,
                    sentence_of(text, figure.start),
                    (figure.start, figure.end),
                )),
            );
            break;
        }
    }
}

/// What shows that another year is meant.
const ELSEWHEN: [&str; 9] = [
    "上年",
    "去年",
    "以前年度",
    "同比",
    "上一年",
    "下年",
    "下一年",
    "明年",
    "往年",
];

fn sentence_of(text: &str, at: usize) -> (usize, usize) {
    let from = text
        .get(..at)
        .and_then(|before| before.rfind('。'))
        .map_or(0, |end| end + '。'.len_utf8());
    let to = text
        .get(at..)
        .and_then(|rest| rest.find('。'))
        .map_or(text.len(), |end| at + end + '。'.len_utf8());
    (from, to)
}

/// Returns a project's name behind its year, else the whole.
fn core_of(name: &str) -> String {
    let behind = figures(name)
        .iter()
        .find(|figure| figure.unit == FigureUnit::Year)
        .map_or(0, |figure| figure.end);
    let rest = name.get(behind..).unwrap_or_default();
    let rest = rest.strip_prefix('度').unwrap_or(rest);
    rest.strip_suffix("项目").unwrap_or(rest).to_owned()
}

/// The title names neither the project nor a unit of the table, but another unit.
fn title(context: &RuleContext, report: &ReportMatch<'_>, findings: &mut Findings) {
    let Some(index) = report.part.text.title.filter(|index| report.part.holds(*index)) else {
        return;
    };
    let title = letters(report.part.text.title_text().unwrap_or_default());
    let evaluation = context.evaluation();
    let fields: Vec<&Field<String>> = [
        &evaluation.project_name,
        &evaluation.implementing_unit,
        &evaluation.department,
    ]
    .into_iter()
    .flatten()
    .collect();
    if fields.is_empty() {
        return;
    }
    let shares = |field: &&Field<String>| shares_words(&title, &letters(&field.value));
    let names_unit = [
        "局",
        "委员会",
        "中心",
        "学校",
        "医院",
        "人民政府",
        "办公室",
        "大学",
        "学院",
    ]
    .iter()
    .any(|word| title.contains(word));
    if !names_unit || fields.iter().any(shares) {
        return;
    }
    let Some(field) = fields.first() else { return };
    let length = report.part.text.title_text().map_or(0, str::len);
    findings.report(
        Finding::new(
            field.cell,
            format!(
                "报告应与表是同一个单位的同一个项目；报告的标题是“{title}”，表中 {} 是“{}”。",
                field.cell, field.value
            ),
            "核对报告与表是否放错，或者是否从别的单位抄来。",
        )
        .declared(title.clone())
        .expected(field.value.clone())
        .basis(BASIS)
        .quote(report.quote_of(index, (0, length), (0, length))),
    );
}

/// Returns whether a title may be about a name: four characters of it in a row, or all of a short one.
fn shares_words(title: &str, name: &str) -> bool {
    const RUN: usize = 3;
    let characters: Vec<char> = name.chars().collect();
    if characters.len() <= RUN {
        return title.contains(name);
    }
    // A short form of a unit's name has its characters in order.
    characters
        .windows(RUN)
        .filter(|run| !matches!(run, ['项', '目', _] | [_, '项', '目']))
        .any(|run| title.contains(&run.iter().collect::<String>()))
}
