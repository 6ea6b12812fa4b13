//! The pipeline, and the questions that it answers.

use netpol_syntax::Sources;

use crate::view::{
    ConnectionQuery, Explanation, FindingView, FlowQuery, Flows, Matrix, MatrixQuery, QueryError,
    Reach, ReachQuery, Stats, TestReport, Topology,
};

/// Manifests, read and resolved.
#[derive(Debug)]
pub struct Analysis {
    sources: Sources,
}

/// Reads, decodes and resolves manifests.
pub fn analyse(sources: Sources) -> Analysis {
    Analysis { sources }
}

impl Analysis {
    /// The texts.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What is wrong with the texts or worth knowing, in the order of the texts.
    pub fn findings(&self) -> Vec<FindingView> {
        Vec::new()
    }

    /// What there is.
    pub fn topology(&self) -> Topology {
        Topology::default()
    }

    /// The flows to draw.
    pub fn flows(&self, _query: &FlowQuery) -> Flows {
        Flows::default()
    }

    /// The verdict about one connection, with its reasons.
    pub fn explain(&self, _query: &ConnectionQuery) -> Result<Explanation, QueryError> {
        Err(QueryError { message: String::new(), help: None })
    }

    /// Who to whom.
    pub fn matrix(&self, _query: &MatrixQuery) -> Result<Matrix, QueryError> {
        Ok(Matrix::default())
    }

    /// All connections that are possible between nodes and outside addresses.
    pub fn reach(&self, _query: &ReachQuery) -> Result<Reach, QueryError> {
        Ok(Reach::default())
    }

    /// Counts.
    pub fn stats(&self) -> Stats {
        Stats::default()
    }

    /// The results of the expectations.
    pub fn test(&self) -> TestReport {
        TestReport::default()
    }
}
