//! Lines of text around a table that belong to it: its title and form lines above, its remarks below.
//!
//! A report has many lines before a table; only those that look like a table's own are taken. It knows how such lines
//! look, not what they mean.

/// Lines looked at on either side.
const LINES: usize = 10;

/// Returns how many of the lines just before a table are its title and form lines. Blank lines count with them.
pub(in crate::read) fn lines_before(lines: &[String]) -> usize {
    let mut taken = 0;
    for (index, line) in lines.iter().rev().enumerate().take(LINES) {
        let line = compact(line);
        if line.is_empty() {
            continue;
        }
        if is_title(&line) {
            return index + 1;
        }
        if !is_form_line(&line) {
            break;
        }
        taken = index + 1;
    }
    taken
}

/// Returns how many of the lines just after a table are its remarks and signatures.
pub(in crate::read) fn lines_after(lines: &[String]) -> usize {
    let mut taken = 0;
    let mut in_remark = false;
    for (index, line) in lines.iter().enumerate().take(LINES) {
        let line = compact(line);
        if line.is_empty() {
            continue;
        }
        // 一、 and （一） number the chapters of a report.
        let is_chapter = line.trim_start_matches('(').starts_with(is_chinese_digit);
        let continues = in_remark && starts_with_number(&line) && !is_chapter;
        if is_remark(&line) {
            in_remark = true;
        } else if !continues && !is_signature_line(&line) {
            break;
        }
        taken = index + 1;
    }
    taken
}

fn compact(line: &str) -> String {
    line.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}'))
        .map(|c| match c {
            '：' => ':',
            '（' => '(',
            '）' => ')',
            other => other,
        })
        .collect()
}

fn is_title(line: &str) -> bool {
    let named = ["绩效", "评价", "自评"].iter().any(|word| line.contains(word));
    line.chars().count() <= 60
        && named
        && (line.contains('表') || !starts_with_number(line))
        && !line.contains(['。', '；', '，', ':'])
        && !line.ends_with("报告")
        && !is_remark(line)
}

/// `（2023年度）`, `单位：万元`, `填报单位：某局　填报日期：…`, `附件1`.
fn is_form_line(line: &str) -> bool {
    let inner = line.trim_matches(['(', ')']);
    let is_year = inner.chars().count() <= 8 && (inner.ends_with("年度") || inner.ends_with('年'));
    let is_mark = line.chars().count() <= 12 && (line.starts_with("附件") || line.starts_with("附表"));
    is_year || is_mark || is_signature_line(line)
}

/// Returns a short label and its value, on one line: `填报人：张三　联系电话：…`.
fn is_signature_line(line: &str) -> bool {
    const LABELS: [&str; 16] = [
        "单位",
        "部门",
        "填报",
        "填表",
        "日期",
        "时间",
        "负责人",
        "联系",
        "电话",
        "项目名称",
        "经办",
        "审核",
        "编号",
        "年度",
        "评价人",
        "签字",
    ];
    line.chars().count() <= 80
        && !line.contains(['。', '；'])
        && line
            .split_once(':')
            .is_some_and(|(label, _)| label.chars().count() <= 12 && LABELS.iter().any(|word| label.contains(word)))
}

fn is_remark(line: &str) -> bool {
    [
        "注:",
        "注.",
        "注1",
        "注2",
        "注①",
        "备注",
        "说明:",
        "填表说明",
        "填报说明",
        "*",
        "※",
    ]
    .iter()
    .any(|start| line.starts_with(start))
}

fn is_chinese_digit(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// `1.`, `2、`, `（3）`, `一、`, `①`.
fn starts_with_number(line: &str) -> bool {
    let mut chars = line.chars().skip_while(|c| *c == '(').peekable();
    let is_digit = |c: char| c.is_ascii_digit() || is_chinese_digit(c);
    match chars.peek() {
        Some(c) if ('①'..='⑳').contains(c) => return true,
        Some(c) if is_digit(*c) => {}
        _ => return false,
    }
    chars
        .find(|c| !is_digit(*c))
        .is_some_and(|c| matches!(c, '、' | '.' | '．' | ')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_title_is_told_from_the_report_before_it() {
        let report = lines(&[
            "七、其他需要说明的问题",
            "无",
            "",
            "附件",
            "某局2023年专项项目绩效评价表",
        ]);
        assert_eq!(lines_before(&report), 1);
        assert_eq!(lines_before(&lines(&["通过绩效评价，项目得分96分。"])), 0);
        assert_eq!(lines_before(&lines(&["四、绩效评价指标分析"])), 0);
        assert_eq!(
            lines_before(&lines(&[
                "正文。",
                "项目支出绩效自评表",
                "（2023年度）",
                "",
                "单位：万元"
            ])),
            4
        );
        assert_eq!(lines_before(&[]), 0);
    }

    #[test]
    fn remarks_below_are_told_from_the_next_chapter() {
        assert_eq!(
            lines_after(&lines(&["", "注：1.定量指标……", "2.定性指标……", "二、下一章"])),
            3
        );
        assert_eq!(lines_after(&lines(&["填报人：张三 联系电话：123", "本页无正文"])), 1);
        assert_eq!(lines_after(&lines(&["2.不是备注"])), 0);
    }
}
