//! J12: the report names its attachment otherwise than the attachment is headed.

use crate::prose::{Folded, SectionRole};
use crate::rules::kit::report_names::BASIS;
use crate::rules::kit::report_names::first_cell;
use crate::rules::{Finding, Findings, RuleContext};

rule! { "J12", "attachment-named-otherwise", "附件名称前后不一", Info, ReportText }

fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(report) = &context.report else { return };
    let Some((place, start, end, name)) = mentioned(context) else {
        return;
    };
    // Several attachments cannot be told apart by one mention.
    let headings: Vec<_> = report.section(SectionRole::Attachment).collect();
    let heads = headings
        .iter()
        .filter(|(_, paragraph)| paragraph.heading.as_ref().is_some_and(|heading| heading.level == 0))
        .count();
    if heads > 1 {
        return;
    }
    let in_text = headings
        .iter()
        .map(|(_, paragraph)| plain_title(paragraph.folded.as_str()))
        .find(|title| title.contains('表'));
    let in_table = context
        .evaluation()
        .title
        .as_ref()
        .map(|title| plain_title(Folded::new(&title.value).as_str()));
    let Some(real) = in_text.or(in_table).filter(|real| !real.is_empty()) else {
        return;
    };
    let wanted = plain_title(&name);
    if wanted.is_empty() || real.contains(&wanted) || wanted.contains(&real) {
        return;
    }
    let cell = context
        .evaluation()
        .title
        .as_ref()
        .map_or_else(|| first_cell(context), |title| title.cell);
    findings.report(
        Finding::new(
            cell,
            format!("正文提到的附件名称应与附件的标题一致；正文写“{name}”，附件（{cell}）的标题是“{real}”。"),
            "把正文中的附件名称改为附件的标题。",
        )
        .declared(name.clone())
        .expected(real.clone())
        .basis(BASIS)
        .quote(report.quote_of(place, (start, end), (start, end))),
    );
}

/// Returns the first mention `附件：某某表` outside the attachments: paragraph, bytes and name.
fn mentioned(context: &RuleContext) -> Option<(usize, usize, usize, String)> {
    const LONGEST: usize = 40;
    let report = context.report.as_ref()?;
    report.part.paragraphs().find_map(|(index, paragraph)| {
        if paragraph.role == SectionRole::Attachment {
            return None;
        }
        let text = paragraph.folded.as_str();
        let at = text.find("附件")?;
        let rest = text
            .get(at + "附件".len()..)?
            .trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = rest.strip_prefix('：')?.trim_start_matches('《');
        let end = rest.find(['》', ')', '。', '，', '；']).unwrap_or(rest.len());
        let name = rest
            .get(..end)
            .filter(|name| name.contains('表') && name.chars().count() <= LONGEST)?;
        let start_of_name = text.len() - rest.len();
        Some((index, at, start_of_name + end, name.to_owned()))
    })
}

/// Returns a title without brackets and marks.
fn plain_title(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
