use netpol::view::Section;
use netpol_web::test_ids;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct SectionLinkProps {
    pub(super) section: Section,
}

/// Leads to where a reason is explained: `docs/semantics.md`, which the build puts beside the page.
#[component]
pub(super) fn SectionLink(props: &SectionLinkProps) -> Html {
    let anchor = props.section.anchor();
    let about = format!("How this is judged: {}", anchor.replace('-', " "));
    html! {
        <a class="section-link" href={format!("./semantics.html#{anchor}")} target="_blank" rel="noopener"
            title={about.clone()} aria-label={format!("{about}, in another tab")} data-testid={test_ids::SECTION}>{"§"}</a>
    }
}
