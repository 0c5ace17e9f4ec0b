//! Which claim a figure with its unit makes, by the words before it: amounts, rates, shares and counts.

use super::claim::{AmountKind, ClaimKind, RateKind};

/// What may stand between a word and its figure.
pub(super) const CONNECTING: [char; 20] = [
    '为', '是', '达', '到', '：', '了', '共', '计', '约', '近', '“', '"', '有', '合', '仅', '至', '只', '均', '\'', '‘',
];

pub(super) fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// 计划, 目标: what was meant, not what was done.
pub(super) fn is_planned(near: &str) -> bool {
    [
        "计划",
        "目标",
        "预期",
        "指标值",
        "拟",
        "应",
        "需",
        "要求",
        "申请",
        "预计",
        "估算",
        "概算",
    ]
    .iter()
    .any(|word| near.contains(word))
        && !near.contains("计划下达")
}

/// Returns the amount that words before a figure of money name: the nearest word decides.
pub(super) fn amount_kind(near: &str) -> Option<AmountKind> {
    // 预算数、执行数分别为: which is which is told by order; 由、从: what it was before.
    if near.contains("分别") || ends_with_any(near, &["由", "从", "调整为", "调整到", "调增至", "调减至"])
    {
        return None;
    }
    const WORDS: [(&str, Option<AmountKind>); 60] = [
        // Of all years together.
        ("投资", None),
        ("资金总额", Some(AmountKind::Budget)),
        // 预算支出 may be what was meant or what was done.
        ("预算支出", None),
        ("安排支出", None),
        ("安排使用", None),
        ("支出计划", None),
        ("收入决算", None),
        ("决算收入", None),
        ("收入", None),
        ("增加", None),
        ("减少", None),
        ("增减", None),
        ("压减", None),
        ("核减", None),
        ("超支", None),
        ("偏差", None),
        ("差额", None),
        ("缺口", None),
        ("财政拨付", Some(AmountKind::Arrived)),
        ("财政局拨付", Some(AmountKind::Arrived)),
        ("财政厅拨付", Some(AmountKind::Arrived)),
        ("上级拨付", Some(AmountKind::Arrived)),
        ("收到", Some(AmountKind::Arrived)),
        ("支出决算", Some(AmountKind::Executed)),
        ("决算", Some(AmountKind::Executed)),
        ("节余", Some(AmountKind::Balance)),
        ("未使用", Some(AmountKind::Balance)),
        ("未支付", Some(AmountKind::Balance)),
        ("未支出", Some(AmountKind::Balance)),
        ("未执行", Some(AmountKind::Balance)),
        ("尚未", Some(AmountKind::Balance)),
        ("结余", Some(AmountKind::Balance)),
        ("结转", Some(AmountKind::Balance)),
        ("剩余", Some(AmountKind::Balance)),
        ("未到位", None),
        ("追加", None),
        ("调增", None),
        ("调减", None),
        ("收回", None),
        ("上缴", None),
        ("节约", None),
        ("违规", None),
        ("控制价", None),
        ("中标", None),
        ("合同", None),
        ("预算", Some(AmountKind::Budget)),
        ("安排", Some(AmountKind::Budget)),
        ("批复", Some(AmountKind::Budget)),
        ("下达", Some(AmountKind::Budget)),
        ("核定", Some(AmountKind::Budget)),
        ("到位", Some(AmountKind::Arrived)),
        ("到账", Some(AmountKind::Arrived)),
        ("使用", Some(AmountKind::Executed)),
        ("支出", Some(AmountKind::Executed)),
        ("支付", Some(AmountKind::Executed)),
        ("拨付", Some(AmountKind::Executed)),
        ("执行", Some(AmountKind::Executed)),
        ("兑付", Some(AmountKind::Executed)),
        ("开支", Some(AmountKind::Executed)),
        ("列支", Some(AmountKind::Executed)),
    ];
    let mut best: Option<(usize, usize, Option<AmountKind>)> = None;
    for (word, kind) in WORDS {
        let Some(at) = near.rfind(word) else { continue };
        let end = at + word.len();
        if best.is_none_or(|(known, length, _)| (end, word.len()) > (known, length)) {
            best = Some((end, word.len(), kind));
        }
    }
    best?.2
}

/// Returns what a percentage says.
pub(super) fn percent_kind(near: &str, lead: &str) -> Option<ClaimKind> {
    let bare = near.trim_end_matches(CONNECTING).trim_end_matches(['的', ')']);
    let bare = bare.trim_end_matches(CONNECTING);
    if near.contains("分别") && !near.contains('占') {
        return None;
    }
    if is_planned(near) && !near.contains("率") {
        return None;
    }
    if ["目标值", "指标值", "预期", "计划", "标准"]
        .iter()
        .any(|word| near.contains(word))
    {
        return None;
    }
    if bare.ends_with("得分率") {
        return Some(ClaimKind::ScoreRate);
    }
    if ends_with_any(bare, &["到位率"]) {
        return Some(ClaimKind::Rate(RateKind::Arrival));
    }
    let is_execution = [
        "执行率",
        "支付率",
        "支出率",
        "使用率",
        "预算完成率",
        "支出进度",
        "执行进度",
        "拨付率",
    ]
    .iter()
    .any(|word| bare.ends_with(word));
    if is_execution {
        return Some(ClaimKind::Rate(RateKind::Execution));
    }
    let of_budget = [
        "完成预算",
        "占预算",
        "完成全年预算",
        "占全年预算",
        "完成年度预算",
        "占年度预算",
        "占预算总额",
        "完成年初预算",
        "占预算数",
        "占到位资金",
        "占预算资金",
    ];
    if near.ends_with('的') && ends_with_any(bare, &of_budget) {
        return Some(ClaimKind::Rate(RateKind::Execution));
    }
    if bare.ends_with('占') || near.contains('占') || lead.ends_with("占比") || bare.ends_with("占比") {
        return Some(ClaimKind::Share);
    }
    Some(ClaimKind::Quantity)
}

/// Returns what a counted figure says.
pub(super) fn counted_kind(near: &str, after: &str, word: &str) -> Option<ClaimKind> {
    for (level, names) in [
        (1, ["一级指标", "1级指标"]),
        (2, ["二级指标", "2级指标"]),
        (3, ["三级指标", "3级指标"]),
    ] {
        if matches!(word, "个" | "项")
            && names
                .iter()
                .any(|name| after.starts_with(name) || near.trim_end_matches(CONNECTING).ends_with(name))
        {
            return Some(ClaimKind::LevelCount(level));
        }
    }
    if is_planned(near) {
        return None;
    }
    if word == "份" {
        if ["收回", "回收", "有效"].iter().any(|word| near.contains(word)) {
            return Some(ClaimKind::HandedIn);
        }
        if ["发放", "发出", "下发"].iter().any(|word| near.contains(word)) {
            return Some(ClaimKind::HandedOut);
        }
    }
    Some(ClaimKind::Quantity)
}
