//! What is a figure of a text and what is none: tables for each rule, and texts that were marked by hand.

#[path = "figures/marked.rs"]
mod marked;
#[path = "figures/mutations.rs"]
mod mutations;
#[path = "figures/tables.rs"]
mod tables;
