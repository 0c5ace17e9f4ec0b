//! Writes `docs/rules.md`, the index of all rules; each rule's page stands beside it.

use hebiao::internals::families;

const HEAD: &str = "# 核对规则

本页由 `cargo run --example make_rules_page` 生成，请不要手工修改。点规则名看它的说明，`hebiao explain 编号` 显示的也是它。

错误：数字对不上，必须修改。预警：数字可疑，须说明或核实。提示：写法或完整性上值得留意。
需人工判断：规则定不了，只列出来请人看，不算问题。
说明里的示例表中，`<<` 表示与左边一格合并，`^^` 表示与上面一格合并。
K、L 两组由 `hebiao summarize` 在汇总时核对，示例一行是一项指标，同一文件（或同一单位、项目、年度）的各行是一张表；
有两个年度时，较早的是上年的结果；“名单”是应报名单。
";

/// Returns the index in markdown.
pub fn index() -> String {
    let mut page = String::from(HEAD);
    for family in families::of_tables() {
        heading(&mut page, family.letter, family.title);
        for rule in family.rules {
            let folder = format!("src/rules/{}", family.folder);
            line(&mut page, rule.code, rule.level_title(), rule.title, rule.slug, &folder);
        }
    }
    for family in families::between_tables() {
        heading(&mut page, family.letter, family.title);
        for rule in family.rules {
            let folder = format!("src/summary/rules/{}", family.folder);
            line(
                &mut page,
                rule.code,
                rule.severity.title(),
                rule.title,
                rule.slug,
                &folder,
            );
        }
    }
    page
}

fn heading(page: &mut String, letter: char, title: &str) {
    page.push_str(&format!(
        "\n## {letter} {title}\n\n| 编号 | 级别 | 规则 | 名称 |\n|---|---|---|---|\n"
    ));
}

fn line(page: &mut String, code: &str, level: &str, title: &str, slug: &str, folder: &str) {
    page.push_str(&format!(
        "| {code} | {level} | [{title}](../{folder}/{slug}.md) | `{slug}` |\n"
    ));
}

#[allow(dead_code, reason = "the test that holds the index fresh takes `index` from here")]
fn main() -> std::io::Result<()> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    std::fs::write(path, index())
}
