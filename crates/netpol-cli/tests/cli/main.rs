//! Runs the built command in `tests/fixtures` and compares all that it says.

mod arguments;
mod files;
mod support;
