//! Every format cut short: at a quarter, a half, three quarters, just before its end, and a package behind each part.

use super::{BadFile, Expected, bad, damaged, good, zip_bytes};

/// What is left of a text is read as far as it goes; a package or container without its end is damage.
fn outcome(format: &str) -> Expected {
    match format {
        "xlsx" | "xlsb" | "ods" | "docx" => damaged(""),
        _ => Expected::Answered,
    }
}

pub fn files() -> Vec<BadFile> {
    let mut files = Vec::new();
    for (format, build) in good::FORMATS {
        for percent in [25, 50, 75, 99] {
            files.push(bad(&format!("截到{percent}%.{format}"), outcome(format), move || {
                let bytes = build();
                bytes[..bytes.len() * percent / 100].to_vec()
            }));
        }
    }
    for (format, build) in good::FORMATS {
        if !matches!(format, "xlsx" | "xlsb" | "ods" | "docx") {
            continue;
        }
        for entry in zip_bytes::entries(&build()).into_iter().skip(1) {
            let name = entry.name.replace(['/', '\\'], "_");
            files.push(bad(&format!("截到{name}之前.{format}"), damaged(""), move || {
                build()[..entry.local].to_vec()
            }));
            files.push(bad(
                &format!("截在{name}的目录.{format}"),
                damaged(""),
                move || build()[..entry.central + 20].to_vec(),
            ));
        }
    }
    files
}
