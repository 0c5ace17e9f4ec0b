//! D24: full marks beside a result that falls short of its target in words, or comes late within the year.

use rust_decimal::Decimal;

use crate::model::measure::MeasureKind;
use crate::rescore::Assessment;
use crate::rules::kit::texts::{FoldedText, Word, words};
use crate::rules::kit::{in_words, words};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "D24", "unmet-in-words", "完成值没有达到指标值仍记满分", Warning, NamedSlips }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(target), Some(actual), Some(weight), Some(score), Some(assessment)) = (
            &indicator.target,
            &indicator.actual,
            &indicator.weight,
            &indicator.score,
            context.assessment(row),
        ) else {
            continue;
        };
        if weight.value <= Decimal::ZERO
            || score.value < weight.value
            || context.has_written_reason(row)
            || findings.any_condemned([target.cell, actual.cell, weight.cell, score.cell].map(Some))
        {
            continue;
        }
        let is_date = matches!(assessment.target.kind, MeasureKind::Date(_));
        let is_rank = matches!(assessment.target.kind, MeasureKind::Rank(_));
        let how = match in_words::shortfall(indicator, assessment) {
            Some(short) => format!("{} 少于 {}", short.actual.text, short.target.text),
            None if assessment.met == Some(false) && is_date => "晚于指标值".to_owned(),
            None if assessment.met == Some(false) && is_rank => "低于指标值".to_owned(),
            None if let Some(how) = in_words::missed_before_remark(indicator, assessment) => how,
            None if is_opposite(&assessment.target.kind, &assessment.actual.kind) => "方向相反".to_owned(),
            None => match not_done(&context.texts(row).target, &context.texts(row).actual, assessment) {
                Some(word) => format!("写明“{word}”"),
                None => continue,
            },
        };
        findings.report(
            Finding::new(
                actual.cell,
                format!(
                    "没有达到指标值的不应记满分；{}的指标值（{}）是“{}”，完成值（{}）是“{}”，{how}，得分（{}）仍是满分 {}。",
                    context.name(row),
                    target.cell,
                    words::shortened(&target.text),
                    actual.cell,
                    words::shortened(&actual.text),
                    score.cell,
                    plain(score.value)
                ),
                format!(
                    "按完成情况调整 {} 的得分并写明原因；完成值填错的，改正 {}。",
                    score.cell, actual.cell
                ),
            )
            .field(format!("indicators[{row}].actual"))
            .declared(words::shortened(&actual.text))
            .basis(&context.standard.clauses.quantitative)
            .related([target.cell, score.cell]),
        );
    }
}

/// What an actual says of something that came late.
const LATE: [Word; 14] = words![
    "延期完成",
    "逾期完成",
    "延迟完成",
    "推迟完成",
    "滞后完成",
    "进度滞后",
    "延期至",
    "延期到",
    "推迟至",
    "推迟到",
    "未按时",
    "未按期",
    "未及时",
    "未按计划",
];

/// What the actual of something not done begins with.
const NOT_DONE: [Word; 10] = words![
    "未完成",
    "没有完成",
    "尚未",
    "暂未",
    "还未",
    "正在",
    "部分完成",
    "未开展",
    "未实施",
    "有待",
];

/// What follows 正在 or 有待 where something is in use or at work rather than unfinished; 有待遇 has 待遇 in it.
const AT_WORK: [Word; 12] = words![
    "使用", "运行", "发挥", "持续", "执行", "享受", "服务", "平稳", "稳步", "稳定", "有序", "遇",
];
/// What follows 尚未 where nothing bad has come to light.
const NOT_FOUND: [Word; 5] = words!["发现", "发生", "出现", "收到", "接到"];
/// Targets that are met by what is going on.
const GOING_ON: [Word; 6] = words!["持续", "推进", "启动", "开工", "正在", "长期"];

/// What leaves nothing out, beside an actual that leaves something out.
const WHOLE: [Word; 7] = words!["全部", "全面", "100%", "所有", "完全", "明显", "显著"];
const NEARLY: [Word; 4] = words!["基本", "大部分", "绝大部分", "部分"];

/// What is called 基本 by its name.
const BASIC: [Word; 14] = words![
    "医疗", "养老", "公共", "农田", "药物", "保险", "建设", "支出", "生活", "住房", "服务", "殡葬", "均衡", "民生",
];

/// What a target of what must not happen says.
const AVOIDED: [Word; 5] = words!["未", "无", "不", "零", "杜绝"];

/// What an actual puts before the words of the target that it denies.
const DENIED: [Word; 8] = words!["没有", "尚未", "暂未", "还未", "并未", "未能", "未", "不"];

/// What takes a word of delay back: it did not happen, to nobody, is over, or was agreed.
const NO_DELAY: [Word; 13] = words![
    "无",
    "未延",
    "未推",
    "未出现",
    "不存在",
    "没有",
    "0",
    "零",
    "已",
    "均",
    "批复",
    "批准",
    "同意",
];

/// Rise and fall as effects are described, in words that say nothing else.
const RISES: [Word; 5] = words!["提高", "提升", "增长", "增加", "上升"];
const FALLS: [&str; 8] = [
    "下降",
    "有所下降",
    "降低",
    "有所降低",
    "减少",
    "有所减少",
    "恶化",
    "有所恶化",
];
const STAYS: [&str; 7] = [
    "持平",
    "基本持平",
    "与上年持平",
    "与去年持平",
    "无变化",
    "没有变化",
    "无明显变化",
];

/// What a target that rises says of staying as it is, or of what shall fall.
const NOT_RISING: [Word; 8] = words!["降", "减", "保持", "稳定", "持平", "不低于", "遏制", "或"];

/// Returns the words of the actual that say that the target was not reached; `None` where a band or a figure decides.
fn not_done(target: &FoldedText<'_>, actual: &FoldedText<'_>, assessment: &Assessment) -> Option<&'static str> {
    // A target of what must not happen is met by what did not.
    if target.has_any(&AVOIDED) || assessment.expected.is_some() || assessment.figures.is_some() {
        return None;
    }
    let begins = |words: &'static [Word]| {
        let mut found = words.iter().map(Word::text);
        found.find(|word| actual.starts_with(word))
    };
    let follows = |word: &str, words: &'static [Word]| {
        let behind = actual.strip_prefix(word).unwrap_or_default();
        words.iter().any(|word| behind.starts_with(word.text()))
    };
    let late = || actual.first_of(&LATE).filter(|_| !actual.has_any(&NO_DELAY));
    let unfinished = || {
        let is_over = actual.has_any(&const { words!["已", "0", "零"] });
        begins(&NOT_DONE).filter(|word| {
            let is_at_work = follows(word, &AT_WORK) || *word == "正在" && target.has_any(&GOING_ON);
            !is_at_work && !follows(word, &NOT_FOUND) && !is_over
        })
    };
    // 基本通车，出行条件明显改善 says what was aimed at.
    let says_target = || actual.contains(target.as_str());
    let nearly = || begins(&NEARLY).filter(|word| target.has_any(&WHOLE) && !follows(word, &BASIC) && !says_target());
    let denied = || begins(&DENIED).filter(|word| actual.strip_prefix(word) == Some(target));
    let is_to_rise = || target.has_any(&RISES) && !target.has_any(&NOT_RISING);
    let fell = || {
        let said = actual.trim_end_matches(['。', '.', ';', '；']);
        let mut words = FALLS.iter().chain(&STAYS).copied();
        words.find(|word| *word == said).filter(|_| is_to_rise())
    };
    late().or_else(unfinished).or_else(nearly).or_else(denied).or_else(fell)
}

/// Returns whether one value rises and the other falls: 增长5% and 下降2%.
fn is_opposite(target: &MeasureKind, actual: &MeasureKind) -> bool {
    matches!(
        (target, actual),
        (MeasureKind::Growth { rising: aimed, amount }, MeasureKind::Growth { rising: reached, amount: other })
            if aimed != reached && amount.value > Decimal::ZERO && other.value > Decimal::ZERO
    )
}
