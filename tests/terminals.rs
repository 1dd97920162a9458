//! What a terminal shows of the bytes it gets, where it draws characters of ambiguous width as one column or
//! as two: what the program believes to show, cell by cell, on every page and from each page to the next.

#[path = "support/emulator.rs"]
mod emulator;

use plan158::chart::Glyphs;
use plan158::text::columns::{AmbiguousWidth, cols, with_ambiguous_width};
use plan158::tui::draw::paint;
use plan158::tui::theme::Theme;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rstest::rstest;

use self::emulator::Emulator;
use super::pages;
use super::screen::{Session, plan};

fn painted(session: &Session) -> Buffer {
    let area = Rect::new(0, 0, session.model.size.cols, session.model.size.lines);
    let mut buffer = Buffer::empty(area);
    paint(&session.model, Theme::DARK, area, &mut buffer);
    buffer
}

/// What the cells of a line are meant to show, each wide character with an empty cell behind it.
fn meant(buffer: &Buffer, y: u16) -> Vec<String> {
    let mut cells = Vec::new();
    let mut x = 0;
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        let width = cols(symbol).max(1);
        cells.push(symbol.to_owned());
        cells.extend(std::iter::repeat_n(String::new(), width - 1));
        x += u16::try_from(width).unwrap();
    }
    cells
}

/// Shows screens one after another on one terminal.
fn shows_what_is_meant(screens: &[(String, Buffer)], is_wide: bool) {
    let area = screens[0].1.area;
    let mut terminal = Emulator::new(area.width, area.height, is_wide);
    let mut before = Buffer::empty(area);
    for (name, buffer) in screens {
        let mut bytes = Vec::new();
        CrosstermBackend::new(&mut bytes).draw(before.diff(buffer).into_iter()).unwrap();
        terminal.take(&bytes);
        for y in 0..area.height {
            assert_eq!(terminal.cells[usize::from(y)], meant(buffer, y), "{name}, line {y}");
        }
        before = buffer.clone();
    }
}

#[rstest]
fn what_shows_is_what_is_meant(
    #[values(AmbiguousWidth::Narrow, AmbiguousWidth::Wide)] width: AmbiguousWidth,
    #[values("zh", "both", "en")] lang: &str,
    #[values("80x24", "120x40")] size: &str,
) {
    with_ambiguous_width(width, || {
        let is_wide = width == AmbiguousWidth::Wide;
        let screens: Vec<(String, Buffer)> = pages(lang, size)
            .into_iter()
            .map(|(name, mut session)| {
                if is_wide {
                    session.model.view.glyphs = Glyphs::Ascii;
                }
                // Laid out anew, as at a start.
                let size = session.model.size;
                let session = session.send(plan158::tui::message::Message::Resized(size));
                (format!("{name} {lang} {size:?}"), painted(&session))
            })
            .collect();
        shows_what_is_meant(&screens, is_wide);
    });
}

#[rstest]
fn emoji_leave_nothing_behind_and_a_pop_up_over_them_keeps_its_frame(
    #[values(AmbiguousWidth::Narrow, AmbiguousWidth::Wide)] width: AmbiguousWidth,
) {
    let written = "家 👨\u{200d}👩\u{200d}👧 旗 🇨🇳 肤 👍🏽 键 1\u{fe0f}\u{20e3} 心 ❤\u{fe0f} 规划规划规划规划规划规划规划规划";
    with_ambiguous_width(width, || {
        let noted = || {
            let session = Session::open(plan("small.toml"), "zh", "80x24").written_by("li");
            session.keys("3 j a").typed(written).keys("Enter")
        };
        let screens = [
            ("note", noted()),
            ("card", noted().keys("Enter")),
            ("pop-up", noted().keys("Enter :")),
            ("pop-up of keys", noted().keys("Enter g")),
            ("card again", noted().keys("Enter")),
            ("outline", Session::open(plan("small.toml"), "zh", "80x24")),
        ]
        .map(|(name, session)| (name.to_owned(), painted(&session)));
        assert!(screens[1].1.content().iter().any(|cell| cell.symbol() == "👍"), "the note shows");
        shows_what_is_meant(&screens, width == AmbiguousWidth::Wide);
    });
}

#[test]
fn a_pop_up_has_all_four_sides_over_wide_characters() {
    let session = Session::open(plan("small.toml"), "zh", "80x24").keys("3 j Enter :");
    let buffer = painted(&session);
    let corner = |wanted: &str| {
        let at = |(x, y): &(u16, u16)| buffer[(*x, *y)].symbol() == wanted;
        (0..24).flat_map(|y| (0..80).map(move |x| (x, y))).find(at).unwrap()
    };
    let ((left, top), (right, bottom)) = (corner("┌"), corner("┘"));
    for y in top + 1..bottom {
        assert_eq!((buffer[(left, y)].symbol(), buffer[(right, y)].symbol()), ("│", "│"), "line {y}");
    }
}
