//! What a single header or label is taken for, in the words of the form.

use super::super::vocabulary::{FundWord, HeadingWord, IndicatorWord, RowWord, Vocabulary};
use super::FormLibrary;
use crate::model::{HeadingField, IndicatorField};
use crate::text::keys::match_key;

/// Where a header or label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderPlace {
    /// Over a column of the indicator block.
    Indicators,
    /// Over a column of the fund block.
    Funds,
    /// In the heading.
    Heading,
}

/// The words for a header that gives no field and is kept as it is.
const KEPT: &str = "附带栏目";
/// The words for a header that is understood to be another thing, or not understood.
const UNKNOWN: &str = "不认识，照原样保留";

impl FormLibrary {
    /// Returns what a header or label is taken for, in Chinese, as far as it can be told without its neighbours.
    ///
    /// ```
    /// use hebiao::layout::{FormLibrary, HeaderPlace};
    ///
    /// let library = FormLibrary::builtin();
    /// assert_eq!(library.taken_for(HeaderPlace::Indicators, "指标实际完成值"), "实际完成值");
    /// assert_eq!(library.taken_for(HeaderPlace::Indicators, "上年完成值"), "不认识，照原样保留");
    /// ```
    pub fn taken_for(&self, place: HeaderPlace, header: &str) -> String {
        let vocabulary = self.vocabulary();
        let key = match_key(header);
        match place {
            HeaderPlace::Indicators => indicator(vocabulary, &key),
            HeaderPlace::Funds => fund(vocabulary, &key),
            HeaderPlace::Heading => heading(vocabulary, &key),
        }
    }
}

fn indicator(vocabulary: &Vocabulary, key: &str) -> String {
    if let Some(word) = vocabulary.meanings(key).indicator {
        return indicator_title(word);
    }
    match vocabulary.indicator_typo(key) {
        Some((word, wording)) => format!("{}（推定，当作“{wording}”）", indicator_title(word)),
        None => UNKNOWN.to_owned(),
    }
}

fn indicator_title(word: IndicatorWord) -> String {
    match word {
        IndicatorWord::Column(column) => column.title().to_owned(),
        IndicatorWord::Name => "指标名称".to_owned(),
        IndicatorWord::Content => "指标名称（没有三级指标一栏时）".to_owned(),
        IndicatorWord::Perhaps(IndicatorField::Reason) => "原因（没有专门的原因栏时，推定）".to_owned(),
        IndicatorWord::Perhaps(column) => format!("{}（没有专门的一栏时，推定）", column.title()),
        IndicatorWord::Points => "分值或得分（看另一栏是哪个）".to_owned(),
        IndicatorWord::PlannedOrDone => "年度指标值或实际完成值（看另一栏是哪个）".to_owned(),
        IndicatorWord::AdjustedTarget => "调整后的指标值".to_owned(),
        IndicatorWord::AdjustedValue => "调整后的指标值（另有年度指标值一栏时，推定）".to_owned(),
        IndicatorWord::ConvertedScore => "折算得分".to_owned(),
        IndicatorWord::Ordinal => "序号".to_owned(),
        IndicatorWord::Derived => "核表自己写的栏目".to_owned(),
        IndicatorWord::Extra => KEPT.to_owned(),
        IndicatorWord::Other => UNKNOWN.to_owned(),
    }
}

fn fund(vocabulary: &Vocabulary, key: &str) -> String {
    match vocabulary.meanings(key).fund {
        Some(FundWord::Column(column)) => column.title().to_owned(),
        Some(FundWord::Extra) => KEPT.to_owned(),
        Some(FundWord::Ordinal) => "序号".to_owned(),
        Some(FundWord::Derived) => "核表自己写的栏目".to_owned(),
        None => UNKNOWN.to_owned(),
    }
}

fn heading(vocabulary: &Vocabulary, key: &str) -> String {
    let meanings = vocabulary.meanings(key);
    match meanings.heading {
        Some(HeadingWord::Field(field)) => return field_title(field).to_owned(),
        Some(HeadingWord::ReportingUnit) => return "填报单位（没有实施单位一栏时读作实施单位）".to_owned(),
        Some(HeadingWord::HigherDepartment) => return "上级主管部门（没有本级主管部门时读作主管部门）".to_owned(),
        Some(HeadingWord::Evaluated) => return "评价对象（没有项目名称一栏时读作项目名称）".to_owned(),
        Some(HeadingWord::MoneyUnit) => return "金额单位".to_owned(),
        None => {}
    }
    if meanings.is(RowWord::Signature) {
        return "附带的一行，连同标签保留".to_owned();
    }
    match vocabulary.heading_typo(key) {
        Some((HeadingWord::Field(field), wording)) => format!("{}（推定，当作“{wording}”）", field_title(field)),
        _ => "不认识".to_owned(),
    }
}

const fn field_title(field: HeadingField) -> &'static str {
    match field {
        HeadingField::Title => "标题",
        HeadingField::Year => "年度",
        HeadingField::ProjectName => "项目名称",
        HeadingField::Department => "主管部门",
        HeadingField::ImplementingUnit => "实施单位",
    }
}
