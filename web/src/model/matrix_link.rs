//! What the matrix is about and how it is folded, as a parameter of a link.

use netpol::view::Protocol;

use super::MatrixFilter;

/// `port:8080,from:web,shop:open`: nothing if the matrix is as at first.
pub(super) fn write(filter: &MatrixFilter) -> Option<String> {
    let MatrixFilter { port, protocol, open, folded, from, to, row, column } = filter;
    let protocol = protocol.map_or("", Protocol::as_str);
    let texts = [("port", port.as_str()), ("protocol", protocol), ("from", from), ("to", to)];
    // Nothing is called by a comma.
    let texts = texts.map(|(key, text)| (key, text.replace(',', "")));
    let texts = texts.iter().filter(|(_, text)| !text.is_empty());
    let texts = texts.map(|(key, text)| format!("{key}:{text}"));
    let open = open.iter().map(|id| format!("{id}:open"));
    let folded = folded.iter().map(|id| format!("{id}:folded"));
    let at = ((*row, *column) != (0, 0)).then(|| format!("at:{row}:{column}"));
    let all: Vec<String> = texts.chain(open).chain(folded).chain(at).collect();
    (!all.is_empty()).then(|| all.join(","))
}

/// Reads what [`write`] wrote, and leaves out what it would not have written.
pub(super) fn read(text: &str) -> MatrixFilter {
    let mut filter = MatrixFilter::default();
    for part in text.split(',') {
        if let Some(id) = part.strip_suffix(":open") {
            filter.open.insert(id.to_owned());
        } else if let Some(id) = part.strip_suffix(":folded") {
            filter.folded.insert(id.to_owned());
        } else if let Some((key, value)) = part.split_once(':') {
            match key {
                "port" => value.clone_into(&mut filter.port),
                "protocol" => {
                    filter.protocol = Protocol::ALL.into_iter().find(|it| it.as_str() == value);
                }
                "from" => value.clone_into(&mut filter.from),
                "to" => value.clone_into(&mut filter.to),
                "at" => (filter.row, filter.column) = cell(value).unwrap_or_default(),
                _ => {}
            }
        }
    }
    filter
}

fn cell(text: &str) -> Option<(usize, usize)> {
    let (row, column) = text.split_once(':')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let text = "port:8080,protocol:UDP,from:web,to:db:0,a/b:open,shop:folded,at:40:80";
        let filter = read(text);
        assert_eq!((filter.port.as_str(), filter.protocol), ("8080", Some(Protocol::Udp)));
        assert_eq!((filter.from.as_str(), filter.to.as_str()), ("web", "db:0"));
        assert_eq!((filter.row, filter.column), (40, 80));
        assert!(filter.open.contains("a/b") && filter.folded.contains("shop"));
        assert_eq!(write(&filter).as_deref(), Some(text));
        assert_eq!(write(&MatrixFilter::default()), None);
    }

    #[test]
    fn what_is_about_no_matrix_is_left_out() {
        assert_eq!(read("a,b:1,protocol:WARP,at:1,at:-1:x,,:"), MatrixFilter::default());
    }
}
