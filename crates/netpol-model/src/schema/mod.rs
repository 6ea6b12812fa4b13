//! The fields of every kind that we know, as data.
//!
//! Taken from the Go types of `k8s.io/api` and `k8s.io/apimachinery`: the union of Kubernetes 1.33
//! to 1.37, so that what any of these clusters prints is known.
//!
//! There is no difference between a value and a pointer here, because both read null in silence.
//! What null *means* differs (`spec.podSelector` and a peer's `podSelector`); decoding knows that.

mod apps;
mod batch;
mod controller;
mod endpoints;
mod meta;
mod networking;
mod node;
mod own;
mod pod;
mod service;
mod volume;

use crate::kind::Kind;

/// A Go struct: its name and its fields, sorted by name.
#[derive(Debug)]
pub(crate) struct Struct {
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [(&'static str, Type)],
}

/// What a field holds.
#[derive(Debug)]
pub(crate) enum Type {
    /// Text.
    String,
    /// Text whose Go type has this name.
    Named(&'static str),
    Bool,
    Int32,
    Int64,
    IntOrString,
    /// An amount, such as `100m` or `2`.
    Quantity,
    /// Anything at all.
    Any,
    Struct(&'static Struct),
    List(&'static Type),
    /// A mapping with free keys.
    Map(&'static Type),
}

impl Struct {
    /// The type of a field.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Type> {
        let index = self.fields.binary_search_by_key(&name, |(name, _)| name).ok()?;
        self.fields.get(index).map(|(_, ty)| ty)
    }
}

impl Type {
    /// What Go's messages call it.
    pub(crate) fn go_name(&self) -> String {
        match self {
            Self::String => "string".to_owned(),
            Self::Named(name) => (*name).to_owned(),
            Self::Bool => "bool".to_owned(),
            // Text is tried first; what is not text must be a number.
            Self::Int32 | Self::IntOrString => "int32".to_owned(),
            Self::Int64 => "int64".to_owned(),
            Self::Quantity => "resource.Quantity".to_owned(),
            Self::Any => "runtime.RawExtension".to_owned(),
            Self::Struct(it) => format!("v1.{}", it.name),
            Self::List(item) => format!("[]{}", item.go_name()),
            Self::Map(Self::Quantity) => "v1.ResourceList".to_owned(),
            Self::Map(value) => format!("map[string]{}", value.go_name()),
        }
    }
}

/// The fields of a kind.
pub(crate) fn of(kind: Kind) -> &'static Struct {
    match kind {
        Kind::List => &meta::List,
        Kind::Namespace => &node::Namespace,
        Kind::Node => &node::Node,
        Kind::Pod => &pod::Pod,
        Kind::Service => &service::Service,
        Kind::Endpoints => &endpoints::Endpoints,
        Kind::EndpointSlice => &endpoints::EndpointSlice,
        Kind::Deployment => &apps::Deployment,
        Kind::ReplicaSet => &apps::ReplicaSet,
        Kind::StatefulSet => &apps::StatefulSet,
        Kind::DaemonSet => &apps::DaemonSet,
        Kind::ReplicationController => &controller::ReplicationController,
        Kind::Job => &batch::Job,
        Kind::CronJob => &batch::CronJob,
        Kind::NetworkPolicy => &networking::NetworkPolicy,
        Kind::External => &own::External,
        Kind::Expectation => &own::Expectation,
        Kind::Settings => &own::Settings,
    }
}

/// `Name { field: type, ... }` for each struct. `[T]` is a list of `T`, `{T}` a mapping from text
/// to `T`, a text literal is the Go name of a string type.
macro_rules! structs {
    ($($name:ident { $($field:ident: $ty:tt),* $(,)? })*) => {$(
        #[allow(non_upper_case_globals, reason = "the name is the Go type's")]
        pub(crate) static $name: super::Struct = super::Struct {
            name: stringify!($name),
            fields: &[$((stringify!($field), super::ty!($ty))),*],
        };
    )*};
}

/// The [`Type`] of a type as [`structs!`] writes it.
macro_rules! ty {
    (string) => {
        super::Type::String
    };
    (bool) => {
        super::Type::Bool
    };
    (int32) => {
        super::Type::Int32
    };
    (int64) => {
        super::Type::Int64
    };
    (intOrString) => {
        super::Type::IntOrString
    };
    (quantity) => {
        super::Type::Quantity
    };
    (any) => {
        super::Type::Any
    };
    ([$item:tt]) => {
        super::Type::List(&super::ty!($item))
    };
    ({$value:tt}) => {
        super::Type::Map(&super::ty!($value))
    };
    ($name:literal) => {
        super::Type::Named($name)
    };
    ($name:ident) => {
        super::Type::Struct(&$name)
    };
}

pub(crate) use {structs, ty};

#[cfg(test)]
mod tests {
    use super::*;

    /// Every struct that can be reached, each once.
    fn reach(it: &'static Struct, seen: &mut Vec<&'static Struct>) {
        if seen.iter().any(|known| std::ptr::eq(*known, it)) {
            return;
        }
        seen.push(it);
        for (_, ty) in it.fields {
            let mut ty = ty;
            while let Type::List(inner) | Type::Map(inner) = ty {
                ty = inner;
            }
            if let Type::Struct(next) = ty {
                reach(next, seen);
            }
        }
    }

    #[test]
    fn fields_are_sorted_so_that_lookup_finds_them() {
        let mut structs = Vec::new();
        for kind in Kind::ALL {
            reach(of(kind), &mut structs);
        }
        assert!(structs.len() > 200, "a real dump has more: {}", structs.len());
        for it in structs {
            let names: Vec<_> = it.fields.iter().map(|(name, _)| name).collect();
            assert!(names.is_sorted(), "{} is not sorted", it.name);
        }
    }
}
