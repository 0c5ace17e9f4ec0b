//! Points that stand beside a name in one text: behind it in a bracket, or without one at its end.

use rust_decimal::Decimal;

use crate::text::keys::{fold_width, is_invisible, match_key};
use crate::text::sentence;

/// Returns a name and the points in its bracket: `项目决策（20分）` is `("项目决策", Some(20))`.
///
/// Reads any bracket, a bare number or percent inside it, and points without a bracket at either end (`产出指标50分`,
/// `50分产出指标`). Of points written twice (`产出指标（50分）50%`) the first hold. The name has no white space left.
pub fn split_name_weight(text: &str) -> (String, Option<Decimal>) {
    let (name, points) = split_once(text);
    let Some(first) = points else {
        return (name, None);
    };
    let bare = name.strip_suffix(&sentence![first, '%']);
    let again = bare.map(|rest| (rest.to_owned(), points));
    again.unwrap_or_else(|| match split_once(&name) {
        (rest, again) if again == points => (rest, points),
        _ => (name, points),
    })
}

fn split_once(text: &str) -> (String, Option<Decimal>) {
    let goes = |c: char| c.is_whitespace() || is_invisible(c);
    // Most names are ideographs and have neither.
    let is_more = |c: char| c == '分' || !matches!(c, '\u{4e00}'..='\u{9fff}');
    if !text.chars().any(is_more) {
        return (text.to_owned(), None);
    }
    let mut compact = String::with_capacity(text.len());
    compact.extend(text.chars().filter(|c| !goes(*c)));
    let may_hold_points = |c: char| c == '分' || fold_width(c) == '(';
    if !compact.chars().any(may_hold_points) {
        return (compact, None);
    }
    let folded: Vec<char> = compact.chars().map(fold_width).collect();
    let original: Vec<char> = compact.chars().collect();
    let mut open = None;
    for (index, c) in folded.iter().enumerate() {
        match c {
            '(' => open = Some(index),
            ')' => {
                if let Some(start) = open.take() {
                    let inner: String = folded.get(start + 1..index).unwrap_or_default().iter().collect();
                    if let Some(points) = points(&inner) {
                        let name: String = original
                            .get(..start)
                            .into_iter()
                            .chain(original.get(index + 1..))
                            .flatten()
                            .collect();
                        return (name, Some(points));
                    }
                }
            }
            _ => {}
        }
    }
    // Points without a bracket, as in 产出指标50分, or with the closing bracket lost.
    let digits_at = folded
        .iter()
        .rposition(|c| !(c.is_ascii_digit() || matches!(c, '.' | '分' | '%')))
        .map_or(0, |at| at + 1);
    let tail: String = folded.get(digits_at..).unwrap_or_default().iter().collect();
    if digits_at == 0
        && tail.ends_with('分')
        && let Some(points) = points(&tail)
    {
        return (String::new(), Some(points));
    }
    if digits_at > 0
        && (tail.ends_with('分') || folded.get(digits_at - 1) == Some(&'('))
        && let Some(points) = points(&tail)
    {
        let end = if folded.get(digits_at - 1) == Some(&'(') {
            digits_at - 1
        } else {
            digits_at
        };
        return (original.get(..end).unwrap_or_default().iter().collect(), Some(points));
    }
    // 50分产出指标: only a name of a level has its points in front.
    let ahead = folded.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    let name: String = original.get(ahead + 1..).unwrap_or_default().iter().collect();
    if ahead > 0
        && folded.get(ahead) == Some(&'分')
        && name.ends_with("指标")
        && let Some(points) = points(&folded.get(..ahead).unwrap_or_default().iter().collect::<String>())
    {
        return (name, Some(points));
    }
    (compact, None)
}

/// `20分`, `20`, `20%`, `分值20`, `权重:20%`, `共20分` as points.
fn points(inner: &str) -> Option<Decimal> {
    let digits = ["满分", "分值", "权重", "共计", "共", "计", "合计", "占"]
        .iter()
        .find_map(|word| inner.strip_prefix(word))
        .unwrap_or(inner)
        .trim_start_matches(':')
        .trim_end_matches(['分', '%', '点']);
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let points: Decimal = digits.parse().ok()?;
    (points <= Decimal::from(1000)).then(|| points.normalize())
}

/// Points that a header or block heading carries: `预算执行情况（20分）`, `得分(20分*执行率)`.
pub(super) fn points_in_header(text: &str) -> Option<Decimal> {
    let (_, weight) = split_name_weight(text);
    weight.or_else(|| {
        let key = match_key(text);
        let (_, inner) = key.split_once('(')?;
        let (digits, rest) = inner.split_once('分')?;
        rest.contains("执行率").then(|| points(digits)).flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_from_any_bracket() {
        for (written, name, points) in [
            ("项目决策（20分）", "项目决策", Some(20)),
            ("项目产出 （30分）", "项目产出", Some(30)),
            ("产出\n指标\n(50 分)", "产出指标", Some(50)),
            ("效益指标【30】", "效益指标", Some(30)),
            ("满意度指标[10分]", "满意度指标", Some(10)),
            ("效益指标（３０％）", "效益指标", Some(30)),
            ("产出指标50分", "产出指标", Some(50)),
            ("产出指标（50分", "产出指标", Some(50)),
            ("50分产出指标", "产出指标", Some(50)),
            ("产出指标（50分）50%", "产出指标", Some(50)),
            ("产出指标（50分）（40%）", "产出指标（40%）", Some(50)),
            ("（50分）", "", Some(50)),
            ("50分", "", Some(50)),
            ("数量指标", "数量指标", None),
            ("效益（社会）指标", "效益（社会）指标", None),
            ("新建桥梁3座", "新建桥梁3座", None),
        ] {
            assert_eq!(
                split_name_weight(written),
                (name.to_owned(), points.map(Decimal::from)),
                "{written}"
            );
        }
    }
}
