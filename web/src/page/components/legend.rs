use yew::prelude::*;

/// What lines and signs mean.
#[component]
pub(super) fn Legend() -> Html {
    html! {
        <ul class="legend" role="list" aria-label="Legend">
            <li>
                <svg width="34" height="12" aria-hidden="true" class="edge allowed">
                    <path class="line" d="M1 6h32" /><circle class="legend-dot" cx="20" cy="6" r="4" />
                </svg>
                {"allowed"}
            </li>
            <li>
                <svg width="36" height="12" aria-hidden="true" class="edge denied">
                    <path class="line" d="M1 6h22" /><path class="cross" d="M25 2l8 8m0 -8l-8 8" />
                </svg>
                {"denied, where it stops"}
            </li>
            <li>
                <svg width="34" height="12" aria-hidden="true" class="edge implementation-defined">
                    <path class="line" d="M1 6h32" />
                </svg>
                {"depends on the plugin"}
            </li>
            <li>
                <svg width="26" height="14" aria-hidden="true" class="legend-gates">
                    <rect class="card-box" x="4" y="1" width="18" height="12" rx="3" />
                    <line class="gate" x1="4" x2="4" y1="3" y2="11" />
                    <line class="gate" x1="22" x2="22" y1="3" y2="11" />
                </svg>
                {"isolated: ingress, egress"}
            </li>
        </ul>
    }
}
