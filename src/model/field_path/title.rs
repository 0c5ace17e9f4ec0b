//! Field paths of the Evaluation in the words of the form, for people.

use std::borrow::Cow;

use super::{FieldPath, Head, Leaf};
use crate::model::{Evaluation, Field, FundSource, IndicatorField};
use crate::text::sentence::push_number;

/// Returns the Chinese name of a field path such as `indicators[3].score`: `得分（三级指标：受益企业数量）`,
/// `总分得分`, `年度资金总额·执行率`. A path that names no field of the Evaluation gives `其他内容`.
pub fn field_title(path: &str, evaluation: &Evaluation) -> String {
    let mut title = String::new();
    push_title(FieldPath::of_field_or_row(path), evaluation, &mut title);
    title
}

impl FieldPath {
    /// Writes its Chinese name as [`field_title`] gives it.
    pub(crate) fn push_title(self, evaluation: &Evaluation, title: &mut String) {
        push_title(Some(self), evaluation, title);
    }
}

/// Writes the name of a path; `None` is no field.
fn push_title(path: Option<FieldPath>, evaluation: &Evaluation, title: &mut String) {
    let fixed = match path {
        Some(path) => match path.head {
            Head::Title => "标题",
            Head::Year => "年度",
            Head::ProjectName => "项目名称",
            Head::Department => "主管部门",
            Head::ImplementingUnit => "实施单位",
            Head::MoneyUnit => "金额单位",
            Head::Grade => "评价等次",
            Head::Total => match path.leaf {
                Leaf::Weight => "总分分值",
                Leaf::Score => "总分得分",
                _ => "总分",
            },
            Head::Funds => return fund_title(path, evaluation, title),
            Head::Goals => return goal_title(path, evaluation, title),
            Head::Indicators if path.leaf != Leaf::Extra => return indicator_title(path, evaluation, title),
            Head::Subtotals => return subtotal_title(path, evaluation, title),
            Head::Signatures => signature_title(path, evaluation),
            Head::Notes => return numbered("说明（第", path.index, "条）", title),
            Head::Indicators | Head::Extra => OTHER,
        },
        None => OTHER,
    };
    title.push_str(fixed);
}

/// What is none of the form's fields.
const OTHER: &str = "其他内容";

/// Writes the number of a row between two texts.
fn numbered(before: &str, index: u32, behind: &str, title: &mut String) {
    title.push_str(before);
    push_number(title, u64::from(index) + 1);
    title.push_str(behind);
}

fn fund_title(path: FieldPath, evaluation: &Evaluation, title: &mut String) {
    let row = evaluation.funds.get(path.index as usize);
    let label = row.and_then(|row| short(row.label.as_ref()));
    let label = label.as_deref().map(|label| label.trim_end_matches([':', '：']));
    match (label.filter(|label| !label.is_empty()), row) {
        (Some(label), _) => title.push_str(label),
        (None, Some(row)) => title.push_str(source_title(row.source)),
        (None, None) => numbered("第", path.index, "行资金", title),
    }
    if let Leaf::Fund(field) = path.leaf {
        title.push('·');
        title.push_str(field.title());
    }
}

const fn source_title(source: FundSource) -> &'static str {
    match source {
        FundSource::Total => "年度资金总额",
        FundSource::Fiscal => "当年财政拨款",
        FundSource::Central => "中央财政资金",
        FundSource::Local => "地方资金",
        FundSource::Carryover => "上年结转资金",
        FundSource::SpecialAccount => "财政专户管理资金",
        FundSource::Unit => "单位资金",
        FundSource::Other => "其他资金",
    }
}

fn goal_title(path: FieldPath, evaluation: &Evaluation, title: &mut String) {
    title.push_str(match path.leaf {
        Leaf::Expected => "预期目标",
        Leaf::Actual => "实际完成情况",
        _ => "年度总体目标",
    });
    if evaluation.goals.len() > 1 {
        numbered("（第", path.index, "项）", title);
    }
}

fn indicator_title(path: FieldPath, evaluation: &Evaluation, title: &mut String) {
    use IndicatorField::{Level1, Level1Weight, Level2, Level2Weight, Level3};
    let row = evaluation.indicators.get(path.index as usize);
    let field = match path.leaf {
        Leaf::Indicator(field) => field,
        _ => Level3,
    };
    let (level, name) = match field {
        Level1 | Level1Weight => ("一级指标：", row.and_then(|row| short(row.level1.as_ref()))),
        Level2 | Level2Weight => ("二级指标：", row.and_then(|row| short(row.level2.as_ref()))),
        _ => ("三级指标：", row.and_then(|row| short(row.level3.as_ref()))),
    };
    let column = match field {
        Level1 | Level2 | Level3 => None,
        Level1Weight | Level2Weight => Some("分值"),
        field => Some(field.title()),
    };
    if let Some(column) = column {
        title.push_str(column);
        title.push('（');
    }
    match name {
        Some(name) => {
            title.push_str(level);
            title.push_str(&name);
        }
        None => numbered("第", path.index, "个三级指标", title),
    }
    if column.is_some() {
        title.push('）');
    }
}

fn subtotal_title(path: FieldPath, evaluation: &Evaluation, title: &mut String) {
    let row = evaluation.subtotals.get(path.index as usize);
    title.push_str(&row.and_then(|row| short(Some(&row.label))).unwrap_or("小计".into()));
    match path.leaf {
        Leaf::Weight => title.push_str("·分值"),
        Leaf::Score => title.push_str("·得分"),
        _ => {}
    }
}

fn signature_title(path: FieldPath, evaluation: &Evaluation) -> &str {
    let line = evaluation.signatures.get(path.index as usize);
    let label = line.map(|line| line.label.trim());
    label.filter(|label| !label.is_empty()).unwrap_or("签章栏")
}

/// Returns a name on one line, short enough to stand in a title.
fn short(field: Option<&Field<String>>) -> Option<Cow<'_, str>> {
    const MOST_CHARS: usize = 40;
    let value = field?.value.as_str();
    let name: Cow<str> = if value.contains(char::is_whitespace) {
        Cow::Owned(value.split_whitespace().collect())
    } else {
        Cow::Borrowed(value)
    };
    if name.is_empty() {
        return None;
    }
    if name.chars().nth(MOST_CHARS).is_none() {
        return Some(name);
    }
    Some(name.chars().take(MOST_CHARS).chain(['…']).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::CellAddress;
    use crate::model::{FundRow, Goal, Indicator, Signature};

    fn text(value: &str) -> Option<Field<String>> {
        Some(Field::new(value.to_owned(), value, CellAddress::new(0, 0)))
    }

    fn evaluation() -> Evaluation {
        let indicator = Indicator {
            level1: text("产出指标"),
            level3: text("受益企业\n数量"),
            ..Indicator::default()
        };
        let labelled = FundRow {
            label: text("其中：当年财政拨款："),
            ..FundRow::new(FundSource::Fiscal)
        };
        Evaluation {
            funds: vec![FundRow::new(FundSource::Total), labelled],
            goals: vec![Goal::default()],
            indicators: vec![indicator, Indicator::default()],
            signatures: vec![Signature {
                label: "填报人".to_owned(),
                value: None,
            }],
            ..Evaluation::default()
        }
    }

    #[test]
    fn every_path_has_the_words_of_the_form() {
        let evaluation = evaluation();
        for (path, title) in [
            ("project_name", "项目名称"),
            ("total.score", "总分得分"),
            ("grade", "评价等次"),
            ("funds[0].execution_rate", "年度资金总额·执行率"),
            ("funds[1].weight", "其中：当年财政拨款·分值"),
            ("funds[9].weight", "第10行资金·分值"),
            ("goals[0].expected", "预期目标"),
            ("indicators[0].score", "得分（三级指标：受益企业数量）"),
            ("indicators[0].level1_weight", "分值（一级指标：产出指标）"),
            ("indicators[0].level3", "三级指标：受益企业数量"),
            ("indicators[1].target", "年度指标值（第2个三级指标）"),
            ("subtotals[0].score", "小计·得分"),
            ("signatures[0].value", "填报人"),
            ("notes[1]", "说明（第2条）"),
        ] {
            assert_eq!(field_title(path, &evaluation), title, "{path}");
        }
    }

    #[test]
    fn a_path_that_names_no_field_shows_no_path() {
        let evaluation = evaluation();
        for path in [
            "",
            "indicators",
            "indicators[x].score",
            "indicators[0].colour",
            "title[3]",
            "funds[0",
            "总分",
        ] {
            assert!(!field_title(path, &evaluation).is_ascii(), "{path}");
        }
    }

    #[test]
    fn a_long_name_is_shortened() {
        let mut evaluation = evaluation();
        if let Some(indicator) = evaluation.indicators.first_mut() {
            indicator.level3 = text(&"长".repeat(300));
        }
        assert!(field_title("indicators[0].score", &evaluation).chars().count() < 60);
    }
}
