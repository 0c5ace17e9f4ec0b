//! `hebiao rules check`: rules of one's own, each tried on its own examples.

use hebiao::model::Severity;
use hebiao::own_rules::{Example, OwnRule, Trial};
use serde::Serialize;

use super::Stop;
use super::arguments::{Format, RulesCheck};
use super::exit::Outcome;
use super::output::Output;
use super::rule_files;
use super::text::{bold, one_line, terminal_width, wrap};

/// One rule in `rules check --format json`.
#[derive(Debug, Serialize)]
struct Checked<'a> {
    code: &'a str,
    rule: &'a str,
    title: &'a str,
    severity: Severity,
    file: &'a str,
    passed: bool,
    /// What the rule says of its wrong example.
    wrong: Vec<String>,
    /// What it says of its right example.
    right: Vec<String>,
}

/// Reads the rules and tries each. One that does not do as its examples say makes the exit code 1.
pub fn run(arguments: &RulesCheck) -> Result<Outcome, Stop> {
    let rules = rule_files::rules_at(&arguments.paths)?;
    let width = terminal_width();
    let mut text = String::new();
    let mut all = Vec::new();
    let mut failed = 0;
    for rule in rules.all() {
        let trials = rule.try_examples();
        let passed = trials.iter().all(|trial| trial.is_as_it_should_be);
        failed += usize::from(!passed);
        text.push_str(&told(rule, &trials, passed, width));
        let said = |example| {
            let trial = trials.iter().find(|trial| trial.example == example);
            trial.map(messages).unwrap_or_default()
        };
        all.push(Checked {
            code: &rule.code,
            rule: &rule.slug,
            title: &rule.title,
            severity: rule.severity,
            file: &rule.file,
            passed,
            wrong: said(Example::Wrong),
            right: said(Example::Right),
        });
    }
    if arguments.format.format == Format::Json {
        Output::plain().json(&all)?;
    } else {
        let verdict = match failed {
            0 => "正误例都符合".to_owned(),
            failed => format!("{failed} 条的正误例不符合"),
        };
        text.push_str(&format!("共 {} 条规则，{verdict}。\n", all.len()));
        Output::plain().print(&text)?;
    }
    Ok(Outcome {
        found: failed > 0,
        ..Outcome::default()
    })
}

fn told(rule: &OwnRule, trials: &[Trial], passed: bool, width: usize) -> String {
    let verdict = if passed { "符合" } else { "不符合" };
    let head = format!("{} {}（{}）：{verdict}", rule.code, rule.title, rule.severity.title());
    let mut text = format!("{}\n", bold(&one_line(&head)));
    for trial in trials {
        let said = messages(trial);
        let (name, wanting) = match trial.example {
            Example::Wrong => ("错误示例", "没有查出问题，请检查 must、when 和 wrong"),
            Example::Right => ("正确示例", "没有查出问题"),
        };
        if said.is_empty() {
            text.push_str(&wrap(&format!("{name}：{wanting}"), 2, width));
        }
        for message in said {
            text.push_str(&wrap(&format!("{name}：{message}"), 2, width));
        }
    }
    text
}

fn messages(trial: &Trial) -> Vec<String> {
    let findings = trial.found.discrepancies.iter();
    let findings = findings.map(|finding| format!("查出 {}：{} {}", finding.cell, finding.message, finding.suggestion));
    let undecided = trial.found.for_review.iter().map(|entry| entry.message.clone());
    findings.chain(undecided).collect()
}
