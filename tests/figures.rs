//! What is a figure of a text and what is none: tables for each rule, and texts that were marked by hand.

#[path = "figures/marked.rs"]
mod marked;
#[path = "figures/tables.rs"]
mod tables;
