//! Reports in a form of one's own: a template of minijinja over the JSON export, with words beside its
//! figures.
//!
//! What the template sees is the JSON document (`docs/json-format.md`) with a few more keys, so that a
//! template for a house style need not put figures into words itself (`docs/export-format.md` lists them).
//! The whole document stands in memory: a template may look at any of it.

mod limits;

use std::io::Write;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior};
use serde_json::{Value as Json, json};

pub use limits::MemoryGauge;

use super::digest::seal_text;
use super::document::{Document, ExportLanguage, NodeEntry, ReportStamp};
use super::format::{ExportError, ExportProgress, Format};
use super::json;
use crate::page::ValueKind;
use crate::plan::{SourceId, State, figure};
use crate::text::{Bilingual, Lang, Text, Ui, markdown};
use crate::text::{clean::many_lines, clean::one_line};

/// A template that was read.
pub struct Template {
    environment: Environment<'static>,
    name: String,
    format: Format,
    memory: MemoryGauge,
}

/// The format that a template's output takes for its escaping: the one named, else the one its name ends in
/// (`brief.md.j2`), else Markdown.
fn form(name: &str, format: Option<Format>) -> Format {
    let mut endings = name.rsplit('.').take(2);
    format.or_else(|| endings.find_map(Format::parse)).unwrap_or(Format::Md)
}

/// Reads a template. HTML is escaped by itself, Markdown by the filter `md`, JSON by `tojson`.
///
/// # Errors
/// What is wrong with it, and in which line.
pub fn parse(name: &str, text: String, format: Option<Format>) -> Result<Template, Bilingual> {
    let format = form(name, format);
    let mut environment = Environment::new();
    // A name that is not there is an error: a gap in a signed report would go unseen.
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_auto_escape_callback(move |_| match format {
        Format::Html => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.map_err(|error| wrong(&error))?);
    environment.add_filter("md", |text: String| markdown::line(&text));
    environment.set_fuel(Some(limits::MAX_STEPS));
    limits::check(name, &text)?;
    let environment = limits::read(environment, name.to_owned(), text).map_err(|error| {
        let unread = || Bilingual::new("无法读取模板", "the template cannot be read");
        error.as_ref().map_or_else(unread, wrong)
    })?;
    Ok(Template { environment, name: name.to_owned(), format, memory: || None })
}

fn wrong(error: &Error) -> Bilingual {
    let place = error.name().map(|name| one_line(name).into_owned()).unwrap_or_default();
    let line = error.line().unwrap_or_default();
    let what = error.detail().map_or_else(|| error.kind().to_string(), ToOwned::to_owned);
    let what = one_line(&what);
    Bilingual::new(
        format!("模板 {place} 第{line}行：{what}"),
        format!("template {place}, line {line}: {what}"),
    )
}

impl Template {
    /// With a limit on the memory that filling it in takes.
    #[must_use]
    pub fn gauged(self, memory: MemoryGauge) -> Self {
        Self { memory, ..self }
    }

    /// Writes a document in the template's form.
    ///
    /// # Errors
    /// When the template asks for what is not there, the sink fails, or somebody stops it.
    pub fn write(
        &self,
        document: &Document<'_>,
        out: &mut dyn Write,
        progress: &mut dyn ExportProgress,
    ) -> Result<(), ExportError> {
        let context = context(document, self.format, progress)?;
        let own = (&self.environment, self.name.as_str());
        let rendered = limits::fill(own, context, self.memory, progress, wrong)?;
        // Where the template has the block, its digest is of all that came out.
        seal_text(out, |sink| Ok(sink.write_all(rendered.as_bytes())?))
    }
}

/// The JSON document, with words.
fn context(
    document: &Document<'_>,
    format: Format,
    progress: &mut dyn ExportProgress,
) -> Result<Json, ExportError> {
    let mut root: serde_json::Map<String, Json> =
        json::head(document).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let mut nodes = Vec::with_capacity(document.count());
    for (done, entry) in (1..).zip(document.entries()) {
        nodes.push(node(document, &entry));
        progress.step(done, document.count())?;
    }
    root.insert("nodes".into(), Json::from(nodes));
    root.insert("orphans".into(), json::orphans(document));
    let sources = document.referred().into_iter().zip(json::sources(document));
    root.insert("sources".into(), sources.map(|(id, own)| source(document, id, own)).collect());
    root.insert(
        "stamp".into(),
        Json::from(ReportStamp { digest: String::new(), ..document.stamp(format) }.line()),
    );
    root.insert("stamp_block".into(), Json::from(stamp_block(document)));
    let rule = document.scene.judge.rule;
    root.insert("rule_said".into(), json!({"zh": rule.label(Ui::Zh), "en": rule.label(Ui::En)}));
    Ok(Json::Object(root))
}

/// What opens the block that makes a template's file one that can be verified.
pub const BLOCK_OPEN: &str = "<!-- plan158:stamp ";

/// The format that such a block names: a form of somebody's own.
pub const TEMPLATED: &str = "template";

/// A comment with the stamp and, a line each, what the file says of its nodes.
fn stamp_block(document: &Document<'_>) -> String {
    let stamp = ReportStamp { format: TEMPLATED.to_owned(), ..document.stamp(Format::Json) };
    let marks = document.entries().map(|entry| document.mark(&entry).line() + "\n");
    format!("{BLOCK_OPEN}{}\n{}-->", stamp.line(), marks.collect::<String>())
}

fn state(state: State) -> Json {
    json!({"glyph": state.glyph(), "zh": state.label(Ui::Zh), "en": state.label(Ui::En)})
}

/// A text in the words of each of the plan's languages.
fn each(document: &Document<'_>, words: impl Fn(ExportLanguage) -> String) -> Json {
    let langs = (0u8..).map(Lang).take(document.plan().languages.len());
    let entry = |lang: Lang| {
        let voice = document.scene.voice(lang);
        (document.plan().tag(lang).to_owned(), Json::from(words(voice)))
    };
    Json::Object(langs.map(entry).collect())
}

fn node(document: &Document<'_>, entry: &NodeEntry<'_>) -> Json {
    let mut node = json::value(&document.scene, entry);
    node["state_said"] = state(entry.state);
    node["level_said"] =
        each(document, |voice| one_line(entry.level.label.get_or_first(voice.lang).text).into_owned());
    node["mark"] = Json::from(one_line(entry.level.mark_in(document.scene.show.main())));
    node["matched"] = Json::from(document.part(entry.id) == super::document::EntryReason::Whole);
    let Some(metric) = entry.metric() else { return node };
    let own = entry.values.iter().filter(|value| value.kind != ValueKind::Comparator);
    for (at, value) in own.enumerate() {
        let said = &mut node["metric"]["values"][at];
        said["amount_said"] =
            each(document, |voice| figure::amount(value.value, metric, voice.lang, voice.ui));
        said["when_said"] = each(document, |voice| figure::when(value.value.when, voice.ui));
        said["kind_said"] = json!({"zh": value.kind.label(Ui::Zh), "en": value.kind.label(Ui::En)});
    }
    node
}

/// A document that is referred to; where a language has no wording, the first there is.
fn source(document: &Document<'_>, id: SourceId, mut source: Json) -> Json {
    let plan = document.plan().source(id);
    let words =
        |text: &Text| each(document, |voice| many_lines(text.get_or_first(voice.lang).text).into_owned());
    source["title"] = words(&plan.title);
    source["publisher"] = words(&plan.publisher);
    source
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("brief.md.j2", None, Format::Md)]
    #[case("table.html", None, Format::Html)]
    #[case("dir/table.html.jinja", None, Format::Html)]
    #[case("house.txt", None, Format::Md)]
    #[case("table.html", Some(Format::Md), Format::Md)]
    fn the_form_is_the_one_named_or_the_one_the_name_ends_in(
        #[case] name: &str,
        #[case] named: Option<Format>,
        #[case] expected: Format,
    ) {
        assert_eq!(form(name, named), expected);
    }

    #[test]
    fn a_wrong_template_is_said_with_its_line() {
        let said = parse("a.md", "one\n{% for %}\n".into(), None).err().unwrap();
        assert!(said.en.starts_with("template a.md, line 2: "), "{}", said.en);
    }
}
