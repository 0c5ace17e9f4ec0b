//! H09: blanks inside Chinese words, in values and in labels.

use crate::grid::CellAddress;
use crate::model::FieldPath;
use crate::rules::kit::wording::Wording;
use crate::rules::kit::{wording, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H09", "blank-inside-word", "词语中间有空格", Info, MissingValues }

/// Characters that stand alone: numerals and marks of a list, tiers, joining words, units of dates.
const ALONE: &str = "一二三四五六七八九十甲乙丙丁注附和与及或并共第含无有是否优良中差好高低对较年月日时分元个项人次";

fn check(context: &RuleContext, findings: &mut Findings) {
    let mut broken: Vec<(CellAddress, Option<FieldPath>, &str, String)> = Vec::new();
    // What has no blank is whole; a text as tight as it was written has none.
    let has_blank = |wording: &Wording<'_>| !wording.text.is_as_written() && wording.binding.text.contains(is_blank);
    for wording in wording::texts(context, findings, has_blank) {
        let binding = wording.binding;
        if let Some(word) = broken_word(binding.text).or_else(|| loose_bracket(binding.text)) {
            broken.push((binding.cell, Some(binding.field), binding.text, word));
        }
    }
    // A label's blank before a bracketed unit is where its form breaks the line.
    for label in &context.table.labels {
        if label.text.contains(is_blank)
            && let Some(word) = broken_word(&label.text)
        {
            broken.push((label.cell, None, &label.text, word));
        }
    }
    broken.sort_by_key(|(cell, ..)| *cell);
    let Some((cell, field, text, word)) = broken.first() else {
        return;
    };
    let places: Vec<CellAddress> = broken.iter().map(|(cell, ..)| *cell).collect();
    let mut finding = Finding::new(
        *cell,
        format!(
            "词语中间不应有空格；{}有空格，{cell} 是“{}”，“{word}”断开了。",
            words::count_of(&places),
            words::shortened(text)
        ),
        "删去词语中间的空格。",
    )
    .declared(words::shortened(text))
    .basis(&context.standard.clauses.form)
    .related(places.iter().copied());
    if let Some(field) = field {
        finding = finding.field(*field);
    }
    findings.report(finding);
}

/// Returns a word with one character cut off by a blank: `提质增 效`, `产出 指 标` not, which is spaced out on
/// purpose.
///
/// Only a single character between longer pieces is surely no word of its own.
fn broken_word(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        chains(line).into_iter().find_map(|chain| {
            let length = |at: usize| chain.get(at).map(|piece| piece.chars().count());
            chain.iter().enumerate().find_map(|(at, piece)| {
                let before = at.checked_sub(1).and_then(length);
                let after = length(at + 1);
                let is_single = length(at) == Some(1) && !piece.chars().all(|c| ALONE.contains(c));
                let beside = [before, after];
                let among_longer =
                    beside.iter().flatten().all(|length| *length > 1) && beside.iter().any(Option::is_some);
                (is_single && among_longer).then(|| {
                    let from = at.saturating_sub(1);
                    chain.get(from..=(from + 1)).unwrap_or_default().join(" ")
                })
            })
        })
    })
}

/// Pieces of Chinese characters that only single blanks part: `甲 乙丙，丁 戊` gives two chains of two. A
/// figure or letter right before a piece belongs to it (`〔2023〕5号 关于`).
fn chains(line: &str) -> Vec<Vec<String>> {
    let mut chains: Vec<Vec<String>> = Vec::new();
    let mut chain: Vec<String> = Vec::new();
    let mut blanks = 0;
    // The figure or letter that a piece is written to: 5号, A类.
    let mut stem: Option<char> = None;
    for letter in line.chars() {
        if words::is_han(letter) {
            match chain.last_mut() {
                Some(piece) if blanks == 0 => piece.push(letter),
                _ => chain.push(stem.into_iter().chain([letter]).collect()),
            }
            blanks = 0;
            stem = None;
        } else if is_blank(letter) && blanks == 0 && !chain.is_empty() {
            blanks = 1;
            stem = None;
        } else {
            stem = Some(letter).filter(|letter| letter.is_alphanumeric());
            // Several blanks divide columns or items; a mark ends the word.
            chains.push(std::mem::take(&mut chain));
            blanks = 0;
        }
    }
    chains.push(chain);
    chains
}

/// `项目产出 （30分）`: a blank before a full-width bracket.
fn loose_bracket(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).find_map(|three| match three {
        [word, blank, '（'] if words::is_han(*word) && is_blank(*blank) => Some(three.iter().collect()),
        _ => None,
    })
}

const fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\u{3000}' | '\u{a0}' | '\t')
}
