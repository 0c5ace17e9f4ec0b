//! Files with a password.

use super::{BadFile, bad, good, ods, refused};
use crate::biff::{compound, record};

const CODE: &str = "password_protected";

pub fn files() -> Vec<BadFile> {
    let locked = |name: &str, build: fn() -> Vec<u8>| bad(name, refused(CODE, "取消密码"), build);
    vec![
        locked("加密.xlsx", || {
            compound(&[
                ("EncryptionInfo", b"\x04\0\x04\0\x40\0\0\0<encryption/>"),
                ("EncryptedPackage", &[7; 5000]),
            ])
        }),
        locked("加密.xls", || {
            // RC4: type 1, version 1.1, salt and verifiers.
            let pass = [[1, 0, 1, 0, 1, 0].as_slice(), &[9; 48]].concat();
            good::book().global(record(0x002F, &pass)).file()
        }),
        locked("异或加密.xls", || {
            good::book()
                .global(record(0x002F, &[0, 0, 0x34, 0x12, 0x78, 0x56]))
                .file()
        }),
        locked("加密.ods", || {
            let entry = r#"<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>"#;
            let manifest = format!(
                r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entry}</manifest:manifest>"#
            );
            ods::with_content("\u{1}\u{2}")
                .part("META-INF/manifest.xml", &manifest)
                .zip()
        }),
        locked("部件加密.xlsx", || super::zip_bytes::flag_encrypted(good::xlsx())),
        locked("部件加密.ods", || super::zip_bytes::flag_encrypted(good::ods())),
        bad("限制访问.xls", refused(CODE, "权限管理"), || {
            compound(&[("\u{9}DRMContent", &[7; 5000]), ("Workbook", b"x")])
        }),
        bad("限制访问.xlsx", refused(CODE, "权限管理"), || {
            compound(&[("EncryptedPackage", &[7; 5000]), ("DRMEncryptedDataSpace", b"x")])
        }),
        locked("加密后残缺.xlsx", || {
            let mut bytes = compound(&[("EncryptionInfo", b"x"), ("EncryptedPackage", &[7; 5000])]);
            // The container's own tables are gone, its directory is not.
            bytes[28..60].fill(0xFF);
            bytes
        }),
    ]
}
