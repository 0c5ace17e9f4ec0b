//! Payments by project: a list whose columns are known by their headers, added up for each project.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::listing::{self, Listing};
use super::owner::Owner;
use crate::grid::Workbook;
use crate::model::{Evaluation, MoneyUnit};
use crate::text::keys::name_key;

/// The payments of one project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectPayments {
    /// The file's name; of several the first.
    pub file: String,
    /// Lines that were added up.
    pub lines: usize,
    /// Their sum, yuan.
    pub yuan: Decimal,
}

/// Payments by the names and codes of their projects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Payments {
    lines: Vec<Line>,
    by_project: BTreeMap<String, Vec<usize>>,
    by_code: BTreeMap<String, Vec<usize>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    file: String,
    owner: Owner,
    yuan: Decimal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Project,
    Code,
    Unit,
    Amount,
    Year,
}

/// Headers by column, the better ones first.
const HEADERS: [(Column, &[&str]); 5] = [
    (Column::Project, &["项目名称", "预算项目名称", "预算项目", "项目"]),
    (
        Column::Code,
        &["项目编码", "预算项目编码", "项目代码", "预算项目代码", "项目编号"],
    ),
    (
        Column::Unit,
        &[
            "实施单位",
            "预算单位",
            "预算单位名称",
            "单位名称",
            "用款单位",
            "付款单位",
            "单位",
        ],
    ),
    (
        Column::Amount,
        &[
            "支付金额",
            "全年支付金额",
            "全年支付数",
            "本年支付数",
            "累计支付金额",
            "累计支付数",
            "实际支付金额",
            "支付数",
            "全年执行数",
            "执行数",
            "决算数",
            "支出决算数",
            "实际支出",
            "支出金额",
            "支出数",
            "金额",
        ],
    ),
    (Column::Year, &["年度", "预算年度", "年份"]),
];

/// What such a list must have.
const WANTED: &str = "支付明细要有“项目名称”或“项目编码”一列，和“支付金额（元）”一列";

impl Payments {
    /// Takes in the lines of a workbook; all or none.
    pub(super) fn add(&mut self, file: &str, workbook: &Workbook) -> Result<usize, String> {
        let is_header = |columns: &BTreeMap<Column, u32>, _row| {
            columns.contains_key(&Column::Amount)
                && (columns.contains_key(&Column::Project) || columns.contains_key(&Column::Code))
        };
        let lists: Vec<Listing<'_, Column>> = workbook
            .sheets
            .iter()
            .filter_map(|sheet| Listing::find(sheet, &HEADERS, is_header))
            .collect();
        let list = match lists.as_slice() {
            [only] => only,
            [] => return Err(format!("没有找到表头；{WANTED}，请加上表头，或确认是否选错了文件")),
            [first, second, ..] => {
                // A sheet of details beside its own sums would be counted twice.
                return Err(format!(
                    "“{}”“{}”等几张工作表都像支付明细，不知道该用哪一张；请只留一张",
                    first.sheet.name, second.sheet.name
                ));
            }
        };
        let Some(unit) = list.money_unit(Column::Amount) else {
            return Err("金额没有注明单位；请把表头写成“支付金额（元）”或“支付金额（万元）”".to_owned());
        };
        let lines = lines(file, list, unit)?;
        if lines.is_empty() {
            return Err("表头下面没有内容，请补上".to_owned());
        }
        let added = lines.len();
        for line in lines {
            let at = self.lines.len();
            if !line.owner.project.is_empty() {
                self.by_project.entry(line.owner.project.clone()).or_default().push(at);
            }
            if let Some(code) = &line.owner.code {
                self.by_code.entry(code.clone()).or_default().push(at);
            }
            self.lines.push(line);
        }
        Ok(added)
    }

    /// Returns the payments of a table's project; `None` where there is nothing to compare at all.
    ///
    /// # Errors
    /// Why they are not known, in Chinese.
    pub(super) fn of(&self, evaluation: &Evaluation) -> Result<Option<ProjectPayments>, String> {
        if self.lines.is_empty() {
            return Ok(None);
        }
        let owner = Owner::of(evaluation);
        if owner.project.is_empty() {
            return Ok(None);
        }
        let by_code = owner.code.as_ref().and_then(|code| self.by_code.get(code));
        let listed = by_code.or_else(|| self.by_project.get(&owner.project));
        let lines = listed.into_iter().flatten().filter_map(|at| self.lines.get(*at));
        let of_year: Vec<&Line> = lines.filter(|line| line.owner.is_of_year(&owner)).collect();
        if of_year.is_empty() {
            return Err("支付明细中没有这个项目本年度的支付".to_owned());
        }
        let mut own: Vec<&Line> = of_year
            .iter()
            .copied()
            .filter(|line| by_code.is_some() || line.owner.shares_unit(&owner) != Some(false))
            .collect();
        let is_told = |line: &&Line| line.owner.shares_unit(&owner).is_some();
        let is_unsure = own.len() < of_year.len() && !own.iter().all(is_told);
        // Lines of the unit itself are its own; those of its department then are another unit's.
        if own.iter().any(|line| line.owner.is_of_unit(&owner)) {
            own.retain(|line| line.owner.is_of_unit(&owner) || !is_told(line));
        }
        let [first, ..] = own.as_slice() else {
            return Err("支付明细中同名的项目是别的单位的".to_owned());
        };
        if is_unsure {
            return Err("支付明细中同名的项目有几个单位的，其中有的没有写明单位".to_owned());
        }
        let sum = own
            .iter()
            .try_fold(Decimal::ZERO, |sum, line| sum.checked_add(line.yuan))
            .ok_or("支付明细的金额大得无法相加")?;
        Ok(Some(ProjectPayments {
            file: first.file.clone(),
            lines: own.len(),
            yuan: sum.normalize(),
        }))
    }
}

fn lines(file: &str, list: &Listing<'_, Column>, unit: MoneyUnit) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    for row in list.rows() {
        let project = list.text(Column::Project, row);
        let code = list.text(Column::Code, row);
        let named = project.as_deref().or(code.as_deref());
        let Some(named) = named.filter(|name| !listing::is_sum(name)) else {
            continue;
        };
        let Some(cell) = list.cell(Column::Amount, row).filter(|cell| !cell.is_blank()) else {
            continue;
        };
        let amount = cell.number().or_else(|| listing::number(cell.shown()));
        let yuan = amount.and_then(|amount| unit.in_wan(amount)?.checked_mul(Decimal::from(10_000)));
        let Some(yuan) = yuan else {
            return Err(format!(
                "第 {} 行“{}”的金额“{}”不是数字；请改正后再用",
                row + 1,
                named,
                cell.shown().trim()
            ));
        };
        let unit = list.text(Column::Unit, row);
        let year = list.text(Column::Year, row).and_then(|text| listing::year(&text));
        let mut owner = Owner::named(project.as_deref().unwrap_or_default(), unit.as_deref(), year);
        if let Some(code) = code {
            owner.code = Some(name_key(&code)).filter(|code| !code.is_empty());
        }
        lines.push(Line {
            file: file.to_owned(),
            owner,
            yuan: yuan.normalize(),
        });
    }
    Ok(lines)
}
