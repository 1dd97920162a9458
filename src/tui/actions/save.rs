//! Enter on a line or form: the step that what was typed asks for.

use super::super::compose::{Asks, Compose, VALUE_FIELDS};
use super::super::effect::Effect;
use super::super::model::Model;
use super::super::pages::{export, review};
use super::annotate;
use super::compose::{close, draft_dropped, joined, sent, verdict};
use crate::journal::words::{self, FigurePart, FigureText, RefusedText};
use crate::journal::{Event, NodeName, Step};
use crate::text::Bilingual;

/// Enter: the step that what was typed asks for.
pub fn save(model: &mut Model) -> Vec<Effect> {
    let effects = step_or_refusal(model);
    if !effects.is_empty() {
        sent(model);
    }
    effects
}

fn step_or_refusal(model: &mut Model) -> Vec<Effect> {
    let Some(compose) = model.compose.clone() else { return Vec::new() };
    if let Asks::ExportTo(format) = compose.asks {
        return export::keys::export(model, format, compose.value(0));
    }
    if let Some(effects) = review::keys::take_line(model, &compose) {
        return effects;
    }
    match step(model, &compose) {
        Ok(Some(step)) => vec![Effect::Record(step)],
        Ok(None) => {
            let dropped = compose.drafts.kept.as_ref().is_some_and(|kept| !kept.is_blank());
            let nothing = Bilingual::new("没有写内容，未记录", "nothing was said: nothing recorded");
            let told = [Some(nothing), dropped.then(|| draft_dropped(&compose.drafts))];
            model.notice = joined(told.into_iter().flatten());
            close(model)
        }
        Err((field, refused)) => {
            if let Some(compose) = &mut model.compose {
                (compose.at, compose.refused) = (field, Some(refused.said()));
            }
            Vec::new()
        }
    }
}

fn step(model: &Model, compose: &Compose) -> Result<Option<Step>, (usize, RefusedText)> {
    let node = NodeName::clone(&compose.here.name);
    let text = compose.value(0);
    let said = !text.trim().is_empty();
    let event = match &compose.asks {
        Asks::ExportTo(_) => return Ok(None),
        Asks::Note(_) | Asks::EditNote(_) | Asks::RenameTag(_) | Asks::Settlement if !said => {
            return Ok(None);
        }
        Asks::Note(kind) => Event::Note { node, kind: *kind, text: text.trim().into() },
        Asks::EditNote(of) => Event::NoteEdit { node: Some(node), of: of.clone(), text: text.trim().into() },
        Asks::Share => {
            let progress = if said { words::share(text.trim()) } else { Ok(None) };
            Event::Progress { node, progress: progress.map_err(|refused| (0, refused))? }
        }
        Asks::Settlement => Event::Settled { node, reason: Some(text.trim().into()) },
        // The review page takes these before.
        Asks::Decision(_) | Asks::Until => return Ok(None),
        Asks::Reason(status) => return Ok(Some(verdict(node, *status, text))),
        Asks::SeriesBreak => {
            Event::SeriesBreak { node, at: words::moment(text).map_err(|refused| (0, refused))? }
        }
        Asks::Value => Event::Value { node, figure: figure(model, compose)? },
        Asks::RenameTag(old) => {
            let new = words::tag(text).map_err(|refused| (0, refused))?;
            return Ok(Some(annotate::rename_tag(model, old, &new)));
        }
    };
    Ok(Some(Step::new(vec![event])))
}

fn figure(
    model: &Model,
    compose: &Compose,
) -> Result<crate::journal::event::RecordedFigure, (usize, RefusedText)> {
    let metric = compose.here.node.and_then(|node| model.plan().tree.node(node).metric.as_ref());
    let Some(metric) = metric else {
        let next = Bilingual::new("只有指标有数值", "only metrics have values");
        return Err((0, RefusedText { value: String::new(), next }));
    };
    debug_assert_eq!(compose.fields.len(), VALUE_FIELDS, "the form has a field a part");
    let given = |field| Some(compose.value(field).trim()).filter(|text| !text.is_empty());
    let text = FigureText {
        value: compose.value(0).trim(),
        on: compose.value(1).trim(),
        bound: given(2),
        source: given(3),
        grade: given(4),
    };
    let place = |part| match part {
        FigurePart::Value => 0,
        FigurePart::On => 1,
        FigurePart::Bound => 2,
        FigurePart::Source => 3,
        FigurePart::Grade => 4,
    };
    words::figure(metric, text).map_err(|(part, refused)| (place(part), refused))
}
