//! Files that are no tables.

use std::io::{Cursor, Write as _};

use super::{BadFile, bad, damaged, good, no_table, refused};
use crate::biff::compound;
use crate::package::Package;

const UNSUPPORTED: &str = "unsupported_format";
const NONE: &str = "not_a_spreadsheet";

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    parts
        .iter()
        .fold(Package::default(), |package, (name, content)| {
            package.bytes_part(name, content)
        })
        .zip()
}

/// Bytes without a pattern, always the same.
pub fn noise(count: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut byte = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..count).map(|_| byte()).collect()
}

fn with_tail(head: &'static [u8]) -> impl Fn() -> Vec<u8> {
    move || [head, &noise(4000, 7)].concat()
}

const LETTER: &str = "各单位：\n\n请于12月31日前报送自评材料。\n联系人：张三\n";

pub fn files() -> Vec<BadFile> {
    vec![
        bad("空.xlsx", refused("empty_file", "0 字节"), Vec::new),
        bad(
            "只有字节顺序标记.csv",
            refused("empty_file", "没有文字"),
            || b"\xEF\xBB\xBF".to_vec(),
        ),
        bad(
            "只有宽字节顺序标记.csv",
            refused("empty_file", "没有文字"),
            || b"\xFF\xFE".to_vec(),
        ),
        bad("只有空行.csv", refused("empty_file", "没有文字"), || {
            b"\r\n \t\r\n".repeat(1000)
        }),
        bad("全是空字节.xlsx", damaged("空字节"), || vec![0; 100_000]),
        bad("乱码.xls", damaged("文件开头不是"), || noise(20_000, 1)),
        bad("乱码.dat", refused(NONE, "不是表格"), || noise(20_000, 2)),
        bad("报告.doc", refused(UNSUPPORTED, "复制到 Excel"), || {
            compound(&[("WordDocument", b"x"), ("1Table", b"x")])
        }),
        bad("报告.wps", refused(UNSUPPORTED, "复制到 Excel"), || {
            compound(&[("WordDocument", b"x"), ("Data", b"x")])
        }),
        bad("汇报.ppt", refused(UNSUPPORTED, "演示文稿"), || {
            compound(&[("PowerPoint Document", b"x")])
        }),
        bad("汇报.pptx", refused(UNSUPPORTED, "演示文稿"), || {
            zip(&[("ppt/presentation.xml", b"<p/>")])
        }),
        bad("邮件.msg", refused(NONE, "没有工作簿"), || {
            compound(&[("__properties_version1.0", b"x")])
        }),
        bad(
            "扫描件.pdf",
            refused(UNSUPPORTED, "PDF"),
            with_tail(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"),
        ),
        bad("扫描件.xlsx", refused(UNSUPPORTED, "PDF"), with_tail(b"%PDF-1.4\n")),
        bad(
            "截图.png",
            refused(UNSUPPORTED, "图片"),
            with_tail(b"\x89PNG\r\n\x1a\n"),
        ),
        bad(
            "照片.jpg",
            refused(UNSUPPORTED, "图片"),
            with_tail(b"\xFF\xD8\xFF\xE0\0\x10JFIF"),
        ),
        bad("动图.gif", refused(UNSUPPORTED, "图片"), with_tail(b"GIF89a")),
        bad(
            "打包.rar",
            refused(UNSUPPORTED, "解压"),
            with_tail(b"Rar!\x1A\x07\x01\0"),
        ),
        bad(
            "打包.7z",
            refused(UNSUPPORTED, "解压"),
            with_tail(b"7z\xBC\xAF\x27\x1C\0\x04"),
        ),
        bad("打包.gz", refused(UNSUPPORTED, "解压"), with_tail(b"\x1F\x8B\x08\0")),
        bad("打包.dat", refused(UNSUPPORTED, "解压"), || {
            zip(&[("自评表/a.xlsx", &good::xlsx()), ("说明.txt", b"x")])
        }),
        bad("包中有包.xlsx", refused(UNSUPPORTED, "解压"), || {
            let deep = (0..20).fold(good::xlsx(), |inner, _| zip(&[("a.zip", &inner)]));
            zip(&[("a.zip", &deep), ("b.zip", &deep)])
        }),
        bad("空的压缩包.xlsx", refused(UNSUPPORTED, "解压"), || zip(&[])),
        bad("程序.exe", refused(NONE, "不是表格"), with_tail(b"MZ\x90\0\x03\0\0\0")),
        bad(
            "程序.xls",
            damaged("文件开头不是"),
            with_tail(b"\x7FELF\x02\x01\x01\0\0"),
        ),
        bad("通知.txt", refused(NONE, "没有分隔符"), || {
            LETTER.as_bytes().to_vec()
        }),
        bad("通知.xlsx", refused(NONE, "没有分隔符"), || {
            LETTER.as_bytes().to_vec()
        }),
        bad(
            "通讯录.xlsx",
            no_table(&["扩展名是 .xlsx，内容却是 文本表格"]),
            || "姓名,电话\n甲,123\n".into(),
        ),
        bad("通知.rtf", refused(UNSUPPORTED, "RTF"), || {
            b"{\\rtf1\\ansi hello}".to_vec()
        }),
        bad("~$自评表.xlsx", refused(NONE, "临时文件"), || {
            [b"\x05admin".as_slice(), &[0x20; 159]].concat()
        }),
        bad("公文.ofd", refused(UNSUPPORTED, "OFD"), || {
            zip(&[("OFD.xml", b"<ofd/>")])
        }),
        bad("文稿.odt", refused(UNSUPPORTED, "odt"), || {
            zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")])
        }),
        bad("文稿.numbers", refused(UNSUPPORTED, "Numbers"), || {
            zip(&[("Index/Document.iwa", b"x")])
        }),
        bad("很早的表.xls", refused(UNSUPPORTED, "很早的 xls"), || {
            [b"\x09\x04\x06\0\0\0\x10\0\0\0".as_slice(), &[0; 200]].concat()
        }),
        bad("登录页.xls", refused(NONE, "这个网页里没有表格"), || {
            "<!DOCTYPE html><html><head><title>登录</title></head><body><form>用户名<input name=u></form></body></html>"
                .into()
        }),
        bad("压缩的表.gz", refused(UNSUPPORTED, "解压"), || {
            let mut writer = Cursor::new(b"\x1F\x8B\x08\0\0\0\0\0\0\x03".to_vec());
            writer.set_position(10);
            writer.write_all(&good::csv()).unwrap();
            writer.into_inner()
        }),
    ]
}
