//! Bytes as hexadecimal digits.

/// Bytes as hexadecimal digits, two a byte, in lower case.
pub fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
