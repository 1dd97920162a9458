//! The report as one web page: where its stamp and its marks stand.

/// The id of the block that holds the stamp.
pub const STAMP_ID: &str = "plan158-stamp";

/// The id of the block that holds the marks.
pub const MARKS_ID: &str = "plan158-nodes";

/// The tag that opens a block of data, which no browser runs.
pub fn data_block(id: &str) -> String {
    format!("<script type=\"application/json\" id=\"{id}\">")
}
