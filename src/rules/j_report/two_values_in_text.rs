//! J10: one thing has two values in the report.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::prose::{Figure, FigureUnit, figures, is_han};
use crate::rules::kit::report_match::ReportMatch;
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_names::first_cell;
use crate::rules::kit::report_numbers::agree;
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "J10", "two-values-in-text", "报告里同一事项有两个数", Warning, ReportText }

/// How a change is told.
const CHANGES: [&str; 10] = [
    "增长", "提升", "增加", "上升", "提高", "下降", "减少", "降低", "增幅", "降幅",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    changes(context, report, findings);
    repeated_sentences(context, report, findings);
}

/// Clauses looked back over for the noun that a change goes on with.
const CLAUSES_BACK: usize = 12;

/// A figure told of a noun in one paragraph: place and value.
struct Told {
    start: usize,
    end: usize,
    value: (Decimal, u32),
}

/// 同比提升1.2% and 同比增长23.1% of one noun in one paragraph.
fn changes(context: &RuleContext, report: &ReportMatch<'_>, findings: &mut Findings) {
    for (index, paragraph) in report.part.paragraphs() {
        let text = paragraph.folded.as_str();
        if !text.contains("同比") && !text.contains("较上年") {
            continue;
        }
        let mut told: BTreeMap<(String, &str), Told> = BTreeMap::new();
        let all = figures(text);
        let marks = Marks::of(text);
        for figure in all
            .iter()
            .filter(|figure| figure.unit == FigureUnit::Percent && !figure.is_about && !figure.is_bound)
        {
            let Some((noun, measure)) = noun_of_change(text, figure, &all, &marks) else {
                continue;
            };
            let value = (figure.value, figure.decimals);
            let own = Told {
                start: figure.start,
                end: figure.end,
                value,
            };
            let Some(known) = told.get(&(noun.clone(), measure)) else {
                told.insert((noun, measure), own);
                continue;
            };
            if agree(known.value, value) {
                continue;
            }
            let cell = first_cell(context);
            let (one, two) = (text.get(known.start..known.end), text.get(own.start..own.end));
            findings.report(
                Finding::new(
                    cell,
                    format!(
                        "同一事项在报告里应只有一个数；“{noun}”{measure}，一处写 {}，一处写 {}（表见 {cell}）。",
                        one.unwrap_or_default(),
                        two.unwrap_or_default()
                    ),
                    "查明哪一个数是对的，改正另一个。",
                )
                .declared(two.unwrap_or_default())
                .expected(one.unwrap_or_default())
                .basis(BASIS)
                .quote(report.quote_of(
                    index,
                    sentence_around(text, known.start, own.end),
                    (own.start, own.end),
                )),
            );
        }
    }
}

/// From the beginning of the sentence of the first place to the end of that of the last.
fn sentence_around(text: &str, start: usize, end: usize) -> (usize, usize) {
    let from = text
        .get(..start)
        .and_then(|before| before.rfind(['。', '；']))
        .map_or(0, |at| at + '。'.len_utf8());
    let rest = text.get(end..).unwrap_or_default();
    let to = rest
        .find(['。', '；'])
        .map_or(text.len(), |at| end + at + '。'.len_utf8());
    (from, to)
}

/// Returns the noun that a change is told of, and what it is compared with. A clause without a noun goes on with the
/// noun of the clause before.
fn noun_of_change(text: &str, figure: &Figure, all: &[Figure], marks: &Marks) -> Option<(String, &'static str)> {
    let before = text.get(..figure.start)?;
    let clause_start = last_before(&marks.clauses, figure.start);
    let clause = before.get(clause_start..)?;
    let bare = clause.trim_end_matches(['了', '为', '达', '到', '约']);
    let change = CHANGES.iter().find(|word| bare.ends_with(**word))?;
    let bare = bare.strip_suffix(change)?;
    let (measure, bare) = [
        ("同比", "同比"),
        ("较上年", "较上年"),
        ("较上年同期", "较上年"),
        ("比上年", "较上年"),
    ]
    .iter()
    .find_map(|(word, name)| Some((*name, bare.strip_suffix(word)?)))?;
    let own = noun(bare);
    if !own.is_empty() {
        return Some((own, measure));
    }
    // Back within the sentence to the last clause that names something with a figure.
    let sentence_start = last_before(&marks.sentences, figure.start);
    let mut rest = before.get(sentence_start..clause_start)?;
    for _ in 0..CLAUSES_BACK {
        if rest.is_empty() {
            break;
        }
        let trimmed = rest.trim_end_matches('，');
        let start = trimmed.rfind('，').map_or(0, |at| at + '，'.len_utf8());
        let clause = trimmed.get(start..)?;
        let offset = sentence_start + start;
        let first = all
            .get(all.partition_point(|figure| figure.start < offset))
            .filter(|figure| figure.end <= offset + clause.len());
        let words = first.map_or(clause, |figure| clause.get(..figure.start - offset).unwrap_or(clause));
        let is_change = CHANGES.iter().any(|change| words.contains(change));
        let found = noun(words);
        if first.is_some() && !is_change && !found.is_empty() && !words.contains("排名") && !words.ends_with('第') {
            return Some((found, measure));
        }
        rest = rest.get(..start)?;
    }
    None
}

/// Where clauses and sentences of a paragraph begin.
struct Marks {
    clauses: Vec<usize>,
    sentences: Vec<usize>,
}

impl Marks {
    fn of(text: &str) -> Self {
        let behind = |marks: &[char]| -> Vec<usize> {
            let found = text.match_indices(marks);
            found.map(|(at, mark)| at + mark.len()).collect()
        };
        Self {
            clauses: behind(&['，', '。', '；', '(', ')']),
            sentences: behind(&['。', '；']),
        }
    }
}

/// Returns the last of these places up to another; 0 where there is none.
fn last_before(places: &[usize], at: usize) -> usize {
    let before = places.partition_point(|place| *place <= at);
    before
        .checked_sub(1)
        .and_then(|last| places.get(last))
        .copied()
        .unwrap_or(0)
}

/// Returns the noun in words before a figure, without what leads to it.
fn noun(words: &str) -> String {
    let mut rest: &str = words;
    for lead in [
        "其中", "全年", "全县", "全市", "全区", "全省", "我县", "我市", "今年", "当年", "年度", "共", "累计",
    ] {
        rest = rest.strip_prefix(lead).unwrap_or(rest);
    }
    for tail in ["完成", "实现", "达到", "达", "为", "共", "累计"] {
        rest = rest.strip_suffix(tail).unwrap_or(rest);
    }
    rest.chars().filter(|c| is_han(*c)).collect()
}

/// A sentence told twice in the same words with other figures.
fn repeated_sentences(context: &RuleContext, report: &ReportMatch<'_>, findings: &mut Findings) {
    const LEAST: usize = 16;
    let mut known: BTreeMap<String, (usize, Vec<Figure>)> = BTreeMap::new();
    for (index, paragraph) in report.part.paragraphs() {
        let text = paragraph.folded.as_str();
        let mut start = paragraph.body_start();
        for sentence in text.get(start..).unwrap_or_default().split_inclusive(['。', '；']) {
            let end = start + sentence.len();
            let own: Vec<Figure> = figures(sentence)
                .into_iter()
                .filter(|figure| is_value(figure.unit))
                .collect();
            let (from, to) = (start, end);
            start = end;
            if own.is_empty() {
                continue;
            }
            let masked = masked(sentence, &own);
            if masked.chars().filter(|c| is_han(*c)).count() < LEAST {
                continue;
            }
            let Some((_, first)) = known.get(&masked) else {
                known.insert(masked, (index, own));
                continue;
            };
            let differing = first.iter().zip(&own).find(|(one, other)| {
                one.unit == other.unit && !agree((one.value, one.decimals), (other.value, other.decimals))
            });
            let Some((one, other)) = differing else { continue };
            let cell = first_cell(context);
            let written = sentence.get(other.start..other.end).unwrap_or_default();
            findings.report(
                Finding::new(
                    cell,
                    format!(
                        "同一事项在报告里应只有一个数；“{}”这句话写了两次，一处是 {}，一处是 {}（表见 {cell}）。",
                        words::shortened(sentence),
                        crate::text::plain(one.value),
                        crate::text::plain(other.value)
                    ),
                    "查明哪一个数是对的，改正另一个。",
                )
                .declared(written)
                .expected(crate::text::plain(one.value))
                .basis(BASIS)
                .quote(report.quote_of(index, (from, to), (from + other.start, from + other.end))),
            );
        }
    }
}

const fn is_value(unit: FigureUnit) -> bool {
    matches!(
        unit,
        FigureUnit::Percent | FigureUnit::Points | FigureUnit::Money(_) | FigureUnit::Counted(_)
    )
}

/// Returns the sentence with its figures blotted out.
fn masked(sentence: &str, figures: &[Figure]) -> String {
    let mut masked = String::with_capacity(sentence.len());
    let mut at = 0;
    for figure in figures {
        masked.push_str(sentence.get(at..figure.start).unwrap_or_default());
        masked.push('#');
        at = figure.end;
    }
    masked.push_str(sentence.get(at..).unwrap_or_default().trim_end_matches(['。', '；']));
    masked
}
