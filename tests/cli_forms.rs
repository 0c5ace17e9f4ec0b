//! Users' own wordings and forms: `--forms`, `hebiao forms` and `hebiao forms check`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{CLEAN, Folder, SEED, Table, hebiao};

const SAMPLES: &str = "samples/forms";
const WORDS: &str = "samples/forms/本县词汇.toml";
const FORM: &str = "samples/forms/本县资助事项表.toml";

/// A table in the wording of the sample vocabulary, which nobody else uses.
fn county() -> Table {
    let mut table = Table::new("成果表", &[]);
    table.set("A1", "资助事项成果表").merge("A1:G1");
    table.set("A2", "资助事项").set("B2", "道路维修").merge("B2:G2");
    let header = [
        "一级指标",
        "二级指标",
        "三级指标",
        "约定成果",
        "兑现成果",
        "本项应记分",
        "本项实记分",
    ];
    for (column, text) in ('A'..).zip(header) {
        table.set(&format!("{column}3"), text);
    }
    for (column, text) in ('A'..).zip(["产出指标", "数量指标", "维修里程", "≥10公里", "12公里"]) {
        table.set(&format!("{column}4"), text);
    }
    table.set("F4", 100).set("G4", 100);
    table.set("A5", "总分").merge("A5:E5").set("F5", 100).set("G5", 100);
    table
}

/// Standard error of `forms check` on a file of this content, its path shortened to the name.
fn refused(text: &str) -> String {
    let folder = Folder::new();
    let path = folder.file("错.toml", text.as_bytes());
    let run = hebiao(&["forms", "check", &path]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{text}");
    run.stderr.replace(&path, "错.toml")
}

#[test]
fn a_users_wordings_make_a_table_readable() {
    let folder = Folder::new();
    let path = folder.table("成果表.xlsx", &county());
    assert_eq!(hebiao(&["check", &path]).code, 3);
    let file = hebiao(&["check", "--format", "json", "--forms", SAMPLES, &path]).file();
    let table = &file["tables"][0];
    assert_eq!(table["kind"], "project_self_evaluation");
    assert_eq!(table["evaluation"]["project_name"]["value"], "道路维修");
    assert_eq!(table["evaluation"]["indicators"][0]["target"]["cell"], "D4");
    assert_eq!(table["evaluation"]["indicators"][0]["score"]["value"], 100);
    assert_eq!(table["coverage"]["unread"], serde_json::json!([]));

    let inspected = hebiao(&["inspect", "--forms", SAMPLES, &path]);
    assert!(
        inspected.stdout.contains("资助事项成果表（county-grant）"),
        "{}",
        inspected.stdout
    );
    let out = folder.word("结果");
    let converted = hebiao(&["convert", "--forms", SAMPLES, "-o", &out, &path]);
    assert_eq!(converted.code, 0, "{}", converted.stderr);
}

#[test]
fn the_readings_of_known_tables_do_not_change() {
    for sample in [SEED, CLEAN] {
        let plain = hebiao(&["check", "--format", "json", sample]).stdout;
        assert_eq!(
            hebiao(&["check", "--format", "json", "--forms", SAMPLES, sample]).stdout,
            plain
        );
    }
}

#[test]
fn a_users_form_wins_ties() {
    let folder = Folder::new();
    let form = "name = \"own\"\ntitle = \"本单位自评表\"\nkind = \"other\"\nsource = \"本单位\"\n\
                [[sign]]\npoints = 45\nwhere = \"title\"\nany = [\"自评\"]\n";
    folder.file("own.toml", form.as_bytes());
    let inspected = hebiao(&["inspect", "--format", "json", "--forms", &folder.word(""), CLEAN]).json();
    assert_eq!(inspected["files"][0]["tables"][0]["form"], "own");
    assert_eq!(inspected["files"][0]["tables"][0]["kind"], "other");
    folder.file("own.toml", form.replace("45", "44").as_bytes());
    let inspected = hebiao(&["inspect", "--format", "json", "--forms", &folder.word(""), CLEAN]).json();
    assert_eq!(inspected["files"][0]["tables"][0]["form"], "project-self-evaluation");
}

#[test]
fn forms_lists_what_is_known() {
    let run = hebiao(&["forms"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    for needle in [
        "project-self-evaluation  项目支出绩效自评表  内置",
        "依据：财预〔2020〕10号 附件1",
        "+20 分：标题有 自评",
        "[indicator] 指标表头",
        "score：得分、",
    ] {
        assert!(run.stdout.contains(needle), "{needle} in\n{}", run.stdout);
    }
    let json = hebiao(&["forms", "--format", "json", "--forms", SAMPLES]).json();
    let forms = json["forms"].as_array().unwrap();
    assert_eq!(
        (&forms[0]["name"], &forms[0]["file"]),
        (&"county-grant".into(), &FORM.into())
    );
    assert_eq!(forms[0]["kind"], "project_self_evaluation");
    assert_eq!(
        forms[0]["sign"][0],
        serde_json::json!({"points": 40, "where": "title", "any": ["资助事项成果表"]})
    );
    assert!(forms.len() >= 5 && forms[1..].iter().all(|form| form["file"].is_null()));
    let target = json["concepts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|concept| concept["group"] == "indicator" && concept["name"] == "target")
        .unwrap();
    assert!(target["wordings"].as_array().unwrap().contains(&"约定成果".into()));
}

#[test]
fn the_help_of_forms_shows_both_file_shapes() {
    let run = hebiao(&["forms", "--help"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    for needle in [
        "hebiao forms check",
        "词汇文件",
        "[indicator]",
        "表式文件",
        "[[sign]]",
        "department_evaluation",
    ] {
        assert!(run.stdout.contains(needle), "{needle} in\n{}", run.stdout);
    }
}

#[test]
fn forms_check_lists_what_a_file_adds() {
    let run = hebiao(&["forms", "check", WORDS]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(
        run.stdout
            .contains("第 5 行 indicator.target：“约定成果”，读作“年度指标值”"),
        "{}",
        run.stdout
    );
    let json = hebiao(&["forms", "check", "--format", "json", FORM]).json();
    assert_eq!(
        (&json["form"]["name"], &json["trials"]),
        (&"county-grant".into(), &serde_json::json!([]))
    );

    let folder = Folder::new();
    let path = folder.file("已有.toml", "[indicator]\nscore = [\"得 分（分）\"]\n".as_bytes());
    let run = hebiao(&["forms", "check", &path]);
    assert!(
        run.stdout.contains("已经认得、不必再写的\n    第 2 行 indicator.score"),
        "{}",
        run.stdout
    );
}

#[test]
fn forms_check_tries_a_file_on_tables() {
    let folder = Folder::new();
    let path = folder.table("成果表.xlsx", &county());
    let run = hebiao(&["forms", "check", WORDS, "--on", &path, CLEAN]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    for needle in [
        "不用这个文件：\n    工作表“成果表”：没有认出",
        "用了这个文件：\n    工作表“成果表” A1:G5：认作",
        "用与不用这个文件，结果一样",
    ] {
        assert!(run.stdout.contains(needle), "{needle} in\n{}", run.stdout);
    }
    // The folder that holds the file may stand in --forms: the file is then not counted twice.
    let run = hebiao(&[
        "forms", "check", FORM, "--forms", SAMPLES, "--format", "json", "--on", &path,
    ]);
    let trial = &run.json()["trials"][0];
    assert_eq!(trial["without"]["tables"][0]["form"], "project-self-evaluation");
    assert_eq!(trial["with"]["tables"][0]["form"], "county-grant");

    let missing = hebiao(&["forms", "check", WORDS, "--on", "没有.xlsx"]);
    assert_eq!(missing.code, 3);
    assert!(missing.stderr.starts_with("没有.xlsx："), "{}", missing.stderr);
}

#[test]
fn a_mistake_in_a_vocabulary_names_file_line_and_key() {
    for (text, sentence) in [
        ("[indicators]\nscore = [\"甲乙\"]\n", "第 1 行 indicators：没有这一组"),
        (
            "\n[indicator]\nscor = [\"甲乙\"]\n",
            "第 3 行 indicator.scor：没有这一项，indicator 组里可以写的是：",
        ),
        (
            "[indicator]\nscore = \"甲乙\"\n",
            "第 2 行 indicator.score：须是列表，例如 [\"目标值\"]，现在是文字",
        ),
        ("[indicator]\nscore = []\n", "第 2 行 indicator.score：列表是空的"),
        (
            "[indicator]\nscore = [\n  \"甲乙\",\n  5,\n]\n",
            "第 4 行 indicator.score：列表里须是带引号的文字，现在有数字",
        ),
        (
            "[indicator]\nscore = [\"  \"]\n",
            "第 2 行 indicator.score：列表里有空的文字",
        ),
        (
            "[indicator]\nscore = [\"（分）\"]\n",
            "第 2 行 indicator.score：“（分）”去掉空格、标点和括号里的单位后有 0 个字",
        ),
        (
            "[indicator]\nscore = [\n  \"实际完 成值\",\n]\n",
            "第 3 行 indicator.score：“实际完 成值”已经是 indicator.actual 的写法，一种写法只能有一个意思",
        ),
        (
            "[indicator]\nscore = [\"甲乙丙\"]\nweight = [\"甲乙丙\"]\n",
            "已经是 indicator.",
        ),
        (
            "indicator = 3\n",
            "第 1 行 indicator：应写成 [indicator] 开头的一组，现在是数字",
        ),
        (
            "[indicator]\nscore = [“甲乙”]\n",
            "第 2 行 score：写法不符合 TOML 格式；这一行有全角的引号",
        ),
        ("[indicator]\nscore = [\"甲乙\"\n", "：写法不符合 TOML 格式"),
        (
            "[indicator]\nscore = [\"甲乙\"]\nscore = [\"丙丁\"]\n",
            "第 3 行 score：写了两次",
        ),
        (
            "[[fund_source]]\nsource = \"money\"\nwords = [\"甲乙\"]\n",
            "第 2 行 fund_source.source：不能取“money”，可以是：carryover、",
        ),
        (
            "[[fund_source]]\nwords = [\"甲乙\"]\n",
            "第 1 行 fund_source.source：缺少这一项",
        ),
        (
            "[[fund_source]]\nsource = \"local\"\n",
            "第 1 行 fund_source.words：缺少这一项",
        ),
        (
            "[[fund_source]]\nsource = \"local\"\nwords = [\"省\"]\n",
            "第 3 行 fund_source.words：“省”去掉空格",
        ),
        (
            "[[neighbour]]\nname = \"清单\"\neven_when_filled = 1\nwords = [\"甲乙清单\"]\n",
            "第 3 行 neighbour.even_when_filled：须是true 或 false，现在是数字",
        ),
        ("", "：文件里什么也没有写"),
    ] {
        let message = refused(text);
        assert!(
            message.starts_with("hebiao：错.toml") && message.contains(sentence),
            "{text}\n{message}"
        );
    }
}

#[test]
fn a_mistake_in_a_form_names_file_line_and_key() {
    let good = "name = \"own\"\ntitle = \"某表\"\nkind = \"other\"\nsource = \"某文\"\n\
                [[sign]]\npoints = 5\nwhere = \"title\"\nany = [\"某表\"]\n";
    for (from, to, sentence) in [
        ("title = \"某表\"\n", "", "title：缺少这一项"),
        (
            "\"other\"",
            "\"others\"",
            "第 3 行 kind：不能取“others”，可以是：project_self_evaluation、",
        ),
        (
            "\"title\"",
            "\"heading\"",
            "第 7 行 where：不能取“heading”，可以是：title、level1、any",
        ),
        ("points = 5", "points = \"5\"", "第 6 行 points：值的类型不对"),
        (
            "points = 5",
            "points = 0",
            "第 6 行 sign.points：应在 -100 到 100 之间，且不为 0",
        ),
        ("points = 5", "points = -5", "全是扣分的特征"),
        ("[\"某表\"]", "[]", "第 8 行 sign.any：列表是空的"),
        ("[\"某表\"]", "[\"\"]", "第 8 行 sign.any：列表里有空的文字"),
        (
            "points = 5",
            "point = 5",
            "第 6 行 point：没有这一项，可以写的是：points、where、any",
        ),
        ("\"own\"", "\"本县\"", "第 1 行 name：只能用小写英文字母、数字和短横线"),
        (
            "\"own\"",
            "\"department-evaluation\"",
            "第 1 行 name：名称“department-evaluation”已经有了",
        ),
        ("[[sign]]", "colour = 1\n[[sign]]", "第 5 行 colour：没有这一项"),
    ] {
        let message = refused(&good.replacen(from, to, 1));
        assert!(
            message.starts_with("hebiao：错.toml") && message.contains(sentence),
            "{from} → {to}\n{message}"
        );
    }
}

#[test]
fn every_mistake_of_a_folder_is_told_and_nothing_is_checked() {
    let folder = Folder::new();
    folder.file("一.toml", b"[indicator]\nscor = [\"a\"]\n[fund]\nscor = [\"b\"]\n");
    folder.file("二.toml", &[0xff, 0xfe, 0x41]);
    folder.file("三.txt", b"not read");
    let word = folder.word("");
    for command in [&["check", SEED][..], &["inspect", SEED], &["forms"]] {
        let run = hebiao(&[command, &["--forms", &word]].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.contains("二.toml：不是 UTF-8 编码的文字"), "{}", run.stderr);
    }
    std::fs::remove_file(folder.path("二.toml")).unwrap();
    let run = hebiao(&["check", SEED, "--forms", &word]);
    assert_eq!((run.code, run.stderr.lines().count()), (2, 2), "{}", run.stderr);
    let out = folder.word("结果");
    assert_eq!(hebiao(&["convert", SEED, "--forms", &word, "-o", &out]).code, 2);
    assert!(!folder.path("结果").exists());
}

#[test]
fn a_folder_must_be_one_and_hold_files() {
    let folder = Folder::new();
    let empty = hebiao(&["check", SEED, "--forms", &folder.word("")]);
    assert_eq!(empty.code, 2);
    assert!(empty.stderr.contains("没有 .toml 文件"), "{}", empty.stderr);
    // A file by itself will do, if it is one of wordings or forms.
    let file = hebiao(&["check", SEED, "--forms", WORDS]);
    assert_eq!((file.code, file.stderr.as_str()), (hebiao(&["check", SEED]).code, ""));
    let other = hebiao(&["check", SEED, "--forms", "README.md"]);
    assert_eq!(other.code, 2);
    assert!(other.stderr.contains("请给出它所在的文件夹"), "{}", other.stderr);
    let missing = hebiao(&["check", SEED, "--forms", "没有的文件夹"]);
    assert!(missing.stderr.contains("打不开这个文件夹"), "{}", missing.stderr);
    let bare = hebiao(&["forms", WORDS]);
    assert_eq!(bare.code, 2);
    assert!(bare.stderr.contains("hebiao forms check"), "{}", bare.stderr);
}

#[test]
fn later_files_see_what_earlier_ones_added() {
    let folder = Folder::new();
    folder.file("1.toml", "\u{feff}[indicator]\r\nscore = [\"甲乙丙\"]\r\n".as_bytes());
    folder.file("2.toml", "[indicator]\nweight = [\"甲乙丙\"]\n".as_bytes());
    let run = hebiao(&["forms", "--forms", &folder.word("")]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr
            .contains("2.toml 第 2 行 indicator.weight：“甲乙丙”已经是 indicator.score 的写法"),
        "{}",
        run.stderr
    );
}
