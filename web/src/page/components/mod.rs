//! What is on the page: functions of the state, one file each.

mod changes;
mod cluster;
mod cluster_form;
mod connect;
mod dialog;
mod document;
mod document_bar;
mod document_menu;
mod doubt;
mod editor;
mod embed_bar;
mod explanation;
mod export;
mod film;
mod findings;
mod fixes;
mod flow_list;
mod graph;
mod graph_card;
mod graph_edge;
mod graph_focus;
mod graph_map;
mod graph_zoom;
mod inspect;
mod judging;
mod keys;
mod legend;
mod lesson;
mod load_offer;
mod log;
mod lookup;
mod marked;
mod matrix;
mod matrix_pages;
mod nobody;
mod notice;
mod question;
mod search;
mod section;
mod share;
mod side;
mod split;
mod stage_bar;
mod stamp;
mod tabs;
mod tests;
mod top_bar;

pub(crate) use changes::ChangesStage;
pub(crate) use dialog::ShortcutsDialog;
pub(crate) use document::DocumentPane;
pub(crate) use embed_bar::EmbedBar;
pub(crate) use explanation::ExplanationPane;
pub(crate) use export::ExportDialog;
pub(crate) use film::FilmBar;
pub(crate) use graph::GraphStage;
pub(crate) use lesson::LessonBar;
pub(crate) use load_offer::LoadOffer;
pub(crate) use log::LogStage;
pub(crate) use matrix::MatrixStage;
pub(crate) use notice::NoticeBar;
pub(crate) use share::ShareDialog;
pub(crate) use split::{Split, style as split_style};
pub(crate) use stage_bar::StageBar;
pub(crate) use top_bar::TopBar;

/// The text of the input field that an event is about.
fn input_text(event: &yew::InputEvent) -> String {
    yew::TargetCast::target_unchecked_into::<web_sys::HtmlInputElement>(event).value()
}

/// The value of the choice that an event is about.
fn chosen_value(event: &yew::Event) -> String {
    yew::TargetCast::target_unchecked_into::<web_sys::HtmlSelectElement>(event).value()
}
