//! How much work was done: bytes looked at, nodes visited, pairs compared. Tests hold it against the size of
//! what was given, in place of a clock.

/// So many of them were looked at once. Nothing but a test keeps count.
#[inline]
pub fn look_at(count: usize) {
    #[cfg(test)]
    counter::add(count);
    let _ = count;
}

#[cfg(test)]
pub(crate) use counter::work_of;

#[cfg(test)]
mod counter {
    use std::cell::Cell;

    thread_local! {
        static LOOKS: Cell<usize> = const { Cell::new(0) };
    }

    pub fn add(more: usize) {
        LOOKS.with(|count| count.set(count.get() + more));
    }

    /// What was looked at on this thread while something was done; what is looked at twice counts twice.
    pub(crate) fn work_of<T>(done: impl FnOnce() -> T) -> usize {
        let before = LOOKS.with(Cell::get);
        std::hint::black_box(done());
        LOOKS.with(Cell::get) - before
    }
}
