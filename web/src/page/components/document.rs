use std::rc::Rc;

use netpol::view::{ConnectionQuery, Verdict};
use netpol_web::model::{Model, Msg, Tab};
use yew::prelude::*;

use super::cluster::ClusterPanel;
use super::document_bar::DocumentBar;
use super::editor::EditorPanel;
use super::findings::Findings;
use super::lookup::LookupBar;
use super::tabs::{BadgeTone, TabView, Tabs};
use super::tests::TestsPanel;
use crate::store::use_send;

#[derive(PartialEq, Properties)]
pub(crate) struct DocumentPaneProps {
    pub(crate) model: Rc<Model>,
}

/// The side of the document: its text, its objects, its tests.
#[component]
pub(crate) fn DocumentPane(props: &DocumentPaneProps) -> Html {
    let model = &props.model;
    let send = use_send();
    let tab = model.view.tab;
    let overview = &model.answers.overview;
    let onselect = Callback::from(move |index: usize| {
        if let Some(tab) = Tab::ALL.get(index) {
            send.emit(Msg::SelectTab(*tab));
        }
    });
    let panel = |of: Tab, content: Html| {
        html! {
            <div class={classes!("panel", of.name())} role="tabpanel" id={format!("panel-{}", of.name())}
                aria-labelledby={format!("tab-{}", of.name())} hidden={of != tab}>
                {content}
            </div>
        }
    };
    html! {
        <section class="document" aria-label="Document">
            <Tabs label="Document" selected={tab.name()} {onselect} tabs={tab_views(model)} />
            <DocumentBar history={model.document.history} />
            // The editor stays on the page, whatever tab is open: it owns the text.
            { panel(Tab::Manifests, html! {
                <>
                    <EditorPanel model={Rc::clone(model)} />
                    <LookupBar found={model.looked_up()} drawn={model.answers.picture.as_ref().map(|shown| shown.answer.clone())} />
                    <Findings overview={overview.clone()} problems={model.problems} known={model.answers.any()} />
                </>
            }) }
            { panel(Tab::Cluster, if tab == Tab::Cluster { html! {
                <ClusterPanel overview={overview.clone()} form={model.form.clone()}
                    subject={model.inspected.clone()} inspected={model.answers.inspection.clone()} />
            } } else { Html::default() }) }
            { panel(Tab::Tests, if tab == Tab::Tests { html! {
                <TestsPanel overview={overview.clone()} question={model.question.clone()} seen={seen(model)} />
            } } else { Html::default() }) }
        </section>
    }
}

/// The connection that is explained, and its verdict.
fn seen(model: &Model) -> Option<(ConnectionQuery, Verdict)> {
    let shown = model.answers.explanation.as_ref()?;
    let verdict = shown.answer.as_ref().as_ref().ok()?.verdict;
    let is_it = shown.revision == model.document.revision
        && model.question.query().as_ref() == Some(&shown.query);
    is_it.then(|| (shown.query.clone(), verdict))
}

fn tab_views(model: &Model) -> Vec<TabView> {
    let overview = &model.answers.overview;
    let tests = &overview.tests;
    let pods = overview.topology.nodes.len();
    let badge = |tab: Tab| match tab {
        Tab::Manifests => (overview.finding_total() > 0).then(|| {
            let bad = overview.finding_counts[0] > 0;
            let tone = if bad { BadgeTone::Bad } else { BadgeTone::Plain };
            (overview.finding_total().to_string(), tone)
        }),
        Tab::Cluster => (pods > 0).then(|| (pods.to_string(), BadgeTone::Plain)),
        Tab::Tests => (!tests.results.is_empty()).then(|| {
            let tone = if tests.failed == 0 { BadgeTone::Good } else { BadgeTone::Bad };
            (format!("{} / {}", tests.passed, tests.results.len()), tone)
        }),
    };
    Tab::ALL.map(|tab| TabView { name: tab.name(), title: tab.title(), badge: badge(tab) }).into()
}
