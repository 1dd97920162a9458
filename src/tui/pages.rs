//! Pages: what takes the card's place, or the whole body, until it is left.
//!
//! A page is a folder: `state` is the data that the model holds, `keys` changes it, `draw` shows it, and the
//! file beside the folder joins them as a [`page::OpenPage`]. Besides the folder a page takes one line in
//! [`screen_page::ScreenPage`] and one in [`page::joined`].

pub mod draw;
pub mod keys;
pub mod page;
pub mod screen_page;
pub mod window;

pub mod agreement;
pub mod explain;
pub mod export;
pub mod history;
pub mod legend;
pub mod matrix;
pub mod review;
pub mod timeline;
