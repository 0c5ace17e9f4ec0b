//! Whether more or less is better: by the operator column, then the target's sign, then the name's words.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::model::measure::{ColumnUnit, Comparator, Dimension, Measure, OperatorWord, normalise};
use crate::model::{Field, Indicator};
use crate::standard::{DirectionWords, Standard};
use crate::text::sentence;
use crate::text::words::{Characters, Word, WordList, any_in, split_at_word, words};

/// The level-2 name under which things are counted that a project sets out to make or do.
const COUNTED: &str = "数量";

/// Words of inverse words that are about money.
const COSTS: [Word; 9] = words!["成本", "费用", "支出", "经费", "投资", "造价", "控制", "利率", "结余"];

/// What a name says first of what it is that is done about something: 治理水土流失面积.
const ACTS: [Word; 14] = words![
    "治理", "改造", "加固", "修复", "查处", "打击", "整治", "防治", "拆除", "救治", "排查", "清理", "消除", "盘活",
];

/// Words in front of a cost that is to become less.
const SAVINGS: [Word; 7] = words!["降低", "减少", "节约", "压减", "减轻", "下降", "降本"];

/// Words of a name that tell what something costs rather than what it brings.
const PRICES: [Word; 4] = words!["价", "费", "支出", "标准"];

/// Which way an indicator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Direction {
    /// 正向: more is better.
    Positive,
    /// 反向: less is better.
    Inverse,
}

/// What told the direction.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DirectionSource {
    /// The 指标性质 column.
    Operator,
    /// A sign or a word for it in the target.
    Sign(Comparator),
    /// A word of the indicator's name.
    Word(String),
    /// Nothing: a bare target counts as 正向, for what is counted or wanted.
    Unstated,
    /// Nothing, and the name does not tell: what reaches the target may have all its points, and nothing is due.
    Unknown,
}

impl DirectionSource {
    /// Returns the source in Chinese, for a trace.
    pub(super) fn explain(&self, direction: Option<Direction>) -> String {
        let read = match direction {
            Some(Direction::Positive) => "按正向指标",
            Some(Direction::Inverse) => "按反向指标",
            None => "是多好还是少好不明确",
        };
        match self {
            Self::Operator => sentence!["依指标性质栏", read],
            Self::Sign(comparator) => sentence!["指标值写“", comparator.sign(), "”，", read],
            Self::Word(word) => sentence!["指标值未写符号，名称含“", word, "”，", read],
            Self::Unstated => sentence!["指标值未写符号，", read],
            Self::Unknown => sentence!["指标值未写符号，名称也看不出是多好还是少好，暂", read],
        }
    }
}

/// Returns the direction of an indicator and what told it; `None` when the signs leave it open.
pub(super) fn find(
    indicator: &Indicator,
    target: &Measure,
    operator: Option<OperatorWord>,
    column_unit: Option<&ColumnUnit>,
    standard: &Standard,
) -> (Option<Direction>, DirectionSource) {
    let by_words = || by_words(indicator, target, column_unit, standard);
    let by_sign = |comparator| match comparator {
        Comparator::AtLeast | Comparator::Above => Some(Direction::Positive),
        Comparator::AtMost | Comparator::Below => Some(Direction::Inverse),
        // = on a cost says neither that more is good nor that less is.
        Comparator::Equal => by_words().0.filter(|direction| *direction == Direction::Positive),
    };
    match operator {
        Some(OperatorWord::Sign(comparator)) => return (by_sign(comparator), DirectionSource::Operator),
        Some(OperatorWord::Positive) => return (Some(Direction::Positive), DirectionSource::Operator),
        Some(OperatorWord::Inverse) => return (Some(Direction::Inverse), DirectionSource::Operator),
        Some(OperatorWord::Qualitative | OperatorWord::Quantitative) | None => {}
    }
    match target.comparator {
        Some(comparator) => (by_sign(comparator), DirectionSource::Sign(comparator)),
        None => by_words(),
    }
}

fn by_words(
    indicator: &Indicator,
    target: &Measure,
    column_unit: Option<&ColumnUnit>,
    standard: &Standard,
) -> (Option<Direction>, DirectionSource) {
    let name = normalised(indicator.level3.as_ref());
    let words = &standard.direction;
    let characters = Characters::of(&name);
    let among = |words: &'_ WordList| words.first_in(&name, characters).map(str::to_owned);
    let is_good = || words.positive.any_in(&name, characters);
    let settle = |word: String, open: bool| {
        (
            if open { None } else { Some(Direction::Inverse) },
            DirectionSource::Word(word),
        )
    };

    let own = target
        .quantity()
        .map_or(Dimension::None, |quantity| quantity.unit.dimension());
    let dimension = if own == Dimension::None {
        column_unit.map_or(own, |column| column.unit.dimension())
    } else {
        own
    };
    let is_time = matches!(
        dimension,
        Dimension::Duration | Dimension::CalendarDuration | Dimension::Workdays
    );

    if let Some(word) = among(&words.inverse) {
        return beside_inverse(&name, characters, word, words);
    }
    if is_time {
        if let Some(word) = among(&words.inverse_time) {
            return settle(word, words.lasting.any_in(&name, characters));
        }
        // 培训5天 wants more, 办理5天 wants less; only the name could tell.
        return (None, DirectionSource::Unstated);
    }
    // 完成时间 12.31 beside 9.30: figures without a unit may be days of the year as well as days.
    if dimension == Dimension::None
        && let Some(word) = among(&words.inverse_time)
        && !is_share_or_count_within(&name, &word)
    {
        return (None, DirectionSource::Unstated);
    }
    let level2 = normalised(indicator.level2.as_ref());
    if let Some(word) = words.inverse.first_in(&level2, Characters::of(&level2)) {
        return settle(word.to_owned(), is_good() || dimension != Dimension::Money);
    }
    let is_price = dimension == Dimension::Money && any_in(&name, &PRICES);
    // Nobody sets all there is as a limit.
    let is_whole = dimension == Dimension::Ratio
        && target
            .quantity()
            .is_some_and(|quantity| quantity.value == Decimal::ONE_HUNDRED);
    let is_named = level2.contains(COUNTED) || words.wanted.any_in(&name, characters) || is_good();
    let is_wanted = is_named && !is_doubtful(&name, characters, words);
    let source = if (is_whole || is_wanted) && !is_price {
        DirectionSource::Unstated
    } else {
        DirectionSource::Unknown
    };
    (Some(Direction::Positive), source)
}

/// Returns whether a time is only a condition of what is counted: 期限内完成率, 时限内办结件数.
fn is_share_or_count_within(name: &str, word: &str) -> bool {
    let (_, behind) = split_at_word(name, word).unwrap_or_default();
    behind.starts_with('内') || behind.ends_with(['率', '数', '量', '度'])
}

/// Returns the direction of a name with an inverse word in it; open where something is done about it.
fn beside_inverse(
    name: &str,
    characters: Characters,
    word: String,
    words: &DirectionWords,
) -> (Option<Direction>, DirectionSource) {
    let is_cost = any_in(&word, &COSTS);
    // 不合格 is not 合格.
    let (before, behind) = split_at_word(name, &word).unwrap_or_default();
    let is_saved = any_in(before, &SAVINGS);
    // 发放差错率, 规范化建设成本: what stands in front is not done about it.
    let is_last = match behind {
        "率" => true,
        "" => is_cost || word.ends_with('率'),
        _ => false,
    };
    if is_last && !is_saved {
        return (Some(Direction::Inverse), DirectionSource::Word(word));
    }
    let is_open = is_saved
        || words.positive.any_in(before, characters)
        || words.positive.any_in(behind, characters)
        || words.answer.any_in(behind, characters)
        || !is_cost && words.answer.starts(name);
    ((!is_open).then_some(Direction::Inverse), DirectionSource::Word(word))
}

/// Returns whether a name has a word beside which none tells that more is wanted: 供水漏损量, 受灾面积.
fn is_doubtful(name: &str, characters: Characters, words: &DirectionWords) -> bool {
    let Some(word) = words.doubtful.first_in(name, characters) else {
        return false;
    };
    let (before, behind) = split_at_word(name, word).unwrap_or_default();
    !words.answer.any_in(behind, characters) && !any_in(before, &ACTS)
}

fn normalised(field: Option<&Field<String>>) -> Cow<'_, str> {
    field.map(|field| normalise(&field.value)).unwrap_or_default()
}
