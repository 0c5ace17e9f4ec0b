//! H05: the form's instruction still stands where the answer belongs.

use crate::rules::kit::texts::{Word, words};
use crate::rules::kit::wording::Wording;
use crate::rules::kit::{wording, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H05", "instruction-left-in", "填表说明没有删除", Info, MissingValues }

/// What only an instruction says.
const INSTRUCTIONS: [Word; 18] = words![
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
    "填写示例",
    "填报示例",
    "填写要求:",
    "请填写",
    "请选择",
    "下拉选择",
    "定量填数字",
    "定性填达成",
];

/// What an example in the place of a value begins or ends with.
const EXAMPLE_STARTS: [Word; 5] = words!["如:", "例如:", "例:", "示例:", "示例"];
const EXAMPLE_ENDS: [Word; 3] = words!["(示例)", "(例)", "(样例)"];

fn check(context: &RuleContext, findings: &mut Findings) {
    if !context.is_scored() {
        return;
    }
    let instruction = |wording: &Wording<'_>| wording.text.first_of(&INSTRUCTIONS).or_else(|| example(wording));
    for wording in wording::texts(context, findings, |wording| instruction(wording).is_some()) {
        let binding = wording.binding;
        let Some(instruction) = instruction(wording) else {
            continue;
        };
        findings.report(
            Finding::new(
                binding.cell,
                format!(
                    "填好的表不应留着样表的填写说明；{} 是“{}”，其中“{}”是说明。",
                    binding.cell,
                    words::shortened(binding.text),
                    instruction.trim_matches(['(', ')', ':', '。'])
                ),
                format!("删去 {} 里的说明，填写实际内容。", binding.cell),
            )
            .field(binding.field)
            .declared(words::shortened(binding.text))
            .basis(&context.standard.clauses.form),
        );
    }
}

/// Returns what makes a target or result the form's own example: `如：≥95%`, `20公里（示例）`.
fn example(wording: &Wording<'_>) -> Option<&'static str> {
    let is_value = wording.binding.field.is_value();
    let text = wording.text.as_str();
    let starts = || EXAMPLE_STARTS.iter().find(|word| text.starts_with(word.text()));
    let ends = || EXAMPLE_ENDS.iter().find(|word| text.ends_with(word.text()));
    is_value.then(|| starts().or_else(ends)).flatten().map(Word::text)
}
