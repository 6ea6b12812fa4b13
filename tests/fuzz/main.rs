//! Looks for texts that break the reader, for as long as one likes, led by what code they reach.
//!
//! Stable Rust is enough, because libFuzzer needs only the compiler's own counters:
//!
//! ```console
//! $ export RUSTFLAGS="-Cpasses=sancov-module -Ccodegen-units=1 -Cllvm-args=-sanitizer-coverage-level=4
//!   -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
//!   -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing"
//! $ mkdir -p target/fuzz/corpus
//! $ cp crates/netpol-lessons/scenarios/*.yaml target/fuzz/corpus
//! $ cargo run --release -p netpol-tests --features fuzz --bin fuzz --target x86_64-unknown-linux-gnu \
//!     --target-dir target/fuzz -- -max_len=8192 -timeout=10 -max_total_time=600 \
//!     -artifact_prefix=tests/corpus/ target/fuzz/corpus tests/corpus
//! ```
//!
//! A crash is written to `tests/corpus`, from where the tests read it again.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| netpol_tests::fuzz::exercise(input));
