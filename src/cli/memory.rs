//! How much memory the process has.

/// A page of memory on the machines whose system tells: at least so much.
const PAGE_BYTES: u64 = 4096;

/// The memory that is really there, in bytes; `None` where the system does not say.
pub fn resident() -> Option<u64> {
    let said = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = said.split(' ').nth(1)?.parse().ok()?;
    pages.checked_mul(PAGE_BYTES)
}
