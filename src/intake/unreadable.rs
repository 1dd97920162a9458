//! Why a document cannot be read, and what to do.

use thiserror::Error;

use crate::text::Bilingual;

/// Largest document that is read, in bytes.
pub const MAX_DOCUMENT_BYTES: u64 = 64 << 20;

/// Most text that a document may unfold to, in bytes.
pub const MAX_TEXT_BYTES: usize = 64 << 20;

/// Why a document cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum UnreadableDocument {
    #[error("it is a PDF, which this program does not read")]
    Pdf,
    #[error("it is no text, html or docx")]
    NotText,
    #[error("it is larger than {} MB", MAX_DOCUMENT_BYTES >> 20)]
    TooLarge,
    #[error("it unfolds to more than {} MB of text", MAX_TEXT_BYTES >> 20)]
    Unfolds,
    #[error("it is no docx: the archive is damaged, or holds no word/document.xml")]
    NoDocx,
    #[error("its document.xml is broken")]
    BrokenXml,
    #[error("it is an old .doc, .xls or .wps file")]
    OldOffice,
}

impl UnreadableDocument {
    /// What is wrong, to stand behind a path and a colon.
    pub fn reason(self) -> Bilingual {
        let zh = match self {
            UnreadableDocument::Pdf => "是 PDF，本程序不读".to_owned(),
            UnreadableDocument::NotText => "不是文本、html 或 docx".to_owned(),
            UnreadableDocument::TooLarge => format!("超过 {} MB", MAX_DOCUMENT_BYTES >> 20),
            UnreadableDocument::Unfolds => format!("解开后文字超过 {} MB", MAX_TEXT_BYTES >> 20),
            UnreadableDocument::NoDocx => "不是 docx：压缩包已损坏，或没有 word/document.xml".to_owned(),
            UnreadableDocument::BrokenXml => "document.xml 已损坏".to_owned(),
            UnreadableDocument::OldOffice => "是旧式 .doc、.xls 或 .wps 文件".to_owned(),
        };
        Bilingual::new(zh, self.to_string())
    }

    /// What to do next. `command` is the command that was given the file.
    pub fn advice(self, command: &str, file: &str) -> Bilingual {
        match self {
            UnreadableDocument::Pdf => Bilingual::new(
                format!("先转成文本：pdftotext {file} - | plan158 {command} -"),
                format!("turn it into text first: pdftotext {file} - | plan158 {command} -"),
            ),
            UnreadableDocument::TooLarge | UnreadableDocument::Unfolds => {
                Bilingual::new("只给出需要的部分", "give it the part that is needed")
            }
            UnreadableDocument::NotText | UnreadableDocument::OldOffice => {
                Bilingual::new("另存为 txt、md、html 或 docx", "save it as txt, md, html or docx")
            }
            UnreadableDocument::NoDocx | UnreadableDocument::BrokenXml => Bilingual::new(
                "用文字处理软件打开并重新保存，或另存为 txt",
                "open it in a word processor and save it again, or save it as txt",
            ),
        }
    }
}
