//! H07: what a converter or a word processor left in a text.

use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{wording, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H07", "conversion-residue", "残留文档转换代码", Info, MissingValues }

/// Residues, in lower case and without white space.
const RESIDUES: [&str; 13] = [
    "[bookmark:",
    "mergefield",
    "mergeformat",
    "hyperlink\\l",
    "_x000d_",
    "_x000a_",
    "&nbsp;",
    "&amp;",
    "&lt;",
    "&gt;",
    "错误!未找到引用源",
    "错误!未定义书签",
    "error!referencesource",
];

/// What one of must stand in every residue.
const MARKS: [Word; 7] = words!["[", "f", "F", "\\", "_", "&", "错误!"];

fn check(context: &RuleContext, findings: &mut Findings) {
    // Every residue has a mark in it that hardly any other text has.
    for wording in wording::texts(context, findings, |wording| {
        wording.text.has_signs() && wording.text.has_any(&MARKS)
    }) {
        let binding = wording.binding;
        let text = wording.text.to_lowercase();
        let Some(residue) = RESIDUES.iter().find(|residue| text.contains(**residue)) else {
            continue;
        };
        findings.report(
            Finding::new(
                binding.cell,
                format!(
                    "表中文字不应带有文档转换留下的代码；{} 是“{}”，带有“{residue}”。",
                    binding.cell,
                    words::shortened(binding.text)
                ),
                format!("删去 {} 里的代码。", binding.cell),
            )
            .field(binding.field)
            .declared(words::shortened(binding.text))
            .basis(&context.standard.clauses.form),
        );
    }
}
