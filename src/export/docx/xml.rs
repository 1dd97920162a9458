//! Text and fields of WordprocessingML, which every part may hold.

use crate::export::escape::MarkupKind;

/// Before every part.
pub(super) const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Text inside the document's XML.
pub(super) fn escape(text: &str) -> String {
    MarkupKind::Word.escape(text)
}

/// A field that word processors fill in.
pub(super) fn field(instruction: &str) -> String {
    let kind = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {instruction} </w:instrText></w:r>{}\
         <w:r><w:t>1</w:t></w:r>{}",
        kind("separate"),
        kind("end")
    )
}
