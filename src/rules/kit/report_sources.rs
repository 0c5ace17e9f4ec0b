//! Sources of a fund as a report names them, and the rows of the fund block that stand for them.

use crate::model::{FundRow, FundSource};
use crate::prose::Folded;

/// Where a part of a fund came from, as words say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Central,
    Province,
    City,
    County,
    Local,
    Own,
    Other,
    Carryover,
    /// 上级, 本级: some level above, or the own one.
    Relative,
    /// What a row of the fund block is called, by its index: 基本支出.
    Row(usize),
}

const WORDS: [(&str, Source); 43] = [
    ("上级配套", Source::Relative),
    ("配套", Source::Relative),
    ("中央", Source::Central),
    ("国家级", Source::Central),
    ("省级", Source::Province),
    ("省本级", Source::Province),
    ("省财政", Source::Province),
    ("省补", Source::Province),
    ("省配套", Source::Province),
    ("省厅", Source::Province),
    ("自治区", Source::Province),
    ("市级", Source::City),
    ("市本级", Source::City),
    ("市财政", Source::City),
    ("市配套", Source::City),
    ("市补", Source::City),
    ("县级", Source::County),
    ("县本级", Source::County),
    ("县财政", Source::County),
    ("县配套", Source::County),
    ("区级", Source::County),
    ("区本级", Source::County),
    ("区财政", Source::County),
    ("区县", Source::County),
    ("县区", Source::County),
    ("地方", Source::Local),
    ("自筹", Source::Own),
    ("自有", Source::Own),
    ("单位资金", Source::Own),
    ("其他资金", Source::Other),
    ("社会资金", Source::Other),
    ("社会资本", Source::Other),
    ("结转资金", Source::Carryover),
    ("上年结转", Source::Carryover),
    ("上级", Source::Relative),
    ("本级", Source::Relative),
    ("镇级", Source::Relative),
    ("乡级", Source::Relative),
    ("镇财政", Source::Relative),
    ("乡财政", Source::Relative),
    ("财政专户", Source::Relative),
    ("债券", Source::Relative),
    ("基金", Source::Relative),
];

impl Source {
    /// Returns the row of the fund block that words before an amount name last, and the words without it.
    pub fn row_in(near: &str, rows: &[FundRow]) -> Option<(Self, String)> {
        const LEAST: usize = 4;
        let found = rows.iter().enumerate().filter_map(|(index, row)| {
            if row.source == FundSource::Total {
                return None;
            }
            let label = Folded::new(&row.label.as_ref()?.value);
            let label = label
                .as_str()
                .trim_start_matches("其中")
                .trim_start_matches('：')
                .to_owned();
            let end = near.rfind(&label).filter(|_| label.chars().count() >= LEAST)? + label.len();
            Some((end, label, index))
        });
        let (_, label, index) = found.max_by_key(|(end, label, _)| (*end, label.len()))?;
        Some((Self::Row(index), near.replace(&label, "")))
    }

    /// Returns the source that words before an amount name last, the project's and units' own names aside, and the
    /// words without it.
    pub fn named_in(near: &str, names: &[String]) -> Option<(Self, String)> {
        let mut rest = near.to_owned();
        for name in names.iter().filter(|name| name.chars().count() >= 2) {
            rest = rest.replace(name.as_str(), "");
        }
        let found = WORDS
            .iter()
            .filter_map(|(word, source)| Some((rest.rfind(word)? + word.len(), *word, *source)));
        let (_, word, source) = found.max_by_key(|(end, word, _)| (*end, word.len()))?;
        Some((source, rest.replace(word, "")))
    }

    /// Returns whether a row of the fund block stands for the source.
    pub fn is_of(self, row: &FundRow) -> bool {
        let label = row.label.as_ref().map(|label| Folded::new(&label.value));
        let label = label.as_ref().map_or("", Folded::as_str);
        let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
        match self {
            Self::Central => row.source == FundSource::Central || has(&["中央"]),
            Self::Province => has(&["省"]),
            Self::City => has(&["市"]),
            Self::County => has(&["县", "区级", "区本级", "区财政"]),
            Self::Local => row.source == FundSource::Local && has(&["地方"]),
            Self::Own => has(&["自筹", "自有", "单位资金"]),
            Self::Other => has(&["其他", "社会"]),
            Self::Carryover => row.source == FundSource::Carryover || has(&["结转"]),
            Self::Relative | Self::Row(_) => false,
        }
    }
}
