//! What the playground starts from: scenarios, which are complete documents, and lessons, which are documents
//! to be changed step by step.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

/// A part of a lesson's documents, as `LESSON/PART`.
macro_rules! part {
    ($name:literal) => {
        include_str!(concat!("../lessons/", $name, ".yaml"))
    };
}

mod check_a_tutorial;
mod first_policy;
mod lesson;
mod scenario;

pub use lesson::{LESSONS, Lesson, Step, lesson};
pub use scenario::{SCENARIOS, Scenario, scenario};
