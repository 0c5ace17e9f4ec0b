//! The columns of a list, in the order of the sheet. Reading a filled-in list back finds them by the same headers.

use crate::write::kit::list_sheet::Standing;
use crate::write::kit::styles;
use crate::write::kit::text_width::column_width;

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Number,
    Code,
    Rule,
    Level,
    Cell,
    Field,
    Declared,
    Expected,
    Difference,
    Message,
    /// The sentence of a report that the finding speaks of; only where some finding has one.
    Quote,
    Basis,
    Suggestion,
    Status,
    /// To be filled in by the unit.
    UnitExplanation,
    /// To be filled in by the reviewer.
    ReviewerOpinion,
    /// The source's file name: lists of several files may be put together.
    SourceFile,
    /// The source's fingerprint, for reading the list back.
    SourceMark,
}

impl Column {
    /// All of them, from left to right.
    pub const ALL: [Self; 18] = [
        Self::Number,
        Self::Code,
        Self::Rule,
        Self::Level,
        Self::Cell,
        Self::Field,
        Self::Declared,
        Self::Expected,
        Self::Difference,
        Self::Message,
        Self::Quote,
        Self::Basis,
        Self::Suggestion,
        Self::Status,
        Self::UnitExplanation,
        Self::ReviewerOpinion,
        Self::SourceFile,
        Self::SourceMark,
    ];
    /// Those that a person reads; the source is named elsewhere on a page.
    pub const PRINTED: usize = 16;
    /// As they stand on a sheet: first those that are printed, then what a page has no room for.
    pub const ON_A_SHEET: [Self; 18] = [
        Self::Number,
        Self::Code,
        Self::Rule,
        Self::Level,
        Self::Cell,
        Self::Field,
        Self::Declared,
        Self::Expected,
        Self::Message,
        Self::Quote,
        Self::Suggestion,
        Self::UnitExplanation,
        Self::ReviewerOpinion,
        Self::Difference,
        Self::Status,
        Self::Basis,
        Self::SourceFile,
        Self::SourceMark,
    ];

    /// Returns whether it goes on paper; the basis stands below the printed list, once for each rule.
    pub const fn is_printed(self) -> bool {
        !matches!(
            self,
            Self::Difference | Self::Status | Self::Basis | Self::SourceFile | Self::SourceMark
        )
    }

    /// Returns what stands above it.
    pub const fn header(self) -> &'static str {
        match self {
            Self::Number => "序号",
            Self::Code => "编号",
            Self::Rule => "规则",
            Self::Level => "级别",
            Self::Cell => "单元格",
            Self::Field => "字段",
            Self::Declared => "申报值",
            Self::Expected => "复算值",
            Self::Difference => "差额",
            Self::Message => "说明",
            Self::Quote => "报告原文",
            Self::Basis => "依据",
            Self::Suggestion => "修改建议",
            Self::Status => "状态",
            Self::UnitExplanation => "单位说明",
            Self::ReviewerOpinion => "处理意见",
            Self::SourceFile => "源文件",
            Self::SourceMark => "识别码",
        }
    }

    /// Returns its width in characters, on a sheet that shows sentences of a report too or on another.
    pub const fn characters(self, beside_a_quote: bool) -> usize {
        match (self, beside_a_quote) {
            (Self::Message, true) => 25,
            (Self::Quote, true) => 18,
            (Self::Suggestion, true) => 16,
            (Self::UnitExplanation, true) => 11,
            (Self::ReviewerOpinion, true) => 9,
            (Self::Number, _) => 4,
            (Self::Code | Self::Level, _) => 5,
            (Self::Cell, _) => 7,
            (Self::Declared | Self::Expected, _) => 9,
            (Self::Difference | Self::Status, _) => 8,
            (Self::Rule | Self::Field, _) => 10,
            (Self::Message, false) => 30,
            (Self::Quote, false) => 26,
            (Self::Suggestion | Self::SourceFile, _) => 20,
            (Self::UnitExplanation, false) => 14,
            (Self::ReviewerOpinion, false) => 12,
            (Self::Basis | Self::SourceMark, _) => 26,
        }
    }

    /// Returns the characters that it can do without where others need more: a sentence takes more lines.
    pub const fn spare_characters(self, beside_a_quote: bool) -> usize {
        let usual = self.characters(beside_a_quote);
        match self {
            Self::Message | Self::Quote | Self::Suggestion | Self::UnitExplanation | Self::ReviewerOpinion => {
                usual - usual * 2 / 3
            }
            _ => 0,
        }
    }

    /// Returns its width in Excel's units.
    pub fn width(self) -> f64 {
        column_width(self.characters(false), styles::BODY_SIZE)
    }

    /// Returns how its cells stand.
    pub const fn standing(self) -> Standing {
        match self {
            Self::Number
            | Self::Code
            | Self::Level
            | Self::Cell
            | Self::Declared
            | Self::Expected
            | Self::Difference
            | Self::Status => Standing::Centred,
            Self::UnitExplanation | Self::ReviewerOpinion => Standing::FillIn,
            Self::Rule | Self::Field | Self::Message | Self::Quote | Self::Basis | Self::Suggestion => Standing::Text,
            Self::SourceFile | Self::SourceMark => Standing::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_header_of_its_own() {
        let mut headers = Column::ALL.map(Column::header);
        headers.sort_unstable();
        assert!(headers.windows(2).all(|pair| pair.first() != pair.last()));
        assert!(
            Column::ALL
                .iter()
                .take(Column::PRINTED)
                .all(|column| !matches!(column, Column::SourceFile | Column::SourceMark))
        );
        let mut on_a_sheet = Column::ON_A_SHEET;
        assert!(on_a_sheet.is_sorted_by_key(|column| !column.is_printed()));
        on_a_sheet.sort_unstable();
        assert_eq!(on_a_sheet, Column::ALL);
    }
}
