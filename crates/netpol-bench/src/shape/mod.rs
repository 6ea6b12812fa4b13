//! The inputs: objects made by formula, the same in every run and on every machine.

mod blocks;
mod cluster;
mod dense;
mod mesh;
mod random;
mod text;

use serde_json::{Value, json};

pub use blocks::Blocks;
pub use cluster::Cluster;
pub use dense::Dense;
pub use mesh::Mesh;
pub use text::Form;

/// An input that has a row in the tables.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Its name in the tables and among the results of the harness.
    pub name: &'static str,
    /// What is in it.
    pub content: Content,
}

/// What an input is made of.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// Namespaces, pods and policies as in clusters of real companies.
    Cluster(Cluster),
    /// Deployments that differ in what policies look at.
    Dense(Dense),
    /// Pods that all talk to each other.
    Mesh(Mesh),
}

/// The inputs, small ones first.
pub const SHAPES: [Shape; 5] = [
    Shape::cluster("tiny", 10, 50, 60),
    Shape::cluster("small", 20, 200, 200),
    Shape::cluster("medium", 110, 1_000, 2_500),
    COMPANY,
    DENSE,
];

/// The sizes of a real company's cluster.
pub const COMPANY: Shape = Shape::cluster("company", 604, 5_413, 13_678);

/// Many identities.
pub const DENSE: Shape =
    Shape { name: "dense", content: Content::Dense(Dense { deployments: 10_000, replicas: 1 }) };

impl Shape {
    const fn cluster(name: &'static str, namespaces: usize, pods: usize, policies: usize) -> Self {
        let content = Content::Cluster(Cluster { namespaces, pods, policies, copies: 1 });
        Self { name, content }
    }

    /// The input of a name.
    pub fn named(name: &str) -> Option<Self> {
        SHAPES.into_iter().find(|shape| shape.name == name)
    }

    /// The objects.
    pub fn objects(&self) -> Vec<Value> {
        match self.content {
            Content::Cluster(cluster) => cluster.objects(),
            Content::Dense(dense) => dense.objects(),
            Content::Mesh(mesh) => mesh.objects(),
        }
    }

    /// The objects as one text.
    pub fn text(&self, form: Form) -> String {
        form.write(&self.objects())
    }
}

fn namespace(name: &str, labels: &Value) -> Value {
    json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}})
}

fn policy(namespace: &str, name: &str, spec: &Value) -> Value {
    json!({
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": name, "namespace": namespace},
        "spec": spec,
    })
}

#[cfg(test)]
mod tests;
