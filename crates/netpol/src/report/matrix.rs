//! Who to whom, as a table.

use std::fmt::{self, Display, Formatter};

use crate::view::{Cell, Matrix, Protocol, Verdict};

/// What the marks mean, in the order of the legend.
const LEGEND: [(char, &str); 6] = [
    ('✔', "allowed, on these ports (* is all)"),
    ('✗', "denied"),
    ('◐', "differs by port or pod; these ports are allowed"),
    ('?', "network plugins differ"),
    ('·', "nothing to ask about"),
    ('—', "itself"),
];

/// A table with a row for each sender and a column for each receiver, and the legend below.
pub fn matrix(matrix: &Matrix) -> impl Display {
    fmt::from_fn(move |f| Table::new(matrix).fmt(f))
}

struct Table<'a> {
    matrix: &'a Matrix,
    cells: Vec<Vec<String>>,
    /// In characters; the first is for the names of the rows.
    widths: Vec<usize>,
}

impl<'a> Table<'a> {
    const CORNER: &'static str = "FROM \\ TO";

    fn new(matrix: &'a Matrix) -> Self {
        let cells: Vec<Vec<String>> = (matrix.cells.iter().enumerate())
            .map(|(row, cells)| {
                cells.iter().enumerate().map(|(column, it)| cell(it, row == column)).collect()
            })
            .collect();
        let length = |text: &str| text.chars().count();
        let names = matrix.endpoints.iter().map(|name| length(name));
        let first = names.clone().chain([length(Self::CORNER)]).max().unwrap_or_default();
        let rest = names.enumerate().map(|(column, name)| {
            let cells = cells.iter().filter_map(|row| row.get(column));
            cells.map(|text| length(text)).chain([name]).max().unwrap_or_default()
        });
        let widths = [first].into_iter().chain(rest).collect();
        Self { matrix, cells, widths }
    }

    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", asked(self.matrix))?;
        let names = self.matrix.endpoints.iter().map(String::as_str);
        self.line(f, [Self::CORNER].into_iter().chain(names.clone()))?;
        // A width in a format string is 16 bits, and a thousand columns are wider than that.
        let rule = "─".repeat(self.widths.iter().sum::<usize>() + 2 * (self.widths.len() - 1));
        writeln!(f, "{rule}")?;
        for (name, cells) in names.zip(&self.cells) {
            self.line(f, [name].into_iter().chain(cells.iter().map(String::as_str)))?;
        }
        writeln!(f, "{rule}")?;
        self.legend(f)
    }

    fn line<'t>(&self, f: &mut Formatter<'_>, texts: impl Iterator<Item = &'t str>) -> fmt::Result {
        let mut line = String::new();
        for (text, width) in texts.zip(&self.widths) {
            let padding = width.saturating_sub(text.chars().count()) + 2;
            line.extend([text, &" ".repeat(padding)]);
        }
        writeln!(f, "{}", line.trim_end())
    }

    /// Explains the marks that occur.
    fn legend(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let occurs = |mark: char| self.cells.iter().flatten().any(|text| text.starts_with(mark));
        for (mark, meaning) in LEGEND.into_iter().filter(|(mark, _)| occurs(*mark)) {
            writeln!(f, "{mark} {meaning}")?;
        }
        Ok(())
    }
}

/// The question, and how much of the answer is here.
fn asked(matrix: &Matrix) -> String {
    let what = match (&matrix.port, matrix.protocol) {
        (Some(port), protocol) => format!("port {port}/{}", protocol.unwrap_or_default()),
        (None, Some(protocol)) => format!("the {protocol} ports that each receiver declares"),
        (None, None) => "the ports that each receiver declares".to_owned(),
    };
    let shown = matrix.endpoints.len();
    match matrix.total {
        total if total > shown => format!("{what}; the first {shown} of {total} endpoints"),
        _ => what,
    }
}

fn cell(cell: &Cell, itself: bool) -> String {
    let mark = match cell.verdict {
        _ if itself => '—',
        Verdict::Allowed => '✔',
        Verdict::Denied => '✗',
        Verdict::Mixed => '◐',
        Verdict::ImplementationDefined => '?',
        Verdict::NotApplicable => '·',
    };
    match cell.ports.as_slice() {
        [] => mark.to_string(),
        _ if itself => mark.to_string(),
        ports if all_ports(ports) => format!("{mark}(*)"),
        ports => format!("{mark}({})", ports.join(",")),
    }
}

/// Whether every port of every protocol is among them, as may be so for a receiver outside.
fn all_ports(ports: &[String]) -> bool {
    let whole = |protocol: Protocol| ports.contains(&format!("{protocol}/*"));
    Protocol::ALL.into_iter().all(whole)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::view::PortSpec;

    fn cell(verdict: Verdict, ports: &[&str]) -> Cell {
        let ports = ports.iter().map(ToString::to_string).collect();
        Cell { verdict, ports, stops_at: Vec::new(), ask: None }
    }

    #[test]
    fn columns_are_as_wide_as_what_is_in_them() {
        let none = || cell(Verdict::NotApplicable, &[]);
        let matrix = Matrix {
            port: None,
            protocol: None,
            endpoints: vec!["external/x".to_owned(), "shop/a".to_owned(), "shop/b".to_owned()],
            total: 3,
            cells: vec![
                vec![none(), none(), cell(Verdict::Denied, &[])],
                vec![
                    cell(Verdict::Allowed, &["TCP/*", "UDP/*", "SCTP/*"]),
                    none(),
                    cell(Verdict::Mixed, &["53", "53/UDP"]),
                ],
                vec![none(), cell(Verdict::Allowed, &["8080"]), none()],
            ],
        };
        expect![[r"
            the ports that each receiver declares
            FROM \ TO   external/x  shop/a   shop/b
            ─────────────────────────────────────────────
            external/x  —           ·        ✗
            shop/a      ✔(*)        —        ◐(53,53/UDP)
            shop/b      ·           ✔(8080)  —
            ─────────────────────────────────────────────
            ✔ allowed, on these ports (* is all)
            ✗ denied
            ◐ differs by port or pod; these ports are allowed
            · nothing to ask about
            — itself
        "]]
        .assert_eq(&super::matrix(&matrix).to_string());
    }

    #[test]
    fn a_table_may_be_wider_than_a_format_width() {
        let name = "x".repeat(70_000);
        let row = vec![cell(Verdict::NotApplicable, &[])];
        let matrix = Matrix {
            endpoints: vec![name.clone()],
            total: 1,
            cells: vec![row],
            ..Matrix::default()
        };
        let text = super::matrix(&matrix).to_string();
        assert_eq!(text.lines().nth(3), Some(&*format!("{name}  —")));
    }

    #[test]
    fn a_part_of_a_large_table_says_so() {
        let matrix = Matrix {
            port: Some(PortSpec::Number(80)),
            endpoints: vec!["shop/a".to_owned()],
            total: 1001,
            cells: vec![vec![cell(Verdict::NotApplicable, &[])]],
            ..Matrix::default()
        };
        expect![[r"
            port 80/TCP; the first 1 of 1001 endpoints
            FROM \ TO  shop/a
            ─────────────────
            shop/a     —
            ─────────────────
            — itself
        "]]
        .assert_eq(&super::matrix(&matrix).to_string());
    }
}
