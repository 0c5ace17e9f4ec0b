//! What each filled cell became, in the words, marks and classes of the page.

use std::collections::BTreeMap;

use super::Shown;
use crate::grid::CellAddress;
use crate::model::{Evaluation, FundField, IndicatorField, field_title};

/// What a cell became. The order is that of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Heading,
    Funds,
    Goals,
    Indicators,
    Total,
    Grade,
    Closing,
    Header,
    Label,
    Unread,
    Outside,
}

impl Role {
    pub(super) const ALL: [Self; 11] = [
        Self::Heading,
        Self::Funds,
        Self::Goals,
        Self::Indicators,
        Self::Total,
        Self::Grade,
        Self::Closing,
        Self::Header,
        Self::Label,
        Self::Unread,
        Self::Outside,
    ];

    /// Returns the mark in the cell's corner, so that nothing is told by colour alone.
    pub(super) const fn mark(self) -> &'static str {
        match self {
            Self::Heading => "基",
            Self::Funds => "资",
            Self::Goals => "目",
            Self::Indicators => "指",
            Self::Total => "总",
            Self::Grade => "等",
            Self::Closing => "尾",
            Self::Header => "栏",
            Self::Label => "标",
            Self::Unread => "未",
            Self::Outside => "外",
        }
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Heading => "基本信息",
            Self::Funds => "预算执行",
            Self::Goals => "总体目标",
            Self::Indicators => "绩效指标",
            Self::Total => "总分、小计",
            Self::Grade => "评价等次",
            Self::Closing => "签章、说明、其他",
            Self::Header => "表头（栏目）",
            Self::Label => "标签、标题、占位",
            Self::Unread => "未读",
            Self::Outside => "不在评价表内",
        }
    }

    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Funds => "funds",
            Self::Goals => "goals",
            Self::Indicators => "indicators",
            Self::Total => "total",
            Self::Grade => "grade",
            Self::Closing => "closing",
            Self::Header => "header",
            Self::Label => "label",
            Self::Unread => "unread",
            Self::Outside => "outside",
        }
    }

    fn of_field(path: &str) -> Self {
        match path.split(['.', '[']).next().unwrap_or_default() {
            "funds" => Self::Funds,
            "goals" => Self::Goals,
            "indicators" => Self::Indicators,
            "total" | "subtotals" => Self::Total,
            "grade" => Self::Grade,
            "signatures" | "notes" | "extra" => Self::Closing,
            _ => Self::Heading,
        }
    }
}

/// A cell's role with the words for it.
#[derive(Debug, Clone)]
pub(super) struct CellReading {
    pub role: Role,
    /// Short, shown in the cell: `指标4·得分`.
    pub label: String,
    /// Long, shown on pointing: `得分（三级指标：受益企业数量）`.
    pub title: String,
    /// What was taken for granted here.
    pub guess: Option<String>,
}

/// Returns every cell of a sheet that a table of it accounts for.
pub(super) fn readings(tables: &[Shown<'_>]) -> BTreeMap<CellAddress, CellReading> {
    tables.iter().flat_map(readings_of).collect()
}

/// Returns the cells of one table on the sheet that is shown.
fn readings_of(shown: &Shown<'_>) -> impl Iterator<Item = (CellAddress, CellReading)> {
    let mut cells = BTreeMap::new();
    let table = shown.reading;
    for column in &table.columns {
        let title = format!("表头“{}”，读作：{}", column.header, column.meaning);
        cells.insert(
            column.cell,
            reading(Role::Header, format!("→{}", column.meaning), title),
        );
    }
    for binding in table.bindings.iter() {
        let field = String::from(binding.field);
        let (label, title) = words(&field, &table.evaluation);
        cells.insert(binding.cell, reading(Role::of_field(&field), label, title));
    }
    for unread in &table.coverage.unread {
        let title = "没有读入：没有一个字段收下它".to_owned();
        cells.insert(unread.cell, reading(Role::Unread, "未读".to_owned(), title));
    }
    let guesses = table.guesses.iter().map(|guess| (guess.cell, &guess.message));
    let directions = shown
        .directions
        .iter()
        .flat_map(|assumed| assumed.cells.iter().map(|cell| (*cell, &assumed.message)));
    for (cell, message) in guesses.chain(directions) {
        // A guess about a blank level cell stands in a cell without a reading of its own.
        let entry = cells
            .entry(cell)
            .or_insert_with(|| reading(Role::Label, String::new(), String::new()));
        entry.guess = Some(match entry.guess.take() {
            Some(before) => format!("{before}；{message}"),
            None => message.clone(),
        });
    }
    let part = shown.part;
    cells
        .into_iter()
        .filter(move |(cell, _): &(CellAddress, CellReading)| cell.part() == part)
        .map(|(cell, reading)| (cell.on_its_sheet(), reading))
}

/// Returns the reading of a filled cell that stands in a table and gave no field.
pub(super) fn label() -> CellReading {
    reading(Role::Label, String::new(), "标签、标题或占位，不是数据".to_owned())
}

/// Returns the reading of a filled cell outside every table.
pub(super) fn outside() -> CellReading {
    reading(Role::Outside, String::new(), "不在评价表内，没有审核".to_owned())
}

fn reading(role: Role, label: String, title: String) -> CellReading {
    CellReading {
        role,
        label,
        title,
        guess: None,
    }
}

/// Returns a field's short and long name.
fn words(path: &str, evaluation: &Evaluation) -> (String, String) {
    let title = field_title(path, evaluation);
    let (head, leaf) = path.split_once('.').unwrap_or((path, ""));
    let Some((block, index)) = head.split_once('[') else {
        return (title.clone(), title);
    };
    let number = index
        .trim_end_matches(']')
        .parse::<usize>()
        .map_or(0, |index| index + 1);
    match block {
        "indicators" => {
            let column = indicator_column(leaf);
            let long = if leaf.starts_with("extra") {
                format!("{column}（第 {number} 个指标）")
            } else {
                title
            };
            (format!("指标{number}·{column}"), long)
        }
        "funds" => (format!("资金{number}·{}", fund_column(leaf)), title),
        "extra" => ("其他内容".to_owned(), "附带的说明，原样保留".to_owned()),
        _ => (title.clone(), title),
    }
}

fn indicator_column(leaf: &str) -> &'static str {
    use IndicatorField as Column;
    const COLUMNS: [Column; 11] = [
        Column::Level1,
        Column::Level2,
        Column::Level3,
        Column::Operator,
        Column::Target,
        Column::MeasureUnit,
        Column::Actual,
        Column::Weight,
        Column::Score,
        Column::ReviewScore,
        Column::Reason,
    ];
    match leaf {
        "level1_weight" => "一级指标分值",
        "level2_weight" => "二级指标分值",
        "reason" => "偏差原因",
        _ => COLUMNS
            .iter()
            .find(|column| column.path() == leaf)
            .map_or("附带栏目", |column| column.title()),
    }
}

fn fund_column(leaf: &str) -> &'static str {
    use FundField as Column;
    const COLUMNS: [Column; 8] = [
        Column::Label,
        Column::InitialBudget,
        Column::AnnualBudget,
        Column::Executed,
        Column::Weight,
        Column::ExecutionRate,
        Column::Score,
        Column::Reason,
    ];
    COLUMNS
        .iter()
        .find(|column| column.path() == leaf)
        .map_or("其他", |column| column.title())
}
