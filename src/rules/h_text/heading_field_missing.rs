//! H01: a heading's label stands there without its value, or the table does not say its year.

use crate::grid::CellAddress;
use crate::model::{HeadingField, Severity, TableKind};
use crate::rules::kit::title_names::title_names_project;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "H01", "heading-field-missing", "表头信息缺失", Warning, MissingValues }

fn check(context: &RuleContext, findings: &mut Findings) {
    let evaluation = context.evaluation();
    let fields = [
        (
            HeadingField::ProjectName,
            "project_name",
            "项目名称",
            evaluation.project_name.is_none(),
        ),
        (
            HeadingField::Department,
            "department",
            "主管部门",
            evaluation.department.is_none(),
        ),
        (
            HeadingField::ImplementingUnit,
            "implementing_unit",
            "实施单位",
            evaluation.implementing_unit.is_none(),
        ),
    ];
    for (heading, field, name, is_missing) in fields {
        let Some(&cell) = context.table.places.headings.get(&heading) else {
            if is_missing && heading == HeadingField::ProjectName {
                report_absent_project_name(context, findings);
            }
            continue;
        };
        if is_missing && !findings.is_condemned(cell) && !has_fact(context, field) {
            findings.report(
                Finding::new(
                    cell,
                    format!("表头应写明{name}；{cell} 的“{name}”后面没有填写。"),
                    format!("在 {cell} 右侧填写{name}。"),
                )
                .field(field)
                .basis(&context.standard.clauses.form),
            );
        }
    }
    check_year(context, findings);
}

/// A project's table without any 项目名称, in the title neither; other kinds of table have none.
fn report_absent_project_name(context: &RuleContext, findings: &mut Findings) {
    if !matches!(
        context.table.kind,
        TableKind::ProjectSelfEvaluation | TableKind::DepartmentEvaluation
    ) || title_names_project(context.evaluation())
    {
        return;
    }
    let cell = title_cell(context);
    findings.report(
        Finding::new(
            cell,
            "表头应写明项目名称；本表没有“项目名称”一栏，不知道评价的是哪个项目。",
            "在标题下补上“项目名称”一栏并填写。",
        )
        .field("project_name")
        .basis(&context.standard.clauses.form),
    );
}

/// Returns the title's cell, else the table's first.
fn title_cell(context: &RuleContext) -> CellAddress {
    let places = &context.table.places.headings;
    let title = context.evaluation().title.as_ref().map(|title| title.cell);
    places
        .get(&HeadingField::Title)
        .copied()
        .or(title)
        .unwrap_or(context.table.range.first)
}

/// Returns whether the field's cell is filled, but with something that could not be read (R01, R02).
fn has_fact(context: &RuleContext, field: &str) -> bool {
    context
        .table
        .facts
        .iter()
        .any(|fact| fact.field.as_deref() == Some(field))
}

fn check_year(context: &RuleContext, findings: &mut Findings) {
    if context.table.places.year_is_explicit {
        return;
    }
    let year_label = context.table.places.headings.get(&HeadingField::Year);
    let cell = year_label.copied().unwrap_or_else(|| title_cell(context));
    let fact = match &context.evaluation().year {
        Some(year) => format!(
            "本表没有年度行，年度 {} 是从“{}”推断的。",
            year.value,
            crate::rules::kit::words::shortened(&year.text)
        ),
        None => "本表没有写明年度。".to_owned(),
    };
    findings.report(
        Finding::new(
            cell,
            format!("表头应写明评价年度；{fact}"),
            "在标题下写明年度，如“（2023年度）”。",
        )
        .severity(Severity::Info)
        .field("year")
        .basis(&context.standard.clauses.form),
    );
}
