//! `files`: every file that was given, also one that could not be read.

use super::column::{Column, Kind, Value};
use super::rows::FileColumn;

pub(super) static COLUMNS: [FileColumn; 9] = [
    Column {
        name: "file",
        kind: Kind::Key,
        meaning: "文件路径，与核对结果中的写法相同；各表之间的连接键",
        value: |row| Value::key(&row.report.file),
    },
    Column {
        name: "status",
        kind: Kind::Key,
        meaning: "核对结果：clean 无差异，findings 有差异，unreadable 未能读取，unrecognized 没有评价表",
        value: |row| Value::name(Some(row.report.status)),
    },
    Column {
        name: "format",
        kind: Kind::Text,
        meaning: "文件格式（按内容判断）；未能读取的为空",
        value: |row| Value::name(row.report.format),
    },
    Column {
        name: "sha256",
        kind: Kind::Text,
        meaning: "文件内容的 SHA-256；没有读到内容的为空",
        value: |row| Value::text(row.report.sha256.as_deref()),
    },
    Column {
        name: "error_code",
        kind: Kind::Text,
        meaning: "未能读取或没有评价表的原因代码",
        value: |row| Value::text(row.report.error.as_ref().map(|error| error.code.as_str())),
    },
    Column {
        name: "error_message",
        kind: Kind::Text,
        meaning: "未能读取或没有评价表的原因",
        value: |row| Value::text(row.report.error.as_ref().map(|error| error.message.as_str())),
    },
    Column {
        name: "tables",
        kind: Kind::KeyNumber,
        meaning: "评价表张数",
        value: |row| Value::Number(row.report.tables.len()),
    },
    Column {
        name: "skipped_sheets",
        kind: Kind::KeyNumber,
        meaning: "没有评价表的工作表张数",
        value: |row| Value::Number(row.report.skipped_sheets.len()),
    },
    Column {
        name: "losses",
        kind: Kind::KeyNumber,
        meaning: "文件中读不出来的内容的处数",
        value: |row| Value::Number(row.report.losses.len()),
    },
];
