//! The page's state and its conversation with the engine, without a browser.
