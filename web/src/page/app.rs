//! The whole page.

use std::rc::Rc;

use netpol_web::model::{Dialog, Film, Model, SPLIT, Stage};
use netpol_web::test_ids;
use yew::prelude::*;

use crate::components::{
    ChangesStage, DocumentPane, EmbedBar, ExplanationPane, ExportDialog, FilmBar, GraphStage,
    LessonBar, LoadOffer, LogStage, MatrixStage, NoticeBar, ShareDialog, ShortcutsDialog, Split,
    StageBar, TopBar, split_style,
};
use crate::desk::Desk;
use crate::hooks::{
    use_first_view, use_host, use_rest, use_shortcuts, use_store, use_theme, use_visit, use_worker,
};
use crate::js::page;
use crate::store::{Asker, Readonly, Send, Store, sender};

#[derive(PartialEq, Properties)]
pub(crate) struct AppProps {
    pub(crate) desk: Desk,
    /// What the page begins with.
    pub(crate) model: Rc<Model>,
}

/// The page.
#[component]
pub(crate) fn App(props: &AppProps) -> Html {
    let AppProps { desk, model } = props;
    let store = use_reducer(|| Store(Rc::clone(model)));
    let asker = use_memo((), |()| Asker::new(&store, &desk.engine));
    let send = use_memo((), |()| sender(&store, &asker));
    let model = Rc::clone(&store.0);
    use_worker(&model, &desk.engine, &asker, &send);
    use_store(&model, desk, &send);
    use_visit(model.links_open(), model.embed.framed, &send);
    use_host(&model, &send);
    use_shortcuts(&model, desk, &send);
    use_first_view(&model);
    use_rest(model.document.revision, &send);
    use_theme(model.view.theme, model.embed.framed);
    page::listen_for_panics(&send);

    let view = model.view;
    let revision = model.document.revision.to_string();
    let part = view.split.unwrap_or(SPLIT.usual);
    let shown = model.answers.revision.to_string();
    html! {
        <ContextProvider<Send> context={(*send).clone()}>
        <ContextProvider<Desk> context={desk.clone()}>
        <ContextProvider<Readonly> context={Readonly(model.embed.is_readonly())}>
            <div class="app" data-testid={test_ids::APP} data-state={model.status().name()}
                data-revision={revision} data-shown={shown} data-pane={view.pane.name()}
                data-hide={model.embed.framed.then(|| model.embed.hidden_names())}
                data-readonly={model.embed.is_readonly().then_some("")}>
                if model.embed.framed {
                    <EmbedBar model={Rc::clone(&model)} />
                } else {
                    <TopBar document={model.document.clone()} library={model.library.clone()} {view} status={model.status()} />
                }
                <NoticeBar notice={model.notice.clone()} />
                if let Some(step) = model.lesson {
                    <LessonBar {step} done={model.is_lesson_done()} tests={model.answers.overview.clone()} />
                }
                <main class="panes" style={split_style(part)}>
                    <DocumentPane model={Rc::clone(&model)} />
                    <Split {part} />
                    <section class="picture" aria-label="Picture">
                        <StageBar model={Rc::clone(&model)} />
                        if view.stage == Stage::Graph {
                            <GraphStage
                                picture={model.answers.picture.as_ref().map(|shown| shown.answer.clone())}
                                chosen={model.answers.chosen(&model.question)}
                                filters={model.filters.clone()}
                                view={model.graph.clone()}
                                found={model.looked_up()}
                                film={model.film.as_ref().and_then(Film::step).cloned()}
                                policies={model.answers.overview.totals.policies > 0}
                                paused={view.paused}
                                stale={model.answers.stale}
                            />
                        } else if view.stage == Stage::Log {
                            <LogStage
                                log={model.answers.log.as_ref().map(|shown| shown.answer.clone())}
                                question={model.question.clone()}
                                filtered={model.filters.any()}
                                paused={view.paused}
                                stale={model.answers.stale}
                            />
                        } else if view.stage == Stage::Changes {
                            <ChangesStage
                                diff={model.answers.diff.clone()}
                                marked={model.marked.clone()}
                                same={model.marked.as_ref().is_some_and(|it| it.text == model.document.text)}
                                question={model.question.clone()}
                            />
                        } else {
                            <MatrixStage
                                matrix={model.answers.matrix.as_ref().map(|shown| shown.answer.clone())}
                                question={model.question.clone()}
                                filter={model.matrix.clone()}
                            />
                        }
                        <ExplanationPane
                            question={model.question.clone()}
                            shown={model.answers.explanation.clone()}
                            overview={model.answers.overview.clone()}
                            offer={model.first_question()}
                            wishes={model.wishes()}
                            can_film={model.can_film()}
                            filmed={model.film.as_ref().and_then(|film| film.step()?.row.clone())}
                        />
                        if let Some(film) = &model.film {
                            <FilmBar film={film.clone()} />
                        }
                    </section>
                </main>
                if view.dialog == Some(Dialog::Export) {
                    <ExportDialog export={view.export} text={model.export()} name={model.document.name().to_owned()}
                        marked={model.marked.is_some()} />
                }
                if view.dialog == Some(Dialog::Shortcuts) {
                    <ShortcutsDialog />
                }
                if view.dialog == Some(Dialog::Share) {
                    <ShareDialog model={Rc::clone(&model)} />
                }
                if let Some(offer) = &model.sharing.offer {
                    <LoadOffer offer={offer.clone()} theme={view.theme} />
                }
                if view.dragging {
                    <p class="drop-here" role="status">{"Drop manifests or a folder of them: they open as a document of their own."}</p>
                }
            </div>
        </ContextProvider<Readonly>>
        </ContextProvider<Desk>>
        </ContextProvider<Send>>
    }
}
