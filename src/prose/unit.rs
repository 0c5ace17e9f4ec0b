//! The unit behind a number of a sentence.

use rust_decimal::Decimal;

use super::figure::{FigureUnit, yuan};
use super::folded::is_han;
use crate::model::MoneyUnit;

/// Counting words, the longer first.
const COUNTED: [&str; 52] = [
    "平方公里",
    "立方米",
    "平方米",
    "百分点",
    "公里",
    "千米",
    "公顷",
    "人次",
    "场次",
    "班次",
    "课时",
    "小时",
    "分钟",
    "个",
    "家",
    "项",
    "人",
    "户",
    "次",
    "份",
    "件",
    "台",
    "套",
    "米",
    "亩",
    "吨",
    "天",
    "日",
    "月",
    "名",
    "座",
    "条",
    "处",
    "场",
    "期",
    "篇",
    "册",
    "所",
    "辆",
    "只",
    "头",
    "株",
    "棵",
    "村",
    "批",
    "笔",
    "本",
    "宗",
    "起",
    "种",
    "类",
    "位",
];

/// Returns the unit that a text begins with, its factor, and what follows.
pub(super) fn unit(text: &str) -> (FigureUnit, Decimal, &str) {
    let ten_thousand = yuan(MoneyUnit::TenThousandYuan);
    for (word, unit) in [
        ("%", FigureUnit::Percent),
        ("亿元", FigureUnit::Money(MoneyUnit::HundredMillionYuan)),
        ("万元", FigureUnit::Money(MoneyUnit::TenThousandYuan)),
    ] {
        if let Some(rest) = text.strip_prefix(word) {
            return (unit, Decimal::ONE, rest);
        }
    }
    if let Some(rest) = text.strip_prefix('元')
        && !rest.starts_with(['/', '每', '旦'])
    {
        return (FigureUnit::Money(MoneyUnit::Yuan), Decimal::ONE, rest);
    }
    if let Some(rest) = text.strip_prefix('分')
        && !rest.starts_with([
            '钟', '之', '别', '配', '类', '公', '项', '年', '数', '析', '布', '散', '期', '批',
        ])
    {
        return (FigureUnit::Points, Decimal::ONE, rest);
    }
    let (factor, counted) = match text.strip_prefix('万') {
        Some(rest) => (ten_thousand, rest),
        None => (Decimal::ONE, text),
    };
    let counted = counted
        .strip_prefix('个')
        .filter(|rest| rest.starts_with("百分点"))
        .unwrap_or(counted);
    if let Some(word) = COUNTED.iter().find(|word| counted.starts_with(**word)) {
        let rest = counted.get(word.len()..).unwrap_or_default();
        return (FigureUnit::Counted(word), factor, rest);
    }
    let ends = |rest: &str| rest.chars().next().is_none_or(|c| !is_word(c));
    if let Some(rest) = text.strip_prefix('万')
        && ends(rest)
    {
        return (FigureUnit::Money(MoneyUnit::TenThousandYuan), Decimal::ONE, rest);
    }
    if let Some(rest) = text.strip_prefix('亿')
        && ends(rest)
    {
        return (FigureUnit::Money(MoneyUnit::HundredMillionYuan), Decimal::ONE, rest);
    }
    (FigureUnit::None, Decimal::ONE, text)
}

fn is_word(c: char) -> bool {
    is_han(c) || c.is_ascii_alphanumeric()
}
