//! G05: an indicator that measures another thing than the 二级指标 it stands under: money as a quantity, a deadline as
//! a quality.

use crate::model::measure::{Dimension, MeasureKind};
use crate::rescore::Assessment;
use crate::rules::kit::output_kinds::OutputKind;
use crate::rules::kit::rates;
use crate::rules::kit::texts::{FoldedText, Word, words};
use crate::rules::kit::{signs, words};
use crate::rules::{Finding, Findings, RuleContext};

rule! { "G05", "indicator-under-wrong-kind", "三级指标与二级指标不符", Info, MissingValues }

/// What a name or target is about, with the 二级指标 that it belongs to.
struct Subject {
    what: &'static str,
    home: &'static str,
    way_out: &'static str,
}

impl Subject {
    const fn of(what: &'static str, home: &'static str, way_out: &'static str) -> Self {
        Self { what, home, way_out }
    }
}

fn check(context: &RuleContext, findings: &mut Findings) {
    for (row, indicator) in context.indicators() {
        let (Some(level2), Some(name), Some(assessment)) =
            (&indicator.level2, &indicator.level3, context.assessment(row))
        else {
            continue;
        };
        let Some(kind) = context.texts(row).output_kind else {
            continue;
        };
        // The 预算执行率 among the outputs is G13's.
        let subject = misplaced(kind, &context.texts(row).level3, assessment).filter(|_| !rates::is_the_rate(name));
        let Some(subject) = subject.filter(|_| !findings.any_condemned([Some(name.cell), Some(level2.cell)])) else {
            continue;
        };
        let target = indicator.target.as_ref();
        findings.report(
            Finding::new(
                name.cell,
                format!(
                    "三级指标考核的内容应与二级指标相符；“{}”（{}）列在“{}”（{}）下，考核的是{}，属于{}。",
                    words::shortened(&name.value),
                    name.cell,
                    words::shortened(&level2.value),
                    level2.cell,
                    subject.what,
                    subject.home
                ),
                format!("把 {} {}。", name.cell, subject.way_out),
            )
            .field(format!("indicators[{row}].level3"))
            .declared(words::shortened(&name.value))
            .basis(&context.standard.clauses.targets)
            .related(
                [Some(level2.cell), target.map(|target| target.cell)]
                    .into_iter()
                    .flatten(),
            ),
        );
    }
}

/// Amounts that the project spends. Loans granted and insurance taken out are outputs in money.
const SPENT: [Word; 15] = words![
    "资金",
    "经费",
    "补助",
    "补贴",
    "奖补",
    "支出",
    "拨付",
    "发放",
    "投入",
    "预算",
    "成本",
    "费用",
    "支付",
    "工程款",
    "到位",
];

/// Amounts that come of it.
const EARNED: [Word; 9] = words![
    "收入",
    "产值",
    "利润",
    "税收",
    "销售额",
    "营业额",
    "零售额",
    "增收",
    "收益",
];

const EARNINGS: Subject = Subject::of("收益", "经济效益指标", "移到经济效益指标下，或换成产出的数量");
const MONEY: Subject = Subject::of("花了多少钱", "成本指标", "移到成本指标下，或换成产出的数量、时间");
const SPENDING: Subject = Subject::of(
    "资金的拨付或使用",
    "预算执行，不是产出",
    "换成产出的数量；资金的执行由资金栏的预算执行率考核",
);
const DEADLINE: Subject = Subject::of("时间", "时效指标", "移到时效指标下");
const PUNCTUALITY: Subject = Subject::of("是否按时", "时效指标", "移到时效指标下");
const QUALITY: Subject = Subject::of("合格或达标的程度", "质量指标", "移到质量指标下");
const COMPLETION: Subject = Subject::of(
    "任务完成了多少",
    "数量指标",
    "移到数量指标下，或换成合格率等反映质量的指标",
);

/// Returns what a row under this kind is about, if that is another kind.
fn misplaced(kind: OutputKind, name: &FoldedText<'_>, assessment: &Assessment) -> Option<&'static Subject> {
    let names = |list: &[Word]| name.has_any(list);
    let dimension = signs::dimension(assessment);
    // 资金拨付企业数 counts who got it.
    let is_spending = dimension
        .is_none_or(|what| matches!(what, Dimension::Money | Dimension::Ratio | Dimension::None))
        && names(&const { words!["资金", "经费", "补助款", "补贴款", "补贴拨付", "补助拨付", "工程款"] })
        && names(&const { words!["支付", "拨付", "执行", "到位", "使用率"] })
        && !counts_receivers(name)
        && !brings_money(name);
    let is_deadline = matches!(assessment.target.kind, MeasureKind::Date(_));
    let is_punctual = names(&const { words!["及时率", "及时性", "按时", "按期"] });
    let is_quality = names(&const { words!["合格率", "达标率", "优良率", "验收通过率"] }) && !name.contains("及时");
    let is_money = dimension == Some(Dimension::Money) && !brings_money(name);
    match kind {
        OutputKind::Quantity if is_spending => Some(&SPENDING),
        OutputKind::Quantity if is_money && names(&SPENT) => Some(&MONEY),
        OutputKind::Quantity if is_money && names(&EARNED) => Some(&EARNINGS),
        OutputKind::Quantity | OutputKind::Quality | OutputKind::Cost if is_deadline => Some(&DEADLINE),
        OutputKind::Quantity | OutputKind::Quality if is_punctual => Some(&PUNCTUALITY),
        OutputKind::Quantity | OutputKind::Timeliness if is_quality => Some(&QUALITY),
        OutputKind::Quality if is_completion(name) => Some(&COMPLETION),
        OutputKind::Timeliness if is_money => Some(&MONEY),
        _ => None,
    }
}

/// 拨付户数, 资金到位项目个数 are counts, whatever their unit.
fn counts_receivers(name: &FoldedText<'_>) -> bool {
    name.has_any(
        &const {
            words![
                "人数",
                "户数",
                "家数",
                "企业数",
                "个数",
                "项目数",
                "人次",
                "次数",
                "批次",
                "笔数"
            ]
        },
    )
}

/// Money that others bring, lend or insure is what the project produces, not what it spends.
fn brings_money(name: &FoldedText<'_>) -> bool {
    name.has_any(
        &const {
            words![
                "招商",
                "引资",
                "外资",
                "内资",
                "贷",
                "融资",
                "担保",
                "保费",
                "保险",
                "捐",
                "社会资本"
            ]
        },
    )
}

/// 任务完成率 counts how much was done; 整改完成率, 验收完成率 tell how well.
fn is_completion(name: &FoldedText<'_>) -> bool {
    name.ends_with("完成率") && !name.has_any(&const { words!["整改", "验收", "质量", "合格", "达标", "检测", "检验"] })
}
