//! How much text was looked at. Tests hold it against the length of the text, in place of a clock.

/// So many bytes of a text were looked at once. Nothing but a test keeps count.
#[inline]
pub fn look_at(bytes: usize) {
    #[cfg(test)]
    counter::add(bytes);
    let _ = bytes;
}

#[cfg(test)]
pub(crate) use counter::bytes_of;

#[cfg(test)]
mod counter {
    use std::cell::Cell;

    thread_local! {
        static BYTES: Cell<usize> = const { Cell::new(0) };
    }

    pub fn add(bytes: usize) {
        BYTES.with(|count| count.set(count.get() + bytes));
    }

    /// Bytes that were looked at on this thread while something was done; a byte that is looked at twice
    /// counts twice.
    pub(crate) fn bytes_of<T>(done: impl FnOnce() -> T) -> usize {
        let before = BYTES.with(Cell::get);
        std::hint::black_box(done());
        BYTES.with(Cell::get) - before
    }
}
