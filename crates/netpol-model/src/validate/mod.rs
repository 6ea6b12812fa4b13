//! What the API server checks once an object's form is right.

use netpol_syntax::Finding;

use crate::KubernetesVersion;
use crate::kind::Kind;
use crate::place::Place;

/// Everything that the API server would refuse or warn of, in its order.
pub(crate) fn check(kind: Kind, object: &Place, version: KubernetesVersion) -> Vec<Finding> {
    let _ = (kind, object, version);
    Vec::new()
}
