//! Whether a table's title says which project it evaluates: 农村公路养护项目支出绩效自评表.

use crate::model::Evaluation;
use crate::text::keys::match_key;

/// What is done to a project: the title's words from here on are the form's.
const OF_FORM: [&str; 4] = ["绩效", "自评", "评价", "自查"];

/// How what is evaluated ends.
const PROJECTS: [&str; 10] = [
    "项目",
    "项目支出",
    "专项",
    "资金",
    "工程",
    "经费",
    "补助",
    "政策",
    "专项支出",
    "行动",
];

/// Words that a title has whatever it evaluates, longer ones first.
const GENERAL: [&str; 72] = [
    "附件",
    "附表",
    "样表",
    "参考表",
    "业务类",
    "纳入",
    "万元",
    "以上",
    "以下",
    "结转",
    "追加",
    "公共",
    "所有",
    "试点",
    "管理",
    "国有资本经营",
    "共同财政事权",
    "特定目标类",
    "其他运转类",
    "运转类",
    "人员类",
    "公用类",
    "经常性",
    "一次性",
    "延续性",
    "新增",
    "直属",
    "省直",
    "市直",
    "县直",
    "区直",
    "各",
    "一般公共预算",
    "政府性基金",
    "转移支付",
    "项目支出",
    "专项资金",
    "省对下",
    "市对下",
    "对地方",
    "专项债券",
    "区域",
    "项目",
    "专项",
    "资金",
    "支出",
    "经费",
    "政策",
    "部门",
    "单位",
    "预算",
    "财政",
    "政府",
    "中央",
    "地方",
    "省级",
    "市级",
    "县级",
    "区级",
    "州级",
    "本级",
    "上级",
    "一级",
    "二级",
    "重点",
    "一般",
    "其他",
    "年度",
    "整体",
    "补助",
    "工程",
    "行动",
];

/// How units and places end: a title that names one alone says nothing of the project.
const UNITS: [&str; 38] = [
    "政府", "兵团", "系统", "单位", "部门", "段", "局", "委", "会", "办", "厅", "院", "室", "部", "处", "所", "站",
    "校", "学", "园", "馆", "队", "社", "公司", "集团", "中心", "机关", "街道", "省", "市", "县", "区", "州", "旗",
    "镇", "乡", "村", "盟",
];

/// Signs of years, numbers and veils, by which no name is told.
const NUMBERING: [char; 15] = [
    '年', '某', '表', '〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十',
];

/// Returns whether the title names a project beside the form, its year and its unit.
pub fn title_names_project(evaluation: &Evaluation) -> bool {
    /// Characters of the shortest name.
    const SHORTEST: usize = 3;
    let Some(title) = &evaluation.title else { return false };
    let title = match_key(&title.value);
    // A veiled name is none.
    if title.contains('×') || title.contains("xx") {
        return false;
    }
    let Some(end) = OF_FORM.iter().filter_map(|word| title.find(word)).min() else {
        return false;
    };
    let (named, _) = title.split_at(end);
    let mut named: String = named.chars().filter(|c| c.is_alphanumeric()).collect();
    for unit in [&evaluation.department, &evaluation.implementing_unit]
        .into_iter()
        .flatten()
    {
        named = named.replace(&*match_key(&unit.value), "");
    }
    let before = PROJECTS
        .iter()
        .filter_map(|end| named.strip_suffix(end))
        .min_by_key(|before| before.len());
    let Some(before) = before else { return false };
    if UNITS.iter().any(|end| before.ends_with(end)) {
        return false;
    }
    for word in GENERAL {
        named = named.replace(word, "");
    }
    // The year, and what veils a name.
    let name: String = named
        .chars()
        .filter(|c| !c.is_ascii_alphanumeric() && !NUMBERING.contains(c))
        .collect();
    name.chars().count() >= SHORTEST && !UNITS.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::CellAddress;
    use crate::model::Field;

    #[test]
    fn a_title_names_its_project_or_only_the_form() {
        let names = |title: &str| {
            let field = |text: &str| Some(Field::new(text.to_owned(), text, CellAddress::new(0, 0)));
            let evaluation = Evaluation {
                title: field(title),
                department: field("某县交通运输局"),
                ..Evaluation::default()
            };
            title_names_project(&evaluation)
        };
        for title in [
            "农村公路养护项目支出绩效自评表",
            "2024年度农村公路养护项目绩效自评表",
            "某县交通运输局2024年农村公路养护补助资金绩效自评表",
            "“农村公路养护”项目绩效自评表",
        ] {
            assert!(names(title), "{title}");
        }
        for title in [
            "项目支出绩效自评表",
            "某县2024年度项目支出绩效自评表",
            "某县交通运输局项目支出绩效自评表",
            "某县公路局项目支出绩效自评表",
            "省级财政专项资金绩效自评表",
            "转移支付区域（项目）绩效目标自评表",
            "XX项目绩效自评表",
            "××县农村公路养护项目绩效自评表",
            "农村公路养护情况表",
            "附件2：项目支出绩效自评表",
            "二〇二四年度项目支出绩效自评表",
            "信丰项目支出绩效自评表",
            "新田镇人民政府项目支出绩效自评表",
            "50万元以上项目绩效自评表",
        ] {
            assert!(!names(title), "{title}");
        }
    }
}
