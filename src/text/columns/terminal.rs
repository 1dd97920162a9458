//! What terminals do not agree on: the columns of the characters that Unicode calls ambiguous, such as the
//! quotes of Chinese, dashes, `…` and `≥`. One in most; two where a terminal keeps to the fonts of East Asia.
//!
//! It is a fact of the one terminal that the program has, so it is set once, before anything is laid out.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};

/// Columns of an ambiguous character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AmbiguousWidth {
    /// One.
    #[default]
    Narrow,
    /// Two.
    Wide,
}

static WIDE: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// Another width for what runs on this thread, for tests that run beside one another.
    static OWN: Cell<Option<AmbiguousWidth>> = const { Cell::new(None) };
}

/// How wide they are.
pub fn ambiguous_width() -> AmbiguousWidth {
    OWN.get().unwrap_or_else(|| {
        if WIDE.load(Ordering::Relaxed) { AmbiguousWidth::Wide } else { AmbiguousWidth::Narrow }
    })
}

/// Says it for the program.
pub fn set_ambiguous_width(width: AmbiguousWidth) {
    WIDE.store(width == AmbiguousWidth::Wide, Ordering::Relaxed);
}

/// Says it for what is done on this thread.
pub fn with_ambiguous_width<T>(width: AmbiguousWidth, work: impl FnOnce() -> T) -> T {
    let before = OWN.replace(Some(width));
    let done = work();
    OWN.set(before);
    done
}
