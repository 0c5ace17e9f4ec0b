//! Small parts of a package that are one flat list, `<Types …><Override …/><Override …/></Types>`, by their bytes.
//!
//! A quick way beside [`super::xml`], never instead of it: a list that is written in any other way is none.

use super::plain_xml::PlainXml;

/// A flat list of empty elements, as far as it has not been read.
pub(in crate::read) struct PlainList<'a> {
    xml: PlainXml<'a>,
    root: &'a str,
}

/// One step through a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Entry {
    /// An element of the name asked for, whose attributes were handed over.
    Wanted,
    /// Another element.
    Other,
    /// The list is over, and the document with it.
    End,
}

impl<'a> PlainList<'a> {
    /// Begins a document; `None` where it does not begin as a list does.
    pub(in crate::read) fn begin(document: &'a str) -> Option<Self> {
        let mut xml = PlainXml::new(document);
        if xml.take("<?xml ") {
            xml.skip_to(b'?')?;
            if !xml.take("?>") {
                return None;
            }
        }
        xml.skip_blank();
        let root = xml.tag()?;
        while xml.attribute().is_some() {}
        xml.take(">").then_some(Self { xml, root })
    }

    /// Takes the next element and hands over its attributes in their order, where it has the name; `None` where
    /// something else than an empty element follows.
    pub(in crate::read) fn next(&mut self, name: &str, mut attribute: impl FnMut(&'a str, &'a str)) -> Option<Entry> {
        self.xml.skip_blank();
        if self.xml.take("</") {
            let is_end = self.xml.take(self.root) && self.xml.take(">");
            self.xml.skip_blank();
            return (is_end && self.xml.rest().is_empty()).then_some(Entry::End);
        }
        let is_wanted = self.xml.tag()? == name;
        while let Some((name, value)) = self.xml.attribute() {
            if is_wanted {
                attribute(name, value);
            }
        }
        let is_empty = self.xml.take("/>") || self.xml.take(" />");
        is_empty.then_some(if is_wanted { Entry::Wanted } else { Entry::Other })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(document: &str) -> Option<Vec<(String, String)>> {
        let mut list = PlainList::begin(document)?;
        let mut found = Vec::new();
        loop {
            let entry = list.next("a", |name, value| found.push((name.to_owned(), value.to_owned())))?;
            if entry == Entry::End {
                return Some(found);
            }
        }
    }

    #[test]
    fn a_flat_list_is_taken_and_nothing_else() {
        let found = entries(
            "<?xml version=\"1.0\"?>\r\n<l xmlns=\"u\"> <a b=\"1\" c=\"值\"/><o b=\"2\"/>\n<a b=\"3\" /></l>\n",
        );
        let found = found.unwrap_or_default();
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(found, [("b", "1"), ("c", "值"), ("b", "3")]);
        assert_eq!(entries("<l></l>"), Some(Vec::new()));
        for other in [
            "",
            "<l/>",
            "<l><a b=\"1\"/>",
            "<l><a b=\"1\"></a></l>",
            "<l><a b='1'/></l>",
            "<l><a b=\"&amp;\"/></l>",
            "<l>text</l>",
            "<l><!-- --></l>",
            "<x:l><a/></x:l>",
            "<l><x:a b=\"1\"/></l>",
            "<l><a/></k>",
            "<l><a/></l><l/>",
            "<?xml version=\"1.0\" ? ?><l></l>",
        ] {
            assert_eq!(entries(other), None, "{other}");
        }
    }
}
