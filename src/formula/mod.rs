//! Plain formulas: read, and computed again from the values of their cells.
//!
//! Plain is SUM, AVERAGE, MIN, MAX, PRODUCT, COUNT, ABS, ROUND and its kin, + − × ÷ and %, on figures, cells and
//! ranges of one sheet. Whatever else a formula uses, it is left alone. It knows no table.

mod compute;
mod plain;

pub use compute::Budget;
pub use plain::PlainFormula;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::grid::{Cell, CellValue, Sheet};

    /// A1:A4 hold 1, 2.5, a text and nothing; B1 an error, B2 a formula without a value, B3 0.1, B4 0.2.
    fn sheet() -> Sheet {
        let cell = |address: &str, value: CellValue, formula: Option<&str>| Cell {
            address: address.parse().unwrap(),
            value,
            shown_otherwise: None,
            shown_unsure: false,
            formula: formula.map(str::to_owned),
            number_format: None,
        };
        let number = |text: &str| CellValue::Number(text.parse().unwrap());
        let cells = vec![
            cell("A1", number("1"), None),
            cell("B1", CellValue::Error("#REF!".to_owned()), None),
            cell("A2", number("2.5"), None),
            cell("B2", CellValue::Blank, Some("A1")),
            cell("A3", CellValue::Text("10".to_owned()), None),
            cell("B3", number("0.1"), None),
            cell("B4", number("0.2"), None),
        ];
        Sheet::new("表", cells, Vec::new())
    }

    fn value(formula: &str) -> Option<String> {
        let value = PlainFormula::parse(formula)?.value(&sheet(), &mut Budget::new())?;
        Some(value.to_string())
    }

    #[test]
    fn plain_formulas_are_computed_as_the_spreadsheet_does() {
        for (formula, expected) in [
            ("SUM(A1:A4)", "3.5"),
            ("SUM(A1,A2)+B3", "3.6"),
            ("sum($A$1:A$2)", "3.5"),
            ("A1+A2*2-1", "5"),
            ("-A1+10%", "-0.9"),
            ("(A1+A2)/2", "1.75"),
            ("B3+B4", "0.3"),
            ("ROUND(A2/3,2)", "0.83"),
            ("ROUND(A2,0)", "3"),
            ("ROUNDDOWN(A2,0)", "2"),
            ("ROUNDUP(A2/2,1)", "1.3"),
            ("AVERAGE(A1:A4)", "1.75"),
            ("MAX(A1:A2)-MIN(A1:A2)", "1.5"),
            ("PRODUCT(A1:A2,2)", "5"),
            ("COUNT(A1:A4)", "2"),
            ("ABS(A1-A2)", "1.5"),
            ("A4", "0"),
            ("SUM(A4:A9)", "0"),
            ("SUM(A2:A1)", "3.5"),
        ] {
            assert_eq!(value(formula).as_deref(), Some(expected), "{formula}");
        }
    }

    #[test]
    fn what_is_not_plain_or_has_no_value_is_left_alone() {
        for formula in [
            "",
            "A3+1",
            "A1/A4",
            "SUM(B1:B4)",
            "SUM(A1:B2)",
            "B2",
            "IF(A1>0,1,2)",
            "Sheet2!A1",
            "SUM(Sheet2!A1:A2)",
            "A1&\"分\"",
            "SUMIF(A1:A4,\">1\")",
            "A1^2",
            "SUM()",
            "SUM(A1:A2",
            "A1:A2",
            "ROUND(A1)",
            "ROUND(A1,-1)",
            "SUM(A:A)",
            "79228162514264337593543950335*10",
            "XFE1",
            "A1048577",
        ] {
            assert_eq!(value(formula), None, "{formula}");
        }
        let nested = format!("{}A1{}", "(".repeat(5_000), ")".repeat(5_000));
        assert_eq!(value(&nested), None);
    }

    #[test]
    fn only_sums_tell_what_they_add_up() {
        let summed = |formula: &str| {
            let ranges = PlainFormula::parse(formula)?.summed()?;
            Some(ranges.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(summed("SUM(H12:H16)+I6").as_deref(), Some("H12:H16 I6:I6"));
        assert_eq!(
            summed("H12+H13+SUM(H14,H15)").as_deref(),
            Some("H12:H12 H13:H13 H14:H14 H15:H15")
        );
        assert_eq!(summed("H12-H13"), None);
        assert_eq!(summed("SUM(H12:H16)*1"), None);
    }

    #[test]
    fn a_sheet_of_endless_sums_is_given_up() {
        let mut budget = Budget::new();
        let formula = PlainFormula::parse("SUM(A1:A1000000)").unwrap();
        let computed = (0..1_000_000).take_while(|_| formula.value(&sheet(), &mut budget).is_some());
        assert!((1..1_000_000).contains(&computed.count()));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(formula in "[-A-C1-9+*/%(),:$. ]{0,40}|(SUM|ROUND|MAX)\\([A-C1-9:,()+*/%-]{0,30}\\)|\\PC{0,40}") {
            value(&formula);
        }
    }
}
