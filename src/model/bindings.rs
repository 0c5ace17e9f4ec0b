//! The bound cells of a table. Their texts stand one behind the other in one piece: a table has hundreds of them.

use super::{Binding, FieldPath};
use crate::grid::CellAddress;

/// One cell bound to one field, as it stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoundCell<'a> {
    /// The field in the Evaluation.
    pub field: FieldPath,
    /// Where the value stands.
    pub cell: CellAddress,
    /// What a person sees there.
    pub text: &'a str,
}

impl From<BoundCell<'_>> for Binding {
    fn from(BoundCell { field, cell, text }: BoundCell<'_>) -> Self {
        Self {
            field,
            cell,
            text: text.to_owned(),
        }
    }
}

/// Bound cells in the order in which they were put in, or of their cells once they were sorted.
#[derive(Clone, Default)]
pub struct Bindings {
    places: Vec<Place>,
    texts: String,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    field: FieldPath,
    cell: CellAddress,
    /// Where the text begins and ends.
    text: (usize, usize),
}

impl Bindings {
    /// Returns no bindings, with room for so many.
    pub(crate) fn with_capacity(count: usize) -> Self {
        /// Bytes of a usual text.
        const TEXT: usize = 16;
        Self {
            places: Vec::with_capacity(count),
            texts: String::with_capacity(count.saturating_mul(TEXT)),
        }
    }

    /// Adds a binding.
    pub fn push(&mut self, field: FieldPath, cell: CellAddress, text: &str) {
        let start = self.texts.len();
        self.texts.push_str(text);
        self.places.push(Place {
            field,
            cell,
            text: (start, self.texts.len()),
        });
    }

    /// Returns how many there are.
    pub const fn len(&self) -> usize {
        self.places.len()
    }

    /// Returns whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Returns all of them in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = BoundCell<'_>> {
        self.places.iter().map(|place| self.bound(place))
    }

    /// Returns those whose field satisfies the question, in their order.
    pub fn of_fields(&self, is_wanted: impl Fn(FieldPath) -> bool) -> impl Iterator<Item = BoundCell<'_>> {
        let wanted = self.places.iter().filter(move |place| is_wanted(place.field));
        wanted.map(|place| self.bound(place))
    }

    /// Returns field and cell of the one at an index.
    pub(crate) fn place(&self, index: usize) -> Option<(FieldPath, CellAddress)> {
        self.places.get(index).map(|place| (place.field, place.cell))
    }

    /// Returns the index of the first one whose cell is this one or a later one; of bindings in the order of their
    /// cells.
    pub fn first_from(&self, cell: CellAddress) -> usize {
        self.places.partition_point(|place| place.cell < cell)
    }

    /// Returns the first one of a cell; of bindings in the order of their cells.
    pub fn at(&self, cell: CellAddress) -> Option<BoundCell<'_>> {
        let first = self.places.get(self.first_from(cell));
        first.filter(|place| place.cell == cell).map(|place| self.bound(place))
    }

    /// Puts them into the order of their cells; those of one cell stay in theirs.
    pub(crate) fn sort_by_cell(&mut self) {
        self.places.sort_by_key(|place| place.cell);
    }

    /// Binds each cell to the field that is returned for its own.
    pub(crate) fn rename(&mut self, field: impl Fn(FieldPath) -> FieldPath) {
        for place in &mut self.places {
            place.field = field(place.field);
        }
    }

    /// Keeps those whose field satisfies the question.
    pub(crate) fn retain(&mut self, mut is_kept: impl FnMut(FieldPath) -> bool) {
        self.places.retain(|place| is_kept(place.field));
    }

    fn bound(&self, place: &Place) -> BoundCell<'_> {
        let (start, end) = place.text;
        BoundCell {
            field: place.field,
            cell: place.cell,
            text: self.texts.get(start..end).unwrap_or_default(),
        }
    }
}

impl std::fmt::Debug for Bindings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Bindings {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<'a> FromIterator<BoundCell<'a>> for Bindings {
    fn from_iter<I: IntoIterator<Item = BoundCell<'a>>>(bound: I) -> Self {
        let mut bindings = Self::default();
        for BoundCell { field, cell, text } in bound {
            bindings.push(field, cell, text);
        }
        bindings
    }
}
