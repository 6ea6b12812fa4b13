//! Laws that hold in every cluster, tried on random ones: an independent model agrees with every
//! answer, and changes that must not matter do not.
//!
//! `PROPTEST_CASES` sets how many clusters each law tries.

mod agree;
mod answers;
mod coverage;
mod examples;
mod found;
mod generate;
mod metamorphic;
mod model;
mod redaction;
mod text;

use std::env;

use proptest::prelude::ProptestConfig;

/// So many cases unless the environment says otherwise.
pub(crate) fn cases(usual: u32) -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if env::var_os("PROPTEST_CASES").is_some() {
        return config;
    }
    ProptestConfig { cases: usual, ..config }
}
