//! What `cargo xtask bench` measures: clusters of stated shapes, made by formula, and the engine's
//! stages, one function each. `benches/engine.rs` times them; the program of this crate measures what
//! needs processes of its own or a browser, and writes `docs/benchmarks.md`.

pub mod growth;
pub mod shape;
pub mod stage;
