//! `hebiao completions` and `hebiao man`: made of the definition that the help is made of.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::hebiao;

#[test]
fn each_shell_learns_the_commands_and_their_options() {
    for (shell, sign) in [
        ("bash", "complete -F _hebiao"),
        ("zsh", "#compdef hebiao"),
        ("fish", "complete -c hebiao"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let run = hebiao(&["completions", shell]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{shell}");
        for needle in [sign, "convert", "summarize", "fail-on", "completions"] {
            assert!(run.stdout.contains(needle), "{needle} for {shell}");
        }
        assert!(
            !run.stdout.contains("read-workbook"),
            "{shell} offers what is not for people"
        );
    }
    let zsh = hebiao(&["completions", "zsh"]).stdout;
    assert!(zsh.contains("核对表格，列出问题"));
}

#[test]
fn a_shell_that_is_not_known_is_refused_with_those_that_are() {
    let run = hebiao(&["completions", "elvish"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("可以是：bash、zsh、fish、powershell"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_manual_page_holds_every_command_in_chinese() {
    let run = hebiao(&["man"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains(".TH hebiao 1"));
    for heading in [
        "名称",
        "用法",
        "命令",
        "选项",
        "\"hebiao check\"",
        "\"hebiao forms check\"",
        "\"hebiao man\"",
    ] {
        assert!(run.stdout.contains(&format!(".SH {heading}\n")), "{heading}");
    }
    assert!(run.stdout.contains("退出码"));
    for english in [
        ".SH NAME",
        ".SH OPTIONS",
        ".SH SUBCOMMANDS",
        ".SH EXTRA",
        "read-workbook",
        "Print help",
        "hebiao\\-check(1)",
        "subcommands",
    ] {
        assert!(!run.stdout.contains(english), "{english}");
    }
}
