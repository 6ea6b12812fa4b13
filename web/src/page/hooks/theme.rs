use netpol_web::model::Theme;
use yew::prelude::*;

use crate::js::page;

/// Shows the theme.
#[hook]
pub(crate) fn use_theme(theme: Theme) {
    use_effect_with(theme, |theme| page::set_theme(*theme));
}
