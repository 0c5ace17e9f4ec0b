//! R06: another sheet may hold a part of the table, and nothing tells whether it does.

use crate::rules::{Finding, Findings, RuleContext};

rule! { "R06", "table-perhaps-in-parts", "另一张工作表可能是本表的一部分", Info, Review }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(other) = &context.table.other_part else {
        return;
    };
    let first = context.table.range.first;
    findings.report(Finding::new(
        first,
        format!(
            "一张表分在两张工作表（或两个表格）上的，要合在一起核对；工作表“{other}”像是本表（{first} 起）的一部分，又不能肯定，\
             所以本表的合计、等次和各级分值没有核对。"
        ),
        "看一下两张是不是同一张表：是的，合成一张再核对；不是的，给另一张写上标题和项目名称。",
    ));
}
