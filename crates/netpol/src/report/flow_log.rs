//! Flows in the compact form of `hubble observe`.

use std::fmt::{self, Display, Formatter};

use crate::view::{FlowEnd, FlowEvent, FlowLog, Protocol};

/// A line for each event, such as `np-demo/other:58020 (ID:46753) <> np-demo/web:8080 (ID:60437)
/// Policy denied DROPPED (TCP Flags: SYN)`, and the number of those that are left out.
pub fn flow_log(log: &FlowLog) -> impl Display {
    fmt::from_fn(move |f| {
        log.events.iter().try_for_each(|it| event(f, it))?;
        match log.omitted {
            0 => Ok(()),
            omitted => writeln!(f, "# {omitted} more"),
        }
    })
}

fn event(f: &mut Formatter<'_>, event: &FlowEvent) -> fmt::Result {
    end(f, &event.from)?;
    write!(f, " {} ", event.arrow())?;
    end(f, &event.to)?;
    match event.connection.protocol {
        Protocol::Tcp => writeln!(f, " {} (TCP Flags: SYN)", event.outcome()),
        other => writeln!(f, " {} ({other})", event.outcome()),
    }
}

fn end(f: &mut Formatter<'_>, FlowEnd { name, port, identity }: &FlowEnd) -> fmt::Result {
    if name.contains(':') {
        write!(f, "[{name}]:{port}")?;
    } else {
        write!(f, "{name}:{port}")?;
    }
    match identity {
        Some(number) => write!(f, " (ID:{number})"),
        None => write!(f, " (world)"),
    }
}
