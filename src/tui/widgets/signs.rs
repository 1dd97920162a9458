//! What a row says besides its title and cells: progress, notes, star, disagreement. The least telling give
//! way first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::model::Model;
use super::super::text::cols;
use super::super::theme::Theme;
use super::ink::put;
use crate::journal::Annotations;
use crate::plan::NodeId;

/// Columns of title that signs leave at least.
const LEAST_TITLE_COLS: usize = 16;

const BAR_CELLS: u32 = 5;

/// A stretch with its looks.
type Sign = Vec<(String, Style)>;

/// Draws a row's signs at the right end of its title; returns where the title has to end.
pub fn draw(model: &Model, theme: Theme, id: NodeId, area: Rect, buffer: &mut Buffer) -> u16 {
    let mut signs = signs(model, theme, id);
    let room = usize::from(area.width).saturating_sub(LEAST_TITLE_COLS);
    while total(&signs) > room && !signs.is_empty() {
        signs.remove(0);
    }
    if signs.is_empty() {
        return area.right();
    }
    let width = u16::try_from(total(&signs)).unwrap_or(0);
    let start = area.right() - width;
    let mut x = start;
    for sign in signs {
        x += 1;
        for (text, style) in sign {
            put(buffer, &mut x, area.y, area.right(), &text, style);
        }
    }
    start
}

fn total(signs: &[Sign]) -> usize {
    signs.iter().map(|sign| 1 + sign.iter().map(|(text, _)| cols(text)).sum::<usize>()).sum()
}

/// The signs of a row, the least telling first.
fn signs(model: &Model, theme: Theme, id: NodeId) -> Vec<Sign> {
    let said = model.said(id);
    let share = said.and_then(|said| said.share()).map(|(_, share)| share.progress);
    let notes = said.map_or(0, |said| said.notes().count());
    let mut signs = Vec::new();
    signs.extend(share.map(|share| vec![(bar(u32::from(share), 100), theme.quiet())]));
    signs.extend(share.map(|share| vec![(format!("{share}%"), Style::new())]));
    signs.extend((notes > 0).then(|| vec![(format!("✎{notes}"), theme.mark())]));
    signs.extend(said.is_some_and(Annotations::is_starred).then(|| vec![("*".to_owned(), theme.found())]));
    let at_odds =
        said.is_some_and(Annotations::is_disputed) || model.judge().is_at_odds(id, &model.added(id));
    signs.extend(at_odds.then(|| vec![(model.view.ui.pick("异", "!").to_owned(), theme.trouble())]));
    signs
}

/// A share as full and empty cells; something shows as soon as there is something, and it is full only when
/// all is.
pub fn bar(part: u32, whole: u32) -> String {
    let exact = (part * BAR_CELLS).checked_div(whole).unwrap_or(0);
    let full = exact.max(u32::from(part > 0)).min(if part < whole { BAR_CELLS - 1 } else { BAR_CELLS });
    (0..BAR_CELLS).map(|cell| if cell < full { '▮' } else { '▯' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, 14, "▯▯▯▯▯")]
    #[case(1, 14, "▮▯▯▯▯")] // something
    #[case(7, 14, "▮▮▯▯▯")]
    #[case(13, 14, "▮▮▮▮▯")] // not all
    #[case(14, 14, "▮▮▮▮▮")]
    #[case(0, 0, "▯▯▯▯▯")]
    fn a_bar_is_empty_only_at_nothing_and_full_only_at_all(
        #[case] part: u32,
        #[case] whole: u32,
        #[case] shown: &str,
    ) {
        assert_eq!(bar(part, whole), shown);
    }
}
