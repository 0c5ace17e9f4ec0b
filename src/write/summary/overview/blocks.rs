//! 总览, its second part: grades, common problems and departments, each a block with its chart.

use rust_xlsxwriter::{Chart, ChartFont, ChartLayout, ChartType};

use super::SHEET;
use super::page::{ChartedTable, Page};
use crate::summary::{GradeShare, GroupRow, Summary};
use crate::write::WriteError;
use crate::write::summary::cells::{ColumnKind, Value};
use crate::write::summary::departments::department_name;
use crate::write::summary::grades;

/// Rules listed.
const PROBLEMS: usize = 12;
/// Departments in the chart; more cannot be read on a page.
const DEPARTMENTS_SHOWN: usize = 30;
/// Characters of a name beyond which it would take the room of the bars.
const LONG_NAME: usize = 12;

/// 三、等次分布.
pub fn grades(page: &mut Page<'_>, summary: &Summary) -> Result<(), WriteError> {
    let columns = [
        ("等次", 1, ColumnKind::Word),
        ("自评个数", 1, ColumnKind::Count),
        ("自评占比", 1, ColumnKind::Rate),
        ("自评资金（万元）", 1, ColumnKind::Money),
        ("复算个数", 1, ColumnKind::Count),
        ("复算占比", 1, ColumnKind::Rate),
        ("复算资金（万元）", 1, ColumnKind::Money),
    ];
    let all = &summary.overview.all;
    let shares = all.declared.grades.iter().zip(&all.rescored.grades);
    let mut rows: Vec<Vec<Value<'_>>> = shares
        .map(|(declared, rescored)| {
            let grade = declared.grade.map_or(grades::NO_GRADE, crate::model::Grade::title);
            share_row(grade, all, [declared, rescored])
        })
        .collect();
    let (declared_open, open) = (&all.declared.open, &all.rescored.open);
    if open.tables > 0 {
        rows.push(share_row("其中待定", all, [declared_open, open]));
    }
    let block = ChartedTable {
        heading: "三、等次分布",
        columns: &columns,
        rows: &rows,
        note: None,
    };
    // A part of a bar is no bar of its own.
    let parts = u32::from(open.tables > 0);
    page.charted(&block, |(first, last)| {
        let rows = (first, last.saturating_sub(parts));
        let mut chart = chart_of(ChartType::Column, rows, 0, &[("自评", 1), ("复算", 4)]);
        chart.title().set_name("等次分布");
        chart.y_axis().set_num_format("0");
        chart
    })
}

fn share_row<'a>(name: &'a str, all: &GroupRow, ways: [&GradeShare; 2]) -> Vec<Value<'a>> {
    let of_way = |share: &GradeShare| {
        [
            Value::count(share.tables),
            share.share.into(),
            grades::budget(all, share.amount),
        ]
    };
    std::iter::once(Value::words(name))
        .chain(ways.into_iter().flat_map(of_way))
        .collect()
}

/// Returns a chart of columns of a table on the page, each by its name and position, over the column that names the rows.
fn chart_of(kind: ChartType, (first, last): (u32, u32), names: u16, columns: &[(&str, u16)]) -> Chart {
    let mut chart = Chart::new(kind);
    for (name, column) in columns {
        chart
            .add_series()
            .set_name(*name)
            .set_categories((SHEET, first, names, last, names))
            .set_values((SHEET, first, *column, last, *column));
    }
    chart
}

/// 四、常见问题.
pub fn problems(page: &mut Page<'_>, summary: &Summary) -> Result<(), WriteError> {
    const HEADING: &str = "四、常见问题";
    let columns = [
        ("规则", 3, ColumnKind::Text),
        ("编号", 1, ColumnKind::Word),
        ("级别", 1, ColumnKind::Word),
        ("问题数", 1, ColumnKind::Count),
        ("涉及的表", 1, ColumnKind::Count),
    ];
    let rows: Vec<Vec<Value<'_>>> = summary
        .problems
        .iter()
        .take(PROBLEMS)
        .map(|problem| {
            vec![
                Value::words(&problem.title),
                Value::words(&problem.code),
                Value::Level(problem.severity),
                Value::count(problem.findings),
                Value::count(problem.tables),
            ]
        })
        .collect();
    if rows.is_empty() {
        page.heading(HEADING)?;
        return page.line("没有发现问题。");
    }
    let more = summary.problems.len().saturating_sub(PROBLEMS);
    let block = ChartedTable {
        heading: HEADING,
        columns: &columns,
        rows: &rows,
        note: (more > 0).then(|| format!("另有 {more} 条规则的问题，见“差异清单”。")),
    };
    page.charted(&block, |rows| {
        // Codes, which stand beside the titles: those would be broken over several lines each.
        let mut chart = chart_of(ChartType::Bar, rows, 3, &[("涉及的表", 6)]);
        chart.title().set_name("常见问题（涉及的表数）");
        chart.legend().set_hidden();
        // A bar chart counts from below.
        chart.y_axis().set_reverse().set_font(&level(10));
        chart.x_axis().set_num_format("0");
        chart
    })
}

/// 五、各部门平均分.
pub fn departments(page: &mut Page<'_>, summary: &Summary) -> Result<(), WriteError> {
    const HEADING: &str = "五、各部门平均分";
    let columns = [
        ("主管部门", 3, ColumnKind::Text),
        ("表数", 1, ColumnKind::Count),
        ("自评平均分", 1, ColumnKind::Mean),
        ("复算平均分", 1, ColumnKind::Mean),
        ("自评加权平均分", 1, ColumnKind::Mean),
    ];
    let mut groups: Vec<&GroupRow> = summary
        .departments
        .iter()
        .filter(|group| group.declared.mean.is_some())
        .collect();
    let all = groups.len();
    // The largest departments, so that a long list leaves out the least.
    groups.sort_by_key(|group| std::cmp::Reverse(group.tables));
    groups.truncate(DEPARTMENTS_SHOWN);
    let rows: Vec<Vec<Value<'_>>> = groups
        .iter()
        .map(|group| {
            vec![
                Value::words(department_name(group)),
                Value::count(group.tables),
                group.declared.mean.into(),
                group.rescored.mean.into(),
                group.declared.weighted_mean.into(),
            ]
        })
        .collect();
    if rows.is_empty() {
        page.heading(HEADING)?;
        return page.line("没有读到得分。");
    }
    // Small differences must not look large; a form of more points than a hundred needs more room.
    let full = rust_decimal::Decimal::ONE_HUNDRED;
    let means = groups
        .iter()
        .flat_map(|group| [group.declared.mean, group.rescored.mean]);
    let is_of_hundred = means.flatten().all(|mean| mean <= full);
    let block = ChartedTable {
        heading: HEADING,
        columns: &columns,
        rows: &rows,
        note: (all > DEPARTMENTS_SHOWN)
            .then(|| format!("只列表数最多的 {DEPARTMENTS_SHOWN} 个部门，全部 {all} 个见“部门汇总”。")),
    };
    let has_long_names = groups
        .iter()
        .any(|group| department_name(group).chars().count() > LONG_NAME);
    page.charted(&block, |rows| {
        let mut chart = chart_of(ChartType::Bar, rows, 0, &[("自评", 4), ("复算", 5)]);
        if has_long_names {
            let bars = ChartLayout::new().set_offset(0.46, 0.32).set_dimensions(0.36, 0.6);
            chart.plot_area().set_layout(&bars);
        }
        chart.title().set_name("各部门平均分");
        let size = if has_long_names { 7 } else { 10 };
        chart.y_axis().set_reverse().set_font(&level(size));
        chart.x_axis().set_num_format("0").set_min(0);
        if is_of_hundred {
            chart.x_axis().set_max(100).set_major_unit(20);
        }
        chart
    })
}

/// Returns the font of labels of which none is left out, and long ones are broken.
fn level(size: u32) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_size(size).set_rotation(0);
    font
}
