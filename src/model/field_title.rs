//! Field paths of the Evaluation in the words of the form, for people.

use crate::model::{Evaluation, Field, FundField, FundSource, Goal, IndicatorField, Signature};

/// Returns the Chinese name of a field path such as `indicators[3].score`: `得分（三级指标：受益企业数量）`,
/// `总分得分`, `年度资金总额·执行率`. A path that names no field of the Evaluation gives `其他内容`.
pub fn field_title(path: &str, evaluation: &Evaluation) -> String {
    let (head, leaf) = path.split_once('.').unwrap_or((path, ""));
    let (name, index) = match head.split_once('[') {
        Some((name, rest)) => (name, rest.trim_end_matches(']').parse::<usize>().ok()),
        None => (head, None),
    };
    let title = match (name, index) {
        ("title", None) => Some("标题".to_owned()),
        ("year", None) => Some("年度".to_owned()),
        ("project_name", None) => Some("项目名称".to_owned()),
        ("department", None) => Some("主管部门".to_owned()),
        ("implementing_unit", None) => Some("实施单位".to_owned()),
        ("money_unit", None) => Some("金额单位".to_owned()),
        ("grade", None) => Some("评价等次".to_owned()),
        ("total", None) => total_title(leaf).map(str::to_owned),
        ("funds", Some(index)) => fund_title(index, leaf, evaluation),
        ("goals", Some(index)) => goal_title(index, leaf, &evaluation.goals),
        ("indicators", Some(index)) => indicator_title(index, leaf, evaluation),
        ("subtotals", Some(index)) => subtotal_title(index, leaf, evaluation),
        ("signatures", Some(index)) => signature_title(index, &evaluation.signatures),
        ("notes", Some(index)) => Some(format!("说明（第{}条）", index + 1)),
        _ => None,
    };
    title.unwrap_or_else(|| "其他内容".to_owned())
}

fn total_title(leaf: &str) -> Option<&'static str> {
    match leaf {
        "" => Some("总分"),
        "weight" => Some("总分分值"),
        "score" => Some("总分得分"),
        _ => None,
    }
}

fn fund_title(index: usize, leaf: &str, evaluation: &Evaluation) -> Option<String> {
    let row = evaluation.funds.get(index);
    let label = row
        .and_then(|row| short(row.label.as_ref()))
        .map(|label| label.trim_end_matches([':', '：']).to_owned())
        .filter(|label| !label.is_empty())
        .or_else(|| row.map(|row| source_title(row.source).to_owned()))
        .unwrap_or_else(|| format!("第{}行资金", index + 1));
    let column = match leaf {
        "" => return Some(label),
        leaf => FundField::named(leaf)?.title(),
    };
    Some(format!("{label}·{column}"))
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

fn goal_title(index: usize, leaf: &str, goals: &[Goal]) -> Option<String> {
    let name = match leaf {
        "" => "年度总体目标",
        "expected" => "预期目标",
        "actual" => "实际完成情况",
        _ => return None,
    };
    Some(if goals.len() > 1 {
        format!("{name}（第{}项）", index + 1)
    } else {
        name.to_owned()
    })
}

fn indicator_title(index: usize, leaf: &str, evaluation: &Evaluation) -> Option<String> {
    let indicator = evaluation.indicators.get(index);
    let level1 = || of_level("一级指标", indicator.and_then(|row| short(row.level1.as_ref())), index);
    let level2 = || of_level("二级指标", indicator.and_then(|row| short(row.level2.as_ref())), index);
    let level3 = || of_level("三级指标", indicator.and_then(|row| short(row.level3.as_ref())), index);
    if leaf.is_empty() {
        return Some(level3());
    }
    Some(match IndicatorField::named(leaf)? {
        IndicatorField::Level1 => level1(),
        IndicatorField::Level2 => level2(),
        IndicatorField::Level3 => level3(),
        IndicatorField::Level1Weight => format!("分值（{}）", level1()),
        IndicatorField::Level2Weight => format!("分值（{}）", level2()),
        field => [field.title(), "（", &level3(), "）"].concat(),
    })
}

fn of_level(level: &str, name: Option<String>, index: usize) -> String {
    match name {
        Some(name) => [level, "：", &name].concat(),
        None => format!("第{}个三级指标", index + 1),
    }
}

fn subtotal_title(index: usize, leaf: &str, evaluation: &Evaluation) -> Option<String> {
    let label = evaluation.subtotals.get(index).and_then(|row| short(Some(&row.label)));
    let label = label.unwrap_or_else(|| "小计".to_owned());
    let column = match leaf {
        "" | "label" => return Some(label),
        "weight" => "分值",
        "score" => "得分",
        _ => return None,
    };
    Some(format!("{label}·{column}"))
}

fn signature_title(index: usize, signatures: &[Signature]) -> Option<String> {
    let label = signatures
        .get(index)
        .map(|signature| signature.label.trim())
        .filter(|label| !label.is_empty());
    Some(label.map_or_else(|| "签章栏".to_owned(), str::to_owned))
}

/// Returns a name on one line, short enough to stand in a title.
fn short(field: Option<&Field<String>>) -> Option<String> {
    const MOST_CHARS: usize = 40;
    let value = &field?.value;
    let is_whole = !value.contains(char::is_whitespace);
    let name: String = if is_whole {
        value.clone()
    } else {
        value.split_whitespace().collect()
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
    use crate::model::{FundRow, Indicator};

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
