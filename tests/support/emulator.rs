//! A terminal that draws characters of ambiguous width as wide or as narrow as it is told, and keeps to what
//! it is sent: bytes in, cells out. A character written on half of a wide one leaves nothing of that.

use unicode_width::UnicodeWidthChar;

/// The second cell of a wide character.
const COVERED: &str = "";

pub struct Emulator {
    cols: usize,
    is_wide: bool,
    at: (usize, usize),
    pub cells: Vec<Vec<String>>,
}

impl Emulator {
    pub fn new(cols: u16, lines: u16, is_wide: bool) -> Self {
        let (cols, lines) = (usize::from(cols), usize::from(lines));
        Self { cols, is_wide, at: (0, 0), cells: vec![vec![" ".to_owned(); cols]; lines] }
    }

    /// Takes what was written to it.
    pub fn take(&mut self, bytes: &[u8]) {
        let text = std::str::from_utf8(bytes).unwrap();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            if c != '\u{1b}' {
                self.put(c);
                continue;
            }
            assert_eq!(chars.next(), Some('['), "only control sequences are known here");
            let mut parameters = String::new();
            let last = loop {
                match chars.next().unwrap() {
                    c @ '\u{40}'..='\u{7e}' => break c,
                    c => parameters.push(c),
                }
            };
            if last == 'H' {
                let (line, col) = parameters.split_once(';').unwrap();
                self.at = (col.parse::<usize>().unwrap() - 1, line.parse::<usize>().unwrap() - 1);
            }
        }
    }

    fn put(&mut self, c: char) {
        let width = if self.is_wide { c.width_cjk() } else { c.width() }.unwrap_or(0);
        let (x, y) = self.at;
        if width == 0 {
            let line = &mut self.cells[y];
            let before = (0..x).rev().find(|at| line[*at] != COVERED);
            before.into_iter().for_each(|at| line[at].push(c));
            return;
        }
        assert!(x + width <= self.cols, "{c:?} runs over the edge of line {y}");
        for at in x..x + width {
            self.erase(at, y);
        }
        self.cells[y][x] = c.to_string();
        (x + 1..x + width).for_each(|at| self.cells[y][at] = COVERED.to_owned());
        self.at = (x + width, y);
    }

    /// Erases the whole of what stands on a cell.
    fn erase(&mut self, x: usize, y: usize) {
        let line = &mut self.cells[y];
        let start = (0..=x).rev().find(|at| line[*at] != COVERED).unwrap_or(0);
        line[start] = " ".to_owned();
        for cell in line[start + 1..].iter_mut().take_while(|cell| *cell == COVERED) {
            *cell = " ".to_owned();
        }
    }
}
