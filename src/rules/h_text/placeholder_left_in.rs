//! H06: XX stands where a name belongs.

use crate::model::{FieldPath, IndicatorField};
use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{wording, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H06", "placeholder-left-in", "占位符没有替换", Info, MissingValues }

/// What such placeholders are made of.
const MARKS: [Word; 3] = words!["X", "x", "×"];

fn check(context: &RuleContext, findings: &mut Findings) {
    if !context.is_scored() {
        return;
    }
    for wording in wording::texts(context, findings, |wording| {
        wording.text.has_signs() && wording.text.has_any(&MARKS)
    }) {
        let binding = wording.binding;
        // Published tables veil the name in the title.
        if binding.field == FieldPath::TITLE {
            continue;
        }
        // A value that is nothing but a placeholder is missing (D01, D02, E01, H03).
        let field = binding.field;
        let is_name = !field.is_value() && !field.is_goal() && field.as_indicator() != Some(IndicatorField::Reason);
        if !holds_a_place(&wording.text) || (!is_name && words::says_nothing(&wording.text)) {
            continue;
        }
        findings.report(
            Finding::new(
                binding.cell,
                format!(
                    "样表里的占位符应换成实际内容；{} 写的是“{}”。",
                    binding.cell,
                    words::shortened(binding.text)
                ),
                format!("把 {} 里的占位符换成实际内容。", binding.cell),
            )
            .field(binding.field)
            .declared(words::shortened(binding.text))
            .basis(&context.standard.clauses.form),
        );
    }
}

/// Returns whether two or more X stand together, with no other Latin letter or digit at their sides.
fn holds_a_place(text: &str) -> bool {
    let is_mark = |c: char| matches!(c, 'X' | 'x' | '×');
    let (mut run, mut touches) = (0_usize, false);
    let mut before = None;
    for c in text.chars() {
        if is_mark(c) {
            if run == 0 {
                touches = before.is_some_and(|c: char| c.is_ascii_alphanumeric());
            }
            run += 1;
        } else {
            if run >= 2 && !touches && !c.is_ascii_alphanumeric() {
                return true;
            }
            run = 0;
        }
        before = Some(c);
    }
    run >= 2 && !touches
}
