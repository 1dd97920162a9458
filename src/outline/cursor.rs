//! The selected row and the stretch of rows on screen.

/// Rows kept between the cursor and the edge of the screen, where there is room.
const MARGIN: usize = 3;

/// A row and a window over the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCursor {
    pub row: usize,
    /// First row on screen.
    pub top: usize,
    /// Rows that fit the screen.
    pub height: usize,
}

impl RowCursor {
    /// Puts the cursor on a row (the last one where there are fewer) and scrolls as little as shows it with
    /// its margin.
    pub fn to(&mut self, row: usize, rows: usize) {
        self.row = row.min(rows.saturating_sub(1));
        self.scroll(rows);
    }

    /// Scrolls as little as shows the selected row.
    pub fn scroll(&mut self, rows: usize) {
        let height = self.height.max(1);
        let margin = MARGIN.min((height - 1) / 2);
        let lowest_top = (self.row + margin + 1).saturating_sub(height);
        let highest_top = self.row.saturating_sub(margin);
        self.top = self.top.clamp(lowest_top.min(highest_top), highest_top).min(rows.saturating_sub(height));
    }

    /// Moves the window and takes the cursor along where it would leave it.
    pub fn scroll_by(&mut self, by: isize, rows: usize) {
        let height = self.height.max(1);
        self.top = self.top.saturating_add_signed(by).min(rows.saturating_sub(height));
        let margin = MARGIN.min((height - 1) / 2);
        let first = if self.top == 0 { 0 } else { self.top + margin };
        let bottom = self.top + height;
        let last = if bottom >= rows { rows.saturating_sub(1) } else { bottom - 1 - margin };
        self.row = self.row.clamp(first.min(last), last);
    }

    /// Puts the selected row at a share of the window: 0 top, 1 middle, 2 bottom (`zt`, `zz`, `zb`).
    pub fn align(&mut self, where_to: ScrollAlign, rows: usize) {
        let height = self.height.max(1);
        let above = match where_to {
            ScrollAlign::Top => 0,
            ScrollAlign::Middle => height / 2,
            ScrollAlign::Bottom => height - 1,
        };
        self.top = self.row.saturating_sub(above).min(rows.saturating_sub(height));
    }
}

/// Where on screen a row should stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScrollAlign {
    /// First line.
    Top,
    Middle,
    /// Last line.
    Bottom,
}
