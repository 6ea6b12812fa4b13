//! `netpol-share` for JavaScript. `cargo xtask package` makes the npm package of it, which
//! `npm/README.md` describes.

use js_sys::{Error, Object, Reflect};
use netpol_share::{Content, Fragment, Key};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

/// The fragment of a link that holds these manifests: what stands behind the `#`. Throws an `Error` if
/// they do not fit, or if there is no such parameter.
#[wasm_bindgen]
pub fn encode(
    #[wasm_bindgen(unchecked_param_type = "string")] manifests: &JsValue,
    #[wasm_bindgen(unchecked_optional_param_type = "Parameters")] parameters: Option<Object>,
) -> Result<String, Error> {
    let mut link = Fragment::of_text(string(manifests, "the manifests are")?);
    for entry in parameters.into_iter().flat_map(|it| Object::entries(&it)) {
        let entry = js_sys::Array::from(&entry);
        let (name, value) = (entry.get(0).as_string().unwrap_or_default(), entry.get(1));
        if value.is_undefined() {
            continue;
        }
        let key =
            Key::named(&name).ok_or_else(|| error(&format!("there is no parameter `{name}`")))?;
        let value = value.as_string();
        let value = value.ok_or_else(|| error(&format!("the parameter `{name}` is no string")))?;
        link.parameters.set(key, value);
    }
    link.write().map_err(|reason| error(&reason.to_string()))
}

/// What a link or its fragment holds. Throws an `Error` that says what is wrong with it, and what to do.
#[wasm_bindgen(unchecked_return_type = "Decoded")]
pub fn decode(
    #[wasm_bindgen(unchecked_param_type = "string")] link: &JsValue,
) -> Result<Object, Error> {
    let link = Fragment::read(&string(link, "the link is")?)
        .map_err(|reason| error(&reason.to_string()))?;
    let (content, value) = match &link.content {
        Content::None => ("none", None),
        Content::Text(text) => ("text", Some(text)),
        Content::Example(name) => ("example", Some(name)),
        Content::Url(address) => ("url", Some(address)),
    };
    let parameters = Object::new();
    for (key, value) in link.parameters.iter() {
        set(&parameters, key.name(), &value.into());
    }
    let decoded = Object::new();
    set(&decoded, "content", &content.into());
    if let Some(value) = value {
        set(&decoded, content, &value.into());
    }
    set(&decoded, "parameters", &parameters);
    Ok(decoded)
}

/// Not everybody who calls has types.
fn string(value: &JsValue, what: &str) -> Result<String, Error> {
    value.as_string().ok_or_else(|| error(&format!("{what} no string")))
}

fn error(reason: &str) -> Error {
    Error::new(reason)
}

fn set(object: &Object, key: &str, value: &JsValue) {
    // A new object of our own takes everything.
    let _ = Reflect::set(object, &key.into(), value);
}
