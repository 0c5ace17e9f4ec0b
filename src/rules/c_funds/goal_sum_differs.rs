//! C21: a text of the goals names a sum and its parts, and these do not make it.

use rust_decimal::Decimal;

use crate::prose::{Figure, FigureUnit, figures};
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::plain;

rule! { "C21", "goal-sum-differs", "文字中的合计与各项之和不符", Warning, Reasons }

fn check(context: &RuleContext, findings: &mut Findings) {
    for (index, goal) in context.evaluation().goals.iter().enumerate() {
        for (leaf, field) in [("expected", &goal.expected), ("actual", &goal.actual)] {
            let Some(field) = field.as_ref().filter(|field| !findings.is_explained(field.cell)) else {
                continue;
            };
            let text = context.folded(field);
            let differing = text.split(SENTENCE_ENDS).find_map(differing_sum);
            let Some(sum) = differing else { continue };
            findings.report(
                Finding::new(
                    field.cell,
                    format!(
                        "文字里的合计应等于各项之和；{} 写的是“{}”，各项 {} 相加是 {}。",
                        field.cell,
                        sum.named,
                        sum.parts.join("、"),
                        plain(sum.due)
                    ),
                    format!("核对 {} 的各项和合计，改正写错的数；漏写的一项补上。", field.cell),
                )
                .field(format!("goals[{index}].{leaf}"))
                .figures(sum.stated, sum.due)
                .basis(&context.standard.clauses.form),
            );
        }
    }
}

const SENTENCE_ENDS: [char; 5] = ['。', ';', '；', '\n', '\r'];

/// What comes before the sum of the parts just named; the longer first.
const SUMS: [&str; 6] = ["合计为", "合计", "共计", "总计", "总共", "共"];

/// What comes between a sum and all of its parts.
const ALL_PARTS: [&str; 4] = ["由", "包括", "包含", "分别为"];

/// A sum as written, and what its parts make.
struct NamedSum {
    named: String,
    parts: Vec<String>,
    stated: Decimal,
    due: Decimal,
}

/// Returns the first sum of a sentence that its parts do not make.
fn differing_sum(sentence: &str) -> Option<NamedSum> {
    if sentence.is_empty() || !sentence.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let figures = figures(sentence);
    (0..figures.len())
        .find_map(|at| behind_parts(sentence, &figures, at).or_else(|| before_parts(sentence, &figures, at)))
}

/// `甲村30万元、乙村20万元，共计60万元`: the run of figures of one unit right before the sum.
fn behind_parts(sentence: &str, figures: &[Figure], at: usize) -> Option<NamedSum> {
    let sum = figures.get(at)?;
    let lead = sentence.get(..sum.start)?;
    let word = SUMS.iter().find(|word| lead.ends_with(**word))?;
    let clause_start = lead.strip_suffix(*word)?;
    // 共 of what is named behind it: the parts stand right before, with nothing between.
    let parts: Vec<&Figure> = figures
        .get(..at)?
        .iter()
        .rev()
        .take_while(|figure| figure.unit == sum.unit && is_exact(figure))
        .take(MOST_PARTS)
        .collect();
    let last = parts.first()?;
    let between = clause_start.get(last.end..)?;
    let is_right_behind =
        between.chars().count() <= MOST_BETWEEN && between.ends_with([',', '，', '、', ')', '）', ':']);
    if !is_right_behind || !(2..MOST_PARTS).contains(&parts.len()) || !is_list(sentence, &parts) {
        return None;
    }
    let mut parts: Vec<&Figure> = parts.into_iter().rev().collect();
    // 投入90万元，甲村50万元、乙村40万元，共计90万元 names the sum twice.
    if parts.first().is_some_and(|first| first.value == sum.value) {
        parts.remove(0);
    }
    let adds_up_later = (1..parts.len()).any(|from| parts.get(from..).is_some_and(|rest| makes(sum, rest)));
    if parts.len() < 2 || adds_up_later {
        return None;
    }
    named(sentence, word, sum, parts)
}

/// Returns whether two or more parts make the sum exactly.
fn makes(sum: &Figure, parts: &[&Figure]) -> bool {
    let due = parts
        .iter()
        .try_fold(Decimal::ZERO, |due, part| due.checked_add(part.value));
    parts.len() >= 2 && due == Some(sum.value)
}

/// `投入90万元，包括甲村30万元、乙村20万元`, and of money `其中…` that is more than the whole.
fn before_parts(sentence: &str, figures: &[Figure], at: usize) -> Option<NamedSum> {
    let sum = figures.get(at)?;
    let behind = sentence.get(sum.end..)?;
    let first = figures.get(at + 1)?;
    let between = sentence.get(sum.end..first.start)?;
    let is_plus = between.starts_with(['(', '（', '=']) && between.chars().count() == 1;
    let is_all = is_plus || ALL_PARTS.iter().any(|word| between.contains(word));
    let is_some = between.contains("其中") && matches!(sum.unit, FigureUnit::Money(_));
    if (!is_all && !is_some) || behind.is_empty() || between.chars().count() > MOST_LEAD {
        return None;
    }
    let parts: Vec<&Figure> = figures
        .get(at + 1..)?
        .iter()
        .take_while(|figure| figure.unit == sum.unit && is_exact(figure))
        .take(MOST_PARTS)
        .collect();
    if !(2..MOST_PARTS).contains(&parts.len()) || !is_list(sentence, &parts) || (is_plus && !sentence.contains('+')) {
        return None;
    }
    if (2..parts.len()).any(|to| parts.get(..to).is_some_and(|some| makes(sum, some))) {
        return None;
    }
    let found = named(sentence, "", sum, parts)?;
    // 其中 may leave parts out, never name more than there is.
    (is_all || found.due > found.stated).then_some(found)
}

/// Characters between a list and its sum, or a sum and its list, that name nothing else.
const MOST_BETWEEN: usize = 8;
const MOST_LEAD: usize = 16;

/// So many figures of one unit are a table in words.
const MOST_PARTS: usize = 20;

/// Characters from one part of a list to the next.
const MOST_APART: usize = 16;

/// What makes the next figure another thing than a part of the same whole.
const NO_PARTS: [&str; 24] = [
    "其中", "包括", "共", "合计", "总", "每", "比", "较", "增", "减", "完成", "剩余", "结余", "/", "带动", "撬动",
    "实现", "产生", "产值", "收入", "销售", "节约", "受益", "惠及",
];

/// Returns whether the figures follow each other as a list does: no sum of their own, no part of a part, no rate.
fn is_list(sentence: &str, parts: &[&Figure]) -> bool {
    let mut ordered: Vec<&Figure> = parts.to_vec();
    ordered.sort_by_key(|figure| figure.start);
    ordered.windows(2).all(|pair| match pair {
        [one, next] => sentence.get(one.end..next.start).is_some_and(|between| {
            between.chars().count() <= MOST_APART
                && between.contains(['、', ',', '，', '+', '和', '及'])
                && !NO_PARTS.iter().any(|word| between.contains(word))
        }),
        _ => true,
    })
}

const fn is_exact(figure: &Figure) -> bool {
    !figure.is_about && !figure.is_bound
}

/// Returns the sum if it is exact, of a unit that adds up, and not what the parts make at their precision.
fn named(sentence: &str, word: &'static str, sum: &Figure, parts: Vec<&Figure>) -> Option<NamedSum> {
    let adds_up = matches!(sum.unit, FigureUnit::Money(_) | FigureUnit::Counted(_));
    if !adds_up || !is_exact(sum) || parts.iter().any(|part| part.factor != sum.factor) {
        return None;
    }
    let due = parts
        .iter()
        .try_fold(Decimal::ZERO, |due, part| due.checked_add(part.value))?;
    // Each part, and the sum, may be rounded by half of its last digit.
    let slack: Decimal = parts
        .iter()
        .copied()
        .chain([sum])
        .filter(|figure| figure.decimals > 0)
        .map(|figure| Decimal::new(5, figure.decimals.saturating_add(1).min(20)))
        .sum();
    if sum.value.saturating_sub(due).abs() <= slack {
        return None;
    }
    let shown = |figure: &Figure| sentence.get(figure.start..figure.end).map(str::to_owned);
    Some(NamedSum {
        named: format!("{word}{}", shown(sum)?),
        parts: parts.into_iter().filter_map(shown).collect(),
        stated: sum.value,
        due,
    })
}
