//! G12: an indicator about people that the project has nothing to do with, left over from another table.

use crate::model::Field;
use crate::rules::kit::texts::FoldedText;
use crate::rules::kit::{wording, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "G12", "foreign-indicator", "指标对象与项目无关", Info, MissingValues }

/// Groups that a project is made for to the exclusion of others, by the words that name them. Pupils, patients or
/// farmers are not among them: their projects serve many.
const GROUPS: [(&str, &[&str]); 6] = [
    ("老年人", &["老年", "老人", "养老", "敬老", "适老", "长者"]),
    ("残疾人", &["残疾", "残联", "助残"]),
    ("少数民族", &["民族", "民宗"]),
    ("退役军人", &["退役", "军人", "优抚", "拥军", "烈士"]),
    ("孕产妇", &["孕产妇", "孕妇", "产妇", "母婴", "孕检"]),
    ("服刑人员", &["服刑", "监狱", "戒毒", "社区矫正"]),
];

fn check(context: &RuleContext, findings: &mut Findings) {
    let evaluation = context.evaluation();
    let Some(project) = &evaluation.project_name else {
        return;
    };
    let heading = [
        Some(project),
        evaluation.department.as_ref(),
        evaluation.implementing_unit.as_ref(),
    ];
    let heading: Vec<FoldedText<'_>> = heading
        .into_iter()
        .flatten()
        .map(|field| context.folded(field))
        .collect();
    let project_text = context.folded(project);
    // Only a project that is itself for one of the groups tells which others it is not for.
    let Some((own, own_names)) = GROUPS.iter().find(|(_, names)| mentions(&project_text, names)) else {
        return;
    };
    let said: Vec<FoldedText<'_>> = wording::statements(context)
        .map(|field| context.folded(field))
        .collect();
    let rows: Vec<(usize, &Field<String>, FoldedText<'_>)> = context
        .indicators()
        .filter_map(|(row, indicator)| {
            let name = indicator.level3.as_ref()?;
            Some((row, name, context.folded(name)))
        })
        .collect();
    for (group, names) in GROUPS.iter().filter(|(group, _)| group != own) {
        if heading.iter().chain(&said).any(|text| mentions(text, names)) {
            continue;
        }
        // 残疾老人 are among the project's own.
        let mut about = rows
            .iter()
            .filter(|(_, _, name)| mentions(name, names) && !mentions(name, own_names));
        // Two rows about the same people are no leftover.
        let (Some((row, name, _)), None) = (about.next(), about.next()) else {
            continue;
        };
        if findings.is_condemned(name.cell) {
            continue;
        }
        findings.report(
            Finding::new(
                name.cell,
                format!(
                    "指标应与项目有关；项目“{}”（{}）的对象是{own}，“{}”（{}）考核的是{group}，表内其他地方没有提到。",
                    words::shortened(&project.value),
                    project.cell,
                    words::shortened(&name.value),
                    name.cell
                ),
                format!(
                    "核对 {} 是否从其他项目的表中带来；确有关系的，在总体目标中写明。",
                    name.cell
                ),
            )
            .field(format!("indicators[{row}].level3"))
            .declared(words::shortened(&name.value))
            .basis(&context.standard.clauses.targets)
            .related([project.cell]),
        );
    }
}

fn mentions(text: &str, names: &[&str]) -> bool {
    names.iter().any(|name| text.contains(name))
}
