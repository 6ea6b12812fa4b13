use netpol_web::model::Theme;
use yew::prelude::*;

use crate::js::page;

/// Shows the theme.
#[hook]
pub(crate) fn use_theme(theme: Theme, framed: bool) {
    use_effect_with((theme, framed), |(theme, framed)| page::set_theme(*theme, !framed));
}
