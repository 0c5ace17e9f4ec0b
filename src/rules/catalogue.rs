//! All rules on one page.

use super::registry;

/// The page of every rule one after another, under a list of them all: markdown, in Chinese.
pub fn catalogue() -> String {
    let mut text = String::from(
        "# 核对规则\n\n\
         本页由 `cargo run --example make_rules_page` 从各条规则自己的说明生成，请不要手工修改。\n\n\
         错误：数字对不上，必须修改。预警：数字可疑，须说明或复核。提示：写法或完整性上值得留意。\n\
         需人工判断：规则定不了，只列出来请人看，不算问题。\n\
         示例表中 `<<` 表示与左边一格合并，`^^` 表示与上面一格合并。\n\n\
         | 编号 | 级别 | 规则 | 名称 |\n|---|---|---|---|\n",
    );
    for rule in registry() {
        text.push_str(&format!(
            "| {} | {} | {} | `{}` |\n",
            rule.code,
            rule.level_title(),
            rule.title,
            rule.slug
        ));
    }
    for rule in registry() {
        text.push('\n');
        for line in rule.page.trim_end().lines() {
            // A page's own headings go one level down.
            if line.starts_with('#') {
                text.push('#');
            }
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}
