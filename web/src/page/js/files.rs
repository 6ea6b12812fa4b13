//! Files from and to the person's disk, behind the class that `web/editor/src/files.ts` defines.

use js_sys::Uint8Array;
use netpol_web::model::{DocumentMsg, Msg, OpenedFile, join_files};
use netpol_web::words;
use wasm_bindgen::prelude::*;

use super::store::said;
use crate::store::Send;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = NetpolFiles)]
    type RawFiles;

    #[wasm_bindgen(constructor, catch, js_class = NetpolFiles)]
    fn new(
        limit: f64,
        opened: &Closure<dyn Fn(Vec<String>, Vec<Uint8Array>)>,
        refused: &Closure<dyn Fn(String, f64)>,
        over: &Closure<dyn Fn(bool)>,
    ) -> Result<RawFiles, JsValue>;

    #[wasm_bindgen(method)]
    fn choose(this: &RawFiles, folder: bool);
    #[wasm_bindgen(method)]
    fn save(this: &RawFiles, name: &str, text: &str);
    #[wasm_bindgen(method, catch)]
    async fn copy(this: &RawFiles, text: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = savePicture)]
    async fn save_picture(this: &RawFiles, name: &str, svg: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = copyPicture)]
    async fn copy_picture(this: &RawFiles, svg: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn destroy(this: &RawFiles);
}

/// Listens for files that are dropped on the page, until dropped itself.
pub(crate) struct Files {
    raw: RawFiles,
    _opened: Closure<dyn Fn(Vec<String>, Vec<Uint8Array>)>,
    _refused: Closure<dyn Fn(String, f64)>,
    _over: Closure<dyn Fn(bool)>,
}

impl Files {
    /// `None` if its script has not been loaded.
    pub(crate) fn new(send: &Send) -> Option<Self> {
        let told = send.clone();
        let opened = move |paths: Vec<String>, contents: Vec<Uint8Array>| {
            let read =
                |(path, content): (String, Uint8Array)| OpenedFile::new(path, content.to_vec());
            if let Some((name, text)) =
                join_files(paths.into_iter().zip(contents).map(read).collect())
            {
                let text = text.into();
                told.emit(Msg::Document(DocumentMsg::Create { name, text }));
            }
        };
        let opened = Closure::<dyn Fn(Vec<String>, Vec<Uint8Array>)>::new(opened);
        let told = send.clone();
        let refused = Closure::<dyn Fn(String, f64)>::new(move |reason: String, bytes| {
            told.emit(Msg::Refused(match reason.as_str() {
                "large" => words::too_large(bytes),
                "none" => words::NO_MANIFESTS.to_owned(),
                other => format!("The files could not be read: {other}."),
            }));
        });
        let told = send.clone();
        let over = Closure::<dyn Fn(bool)>::new(move |over| told.emit(Msg::DragOver(over)));
        let limit = f64::from(words::TEXT_MB << 20);
        let raw = RawFiles::new(limit, &opened, &refused, &over).ok()?;
        Some(Self { raw, _opened: opened, _refused: refused, _over: over })
    }

    /// Lets the person choose files, or a folder.
    pub(crate) fn choose(&self, folder: bool) {
        self.raw.choose(folder);
    }

    /// Lets the browser save a text as a file.
    pub(crate) fn save(&self, name: &str, text: &str) {
        self.raw.save(name, text);
    }

    /// Puts a text into the clipboard.
    pub(crate) async fn copy(&self, text: &str) -> Result<(), String> {
        self.raw.copy(text).await.map_err(|error| said(&error))
    }

    /// Lets the browser save a drawing as a picture.
    pub(crate) async fn save_picture(&self, name: &str, svg: &str) -> Result<(), String> {
        self.raw.save_picture(name, svg).await.map_err(|error| said(&error))
    }

    /// Puts a drawing as a picture into the clipboard.
    pub(crate) async fn copy_picture(&self, svg: &str) -> Result<(), String> {
        self.raw.copy_picture(svg).await.map_err(|error| said(&error))
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        self.raw.destroy();
    }
}
