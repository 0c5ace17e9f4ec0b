//! 总览: what a bureau sends up on one page, with charts.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Chart, ChartFont, ChartType, FormatAlign, Workbook, Worksheet};

use super::cells::{Column, Look, Value};
use super::columns::{self, DEPARTMENTS, NO_DEPARTMENT, percent};
use super::list_writer::{Looks, write_cell};
use crate::report::plain;
use crate::summary::{GroupRow, Summary};
use crate::write::text_width::{column_width, fit};
use crate::write::{WriteError, styles};

/// The sheet's name.
pub const SHEET: &str = "总览";
const COLUMNS: u16 = 12;
const WIDTH: usize = 13;
const ROW_HEIGHT: f64 = 18.0;
/// Pixels of a row of that height.
const ROW_PIXELS: u32 = 24;
/// Rows that a chart takes.
const CHART_ROWS: u32 = 13;
/// The column that charts begin at, right of the longest block.
const CHART_COLUMN: u16 = 7;
const CHART_WIDTH: u32 = 480;
/// Rows of this height on a page.
const ROWS_ON_PAGE: u32 = 36;
/// Rules listed.
const PROBLEMS: usize = 12;
/// Departments in the chart; more cannot be read on a page.
const DEPARTMENTS_SHOWN: usize = 30;

/// Notes that only writing the other sheets could tell.
pub struct Notes {
    /// Sentences about what was left out.
    pub lines: Vec<String>,
}

/// Fills the sheet, which is the workbook's first.
pub fn write(workbook: &mut Workbook, summary: &Summary, notes: &Notes) -> Result<(), WriteError> {
    let sheet = workbook.worksheet_from_index(0)?;
    let mut page = Page {
        sheet,
        looks: Looks::default(),
        row: 0,
    };
    page.begin()?;
    page.facts(summary)?;
    page.kinds(summary)?;
    page.notes(summary, notes)?;
    page.grades(summary)?;
    let mut breaks = vec![page.row];
    page.problems(summary)?;
    // Two blocks of usual length share a page.
    if page.row - breaks.iter().sum::<u32>() > ROWS_ON_PAGE / 2 {
        breaks.push(page.row);
    }
    page.departments(summary)?;
    let last = page.row;
    sheet.set_page_breaks(&breaks)?;
    sheet.set_print_area(0, 0, last, COLUMNS - 1)?;
    Ok(())
}

struct Page<'a> {
    sheet: &'a mut Worksheet,
    looks: Looks,
    row: u32,
}

impl Page<'_> {
    fn begin(&mut self) -> Result<(), WriteError> {
        styles::set_page(self.sheet, "绩效评价汇总");
        for column in 0..COLUMNS {
            self.sheet
                .set_column_width(column, column_width(WIDTH, styles::BODY_SIZE))?;
        }
        let title = styles::body(16.0).set_bold().set_align(FormatAlign::Center);
        self.sheet.merge_range(0, 0, 0, COLUMNS - 1, "绩效评价汇总", &title)?;
        self.sheet.set_row_height(0, 30)?;
        self.row = 1;
        self.line("金额单位：万元。比率由合计数相除，不由比率平均；加权平均分按全年预算数加权；“复算”是按标准重新计算得分之后。")?;
        self.sheet.set_freeze_panes(2, 0)?;
        Ok(())
    }

    /// A sentence across the page.
    fn line(&mut self, text: &str) -> Result<(), WriteError> {
        let look = styles::body(styles::BODY_SIZE).set_align(FormatAlign::Left);
        let width = column_width(WIDTH, styles::BODY_SIZE) * f64::from(COLUMNS);
        let (_, height) = fit(text, width, styles::BODY_SIZE);
        self.sheet
            .merge_range(self.row, 0, self.row, COLUMNS - 1, text, &look)?;
        self.sheet.set_row_height(self.row, height.max(ROW_HEIGHT))?;
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Result<(), WriteError> {
        self.sheet.set_row_height(self.row, 8)?;
        self.row += 1;
        let look = styles::body(12.0).set_bold();
        self.sheet
            .merge_range(self.row, 0, self.row, COLUMNS - 1, text, &look)?;
        self.sheet.set_row_height(self.row, 20)?;
        self.row += 1;
        Ok(())
    }

    /// A header and rows from the first column on; a column of two takes two of the page's. The first row's number.
    fn table(&mut self, columns: &[(&str, u16, Look)], rows: &[Vec<Value>], has_sum: bool) -> Result<u32, WriteError> {
        let header = self.looks.header();
        let mut at = 0;
        let mut height = ROW_HEIGHT;
        for (title, span, _) in columns {
            self.spanned(at, *span, &Value::Text((*title).to_owned()), &header)?;
            let width = column_width(WIDTH, styles::BODY_SIZE) * f64::from(*span);
            height = fit(title, width, styles::BODY_SIZE).1.max(height);
            at += span;
        }
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        let first = self.row;
        for (index, row) in rows.iter().enumerate() {
            let is_sum = has_sum && index + 1 == rows.len();
            let mut at = 0;
            let mut height = ROW_HEIGHT;
            for (value, (_, span, look)) in row.iter().zip(columns) {
                if let Value::Text(text) = value {
                    let width = column_width(WIDTH, styles::BODY_SIZE) * f64::from(*span);
                    height = fit(text, width, styles::BODY_SIZE).1.max(height);
                }
                if *span == 1 && !is_sum {
                    let place = (self.row, at);
                    write_cell(
                        self.sheet,
                        &mut self.looks,
                        place,
                        value,
                        *look,
                        styles::BODY_SIZE,
                        &mut |_| None,
                    )?;
                } else {
                    let format = if is_sum {
                        self.looks.sum(*look)
                    } else {
                        self.looks.of(*look, styles::BODY_SIZE)
                    };
                    self.spanned(at, *span, value, &format)?;
                }
                at += span;
            }
            self.sheet.set_row_height(self.row, height)?;
            self.row += 1;
        }
        Ok(first)
    }

    fn spanned(
        &mut self,
        at: u16,
        span: u16,
        value: &Value,
        format: &rust_xlsxwriter::Format,
    ) -> Result<(), WriteError> {
        let row = self.row;
        if span > 1 {
            self.sheet.merge_range(row, at, row, at + span - 1, "", format)?;
        }
        match value {
            Value::Number(number) => {
                let number = crate::write::number_format::to_f64(*number);
                self.sheet.write_number_with_format(row, at, number, format)?;
            }
            Value::None => {
                self.sheet.write_blank(row, at, format)?;
            }
            other => {
                self.sheet
                    .write_string_with_format(row, at, other.plain(Look::Text), format)?;
            }
        }
        Ok(())
    }

    fn facts(&mut self, summary: &Summary) -> Result<(), WriteError> {
        let overview = &summary.overview;
        let all = &overview.all;
        let failed = overview.unreadable + overview.unrecognized;
        let mut facts: Vec<(&str, Value)> = vec![
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
            ("自评平均分", mean(all.declared.mean)),
            ("自评加权平均分", mean(all.declared.weighted_mean)),
            ("复算平均分", mean(all.rescored.mean)),
            ("复算加权平均分", mean(all.rescored.weighted_mean)),
        ];
        let total = summary.roster.as_ref().and_then(|roster| roster.coverage.last());
        if let Some(total) = total {
            let rate = |rate: Option<Decimal>| rate.map_or_else(|| "—".to_owned(), percent);
            facts.push(("名单应报", Value::count(total.due)));
            facts.push(("名单未报", Value::count(total.missing)));
            facts.push(("覆盖率（个数）", Value::Text(rate(total.count_rate))));
            facts.push(("覆盖率（资金）", Value::Text(rate(total.amount_rate))));
        }
        facts.push(("跨表、跨年问题", Value::count(summary.findings.len())));
        self.heading("一、总体情况")?;
        let label = self.looks.header();
        let value_look = self.looks.of(Look::Word, styles::BODY_SIZE);
        for chunk in facts.chunks(4) {
            for (at, (name, value)) in (0_u16..).step_by(3).zip(chunk) {
                self.spanned(at, 2, &Value::Text((*name).to_owned()), &label)?;
                self.spanned(at + 2, 1, value, &value_look)?;
            }
            self.sheet.set_row_height(self.row, ROW_HEIGHT)?;
            self.row += 1;
        }
        Ok(())
    }

    fn kinds(&mut self, summary: &Summary) -> Result<(), WriteError> {
        self.heading("二、项目、资金和得分")?;
        // The list's columns without 评价类型, which stands first here, and the count of findings.
        let columns: Vec<(&str, u16, Look)> = std::iter::once(("评价类型", 2, Look::Word))
            .chain(
                DEPARTMENTS
                    .iter()
                    .skip(2)
                    .take(10)
                    .map(|(title, _, look): &Column| (*title, 1, *look)),
            )
            .collect();
        let row = |name: &str, group: &GroupRow| -> Vec<Value> {
            let values = columns::group(name, group);
            let (first, rest) = values.split_at(1);
            first.iter().chain(rest.iter().skip(1).take(10)).cloned().collect()
        };
        let mut rows: Vec<Vec<Value>> = summary
            .overview
            .kinds
            .iter()
            .map(|group| row(group.kind.map_or("", crate::model::TableKind::title), group))
            .collect();
        rows.push(row("合计", &summary.overview.all));
        self.table(&columns, &rows, true)?;
        Ok(())
    }

    fn notes(&mut self, summary: &Summary, notes: &Notes) -> Result<(), WriteError> {
        let all = &summary.overview.all;
        let mut lines = Vec::new();
        if summary.overview.kinds.len() > 1 {
            lines.push("不同类型的表可能包含同一笔资金（如部门整体自评包含各项目），合计行的金额会重复，对外报送时请用分类型的数。".to_owned());
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
        let twice = summary.findings.iter().filter(|finding| finding.code == "K04").count();
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
            self.line(&format!("注：{line}"))?;
        }
        Ok(())
    }

    fn grades(&mut self, summary: &Summary) -> Result<(), WriteError> {
        self.heading("三、等次分布")?;
        let columns = [
            ("等次", 1, Look::Word),
            ("自评个数", 1, Look::Count),
            ("自评占比", 1, Look::Rate),
            ("自评资金（万元）", 1, Look::Money),
            ("复算个数", 1, Look::Count),
            ("复算占比", 1, Look::Rate),
            ("复算资金（万元）", 1, Look::Money),
        ];
        let all = &summary.overview.all;
        let rows: Vec<Vec<Value>> = all
            .declared
            .grades
            .iter()
            .zip(&all.rescored.grades)
            .map(|(declared, rescored)| {
                vec![
                    Value::Text(declared.grade.map_or("无等次", crate::model::Grade::title).to_owned()),
                    Value::count(declared.tables),
                    declared.share.into(),
                    Value::Number(declared.amount),
                    Value::count(rescored.tables),
                    rescored.share.into(),
                    Value::Number(rescored.amount),
                ]
            })
            .collect();
        let top = self.row;
        let first = self.table(&columns, &rows, false)?;
        let last = self.row.saturating_sub(1);
        let mut chart = Chart::new(ChartType::Column);
        for (name, column) in [("自评", 1), ("复算", 4)] {
            chart
                .add_series()
                .set_name(name)
                .set_categories((SHEET, first, 0, last, 0))
                .set_values((SHEET, first, column, last, column));
        }
        chart.title().set_name("等次分布");
        chart.y_axis().set_num_format("0");
        self.place(chart, top, CHART_ROWS)
    }

    fn problems(&mut self, summary: &Summary) -> Result<(), WriteError> {
        self.heading("四、常见问题")?;
        let columns = [
            ("规则", 3, Look::Text),
            ("编号", 1, Look::Word),
            ("级别", 1, Look::Word),
            ("问题数", 1, Look::Count),
            ("涉及的表", 1, Look::Count),
        ];
        let rows: Vec<Vec<Value>> = summary
            .problems
            .iter()
            .take(PROBLEMS)
            .map(|problem| {
                vec![
                    Value::Text(problem.title.clone()),
                    Value::Text(problem.code.clone()),
                    Value::Level(problem.severity),
                    Value::count(problem.findings),
                    Value::count(problem.tables),
                ]
            })
            .collect();
        if rows.is_empty() {
            return self.line("没有发现问题。");
        }
        let top = self.row;
        let first = self.table(&columns, &rows, false)?;
        let last = self.row.saturating_sub(1);
        if summary.problems.len() > PROBLEMS {
            let more = summary.problems.len() - PROBLEMS;
            self.note_in_block(&format!("另有 {more} 条规则的问题，见“差异清单”。"))?;
        }
        let mut chart = Chart::new(ChartType::Bar);
        chart
            .add_series()
            .set_name("涉及的表")
            .set_categories((SHEET, first, 0, last, 0))
            .set_values((SHEET, first, 6, last, 6));
        chart.title().set_name("常见问题（涉及的表数）");
        chart.legend().set_hidden();
        // A bar chart counts from below.
        chart.y_axis().set_reverse().set_label_interval(1).set_font(&small());
        chart.x_axis().set_num_format("0");
        self.place(chart, top, CHART_ROWS.max(last + 2 - top))
    }

    fn departments(&mut self, summary: &Summary) -> Result<(), WriteError> {
        self.heading("五、各部门平均分")?;
        let columns = [
            ("主管部门", 3, Look::Text),
            ("表数", 1, Look::Count),
            ("自评平均分", 1, Look::Mean),
            ("复算平均分", 1, Look::Mean),
            ("自评加权平均分", 1, Look::Mean),
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
        let rows: Vec<Vec<Value>> = groups
            .iter()
            .map(|group| {
                vec![
                    Value::Text(group.department.as_deref().unwrap_or(NO_DEPARTMENT).to_owned()),
                    Value::count(group.tables),
                    group.declared.mean.into(),
                    group.rescored.mean.into(),
                    group.declared.weighted_mean.into(),
                ]
            })
            .collect();
        if rows.is_empty() {
            return self.line("没有读到得分。");
        }
        let top = self.row;
        let first = self.table(&columns, &rows, false)?;
        let last = self.row.saturating_sub(1);
        if all > DEPARTMENTS_SHOWN {
            self.note_in_block(&format!(
                "只列表数最多的 {DEPARTMENTS_SHOWN} 个部门，全部 {all} 个见“部门汇总”。"
            ))?;
        }
        let mut chart = Chart::new(ChartType::Bar);
        for (name, column) in [("自评", 4), ("复算", 5)] {
            chart
                .add_series()
                .set_name(name)
                .set_categories((SHEET, first, 0, last, 0))
                .set_values((SHEET, first, column, last, column));
        }
        chart.title().set_name("各部门平均分");
        chart.y_axis().set_reverse().set_label_interval(1).set_font(&small());
        chart.x_axis().set_num_format("0");
        self.place(chart, top, CHART_ROWS.max(last + 2 - top))
    }

    /// A sentence below a block, left of its chart.
    fn note_in_block(&mut self, text: &str) -> Result<(), WriteError> {
        let look = styles::body(styles::BODY_SIZE);
        self.sheet
            .merge_range(self.row, 0, self.row, CHART_COLUMN - 1, text, &look)?;
        self.sheet.set_row_height(self.row, ROW_HEIGHT)?;
        self.row += 1;
        Ok(())
    }

    /// Puts a chart beside its block, and goes on below the longer of the two.
    fn place(&mut self, mut chart: Chart, top: u32, rows: u32) -> Result<(), WriteError> {
        chart.set_width(CHART_WIDTH).set_height(rows * ROW_PIXELS);
        self.sheet.insert_chart_with_offset(top, CHART_COLUMN, &chart, 6, 2)?;
        let below = top + rows;
        while self.row < below {
            self.sheet.set_row_height(self.row, ROW_HEIGHT)?;
            self.row += 1;
        }
        Ok(())
    }
}

/// The font of labels that would not all fit otherwise.
fn small() -> ChartFont {
    let mut font = ChartFont::new();
    font.set_size(8);
    font
}

/// A mean to two places, as a text that stands beside words.
fn mean(value: Option<Decimal>) -> Value {
    value.map_or_else(
        || Value::Text("—".to_owned()),
        |value| {
            Value::Text(plain(value.round_dp_with_strategy(
                2,
                rust_decimal::RoundingStrategy::MidpointAwayFromZero,
            )))
        },
    )
}
