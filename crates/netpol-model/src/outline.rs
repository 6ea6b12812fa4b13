//! The schema as an editor asks for it: what may stand at a place of a manifest.

use crate::kind::Kind;
use crate::schema::{self, Type};

/// What may stand at a place of a manifest.
#[derive(Clone, Copy, Debug)]
pub struct Outline(Shape);

#[derive(Clone, Copy, Debug)]
enum Shape {
    Object(&'static schema::Struct),
    Type(&'static Type),
}

/// All kinds that we know, with their `apiVersion`.
pub fn kinds() -> impl Iterator<Item = (&'static str, &'static str)> {
    Kind::ALL.into_iter().map(|kind| (kind.api_version(), kind.as_str()))
}

impl Outline {
    /// What an object of a kind is made of.
    pub fn of(kind: &str) -> Option<Self> {
        Kind::from_name(kind).map(|kind| Self(Shape::Object(schema::of(kind))))
    }

    /// The fields, by name; none for what is no mapping with fixed fields.
    pub fn fields(self) -> impl Iterator<Item = (&'static str, Self)> {
        let fields = self.object().map_or(&[][..], |object| object.fields);
        fields.iter().map(|(name, ty)| (*name, Self(Shape::Type(ty))))
    }

    /// What a field holds; in a mapping with free keys, what every key holds.
    pub fn field(self, name: &str) -> Option<Self> {
        match self.0 {
            Shape::Type(Type::Map(value)) => Some(Self(Shape::Type(value))),
            _ => self.object()?.field(name).map(|ty| Self(Shape::Type(ty))),
        }
    }

    /// What each item of a list is.
    pub fn item(self) -> Option<Self> {
        match self.0 {
            Shape::Type(Type::List(item)) => Some(Self(Shape::Type(item))),
            _ => None,
        }
    }

    /// The name of the Go struct with the fields.
    pub fn name(self) -> Option<&'static str> {
        self.object().map(|object| object.name)
    }

    /// Whether it is a mapping, with fixed fields or free keys.
    pub fn is_mapping(self) -> bool {
        self.object().is_some() || self.is_map()
    }

    /// Whether it is a mapping with free keys, such as labels.
    pub fn is_map(self) -> bool {
        matches!(self.0, Shape::Type(Type::Map(_)))
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        matches!(self.0, Shape::Type(Type::List(_)))
    }

    /// What is written there, in a word or two.
    pub fn describe(self) -> String {
        match self.0 {
            Shape::Object(object) => object.name.to_owned(),
            Shape::Type(ty) => words(ty),
        }
    }

    fn object(self) -> Option<&'static schema::Struct> {
        match self.0 {
            Shape::Object(object) => Some(object),
            Shape::Type(Type::Struct(object)) => Some(*object),
            Shape::Type(_) => None,
        }
    }
}

fn words(ty: &Type) -> String {
    match ty {
        Type::String | Type::Named(_) => "text".to_owned(),
        Type::Bool => "true or false".to_owned(),
        Type::Int32 | Type::Int64 => "number".to_owned(),
        Type::IntOrString => "number or name".to_owned(),
        Type::Quantity => "amount".to_owned(),
        Type::Any => "anything".to_owned(),
        Type::Struct(object) => object.name.to_owned(),
        Type::List(item) => format!("list of {}", words(item)),
        Type::Map(value) => format!("{} by name", words(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_along_a_path() {
        let peer = Outline::of("NetworkPolicy")
            .and_then(|it| it.field("spec"))
            .and_then(|it| it.field("ingress"))
            .and_then(Outline::item)
            .and_then(|it| it.field("from"))
            .and_then(Outline::item)
            .unwrap();
        let names: Vec<_> = peer.fields().map(|(name, _)| name).collect();
        assert_eq!(names, ["ipBlock", "namespaceSelector", "podSelector"]);
        let labels = peer.field("podSelector").and_then(|it| it.field("matchLabels")).unwrap();
        assert!(labels.is_map() && labels.is_mapping());
        assert_eq!(labels.describe(), "text by name");
        assert_eq!(labels.field("any").unwrap().describe(), "text");
        assert!(Outline::of("Nothing").is_none());
    }
}
