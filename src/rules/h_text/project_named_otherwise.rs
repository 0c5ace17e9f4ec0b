//! H02: the title, the sheet or the file names another project than the table.

use std::collections::BTreeSet;

use crate::rules::kit::texts::{Word, any_in, words};
use crate::rules::kit::words;
use crate::rules::{Finding, Findings, RuleContext};
use crate::text::own_markers::{ANNOTATED_STEM, NORMALIZED_STEM};
use crate::text::words::find;

rule! { "H02", "project-named-otherwise", "项目名称与标题、工作表名或文件名不一致", Info, MissingValues }

/// What a name of a project has, and a name of a form or of an office lacks.
const PROJECT_WORDS: [Word; 22] = words![
    "项目", "专项", "工程", "改造", "建设", "养护", "维修", "修缮", "采购", "购置", "服务", "补助", "补贴", "奖补",
    "培训", "治理", "整治", "扶持", "救助", "防治", "运维", "帮扶",
];

/// Words of forms and of budgets, which tell no project from another; longer ones first.
const COMMON: [Word; 46] = words![
    "项目支出绩效",
    "转移支付",
    "一般公共预算",
    "政府性基金",
    "部门整体",
    "项目支出",
    "单位自评",
    "绩效自评",
    "绩效评价",
    "自评价",
    "评价表",
    "自评表",
    "汇总表",
    "明细表",
    "申报表",
    "财政",
    "专项",
    "资金",
    "经费",
    "项目",
    "工程",
    "支出",
    "预算",
    "部门",
    "单位",
    "整体",
    "区域",
    "绩效",
    "目标",
    "自评",
    "评价",
    "报告",
    "附件",
    "附表",
    "年度",
    "全年",
    "中央",
    "省级",
    "市级",
    "县级",
    "本级",
    "表格",
    "情况",
    "公开",
    "指标",
    "体系",
];

/// Words of offices, anywhere in a name.
const OFFICES: [Word; 11] = words![
    "办公室",
    "中心",
    "医院",
    "学校",
    "中学",
    "小学",
    "学院",
    "大学",
    "街道",
    "政府",
    "公司",
];

/// What the names of other offices end with.
const OFFICE_ENDS: [char; 8] = ['局', '委', '厅', '镇', '乡', '站', '队', '所'];

/// Fewer characters of its own do not name a project.
const FEWEST: usize = 4;

fn check(context: &RuleContext, findings: &mut Findings) {
    let evaluation = context.evaluation();
    let Some(project) = &evaluation.project_name else {
        return;
    };
    if findings.is_condemned(project.cell) {
        return;
    }
    let units = [&evaluation.department, &evaluation.implementing_unit];
    let is_unit = |name: &str| {
        units
            .into_iter()
            .flatten()
            .any(|unit| shares_word(&own_words(&unit.value), name))
    };
    let title = evaluation.title.as_ref().filter(|title| title.cell != project.cell);
    let file = context.file.filter(|_| context.tables == 1).map(file_name);
    let named = [
        ("标题", title.map(|title| title.value.as_str())),
        ("工作表名", Some(context.table.sheet.as_str())),
        ("文件名", file),
    ];
    for (what, name) in named {
        let Some((name, own)) = name.and_then(|name| Some((name, words_of_a_project(name)?))) else {
            continue;
        };
        if own_words(&project.value).chars().count() < FEWEST {
            return;
        }
        if is_unit(&own) || shares_word(&own, &context.folded(project)) {
            continue;
        }
        findings.report(
            Finding::new(
                project.cell,
                format!(
                    "项目名称应与标题、工作表名和文件名一致；{} 是“{}”，{what}是“{}”。",
                    project.cell,
                    words::shortened(&project.text),
                    words::shortened(name)
                ),
                format!("核对是不是拿错了表，或 {} 没有改过来。", project.cell),
            )
            .field("project_name")
            .declared(words::shortened(&project.text))
            .basis(&context.standard.clauses.form)
            .related(title.filter(|_| what == "标题").map(|title| title.cell)),
        );
        return;
    }
}

/// Returns the words of a name's own where it is clearly a project's: it says more than forms and offices do.
fn words_of_a_project(name: &str) -> Option<String> {
    if !any_in(name, &PROJECT_WORDS) {
        return None;
    }
    let own = own_words(name);
    let is_clear = own.chars().count() >= FEWEST && !any_in(&own, &OFFICES) && !own.ends_with(OFFICE_ENDS);
    is_clear.then_some(own)
}

/// Returns the Chinese characters of a name that are its own.
fn own_words(name: &str) -> String {
    let tight = words::tight(name);
    let mut own = tight.as_str().to_owned();
    // What is taken out leaves a blank, so that no word comes to stand in the text that was not in it.
    for word in COMMON.iter().filter(|word| tight.has(word)) {
        while let Some(at) = find(&own, word.text()) {
            own.replace_range(at..at + word.text().len(), " ");
        }
    }
    let is_own = |c: &char| words::is_han(*c) && !matches!(c, '年' | '度' | '表' | '的');
    let mut kept = String::with_capacity(own.len());
    kept.extend(own.chars().filter(is_own));
    kept
}

/// Returns whether two characters in a row stand in both.
fn shares_word(one: &str, other: &str) -> bool {
    let pairs = |text: &str| -> BTreeSet<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    !pairs(one).is_disjoint(&pairs(other))
}

/// Returns the last part of a path, without its extension and without what this program adds to the names of its
/// copies.
fn file_name(path: &str) -> &str {
    const ADDED: [&str; 2] = [ANNOTATED_STEM, NORMALIZED_STEM];
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let mut stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    while let Some(rest) = ADDED.iter().find_map(|added| stem.strip_suffix(added)) {
        stem = rest;
    }
    stem
}
