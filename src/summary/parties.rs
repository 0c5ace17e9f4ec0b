//! Who is named in a text: companies and cooperatives, by the endings of their names. Persons are left alone.

/// Names of companies and cooperatives in a text.
pub fn parties(text: &str) -> Vec<String> {
    const ENDINGS: [&str; 4] = ["有限责任公司", "股份有限公司", "有限公司", "专业合作社"];
    const LONGEST: usize = 24;
    const SHORTEST: usize = 6;
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((at, ending)) = ENDINGS
        .iter()
        .filter_map(|ending| Some((rest.find(ending)?, *ending)))
        .min_by_key(|(at, ending)| (*at, std::cmp::Reverse(ending.len())))
    {
        let (before, after) = rest.split_at_checked(at + ending.len()).unwrap_or((rest, ""));
        let is_of_name = |c: &char| c.is_alphanumeric() || "（）()".contains(*c);
        let name: Vec<char> = before.chars().rev().take_while(is_of_name).take(LONGEST).collect();
        let name: String = name.into_iter().rev().collect();
        let name = without_lead(&name);
        if name.chars().count() >= SHORTEST + ending.chars().count() / 2 {
            names.push(name.to_owned());
        }
        rest = after;
    }
    names
}

/// 支持某某有限公司 names 某某有限公司.
fn without_lead(name: &str) -> &str {
    const LEADS: [&str; 14] = [
        "补助给",
        "补助",
        "支持",
        "扶持",
        "奖励",
        "资助",
        "委托",
        "拨付给",
        "拨付",
        "完成",
        "对",
        "向",
        "给",
        "由",
    ];
    LEADS.iter().find_map(|lead| name.strip_prefix(lead)).unwrap_or(name)
}
