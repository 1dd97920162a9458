//! That every text can be read: at least 4.5 to 1 between it and what stands behind it, as WCAG 2 computes it,
//! on what these terminals have when nobody has set anything.

use super::{ChartRole, State, Theme};
use ratatui::style::{Color, Modifier, Style};

type Rgb = [u8; 3];

/// Colours of a terminal: text, background, and the sixteen.
struct Palette {
    name: &'static str,
    text: u32,
    background: u32,
    sixteen: [u32; 16],
}

const XTERM: [u32; 16] = [
    0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5, 0x7f_7f7f,
    0xff_0000, 0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
];
const CAMPBELL: [u32; 16] = [
    0x0c_0c0c, 0xc5_0f1f, 0x13_a10e, 0xc1_9c00, 0x00_37da, 0x88_1798, 0x3a_96dd, 0xcc_cccc, 0x76_7676,
    0xe7_4856, 0x16_c60c, 0xf9_f1a5, 0x3b_78ff, 0xb4_009e, 0x61_d6d6, 0xf2_f2f2,
];
const ONE_HALF_LIGHT: [u32; 16] = [
    0x38_3a42, 0xe4_5649, 0x50_a14f, 0xc1_8301, 0x01_84bc, 0xa6_26a4, 0x09_97b3, 0xfa_fafa, 0x4f_525d,
    0xdf_6c75, 0x98_c379, 0xe4_c07a, 0x61_afef, 0xc5_77dd, 0x56_b5c1, 0xff_ffff,
];
const ITERM2: [u32; 16] = [
    0x00_0000, 0xc9_1b00, 0x00_c200, 0xc7_c400, 0x02_25c7, 0xc9_30c7, 0x00_c5c7, 0xc7_c7c7, 0x67_6767,
    0xff_6d67, 0x5f_f967, 0xfe_fb67, 0x68_71ff, 0xff_76ff, 0x5f_fdff, 0xfe_ffff,
];
const GNOME: [u32; 16] = [
    0x17_1421, 0xc0_1c28, 0x26_a269, 0xa2_734c, 0x12_488b, 0xa3_47ba, 0x2a_a1b3, 0xd0_cfcc, 0x5e_5c64,
    0xf6_6151, 0x33_d17a, 0xe9_ad0c, 0x2a_7bde, 0xc0_61cb, 0x33_c7de, 0xff_ffff,
];
const PUTTY: [u32; 16] = [
    0x00_0000, 0xbb_0000, 0x00_bb00, 0xbb_bb00, 0x00_00bb, 0xbb_00bb, 0x00_bbbb, 0xbb_bbbb, 0x55_5555,
    0xff_5555, 0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
];

const fn palette(name: &'static str, text: u32, background: u32, sixteen: [u32; 16]) -> Palette {
    Palette { name, text, background, sixteen }
}

const DARK: [Palette; 6] = [
    palette("xterm -rv", 0xff_ffff, 0x00_0000, XTERM),
    palette("Windows Terminal", 0xcc_cccc, 0x0c_0c0c, CAMPBELL),
    palette("iTerm2", 0xc7_c7c7, 0x00_0000, ITERM2),
    palette("GNOME Terminal", 0xd0_cfcc, 0x17_1421, GNOME),
    palette("GNOME Terminal of libadwaita", 0xff_ffff, 0x1e_1e1e, GNOME),
    palette("PuTTY", 0xbb_bbbb, 0x00_0000, PUTTY),
];
const LIGHT: [Palette; 5] = [
    palette("xterm", 0x00_0000, 0xff_ffff, XTERM),
    palette("Windows Terminal, light", 0x38_3a42, 0xfa_fafa, ONE_HALF_LIGHT),
    palette("iTerm2, light", 0x00_0000, 0xff_ffff, ITERM2),
    palette("GNOME Terminal, light", 0x17_1421, 0xff_ffff, GNOME),
    palette("PuTTY, light", 0x00_0000, 0xff_ffff, PUTTY),
];

fn rgb(colour: u32) -> Rgb {
    let [_, red, green, blue] = colour.to_be_bytes();
    [red, green, blue]
}

/// The 240 colours that are the same everywhere.
fn fixed(number: u8) -> Rgb {
    let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
    match number {
        232.. => [8 + 10 * (number - 232); 3],
        _ => {
            let n = number - 16;
            [level(n / 36), level(n / 6 % 6), level(n % 6)]
        }
    }
}

fn luminance(rgb: Rgb) -> f64 {
    let [red, green, blue] = rgb.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

impl Palette {
    fn of(&self, colour: Option<Color>, own: u32) -> Rgb {
        const NAMED: [Color; 16] = [
            Color::Black,
            Color::Red,
            Color::Green,
            Color::Yellow,
            Color::Blue,
            Color::Magenta,
            Color::Cyan,
            Color::Gray,
            Color::DarkGray,
            Color::LightRed,
            Color::LightGreen,
            Color::LightYellow,
            Color::LightBlue,
            Color::LightMagenta,
            Color::LightCyan,
            Color::White,
        ];
        match colour {
            None | Some(Color::Reset) => rgb(own),
            Some(Color::Rgb(red, green, blue)) => [red, green, blue],
            Some(Color::Indexed(number @ 16..)) => fixed(number),
            Some(Color::Indexed(number)) => rgb(self.sixteen[usize::from(number)]),
            Some(named) => rgb(self.sixteen[NAMED.iter().position(|one| *one == named).unwrap()]),
        }
    }

    fn contrast_of(&self, style: Style) -> f64 {
        // Reversed, the two change places.
        contrast(self.of(style.fg, self.text), self.of(style.bg, self.background))
    }
}

/// Every style that the theme gives, with its name.
fn styles(theme: Theme) -> Vec<(String, Style)> {
    let named = [
        ("selected", theme.selected()),
        ("selected elsewhere", theme.selected_elsewhere()),
        ("quiet", theme.quiet()),
        ("heading", theme.heading()),
        ("key", theme.key()),
        ("mark", theme.mark()),
        ("link", theme.link()),
        ("found", theme.found()),
        ("trouble", theme.trouble()),
        ("made", theme.ink(ChartRole::Made)),
        ("soon", theme.ink(ChartRole::Soon)),
    ];
    let states = State::ALL.iter().map(|state| (format!("{state:?}"), theme.state(*state)));
    let mut all: Vec<_> = named.into_iter().map(|(name, style)| (name.to_owned(), style)).collect();
    all.extend(states);
    // The selection lies over whatever stands there.
    let over = all.iter().map(|(name, style)| (format!("selected {name}"), style.patch(theme.selected())));
    let over: Vec<_> = over.collect();
    all.into_iter().chain(over).collect()
}

#[test]
fn every_text_stands_out_on_every_palette() {
    let cases = [
        (Theme::DARK, &DARK[..]),
        (Theme::DARK_OF_SIXTEEN, &DARK[..]),
        (Theme::LIGHT, &LIGHT[..]),
        (Theme::MONO, &DARK[..]),
        (Theme::MONO, &LIGHT[..]),
    ];
    for (theme, palettes) in cases {
        for (name, style) in styles(theme) {
            assert!(!style.add_modifier.contains(Modifier::DIM), "{name}: how faint that is nobody knows");
            let blue = [Some(Color::Blue), Some(Color::LightBlue), Some(Color::Indexed(4))];
            assert!(!blue.contains(&style.fg), "{name} is blue");
            for palette in palettes {
                let contrast = palette.contrast_of(style);
                assert!(contrast >= 4.5, "{name} on {}: {contrast:.2}", palette.name);
            }
        }
    }
}

#[test]
fn the_selected_row_is_one_flat_style() {
    for theme in [Theme::DARK, Theme::DARK_OF_SIXTEEN, Theme::LIGHT, Theme::MONO] {
        for (name, style) in styles(theme).into_iter().filter(|(name, _)| name.starts_with("selected ")) {
            if name != "selected elsewhere" {
                assert_eq!((style.fg, style.bg), (Some(Color::Reset), Some(Color::Reset)), "{name}");
            }
        }
    }
}

#[test]
fn the_arithmetic_is_that_of_the_guidelines() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    // The grey that is named there as the lightest on white.
    assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
    assert_eq!((fixed(16), fixed(231), fixed(80)), ([0; 3], [255; 3], [95, 215, 215]));
}
