//! Reading plans: what opens, what is wrong and where, and what the program refuses to read.

mod paths;
mod problems;
mod properties;
mod scratch;
mod trees;
