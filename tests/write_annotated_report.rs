//! 批注副本 of a report: what is put into the document, and that nothing else changes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod annotated_report_support;

use annotated_report_support::{
    Parts, STRICT, USUAL, about, document, document_of, finding, paragraphs, put, text_of, unzipped, with_comments,
    zipped,
};
use hebiao::write::{QuotedFinding, WriteError, annotated_report, document_extension};
use proptest::prelude::*;

const START: &str = "<w:commentRangeStart w:id=\"0\"/>";
const END: &str = "<w:commentRangeEnd w:id=\"0\"/>";
const REFERENCE: &str = "<w:r><w:commentReference w:id=\"0\"/></w:r>";
const MAIN: &str = "word/document.xml";
const COMMENTS: &str = "word/comments.xml";

/// The document's body, with the sentence that holds `words` of its paragraph commented; checks what holds of all.
fn annotated(body: &str, paragraph: usize, words: &str) -> String {
    let parts = document(body);
    let copy = annotated_parts(&parts, paragraph, words);
    let main = text_of(&copy, MAIN);
    let (_, rest) = main.split_once("<w:body>").unwrap();
    rest.strip_suffix("<w:sectPr/></w:body></w:document>")
        .unwrap()
        .to_owned()
}

fn annotated_parts(parts: &Parts, paragraph: usize, words: &str) -> Parts {
    let bytes = zipped(parts);
    let findings = [about(&bytes, paragraph, words)];
    let copy = annotated_report(&bytes, &findings).unwrap();
    assert_eq!(paragraphs(&copy), paragraphs(&bytes), "the text as read");
    assert_eq!(annotated_report(&copy, &findings).unwrap(), copy, "a second round");
    assert_eq!(unzipped(&annotated_report(&copy, &[]).unwrap()), *parts, "cleaned");
    unzipped(&copy)
}

#[test]
fn a_sentence_gets_a_comment_and_nothing_else_changes() {
    let parts = document("<w:p><w:r><w:t>评价得分96分。</w:t></w:r></w:p>");
    let copy = annotated_parts(&parts, 1, "评价得分96分");
    let changed: Vec<&String> = copy.keys().filter(|name| parts.get(*name) != copy.get(*name)).collect();
    assert_eq!(
        changed,
        ["[Content_Types].xml", "word/_rels/document.xml.rels", COMMENTS, MAIN]
    );
    let comments = text_of(&copy, COMMENTS);
    for said in [
        "w:id=\"0\" w:author=\"核表 hebiao\" w:initials=\"核表\"",
        "<w:t xml:space=\"preserve\">【错误 J01】报告的总分与表不符</w:t>",
        // The quote at the message's end stands beside the comment already.
        "<w:t xml:space=\"preserve\">报告说 96 分，表中各行得分之和是 94 &lt;分&gt;</w:t>",
        "<w:t xml:space=\"preserve\">修改建议：改正为 94 分。</w:t>",
        "<w:t xml:space=\"preserve\">对照的评价表：表.xlsx“Sheet1”F31</w:t>",
    ] {
        assert!(comments.contains(said), "{said}\n{comments}");
    }
    assert!(text_of(&copy, "word/_rels/document.xml.rels").contains("Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"comments.xml\""));
    assert!(text_of(&copy, "[Content_Types].xml").contains("PartName=\"/word/comments.xml\""));
}

#[test]
fn runs_are_parted_with_their_properties() {
    let run = |text: &str| format!("<w:r w:rsidR=\"0A\"><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r>");
    assert_eq!(
        annotated(
            &format!("<w:p><w:pPr><w:jc/></w:pPr>{}</w:p>", run("经评价，得分96分，为优。")),
            1,
            "得分96分"
        ),
        format!(
            "<w:p><w:pPr><w:jc/></w:pPr>{}{START}{}{END}{REFERENCE}{}</w:p>",
            run("经评价，"),
            run("得分96分"),
            run("，为优。")
        )
    );
    // A sentence over several runs parts only the first and the last.
    assert_eq!(
        annotated(
            "<w:p><w:r><w:t>经评价，得分</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>96</w:t></w:r><w:r><w:t>分。</w:t></w:r></w:p>",
            1,
            "得分96分"
        ),
        format!(
            "<w:p><w:r><w:t>经评价，</w:t></w:r>{START}<w:r><w:t>得分</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>96</w:t></w:r>\
             <w:r><w:t>分</w:t></w:r>{END}{REFERENCE}<w:r><w:t>。</w:t></w:r></w:p>"
        )
    );
    // Between a tab and a text of one run.
    assert_eq!(
        annotated("<w:p><w:r><w:tab/><w:t>得分96分。</w:t></w:r></w:p>", 1, "得分96分。"),
        format!("<w:p><w:r><w:tab/></w:r>{START}<w:r><w:t>得分96分。</w:t></w:r>{END}{REFERENCE}</w:p>")
    );
}

#[test]
fn properties_that_hold_text_are_repeated_and_taken_back() {
    // No program should write it; a document laid out for reading has line ends there.
    for odd in ["字", "\n  ", "<![CDATA[字]]>"] {
        let run = |text: &str| format!("<w:r><w:rPr>{odd}<w:b/>{odd}</w:rPr><w:t>{text}</w:t></w:r>");
        assert_eq!(
            annotated(
                &format!("<w:p>{}</w:p>", run("经评价，得分96分，为优。")),
                1,
                "得分96分"
            ),
            format!(
                "<w:p>{}{START}{}{END}{REFERENCE}{}</w:p>",
                run("经评价，"),
                run("得分96分"),
                run("，为优。")
            )
        );
    }
}

#[test]
fn white_space_and_escapes_at_the_ends_stay_what_they_were() {
    assert_eq!(
        annotated("<w:p><w:r><w:t>经评价， 得分96分 。</w:t></w:r></w:p>", 1, "得分96分"),
        format!(
            "<w:p><w:r><w:t>经评价，</w:t></w:r>{START}<w:r><w:t xml:space=\"preserve\"> 得分96分</w:t></w:r>{END}{REFERENCE}\
             <w:r><w:t xml:space=\"preserve\"> 。</w:t></w:r></w:p>"
        )
    );
    // White space that does not count would begin to count.
    assert_eq!(
        annotated("<w:p><w:r><w:t> 经评价，得分96分。 </w:t></w:r></w:p>", 1, "得分96分"),
        format!("<w:p>{START}<w:r><w:t> 经评价，得分96分。 </w:t></w:r>{END}{REFERENCE}</w:p>")
    );
    assert_eq!(
        annotated(
            "<w:p><w:r><w:t>甲&amp;乙得分96&#x5206;。<![CDATA[优。]]></w:t></w:r></w:p>",
            1,
            "乙得分96分"
        ),
        format!(
            "<w:p><w:r><w:t>甲&amp;</w:t></w:r>{START}<w:r><w:t>乙得分96&#x5206;</w:t></w:r>{END}{REFERENCE}<w:r><w:t>。<![CDATA[优。]]></w:t></w:r></w:p>"
        )
    );
}

#[test]
fn what_stands_around_runs_is_kept_whole_or_entered() {
    let text = "<w:r><w:t>得分96分。</w:t></w:r>";
    // A tracked insertion and a link are entered; the mark that refers to the comment stays outside.
    for (open, close) in [
        ("<w:ins w:id=\"5\" w:author=\"王\">", "</w:ins>"),
        ("<w:hyperlink>", "</w:hyperlink>"),
    ] {
        assert_eq!(
            annotated(&format!("<w:p>{open}{text}{close}</w:p>"), 1, "得分96分"),
            format!(
                "<w:p>{open}{START}<w:r><w:t>得分96分</w:t></w:r>{END}<w:r><w:t>。</w:t></w:r>{close}{REFERENCE}</w:p>"
            )
        );
    }
    for (open, close) in [
        ("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:fldSimple w:instr=\"REF a\">", "</w:fldSimple>"),
        (
            "<mc:AlternateContent xmlns:mc=\"m\"><mc:Choice>",
            "</mc:Choice><mc:Fallback/></mc:AlternateContent>",
        ),
    ] {
        assert_eq!(
            annotated(&format!("<w:p>{open}{text}{close}</w:p>"), 1, "得分96分"),
            format!("<w:p>{START}{open}{text}{close}{END}{REFERENCE}</w:p>")
        );
    }
    // Of a field of several runs, the mark that refers to the comment stands behind the field.
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let (begin, separate, end) = (field("begin"), field("separate"), field("end"));
    assert_eq!(
        annotated(
            &format!("<w:p>{begin}<w:r><w:instrText>REF a</w:instrText></w:r>{separate}{text}{end}</w:p>"),
            1,
            "得分96分。"
        ),
        format!(
            "<w:p>{begin}<w:r><w:instrText>REF a</w:instrText></w:r>{separate}{START}{text}{END}{end}{REFERENCE}</w:p>"
        )
    );
    // What was deleted, and what is hidden, is no text.
    let gone = "<w:del w:id=\"6\"><w:r><w:delText>原得分96分。</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>得分96分</w:t></w:r>";
    assert_eq!(
        annotated(&format!("<w:p>{gone}{text}</w:p>"), 1, "得分96分。"),
        format!("<w:p>{gone}{START}{text}{END}{REFERENCE}</w:p>")
    );
}

#[test]
fn paragraphs_in_tables_and_text_boxes_are_not_counted() {
    let cell = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>得分96分。</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let text_box = "<w:p><w:r><w:drawing><wps:txbx xmlns:wps=\"s\"><w:txbxContent><w:p><w:r><w:t>得分96分。</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></w:r></w:p>";
    let before = format!(
        "<w:p/>{cell}{text_box}<w:sdt><w:sdtContent><w:p><w:r><w:t>一、结论</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    );
    assert_eq!(
        annotated(
            &format!("{before}<w:p><w:r><w:t>得分96分。</w:t></w:r></w:p>"),
            4,
            "得分96分。"
        ),
        format!("{before}<w:p>{START}<w:r><w:t>得分96分。</w:t></w:r>{END}{REFERENCE}</w:p>")
    );
}

#[test]
fn several_findings_stand_in_the_order_of_the_text_each_once() {
    let bytes = zipped(&document(
        "<w:p><w:r><w:t>得分96分。得分96分，等级优。</w:t></w:r></w:p><w:p><w:r><w:t>预算208万元。</w:t></w:r></w:p>",
    ));
    let second = finding("J01", 1, [8, 11], "得分96分，等级优。");
    let findings = [
        finding("J03", 2, [2, 7], "预算208万元。"),
        finding("J02", 1, [14, 15], "得分96分，等级优。"),
        second.clone(),
        second,
    ];
    let copy = annotated_report(&bytes, &findings).unwrap();
    let main = text_of(&unzipped(&copy), MAIN);
    let expected = "<w:p><w:r><w:t>得分96分。</w:t></w:r><w:commentRangeStart w:id=\"0\"/><w:commentRangeStart w:id=\"1\"/><w:r><w:t>得分96分，等级优。</w:t></w:r>\
        <w:commentRangeEnd w:id=\"0\"/><w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:commentReference w:id=\"1\"/></w:r></w:p>\
        <w:p><w:commentRangeStart w:id=\"2\"/>";
    assert!(main.contains(expected), "{main}");
    let mut reversed = findings.to_vec();
    reversed.reverse();
    assert_eq!(annotated_report(&bytes, &reversed).unwrap(), copy);
}

#[test]
fn what_two_tables_say_of_a_sentence_is_one_comment_with_both_places() {
    let bytes = zipped(&document("<w:p><w:r><w:t>得分96分。</w:t></w:r></w:p>"));
    let first = finding("J01", 1, [0, 6], "得分96分。");
    let mut second = first.clone();
    second.place = "另一张.xlsx“评价表”G30".to_owned();
    let findings = [second.clone(), first.clone()];
    assert_eq!(QuotedFinding::comments(&findings), 1);
    let parts = unzipped(&annotated_report(&bytes, &findings).unwrap());
    let both = format!(
        "{}；{}",
        first.place.clone().min(second.place.clone()),
        first.place.max(second.place)
    );
    assert!(
        parts
            .iter()
            .any(|(_, part)| String::from_utf8_lossy(part).contains(&both)),
        "{both}"
    );
}

/// A document with a comment that somebody wrote, on a sentence.
fn commented() -> Parts {
    let main = "<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:t>得分96分。</w:t></w:r><w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>\
        <w:r><w:commentReference w:id=\"1\"/></w:r></w:p>";
    let comments = format!(
        "<?xml version=\"1.0\"?>\n<w:comments xmlns:w=\"{USUAL}\">\n<w:comment w:id=\"0\" w:author=\"王\"><w:p><w:r><w:t>核实</w:t></w:r></w:p></w:comment>\n</w:comments>"
    );
    with_comments(document(main), &comments)
}

#[test]
fn comments_of_people_stay_and_ids_are_apart() {
    let copy = annotated_parts(&commented(), 1, "得分96分。");
    let comments = text_of(&copy, COMMENTS);
    assert!(
        comments
            .contains("\n<w:comment w:id=\"0\" w:author=\"王\"><w:p><w:r><w:t>核实</w:t></w:r></w:p></w:comment>\n")
    );
    // 1 is no comment, but a mark in the document bears it.
    assert!(
        comments.contains("<w:comment w:id=\"2\" w:author=\"核表 hebiao\""),
        "{comments}"
    );
    assert_eq!(comments.matches("<w:comment ").count(), 2);
    // A declaration of a part that is not there stays.
    let mut declared = document("<w:p><w:r><w:t>得分96分。</w:t></w:r></w:p>");
    put(
        &mut declared,
        "[Content_Types].xml",
        "</Types>",
        "<Override PartName=\"/word/comments.xml\" ContentType=\"application/xml\"/></Types>",
    );
    annotated_parts(&declared, 1, "得分96分。");
    // An empty part stays, empty.
    annotated_parts(
        &with_comments(
            document("<w:p><w:r><w:t>得分96分。</w:t></w:r></w:p>"),
            &format!("<w:comments xmlns:w=\"{USUAL}\"></w:comments>"),
        ),
        1,
        "得分96分。",
    );
}

/// A copy as another program writes it: without the record, other ids, our runs as we left them.
fn resaved(copy: &Parts) -> Parts {
    let mut parts = copy.clone();
    let comments = text_of(&parts, COMMENTS);
    let (before, rest) = comments.split_once("<!--hebiao:").unwrap();
    let (_, after) = rest.split_once("-->").unwrap();
    let comments = format!("{before}{after}").replace("w:id=\"2\"", "w:id=\"9\"");
    parts.insert(COMMENTS.to_owned(), comments.into_bytes());
    let main = text_of(&parts, MAIN)
        .replace("w:id=\"2\"", "w:id=\"9\"")
        .replace("<w:sectPr/>", "<w:sectPr></w:sectPr>");
    parts.insert(MAIN.to_owned(), main.into_bytes());
    parts
}

#[test]
fn a_copy_saved_by_another_program_loses_our_comments_by_author_and_last_line() {
    let copy = annotated_parts(&commented(), 1, "得分96分。");
    let cleaned = unzipped(&annotated_report(&zipped(&resaved(&copy)), &[]).unwrap());
    let main = text_of(&commented(), MAIN).replace("<w:sectPr/>", "<w:sectPr></w:sectPr>");
    assert_eq!(text_of(&cleaned, MAIN), main);
    assert_eq!(text_of(&cleaned, COMMENTS), text_of(&commented(), COMMENTS));

    // What people wrote below our last line stays, with its place in the text; a comment like ours by likeness only, too.
    let mut answered = resaved(&copy);
    let last = "<w:p><w:r><w:t xml:space=\"preserve\">──── 核表批注 ────</w:t></w:r></w:p>";
    put(
        &mut answered,
        COMMENTS,
        last,
        &format!("{last}<w:p><w:r><w:t>已改</w:t></w:r></w:p>"),
    );
    put(&mut answered, COMMENTS, "w:author=\"王\"", "w:author=\"核表 hebiao\"");
    let cleaned = unzipped(&annotated_report(&zipped(&answered), &[]).unwrap());
    let comments = text_of(&cleaned, COMMENTS);
    assert!(comments.contains("<w:comment w:id=\"9\" w:author=\"核表 hebiao\" w:initials=\"核表\"><w:p><w:r><w:t>已改</w:t></w:r></w:p></w:comment>"), "{comments}");
    assert!(comments.contains("核实") && !comments.contains("【错误"));
    assert!(text_of(&cleaned, MAIN).contains("<w:commentRangeStart w:id=\"9\"/>"));
}

#[test]
fn answers_to_our_comments_stay_as_comments_of_their_own() {
    let copy = annotated_parts(&commented(), 1, "得分96分。");
    let mut parts = resaved(&copy);
    let last = "<w:p><w:r><w:t xml:space=\"preserve\">──── 核表批注 ────</w:t></w:r></w:p>";
    put(
        &mut parts,
        COMMENTS,
        last,
        &last.replacen("<w:p>", "<w:p w14:paraId=\"0A\" xmlns:w14=\"x\">", 1),
    );
    parts.insert(
        "word/commentsExtended.xml".to_owned(),
        b"<w15:commentsEx xmlns:w15=\"y\"><w15:commentEx w15:paraId=\"0A\" w15:done=\"0\"/><w15:commentEx w15:paraId=\"0B\" w15:paraIdParent=\"0A\" w15:done=\"0\"/></w15:commentsEx>".to_vec(),
    );
    put(
        &mut parts,
        "word/_rels/document.xml.rels",
        "</Relationships>",
        "<Relationship Id=\"rId8\" Type=\"http://schemas.microsoft.com/office/2011/relationships/commentsExtended\" Target=\"commentsExtended.xml\"/></Relationships>",
    );
    let cleaned = unzipped(&annotated_report(&zipped(&parts), &[]).unwrap());
    assert_eq!(
        text_of(&cleaned, "word/commentsExtended.xml"),
        "<w15:commentsEx xmlns:w15=\"y\"><w15:commentEx w15:paraId=\"0B\" w15:done=\"0\"/></w15:commentsEx>"
    );
}

#[test]
fn strict_documents_and_other_prefixes_are_kept_to() {
    let strict = document_of(&format!(
        "<x:document xmlns:x=\"{STRICT}\"><x:body><x:p><x:r><x:t>得分96分。</x:t></x:r></x:p></x:body></x:document>"
    ));
    let copy = annotated_parts(&strict, 1, "得分96分。");
    assert!(text_of(&copy, MAIN).contains("<x:commentRangeStart x:id=\"0\"/>"));
    assert!(text_of(&copy, COMMENTS).contains(STRICT));
    assert!(
        text_of(&copy, "word/_rels/document.xml.rels")
            .contains("http://purl.oclc.org/ooxml/officeDocument/relationships/comments")
    );
    // Attributes have a prefix even where elements have none.
    let bare = document_of(&format!(
        "<document xmlns=\"{USUAL}\"><body><p><r><t>得分96分。</t></r></p></body></document>"
    ));
    let copy = annotated_parts(&bare, 1, "得分96分。");
    let mark = format!("<commentRangeStart xmlns:hb=\"{USUAL}\" hb:id=\"0\"/>");
    assert!(text_of(&copy, MAIN).contains(&mark), "{}", text_of(&copy, MAIN));
}

#[test]
fn what_cannot_be_annotated_is_said_in_a_sentence() {
    let quoted = [finding("J01", 1, [0, 6], "得分96分。")];
    let refusal = |bytes: &[u8]| annotated_report(bytes, &quoted).unwrap_err().to_string();
    let good = document("<w:p><w:r><w:t>得分96分。</w:t></w:r></w:p>");
    assert_eq!(document_extension(&zipped(&good)), Some("docx"));
    assert!(refusal("三、结论\n得分96分。".as_bytes()).contains("报告的批注副本只能由 Word（docx）文档生成"));

    let mut cut = good.clone();
    put(&mut cut, MAIN, "</w:body></w:document>", "");
    assert!(refusal(&zipped(&cut)).contains("文档正文读不出来"));
    let mut broken = commented();
    put(&mut broken, COMMENTS, "</w:comments>", "");
    assert!(refusal(&zipped(&broken)).contains("文档的批注读不出来"));
    let mut other = good.clone();
    other.insert(MAIN.to_owned(), encoding(&text_of(&good, MAIN)));
    assert!(refusal(&zipped(&other)).contains("没有用通用的 UTF-8 编码"));

    let mut missing = commented();
    missing.remove(COMMENTS);
    assert!(refusal(&zipped(&missing)).contains("登记了批注，批注却不在文件里"));

    // The document is another by now.
    let changed = document("<w:p><w:r><w:t>得分94分。</w:t></w:r></w:p>");
    assert!(matches!(
        annotated_report(&zipped(&changed), &quoted),
        Err(WriteError::OtherFile)
    ));
    assert!(matches!(
        annotated_report(&zipped(&document("<w:p/>")), &quoted),
        Err(WriteError::OtherFile)
    ));
}

fn encoding(text: &str) -> Vec<u8> {
    let units = format!("\u{feff}{text}");
    units.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Pieces that paragraphs are made of.
fn piece() -> impl Strategy<Value = String> {
    let text = prop::sample::select(vec![
        "得分",
        "96",
        " 分",
        "。",
        "&amp;",
        "&#32;",
        " ",
        "优&lt;",
        "a b ",
        "\r\n",
        "<![CDATA[甲 ]]>",
        "",
    ]);
    let texts = prop::collection::vec(text, 0..4).prop_map(|texts| texts.concat());
    let element = (texts, 0..8).prop_map(|(text, kind)| match kind {
        0 => "<w:tab/>".to_owned(),
        1 => "<w:br/>".to_owned(),
        2 => "<w:lastRenderedPageBreak/>".to_owned(),
        3..=4 => format!("<w:t xml:space=\"preserve\">{text}</w:t>"),
        _ => format!("<w:t>{text}</w:t>"),
    });
    let run = (prop::collection::vec(element, 0..4), 0..5_i32).prop_map(|(elements, kind)| {
        let properties = [
            "",
            "<w:rPr/>",
            "<w:rPr><w:b/></w:rPr>",
            "<w:rPr><w:vanish/></w:rPr>",
            "<w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr>",
        ];
        format!(
            "<w:r>{}{}</w:r>",
            properties[usize::try_from(kind).unwrap_or(0)],
            elements.concat()
        )
    });
    (run, 0..9).prop_map(|(run, kind): (String, i32)| match kind {
        0 => format!("<w:ins>{run}{run}</w:ins>"),
        1 => format!("<w:hyperlink>{run}</w:hyperlink>"),
        2 => format!("<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt>"),
        3 => format!("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{run}"),
        4 => format!("{run}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"),
        5 => format!("<w:del>{run}</w:del>"),
        _ => run,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever a paragraph is made of and whatever is quoted: the text stays, two rounds are one, the way back is exact.
    #[test]
    fn any_paragraph_keeps_its_text(pieces in prop::collection::vec(piece(), 1..6), ends in prop::collection::vec((0.0..1.0_f64, 0.0..1.0_f64), 1..4)) {
        let parts = document(&format!("<w:p>{}</w:p><w:p><w:r><w:t>完。</w:t></w:r></w:p>", pieces.concat()));
        let bytes = zipped(&parts);
        let read = paragraphs(&bytes);
        let text: Vec<char> = read[0].chars().collect();
        let place = |part: f64| (part * text.len() as f64) as usize;
        let findings: Vec<_> = ends
            .iter()
            .map(|(one, other)| [place(one.min(*other)), place(one.max(*other)) + 1])
            .filter(|[first, last]| text.get(*first..*last).is_some_and(|quoted| !quoted[0].is_whitespace()))
            .map(|[first, last]| finding("J01", 1, [first, last], &text[first..last].iter().collect::<String>()))
            .collect();
        let copy = annotated_report(&bytes, &findings).unwrap();
        prop_assert_eq!(paragraphs(&copy), read);
        prop_assert_eq!(&annotated_report(&copy, &findings).unwrap(), &copy);
        prop_assert_eq!(unzipped(&annotated_report(&copy, &[]).unwrap()), parts);
        let main = text_of(&unzipped(&copy), MAIN);
        let marks = ["commentRangeStart ", "commentRangeEnd ", "commentReference "].map(|mark| main.matches(mark).count());
        prop_assert!(marks.iter().all(|count| *count == marks[0]));
        prop_assert_eq!(marks[0] == 0, findings.is_empty());
    }
}

#[test]
fn a_quote_may_begin_with_blanks() {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    assert_eq!(
        annotated(&format!("<w:p>{}</w:p>", run("得分 96分。")), 1, " 96分"),
        format!(
            "<w:p>{}{START}{}{END}{REFERENCE}{}</w:p>",
            run("得分"),
            run(" 96分"),
            run("。")
        )
    );
}
