//! H05: the form's instruction still stands where the answer belongs.

use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::{wording, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H05", "instruction-left-in", "填表说明没有删除", Info, MissingValues }

/// What only an instruction says.
const INSTRUCTIONS: [Word; 10] = words![
    "字以内)",
    "字以内。)",
    "(请填写",
    "请在此",
    "此处填写",
    "请简要",
    "请如实填写",
    "(对照年度",
    "填写说明:",
    "填报说明:",
];

fn check(context: &RuleContext, findings: &mut Findings) {
    if !context.is_scored() {
        return;
    }
    for wording in wording::texts(context, findings) {
        let binding = wording.binding;
        let Some(instruction) = wording.text.first_of(&INSTRUCTIONS) else {
            continue;
        };
        findings.report(
            Finding::new(
                binding.cell,
                format!(
                    "填好的表不应留着样表的填写说明；{} 是“{}”，其中“{}”是说明。",
                    binding.cell,
                    words::shortened(&binding.text),
                    instruction.trim_matches(['(', ')', ':', '。'])
                ),
                format!("删去 {} 里的说明，填写实际内容。", binding.cell),
            )
            .field(binding.field.clone())
            .declared(words::shortened(&binding.text))
            .basis(&context.standard.clauses.form),
        );
    }
}
