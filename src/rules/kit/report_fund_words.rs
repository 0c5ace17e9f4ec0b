//! Words before an amount that name nothing but the project, its units and the fund, for rules of family J.

use crate::prose::{Folded, is_han};
use crate::rules::RuleContext;

/// Returns the names of project and units, as they may stand before an amount.
pub fn own_names(context: &RuleContext) -> Vec<String> {
    let evaluation = context.evaluation();
    let fields = [
        evaluation.project_name.as_ref(),
        evaluation.implementing_unit.as_ref(),
        evaluation.department.as_ref(),
    ];
    fields
        .into_iter()
        .flatten()
        .map(|field| without_dates(Folded::new(&field.value).as_str()))
        .collect()
}

fn without_dates(text: &str) -> String {
    let mut last = ' ';
    let mut kept = String::new();
    for c in text.chars() {
        let is_date = "年月日".contains(c) && last.is_ascii_digit();
        if is_han(c) && !is_date {
            kept.push(c);
        }
        last = c;
    }
    kept
}

/// Returns whether words before an amount name nothing but the project, its units and the fund.
pub fn is_whole(near: &str, names: &[String]) -> bool {
    let mut rest = without_dates(near);
    for name in names.iter().filter(|name| name.chars().count() >= 2) {
        rest = rest.replace(name.as_str(), "");
    }
    let rest = without_fund_words(rest);
    const LEAST: usize = 2;
    // What is left may be a part of the project's name: 中小企业专项 of 工信局2023年中小企业专项.
    rest.is_empty()
        || (rest.chars().count() >= LEAST
            && names
                .iter()
                .any(|name| without_fund_words(name.clone()).contains(&rest)))
}

fn without_fund_words(mut text: String) -> String {
    for word in FUND_WORDS {
        if text.contains(word) {
            text = text.replace(word, "");
        }
    }
    text
}

/// Words that name the fund as a whole, its state and time; the longer first.
const FUND_WORDS: [&str; 167] = [
    "财政拨款",
    "上级补助",
    "上级下达",
    "财政资金",
    "财政预算",
    "专项资金",
    "专项经费",
    "项目资金",
    "预算资金",
    "资金总额",
    "支出总额",
    "执行进度",
    "支出进度",
    "完成预算",
    "授权支付",
    "直接支付",
    "财政拨付",
    "预算指标",
    "年初预算",
    "财政厅",
    "财政局",
    "省财政",
    "市财政",
    "县财政",
    "区财政",
    "财政部",
    "预算数",
    "执行数",
    "到位率",
    "执行率",
    "支付率",
    "使用率",
    "支出率",
    "完成率",
    "拨付率",
    "未使用",
    "总投资",
    "县本级",
    "市本级",
    "省本级",
    "区本级",
    "本单位",
    "本部门",
    "我单位",
    "我中心",
    "我部门",
    "其中",
    "截至",
    "截止",
    "全年",
    "年度",
    "年初",
    "年末",
    "年底",
    "当年",
    "本年",
    "期末",
    "项目",
    "专项",
    "资金",
    "经费",
    "预算",
    "安排",
    "批复",
    "下达",
    "核定",
    "调整",
    "实际",
    "到位",
    "到账",
    "使用",
    "支出",
    "支付",
    "拨付",
    "执行",
    "兑付",
    "开支",
    "列支",
    "结余",
    "结转",
    "剩余",
    "财政",
    "总额",
    "总计",
    "合计",
    "累计",
    "共计",
    "金额",
    "完成",
    "全部",
    "已经",
    "我局",
    "我委",
    "单位",
    "部门",
    "投入",
    "情况",
    "管理",
    "余额",
    "数额",
    "尚未",
    "本级",
    "上级",
    "县级",
    "市级",
    "省级",
    "当期",
    "本期",
    "期间",
    "拨款",
    "补助",
    "补贴",
    "区级",
    "镇级",
    "乡级",
    "收到",
    "决算",
    "节余",
    "投资",
    "筹集",
    "落实",
    "拨入",
    "足额",
    "及时",
    "按时",
    "目前",
    "用款",
    "额度",
    "指标",
    "我院",
    "我校",
    "我镇",
    "我乡",
    "我站",
    "我所",
    "该局",
    "核实",
    "月底",
    "收支",
    "比例",
    "后",
    "共",
    "总",
    "该",
    "本",
    "已",
    "为",
    "是",
    "达",
    "了",
    "的",
    "均",
    "由",
    "数",
    "额",
    "和",
    "至",
    "有",
    "及",
    "仅",
    "只",
    "其",
    "金",
    "底",
    "末",
    "初",
    "占",
];
