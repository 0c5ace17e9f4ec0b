//! Links from one output to a file beside it, and sheets' names as formulas write them.

/// Returns the sheet's name as formulas write it: in quotes unless it is plain.
pub fn quoted_sheet(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_') && !name.starts_with(|c: char| c.is_numeric());
    if plain && !is_like_a_cell(name) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "''"))
    }
}

/// Returns whether a formula would take the name for cells: A1, R1C1, R, C.
fn is_like_a_cell(name: &str) -> bool {
    const MOST_LETTERS: usize = 3;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters > 0 && letters < name.len() && letters <= MOST_LETTERS && digits(name.get(letters..).unwrap_or_default())
    {
        return true;
    }
    let upper = name.to_ascii_uppercase();
    let rest = upper
        .strip_prefix('R')
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let column = rest.unwrap_or(&upper);
    match column.strip_prefix('C') {
        Some(number) => digits(number),
        None => rest == Some(""),
    }
}

/// Returns the link's part before `#`: a file beside this one, or a relative path to it with `/` between its parts,
/// escaped for a relationship target. `None` for a name that no link can hold.
pub fn link_base(file_name: &str) -> Option<String> {
    const LONGEST: usize = 1_000;
    let mut name = String::with_capacity(file_name.len());
    for character in file_name.chars() {
        let plain = character.is_ascii_alphanumeric() || "-_.~!$&'()*+,;=@:/".contains(character);
        if plain || !(character.is_ascii() || character.is_control()) {
            name.push(character);
        } else {
            let mut buffer = [0; 4];
            for byte in character.encode_utf8(&mut buffer).bytes() {
                name.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    // A colon would end the name of a scheme.
    let lead = if name.contains(':') { "./" } else { "" };
    Some(format!("file://{lead}{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_goes_to_the_file_beside() {
        assert_eq!(
            link_base("项目甲.规范表.xlsx").as_deref(),
            Some("file://项目甲.规范表.xlsx")
        );
        assert_eq!(
            link_base("甲 (2).规范表.xlsx").as_deref(),
            Some("file://甲%20(2).规范表.xlsx")
        );
        assert_eq!(link_base("100%.xlsx").as_deref(), Some("file://100%25.xlsx"));
        assert_eq!(link_base("a#b.xlsx").as_deref(), Some("file://a%23b.xlsx"));
        assert_eq!(link_base("a:b.xlsx").as_deref(), Some("file://./a:b.xlsx"));
        assert_eq!(link_base(""), None);
    }

    #[test]
    fn sheets_are_quoted_as_in_formulas() {
        assert_eq!(quoted_sheet("Sheet1"), "Sheet1");
        assert_eq!(quoted_sheet("评价表"), "评价表");
        assert_eq!(quoted_sheet("表 1"), "'表 1'");
        assert_eq!(quoted_sheet("2023"), "'2023'");
        for like_a_cell in ["A1", "q3", "XFD10", "R", "c", "RC", "R1C1", "r2"] {
            assert_eq!(quoted_sheet(like_a_cell), format!("'{like_a_cell}'"));
        }
        for plain in ["Row", "C_1", "RCA", "表1", "ABCD1"] {
            assert_eq!(quoted_sheet(plain), plain);
        }
        assert_eq!(quoted_sheet("a'b"), "'a''b'");
    }
}
