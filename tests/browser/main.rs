//! The page in a real Chromium. `cargo xtask test browser` builds the page, serves it and says
//! where in `NETPOL_PLAYGROUND_URL`; the driver to start is named by `CHROMEDRIVER`.
#![expect(clippy::disallowed_methods, reason = "told where the page is by the environment")]

#[test]
fn the_page_is_named() {
    let url = std::env::var("NETPOL_PLAYGROUND_URL");
    assert!(url.is_ok(), "NETPOL_PLAYGROUND_URL is not set: run `cargo xtask test browser`");
}
