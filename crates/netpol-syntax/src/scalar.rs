//! YAML 1.1 scalars as kubectl resolves them.
