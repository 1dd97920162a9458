//! The sources cited, in full.

use super::ReportBuilder;
use crate::export::cite::{self, Citing};
use crate::page::block::{Inline, Pair, Words};
use crate::plan::SourceId;
use crate::text::words::VocabularyWord;

/// A source, in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceReport {
    /// The number it is cited by.
    pub number: usize,
    /// Its id in the plan.
    pub id: String,
    /// Title; its id where it is not registered.
    pub title: Words,
    /// Publisher, date, number, standing, grade, remark.
    pub details: Vec<Pair>,
    /// Where it can be read.
    pub link: Option<String>,
    /// As a list of references has it, without the address: what a brief report gives.
    pub reference: String,
}

impl ReportBuilder<'_, '_> {
    /// The sources cited, by their numbers.
    pub fn sources(&self) -> impl Iterator<Item = SourceReport> {
        (1..).zip(self.document.sources()).map(|(number, id)| self.source(number, *id))
    }

    /// In the style that readers of the main language expect.
    fn reference(&self, id: SourceId) -> String {
        let scene = &self.document.scene;
        let citing = Citing {
            plan: self.document.plan(),
            plan_hash: &self.document.plan_hash,
            as_of: scene.judge.as_of,
            lang: scene.show.main(),
            ui: self.ui(),
        };
        cite::reference(&citing, id)
    }

    fn source(&self, number: usize, id: SourceId) -> SourceReport {
        let source = self.document.plan().source(id);
        let plain = |text: String| vec![Inline::Plain(text)];
        let mut details = Vec::new();
        let named = [("作者", "author", &source.author), ("发布者", "publisher", &source.publisher)];
        let appeared = ("载于", "appeared in", &source.appeared_in);
        for (zh, en, text) in named.into_iter().chain([appeared]).filter(|(.., text)| !text.is_empty()) {
            details.push(self.reader.pair(zh, en, vec![Inline::Words(self.reader.text(text))]));
        }
        details.extend(
            source
                .pages
                .as_deref()
                .map(|pages| self.reader.pair("版面或页码", "pages", plain(pages.to_owned()))),
        );
        if let Some(date) = source.date {
            let mut value = plain(date.to_string());
            value.extend(source.date_basis.and_then(|basis| self.reader.known(basis)));
            details.push(self.reader.pair("日期", "date", value));
        }
        details.extend(
            source.index.as_deref().map(|index| self.reader.pair("文号", "number", plain(index.to_owned()))),
        );
        details.extend(source.standing.map(|standing| {
            self.reader.pair(
                "地位",
                "standing",
                vec![Inline::Words(self.reader.said(&standing.wording().labels()))],
            )
        }));
        details.extend(
            source.grade.map(|grade| self.reader.pair("等级", "grade", plain(grade.word().to_owned()))),
        );
        details.extend(
            source
                .note
                .as_ref()
                .map(|note| self.reader.pair("说明", "remark", vec![Inline::Words(self.reader.text(note))])),
        );
        let title = if source.title.is_empty() {
            self.reader.say(&source.id, &source.id)
        } else {
            self.reader.text(&source.title)
        };
        SourceReport {
            number,
            id: source.id.to_string(),
            title,
            details,
            link: source.link.as_deref().map(str::to_owned),
            reference: self.reference(id),
        }
    }
}
