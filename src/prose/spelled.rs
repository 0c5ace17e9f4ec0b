//! Figures spelled in Chinese: 百分之九十五, 十二个, 得九十六分.

use rust_decimal::Decimal;

use super::exactness::judge;
use super::figure::{Figure, FigureUnit, finished, plain};
use crate::model::measure::spelled_number;

/// 百分之九十五, 十二个, 得九十六分.
pub(super) fn spelled(text: &str, at: usize) -> Option<Figure> {
    let rest = text.get(at..)?;
    if rest.starts_with("百分之") || rest.starts_with("千分之") {
        let (value, sign, after) = spelled_number::fraction(rest)?;
        let percent = if sign == "‰" {
            value.checked_div(Decimal::TEN)?
        } else {
            value
        };
        let end = text.len() - after.len();
        let mut figure = plain(at, end, percent, percent.normalize().scale(), FigureUnit::Percent);
        judge(text, &mut figure, after);
        return Some(figure);
    }
    let (value, after) = spelled_number::chinese(rest)?;
    let (value, after, decimals) = match after.strip_prefix('点').and_then(spelled_number::digits) {
        Some((fraction, after)) => {
            let joined = format!("{}.{fraction}", value.normalize());
            let decimals = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
            (Decimal::from_str_exact(&joined).ok()?, after, decimals)
        }
        None => (value, after, 0),
    };
    let before = text.get(..at)?.chars().next_back();
    // 十分重要 is no score, 第二个 no count, 一家 in 统一家庭 neither: only what surely counts is taken.
    let counts = after.starts_with("个一级指标")
        || after.starts_with("个二级指标")
        || after.starts_with("个三级指标")
        || after.starts_with("项一级指标")
        || after.starts_with("项二级指标")
        || after.starts_with("项三级指标")
        || (after.starts_with('分')
            && before.is_some_and(|c| "得为扣是计：分".contains(c))
            && ends_points(after.get('分'.len_utf8()..)?))
        || (after.starts_with('元')
            && text.len() - at - after.len() > '万'.len_utf8()
            && before.is_none_or(|c| !is_spelled(c)));
    if !counts || before == Some('第') {
        return None;
    }
    finished(text, at, text.len() - after.len(), value, decimals)
}

fn is_spelled(c: char) -> bool {
    "零一二三四五六七八九十百千万亿第".contains(c)
}

fn ends_points(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| "，。；、)（(””".contains(c))
}
