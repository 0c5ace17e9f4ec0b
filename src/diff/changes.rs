//! What was changed: field by field where a row is in both tables, as one entry where it is in one of them only.

use std::collections::BTreeSet;

use super::matching::Matching;
use super::rows::RowMatches;
use super::shown::Shown;
use super::{Change, ChangeKind};
use crate::grid::CellAddress;
use crate::model::{Evaluation, FieldRef, FundField, FundRow, Indicator, IndicatorField, LabelledField, field_title};
use crate::text::match_key;

/// The fields of a row with their names in the model.
type Fields = Vec<(&'static str, Option<Shown>)>;

/// Returns the fields of an indicator, in the order of the form.
pub(super) fn indicator_fields(row: &Indicator) -> Fields {
    let shown = |field: IndicatorField| match field.get(row)? {
        FieldRef::Number(points) if field.is_level_weight() => Shown::points(Some(points)),
        value => Shown::field(value),
    };
    IndicatorField::ALL.map(|field| (field.path(), shown(field))).into()
}

/// Returns the fields of a fund row, in the order of the form.
pub(super) fn fund_fields(row: &FundRow) -> Fields {
    FundField::ALL
        .map(|field| (field.path(), field.get(row).and_then(Shown::field)))
        .into()
}

/// Returns every change between two evaluations, from top to bottom.
pub(super) fn changes(old: &Evaluation, new: &Evaluation, rows: &RowMatches) -> Vec<Change> {
    let mut found = Found {
        old,
        new,
        list: Vec::new(),
        told: BTreeSet::new(),
    };
    found.heading();
    found.rows(Kind::Fund, &rows.funds, |table, index| {
        table.funds.get(index).map(fund_fields)
    });
    found.rows(Kind::Goal, &rows.goals, |table, index| {
        let goal = table.goals.get(index)?;
        Some(vec![
            ("expected", Shown::text(goal.expected.as_ref())),
            ("actual", Shown::text(goal.actual.as_ref())),
        ])
    });
    found.rows(Kind::Indicator, &rows.indicators, |table, index| {
        table.indicators.get(index).map(indicator_fields)
    });
    found.indicator_extra(&rows.indicators);
    found.rows(Kind::Subtotal, &rows.subtotals, |table, index| {
        let row = table.subtotals.get(index)?;
        Some(vec![
            ("label", Shown::text(Some(&row.label))),
            ("weight", Shown::number(row.weight.as_ref())),
            ("score", Shown::number(row.score.as_ref())),
        ])
    });
    found.rows(Kind::Signature, &rows.signatures, |table, index| {
        let signature = table.signatures.get(index)?;
        Some(vec![("value", Shown::text(signature.value.as_ref()))])
    });
    found.rows(Kind::Note, &rows.notes, |table, index| {
        Some(vec![("", Shown::text(Some(table.notes.get(index)?)))])
    });
    found.extra(&rows.extra);
    let mut list = found.list;
    // A stable sort: what shares a cell stays in the order of the form.
    list.sort_by_key(|change| change.new_cell.or(change.old_cell));
    list
}

/// Lists of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Fund,
    Goal,
    Indicator,
    Subtotal,
    Signature,
    Note,
}

impl Kind {
    const fn list(self) -> &'static str {
        match self {
            Self::Fund => "funds",
            Self::Goal => "goals",
            Self::Indicator => "indicators",
            Self::Subtotal => "subtotals",
            Self::Signature => "signatures",
            Self::Note => "notes",
        }
    }

    /// Returns the field that names the row.
    const fn name(self) -> Option<&'static str> {
        match self {
            Self::Fund => Some("label"),
            Self::Indicator => Some("level3"),
            _ => None,
        }
    }

    fn path(self, index: usize, leaf: &str) -> String {
        let dot = if leaf.is_empty() { "" } else { "." };
        format!("{}[{index}]{dot}{leaf}", self.list())
    }
}

/// A value on one side: its path and what it shows.
type Side = Option<(String, Shown)>;

struct Found<'a> {
    old: &'a Evaluation,
    new: &'a Evaluation,
    list: Vec<Change>,
    /// Changes of names and points that several rows share, by cells and words.
    told: BTreeSet<(Option<CellAddress>, Option<CellAddress>, &'static str)>,
}

impl Found<'_> {
    fn heading(&mut self) {
        let fields = |table: &Evaluation| {
            let total = table.total.as_ref();
            vec![
                ("title", Shown::text(table.title.as_ref())),
                ("year", Shown::year(table.year.as_ref())),
                ("project_name", Shown::text(table.project_name.as_ref())),
                ("department", Shown::text(table.department.as_ref())),
                ("implementing_unit", Shown::text(table.implementing_unit.as_ref())),
                (
                    "total.weight",
                    Shown::number(total.and_then(|total| total.weight.as_ref())),
                ),
                (
                    "total.score",
                    Shown::number(total.and_then(|total| total.score.as_ref())),
                ),
                ("grade", Shown::grade(table.grade.as_ref())),
            ]
        };
        for ((path, old), (_, new)) in fields(self.old).into_iter().zip(fields(self.new)) {
            let side = |shown: Option<Shown>| shown.map(|shown| (path.to_owned(), shown));
            let title = field_title(path, self.new);
            self.value(title, side(old), side(new));
        }
        if self.old.money_unit != self.new.money_unit {
            let unit = |table: &Evaluation| table.money_unit.map(|unit| unit.title().to_owned());
            let path = |table: &Evaluation| table.money_unit.map(|_| "money_unit".to_owned());
            self.list.push(Change {
                kind: ChangeKind::Changed,
                title: field_title("money_unit", self.new),
                old_field: path(self.old),
                new_field: path(self.new),
                old_cell: None,
                new_cell: None,
                old: unit(self.old),
                new: unit(self.new),
            });
        }
    }

    fn rows(&mut self, kind: Kind, matching: &Matching, fields: impl Fn(&Evaluation, usize) -> Option<Fields>) {
        for (index, earlier) in matching.old_of_new.iter().enumerate() {
            let Some(new) = fields(self.new, index) else { continue };
            match earlier.and_then(|earlier| Some((earlier, fields(self.old, earlier)?))) {
                Some((earlier, old)) => self.row(kind, (earlier, old), (index, new)),
                None => self.whole_row(kind, ChangeKind::Added, index, new),
            }
        }
        for index in matching.free_old() {
            if let Some(old) = fields(self.old, index) {
                self.whole_row(kind, ChangeKind::Removed, index, old);
            }
        }
    }

    fn row(&mut self, kind: Kind, (earlier, old): (usize, Fields), (later, new): (usize, Fields)) {
        for ((leaf, old), (_, new)) in old.into_iter().zip(new) {
            let same = match (&old, &new) {
                (Some(old), Some(new)) => old.key == new.key,
                (None, None) => true,
                _ => false,
            };
            if same {
                continue;
            }
            let is_shared = leaf.starts_with("level1") || leaf.starts_with("level2");
            let cells = (cell(old.as_ref()), cell(new.as_ref()), leaf);
            if is_shared && !self.told.insert(cells) {
                continue;
            }
            let title = self.title(kind, later, leaf);
            let side = |index, shown: Option<Shown>| shown.map(|shown| (kind.path(index, leaf), shown));
            let both = old.is_some() && new.is_some();
            self.value(title, side(earlier, old), side(later, new));
            if both
                && kind.name() == Some(leaf)
                && let Some(change) = self.list.last_mut()
            {
                change.kind = ChangeKind::Renamed;
            }
        }
    }

    /// Returns the field of a later row in the words of the form.
    fn title(&self, kind: Kind, index: usize, leaf: &str) -> String {
        let row = || field_title(&kind.path(index, ""), self.new);
        match (kind, leaf) {
            (Kind::Indicator, "level1") => format!("一级指标（{}）", row()),
            (Kind::Indicator, "level2") => format!("二级指标（{}）", row()),
            (Kind::Indicator, "level3") => "三级指标".to_owned(),
            _ => field_title(&kind.path(index, leaf), self.new),
        }
    }

    /// A row that is in one table only, with what it says in one text.
    fn whole_row(&mut self, kind: Kind, change: ChangeKind, index: usize, fields: Fields) {
        let table = if change == ChangeKind::Added {
            self.new
        } else {
            self.old
        };
        let filled: Vec<(&str, Shown)> = fields
            .into_iter()
            .filter_map(|(leaf, shown)| Some((leaf, shown?)))
            .collect();
        let own = filled
            .iter()
            .filter(|(leaf, _)| !leaf.starts_with("level1") && !leaf.starts_with("level2"));
        let Some(cell) = own.map(|(_, shown)| shown.cell).next() else {
            return;
        };
        let text: Vec<String> = filled
            .iter()
            .filter(|(leaf, _)| Some(*leaf) != kind.name() && !leaf.ends_with("_weight"))
            .map(|(leaf, shown)| match column_title(kind, leaf) {
                Some(column) => format!("{column} {}", shown.text),
                None => shown.text.clone(),
            })
            .collect();
        let title = field_title(&kind.path(index, ""), table);
        let path = Some(kind.path(index, ""));
        let text = Some(text.join("；"));
        self.list.push(match change {
            ChangeKind::Added => Change {
                kind: change,
                title,
                old_field: None,
                new_field: path,
                old_cell: None,
                new_cell: Some(cell),
                old: None,
                new: text,
            },
            _ => Change {
                kind: change,
                title,
                old_field: path,
                new_field: None,
                old_cell: Some(cell),
                new_cell: None,
                old: text,
                new: None,
            },
        });
    }

    /// Columns of indicators that the model has no field for, by their headers.
    fn indicator_extra(&mut self, matching: &Matching) {
        for (index, earlier) in matching.old_of_new.iter().enumerate() {
            let pair = earlier.and_then(|earlier| {
                let old = self.old.indicators.get(earlier)?;
                Some((earlier, old, self.new.indicators.get(index)?))
            });
            let Some((earlier, old, new)) = pair else { continue };
            let row = field_title(&Kind::Indicator.path(index, ""), self.new);
            self.labelled(
                &labels(&old.extra, &new.extra),
                (&old.extra, &Kind::Indicator.path(earlier, "extra")),
                (&new.extra, &Kind::Indicator.path(index, "extra")),
                &format!("（{row}）"),
            );
        }
    }

    fn extra(&mut self, matching: &Matching) {
        let (old, new) = (&self.old.extra, &self.new.extra);
        self.labelled(matching, (old, "extra"), (new, "extra"), "");
    }

    fn labelled(
        &mut self,
        matching: &Matching,
        (old, old_path): (&[LabelledField], &str),
        (new, new_path): (&[LabelledField], &str),
        tail: &str,
    ) {
        let side = |list: &[LabelledField], path: &str, index: usize| {
            let shown = Shown::text(Some(&list.get(index)?.value))?;
            Some((format!("{path}[{index}].value"), shown))
        };
        let title = |field: &LabelledField| format!("{}{tail}", field.label.trim());
        for (index, earlier) in matching.old_of_new.iter().enumerate() {
            let Some(field) = new.get(index) else { continue };
            let before = earlier.and_then(|earlier| side(old, old_path, earlier));
            self.value(title(field), before, side(new, new_path, index));
        }
        for index in matching.free_old() {
            let Some(field) = old.get(index) else { continue };
            self.value(title(field), side(old, old_path, index), None);
        }
    }

    /// A value that was changed, added or removed; nothing where both sides say the same.
    fn value(&mut self, title: String, old: Side, new: Side) {
        let kind = match (&old, &new) {
            (Some((_, old)), Some((_, new))) if old.key != new.key => ChangeKind::Changed,
            (None, Some(_)) => ChangeKind::Added,
            (Some(_), None) => ChangeKind::Removed,
            _ => return,
        };
        // Two numbers may look the same in their cells; then the difference lies in what the format hides.
        let hidden = matches!((&old, &new), (Some((_, old)), Some((_, new))) if old.text == new.text);
        let text = |side: &Side| {
            let (_, shown) = side.as_ref()?;
            Some(if hidden { shown.key.clone() } else { shown.text.clone() })
        };
        self.list.push(Change {
            kind,
            title,
            old: text(&old),
            new: text(&new),
            old_cell: cell(old.as_ref().map(|(_, shown)| shown)),
            new_cell: cell(new.as_ref().map(|(_, shown)| shown)),
            old_field: old.map(|(path, _)| path),
            new_field: new.map(|(path, _)| path),
        });
    }
}

fn cell(shown: Option<&Shown>) -> Option<CellAddress> {
    shown.map(|shown| shown.cell)
}

/// Labelled fields by their labels, of several the first with the first.
fn labels(old: &[LabelledField], new: &[LabelledField]) -> Matching {
    let mut matching = Matching::new(old.len(), new.len());
    let key = |list: &[LabelledField], index: usize| list.get(index).map(|field| match_key(&field.label));
    matching.by_key(|index| key(old, index), |index| key(new, index));
    matching
}

/// Returns what stands before a value in the text of a whole row.
fn column_title(kind: Kind, leaf: &str) -> Option<String> {
    let table = Evaluation::default();
    match kind {
        Kind::Indicator => {
            let title = field_title(&kind.path(0, leaf), &table);
            let column = match leaf {
                "level1" => "一级指标",
                "level2" => "二级指标",
                _ => title.split('（').next().unwrap_or_default(),
            };
            Some(column.to_owned())
        }
        Kind::Fund | Kind::Subtotal if leaf != "label" => {
            let title = field_title(&kind.path(0, leaf), &table);
            title.split_once('·').map(|(_, column)| column.to_owned())
        }
        Kind::Goal => Some(field_title(&kind.path(0, leaf), &table)),
        _ => None,
    }
}
