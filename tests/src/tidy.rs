//! The rules of the repository that a compiler does not know.
