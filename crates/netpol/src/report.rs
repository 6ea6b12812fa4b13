//! Views as text.
