//! How the picture is arranged, as a parameter of a link: what is folded, and where cards were put.

use netpol_diagram::{FoldRule, Folding};

use super::GraphView;

/// Nothing stands further away than this: whoever writes a link by hand cannot make the
/// picture endless.
const FURTHEST: u32 = 10_000;

const RULES: [(FoldRule, &str); 2] = [(FoldRule::Folded, "folded"), (FoldRule::Open, "open")];

/// `open` for all namespaces, or `shop:folded,shop/web:2:0`: nothing if nobody has arranged anything.
pub(super) fn write(graph: &GraphView) -> Option<String> {
    let Folding { rule, open, folded } = &graph.folding;
    let rule = RULES.iter().find(|(it, _)| it == rule).map(|(_, name)| (*name).to_owned());
    let open = open.iter().map(|id| format!("{id}:open"));
    let folded = folded.iter().map(|id| format!("{id}:folded"));
    let places = graph.places.iter().map(|(id, [column, row])| format!("{id}:{column}:{row}"));
    let all: Vec<String> = rule.into_iter().chain(open).chain(folded).chain(places).collect();
    (!all.is_empty()).then(|| all.join(","))
}

/// Reads what [`write`] wrote, and leaves out what it would not have written.
pub(super) fn read(text: &str) -> GraphView {
    let mut graph = GraphView::default();
    for part in text.split(',') {
        if let Some((rule, _)) = RULES.iter().find(|(_, name)| *name == part) {
            graph.folding.rule = *rule;
        } else if let Some(id) = part.strip_suffix(":open") {
            graph.folding.open.insert(id.to_owned());
        } else if let Some(id) = part.strip_suffix(":folded") {
            graph.folding.folded.insert(id.to_owned());
        } else if let Some((id, place)) = placed(part) {
            graph.places.insert(id.to_owned(), place);
        }
    }
    graph
}

fn placed(part: &str) -> Option<(&str, [i32; 2])> {
    let (rest, row) = part.rsplit_once(':')?;
    let (id, column) = rest.rsplit_once(':')?;
    let number = |text: &str| text.parse().ok().filter(|it: &i32| it.unsigned_abs() <= FURTHEST);
    Some((id, [number(column)?, number(row)?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let text = "open,shop:open,db:folded,external/office:-1:2,frame:empty:3:0";
        let graph = read(text);
        assert_eq!(graph.folding.rule, FoldRule::Open);
        assert_eq!(graph.places["external/office"], [-1, 2]);
        assert_eq!(graph.places["frame:empty"], [3, 0]);
        assert_eq!(write(&graph).as_deref(), Some(text));
        assert_eq!(write(&GraphView::default()), None);
    }

    #[test]
    fn what_is_no_arrangement_is_left_out() {
        assert_eq!(read("a,b:1,c:1:x,d:99999:1,e:1:-2147483648,,:"), GraphView::default());
    }
}
