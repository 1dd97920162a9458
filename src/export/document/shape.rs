//! What shapes a report besides what it is of: how much it says, who issues it, how its pages look. All of it is in
//! the stamp, so that the same report can be made again.

use serde::{Deserialize, Serialize};

use crate::export::format::Format;
use crate::text::words::words;

words!(
    /// How much a report says.
    ReportLength {
        /// Findings, a table of indicators, what changed and what is open.
        Brief = "brief" ("简报", "brief"),
        /// Every node with everything that is known of it.
        Full = "full" ("全本", "full"),
    }
);

words!(
    /// Which nodes a report is of.
    ReportSubject {
        /// Metrics alone.
        Metrics = "metrics" ("指标", "metrics"),
    }
);

words!(
    /// How the pages of a docx look.
    PageStyle {
        Plain = "plain" ("朴素", "plain"),
        /// The layout that GB/T 9704 describes for official documents; a layout and no official document.
        Gbt9704 = "gbt9704" ("公文版式", "official layout"),
    }
);

/// What shapes a report. Nothing set: the whole of it, under the title of what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportShape {
    pub length: ReportLength,
    /// So many levels from the top of the document.
    pub depth: Option<u32>,
    pub only: Option<ReportSubject>,
    pub style: PageStyle,
    pub title: Option<String>,
    /// The body in whose name it is.
    pub issuer: Option<String>,
    pub author: Option<String>,
    /// The digest of the document that its styles are taken from.
    pub reference: Option<String>,
}

impl Default for ReportShape {
    fn default() -> Self {
        Self {
            length: ReportLength::Full,
            depth: None,
            only: None,
            style: PageStyle::Plain,
            title: None,
            issuer: None,
            author: None,
            reference: None,
        }
    }
}

impl ReportShape {
    /// The shape of a format where nobody asks for another: reports are brief.
    pub fn usual(format: Format) -> Self {
        let length = if format.is_report() { ReportLength::Brief } else { ReportLength::Full };
        Self { length, ..Self::default() }
    }
}

/// The same in the words of the files; what is not set is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShapeStamp {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    report: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    depth: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    only: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    style: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

impl ShapeStamp {
    /// `None` for a report that nothing shapes, as those of earlier versions.
    pub fn of(shape: &ReportShape) -> Option<Self> {
        let plain = ReportShape::default();
        let stamp = Self {
            report: (shape.length != plain.length).then(|| shape.length.word().to_owned()),
            depth: shape.depth,
            only: shape.only.map(|only| only.word().to_owned()),
            style: (shape.style != plain.style).then(|| shape.style.word().to_owned()),
            title: shape.title.clone(),
            issuer: shape.issuer.clone(),
            author: shape.author.clone(),
            reference: shape.reference.clone(),
        };
        (stamp != Self::default()).then_some(stamp)
    }

    /// The shape it tells of; `None` where it has a word that this program does not know.
    pub fn shape(&self) -> Option<ReportShape> {
        let plain = ReportShape::default();
        Some(ReportShape {
            length: self.report.as_deref().map_or(Some(plain.length), ReportLength::parse)?,
            depth: self.depth,
            only: match self.only.as_deref() {
                None => None,
                Some(word) => Some(ReportSubject::parse(word)?),
            },
            style: self.style.as_deref().map_or(Some(plain.style), PageStyle::parse)?,
            title: self.title.clone(),
            issuer: self.issuer.clone(),
            author: self.author.clone(),
            reference: self.reference.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_comes_back_from_its_stamp_and_none_needs_none() {
        assert_eq!(ShapeStamp::of(&ReportShape::default()), None);
        let shape = ReportShape {
            length: ReportLength::Brief,
            depth: Some(2),
            only: Some(ReportSubject::Metrics),
            style: PageStyle::Gbt9704,
            title: Some("题目".into()),
            issuer: Some("某委".into()),
            author: Some("li".into()),
            reference: Some("sha256:00".into()),
        };
        let stamp = ShapeStamp::of(&shape).unwrap();
        assert_eq!(stamp.shape(), Some(shape));
        assert_eq!(ShapeStamp { report: Some("long".into()), ..stamp }.shape(), None);
    }
}
