//! From controls to the text of the cells that they stand on.

use std::collections::BTreeMap;

use super::{BoxKind, BoxState, Control};
use crate::grid::{Cell, CellAddress, CellValue, Sheet};
use crate::read::kit::losses::Losses;
use crate::read::kit::text_boxes::corners_of;
use crate::read::kit::text_boxes::geometry::{Anchor, Geometry};

/// A box whose state is decided.
#[derive(Debug)]
pub(super) struct Mark {
    pub label: String,
    mark: char,
    anchor: Option<Anchor>,
    link: Option<String>,
}

impl Mark {
    /// Returns the mark of a control; nothing when it is no box, cannot be seen, or its state is not decided (and
    /// listed).
    pub(super) fn of(control: Control, losses: &mut Losses) -> Option<Self> {
        let kind = control.kind?;
        if control.is_hidden {
            return None;
        }
        let label = control.label.replace("&nbsp;", " ");
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = title(kind, &label);
        let place = control.anchor.map(|anchor| anchor.from);
        let undecided = if control.is_active_x {
            Some("是 ActiveX 控件，读不出是否勾选")
        } else if control.is_contradictory {
            Some("的勾选状态在文件里两处记录不一致，无法确定是否勾选")
        } else if control.state == Some(BoxState::Mixed) {
            Some("是灰色的半选状态，无法确定是否勾选")
        } else {
            None
        };
        if let Some(undecided) = undecided {
            losses.add(place, || format!("{title}{undecided}"));
            return None;
        }
        let mark = match (kind, control.state?) {
            (BoxKind::CheckBox, BoxState::Ticked) => '☑',
            (BoxKind::CheckBox, _) => '□',
            (BoxKind::OptionButton, BoxState::Ticked) => '●',
            (BoxKind::OptionButton, _) => '○',
        };
        Some(Self {
            label,
            mark,
            anchor: control.anchor,
            link: control.link,
        })
    }

    fn title(&self) -> String {
        let kind = if matches!(self.mark, '●' | '○') {
            BoxKind::OptionButton
        } else {
            BoxKind::CheckBox
        };
        format!("{}{}", title(kind, &self.label), self.mark)
    }

    /// `优☑`: the label, then its mark, whichever side the box is drawn on.
    fn text(&self) -> String {
        format!("{}{}", self.label, self.mark)
    }

    fn links_to(&self, cell: CellAddress) -> bool {
        self.link
            .as_deref()
            .and_then(|link| link.rsplit('!').next()?.trim().parse().ok())
            == Some(cell)
    }
}

fn title(kind: BoxKind, label: &str) -> String {
    let kind = match kind {
        BoxKind::CheckBox => "复选框",
        BoxKind::OptionButton => "选项按钮",
    };
    match label {
        "" => format!("没有文字的{kind}"),
        label => format!("{kind}“{label}”"),
    }
}

/// Adds each mark to the cell, or the merged region's corner, that it is drawn on.
pub(super) fn put(marks: Vec<Mark>, geometry: &Geometry, sheet: &mut Sheet, losses: &mut Losses) {
    let mut decided: Vec<(Mark, Vec<CellAddress>)> = Vec::new();
    for mark in marks {
        let cells = mark.anchor.as_ref().map(|anchor| geometry.cells_of(anchor));
        decided.push((mark, cells.unwrap_or_default()));
    }
    let corners = corners_of(decided.iter().flat_map(|(_, cells)| cells), sheet);
    let mut by_cell: BTreeMap<CellAddress, Vec<Mark>> = BTreeMap::new();
    for (mark, cells) in decided {
        let mut seen = cells.iter().map(|cell| corners.get(cell).copied().unwrap_or(*cell));
        match seen.next() {
            Some(corner) if seen.all(|other| other == corner) => by_cell.entry(corner).or_default().push(mark),
            _ => losses.add(mark.anchor.map(|anchor| anchor.from), || {
                format!("{}无法确定属于哪个单元格，没有读取", mark.title())
            }),
        }
    }
    for (corner, mut marks) in by_cell {
        // As they are read: from left to right. Shape numbers only follow the order of making.
        marks.sort_by(|one, other| {
            let place = |mark: &Mark| mark.anchor.map(|anchor| anchor.reading_order());
            place(one)
                .partial_cmp(&place(other))
                .unwrap_or(std::cmp::Ordering::Equal)
        });
        put_on_cell(corner, &marks, sheet, losses);
    }
}

/// A word that a box without a label can belong to as a whole.
const LONGEST_WORD: usize = 3;

fn put_on_cell(corner: CellAddress, marks: &[Mark], sheet: &mut Sheet, losses: &mut Losses) {
    let stored = sheet.cell(corner);
    // The linked cell's TRUE lies under its own box.
    let is_own_link = stored.is_some_and(|cell| matches!(cell.value, CellValue::Boolean(_)))
        && marks.iter().any(|mark| mark.links_to(corner));
    let text = match stored {
        Some(cell) if !is_own_link => cell.shown().trim(),
        _ => "",
    };
    let is_one_word = !text.contains(char::is_whitespace) && text.chars().count() <= LONGEST_WORD;
    let is_bare_decided = text.is_empty() || (is_one_word && marks.len() == 1);
    let mut pieces: Vec<String> = Vec::new();
    if !text.is_empty() {
        pieces.push(text.to_owned());
    }
    for mark in marks {
        if mark.label.is_empty() && !is_bare_decided {
            losses.add(Some(corner), || {
                format!("{}无法确定属于单元格文字中的哪一项，没有读取", mark.title())
            });
        } else {
            pieces.push(mark.text());
        }
    }
    let shown = pieces.join(" ");
    if shown == text {
        return;
    }
    sheet.put(match stored {
        Some(cell) => Cell {
            shown_otherwise: cell.value.shown_as(shown),
            ..cell.clone()
        },
        None => Cell {
            address: corner,
            value: CellValue::Text(shown),
            shown_otherwise: None,
            shown_unsure: false,
            formula: None,
            number_format: None,
        },
    });
}
