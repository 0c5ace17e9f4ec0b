//! A checked file as text: the two verdicts of each table, then its findings, aligned.

use hebiao::grid::Confirmation;
use hebiao::internals::plain;
use hebiao::model::{Grade, LostContent, RescoringItem, RescoringMethod, Severity, continued_text};
use hebiao::report::{FileReport, SetAside, SetAsideBy, TableReport, Totals, guess_sentence, unknown_headers_sentence};
use rust_decimal::Decimal;

use super::finding_lists::{finding_list, item_list, manual_list, review_list, shortened};
use super::text::{bold, dim, one_line, wrap};

/// Unread cells named one by one; `inspect` lists them all.
const UNREAD_NAMED: usize = 5;

const BASELINE_HAS: &str = "基线已有";

/// How much `check` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// 1 leaves the verdicts out, 2 everything.
    pub quiet: u8,
    /// Whether to tell how each score was found.
    pub trace: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// Everything that `check` says about a file with tables.
pub fn file_text(report: &FileReport, wanted: Wanted) -> String {
    let Wanted { quiet, trace, width } = wanted;
    let has_findings = report.tables.iter().any(|table| !table.discrepancies.is_empty());
    if quiet > 1 || (quiet == 1 && !has_findings) {
        return String::new();
    }
    let mut text = format!("{}\n", bold(&one_line(&report.file)));
    if let Some(confirmation) = report.reading_confirmed.as_ref().filter(|_| quiet == 0) {
        text.push_str(&wrap(&format!("双读核对：{}", confirmed(confirmation)), 2, width));
    }
    for table in &report.tables {
        if quiet == 1 && table.discrepancies.is_empty() {
            continue;
        }
        text.push_str(&format!(
            "  工作表“{}” {}{}  {}\n",
            one_line(&table.sheet),
            table.range,
            one_line(&continued_text(&table.continued)),
            table.kind.title()
        ));
        if quiet == 0 {
            text.push_str(&wrap(&read_completely(table, &report.losses), 2, width));
            for line in headers_in_doubt(table) {
                text.push_str(&wrap(&line, 2, width));
            }
            text.push_str(&wrap(&consistent(table), 2, width));
            if let Some(why) = &table.rescoring.standard_picked {
                let line = format!(
                    "评价标准：{}，因{why}自动选用；要用别的，加 --standard 名称",
                    table.rescoring.standard
                );
                text.push_str(&wrap(&line, 2, width));
            }
        }
        if quiet == 0
            && let Some(held) = &table.held_against
        {
            text.push_str(&wrap(&held.sentence(), 2, width));
        }
        if !table.discrepancies.is_empty() {
            text.push('\n');
            text.push_str(&finding_list(&table.discrepancies, width));
        }
        if quiet == 0 {
            text.push_str(&review_list(&table.for_review, width));
        }
        if trace {
            text.push_str(&item_list("各项得分的计算", table, width, |_| true));
        } else if quiet == 0 {
            let is_manual = |item: &RescoringItem| item.method == RescoringMethod::Manual;
            text.push_str(&manual_list(table, width, is_manual));
        }
        text.push('\n');
    }
    if quiet == 0 {
        for sheet in &report.skipped_sheets {
            let line = format!("未核对的工作表“{}”：{}", one_line(&sheet.sheet), sheet.reason);
            text.push_str(&dim(&wrap(&line, 2, width)));
        }
        if !report.skipped_sheets.is_empty() {
            text.push('\n');
        }
    }
    text
}

/// First verdict: has every filled cell been taken?
fn read_completely(table: &TableReport, losses: &[LostContent]) -> String {
    let coverage = &table.coverage;
    let losses: Vec<String> = losses
        .iter()
        .filter(|loss| {
            loss.sheet
                .as_ref()
                .is_none_or(|sheet| table.sheets().any(|own| own == sheet))
        })
        .map(loss_text)
        .collect();
    let mut line = if coverage.unread.is_empty() {
        format!("读取是否完整：完整。{} 个有字格全部读入", coverage.filled)
    } else {
        let unread = coverage.unread.len();
        let named: Vec<String> = coverage
            .unread
            .iter()
            .take(UNREAD_NAMED)
            .map(|cell| format!("{}“{}”", cell.cell, shortened(&cell.text)))
            .collect();
        let rest = if unread > UNREAD_NAMED { " 等" } else { "" };
        format!(
            "读取是否完整：不完整。{} 个有字格中 {} 个已读入，{unread} 个未读：{}{rest}",
            coverage.filled,
            coverage.filled.saturating_sub(unread),
            named.join("、"),
        )
    };
    if !losses.is_empty() {
        line.push_str(&format!("；另有 {} 处须留意：{}", losses.len(), losses.join("；")));
    }
    line
}

/// Headers that were guessed, each with what it was taken for; and those not known, with the line that teaches them.
fn headers_in_doubt(table: &TableReport) -> Vec<String> {
    let guessed = table.guessed.iter().map(guess_sentence);
    guessed
        .chain(unknown_headers_sentence(&table.unknown_headers))
        .collect()
}

/// Returns what the second reader says of the reading. The differences themselves are among what is to be heeded.
pub fn confirmed(confirmation: &Confirmation) -> String {
    one_line(&confirmation.sentence())
}

/// Second verdict: do the figures agree?
fn consistent(table: &TableReport) -> String {
    let totals = Totals::of(&table.discrepancies);
    let counts = [totals.errors, totals.warnings, totals.infos].map(|level| level.found);
    let known = table
        .set_aside
        .iter()
        .filter(|it| it.by == SetAsideBy::Baseline)
        .count();
    let verdict = match counts {
        // What an earlier run found is still there: the figures do not agree.
        [0, 0, 0] if known > 0 => format!("没有新问题（基线已有 {known} 项）"),
        [0, 0, _] if known > 0 => format!(
            "没有新的错误和预警，新有{}（基线已有 {known} 项）",
            totals.infos.text(Severity::Info)
        ),
        [0, 0, 0] if table.set_aside.iter().any(|it| it.by == SetAsideBy::Options) => "没有要列的问题".to_owned(),
        [0, 0, 0] => "一致。没有发现问题".to_owned(),
        [0, 0, _] => format!("一致。另有{}", totals.infos.text(Severity::Info)),
        [0, ..] => format!("有疑点。{}", totals.text()),
        _ => format!("不一致。{}", totals.text()),
    };
    let is_known_told = known > 0 && matches!(counts, [0, 0, _]);
    let verdict = match set_aside(&table.set_aside, is_known_told) {
        Some(text) => format!("{verdict}；{text}"),
        None => verdict,
    };
    let verdict = match table.checks_not_run {
        0 => verdict,
        count => format!("{verdict}；另有 {count} 处因上述问题不再判断"),
    };
    let rescoring = &table.rescoring;
    let points = |value: Option<Decimal>| value.map_or("无".to_owned(), plain);
    let mut line = format!("数据是否一致：{verdict}");
    if rescoring.declared_total.is_none() && rescoring.sum_of_scores.is_none() {
        line.push_str("；本表没有得分，不作复算");
    } else {
        line.push_str(&format!(
            "；总分申报 {}、复算 {}；等次申报 {}、复算 {}",
            points(rescoring.declared_total),
            rescoring.rescored_total_text(),
            rescoring.declared_grade.map_or("无", Grade::title),
            rescoring.rescored_grade_text(),
        ));
    }
    let manual = rescoring
        .items
        .iter()
        .filter(|item| item.method == RescoringMethod::Manual)
        .count();
    if manual > 0 {
        line.push_str(&format!("；{manual} 项得分无法按规则判定，需人工判断"));
    }
    line
}

/// Returns how many findings were set aside, if any; those of the baseline only where they are not told already.
fn set_aside(findings: &[SetAside], is_baseline_told: bool) -> Option<String> {
    let count = |by: SetAsideBy| findings.iter().filter(|finding| finding.by == by).count();
    let parts = [
        (count(SetAsideBy::Settings), "按设置忽略"),
        (count(SetAsideBy::Baseline), BASELINE_HAS),
        (count(SetAsideBy::Options), "按选项不列"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, how)| *count > 0 && !(is_baseline_told && *how == BASELINE_HAS))
        .map(|(count, how)| format!("{how} {count} 项"))
        .collect();
    (!parts.is_empty()).then(|| parts.join("，"))
}

fn loss_text(loss: &LostContent) -> String {
    let message = one_line(&loss.message);
    loss.cell
        .map_or_else(|| message.clone(), |cell| format!("{cell} {message}"))
}
