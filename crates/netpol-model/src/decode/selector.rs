//! Label selectors.

use crate::place::Place;
use crate::{LabelSelector, Operator, Requirement};

/// A selector; one that is not given selects everything.
pub(super) fn selector(place: &Place) -> LabelSelector {
    let labels = place.field("matchLabels");
    let expressions = place.field("matchExpressions");
    let mut requirements: Vec<_> = labels
        .texts()
        .map(|(entry, value)| Requirement {
            span: entry.span(),
            key: entry.key.clone(),
            operator: Operator::In,
            values: vec![value.to_owned()],
            match_label: true,
        })
        .collect();
    requirements.extend(expressions.items().filter_map(|it| expression(&it)));
    let span = if place.is_given() { place.span } else { place.span.start_point() };
    LabelSelector { span, requirements }
}

/// A selector that may be left out.
pub(super) fn optional_selector(place: &Place) -> Option<LabelSelector> {
    place.is_given().then(|| selector(place))
}

fn expression(place: &Place) -> Option<Requirement> {
    let operator = match place.field("operator").text()? {
        "In" => Operator::In,
        "NotIn" => Operator::NotIn,
        "Exists" => Operator::Exists,
        "DoesNotExist" => Operator::DoesNotExist,
        _ => return None,
    };
    let values = place.field("values");
    Some(Requirement {
        span: place.span,
        key: place.field("key").text_or_empty().to_owned(),
        operator,
        values: values.items().map(|value| value.text_or_empty().to_owned()).collect(),
        match_label: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::documents;

    #[test]
    fn labels_come_before_expressions_and_null_values_are_empty() {
        let text = "matchExpressions:
- {key: a, operator: In, values: [x, null]}
- {key: b, operator: NotIn, values: [x]}
- {key: c, operator: Exists}
- {key: d, operator: DoesNotExist}
- {key: e, operator: exists}
matchLabels: {f: z, g: }
";
        let document = documents(text).remove(0);
        let selector = selector(&Place::root(&document.root));
        let said: Vec<String> = selector
            .requirements
            .iter()
            .map(|it| format!("{} {:?} {:?} {}", it.key, it.operator, it.values, it.match_label))
            .collect();
        assert_eq!(
            said,
            [
                "f In [\"z\"] true",
                "g In [\"\"] true",
                "a In [\"x\", \"\"] false",
                "b NotIn [\"x\"] false",
                "c Exists [] false",
                "d DoesNotExist [] false",
            ]
        );
    }
}
