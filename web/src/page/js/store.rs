//! The browser's storage of documents, behind the class that `web/editor/src/store.ts` defines.

use netpol_web::model::{DocumentId, Library, Listing, StoreJob, Stored, StoredDocument};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = NetpolStore)]
    type RawStore;

    #[wasm_bindgen(catch, static_method_of = RawStore, js_class = NetpolStore)]
    async fn open(changed: &Closure<dyn Fn(String)>) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn list(this: &RawStore) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn read(this: &RawStore, id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn write(
        this: &RawStore,
        id: &str,
        expected: &str,
        head: &str,
        text: &str,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = writeView)]
    async fn write_view(this: &RawStore, id: &str, view: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn remove(this: &RawStore, id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setAside)]
    async fn set_aside(this: &RawStore, id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn damaged(this: &RawStore, id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &RawStore);
}

/// The storage. Dropping it closes it.
pub(crate) struct DocumentStore {
    raw: RawStore,
    _changed: Closure<dyn Fn(String)>,
}

impl DocumentStore {
    /// Opens the storage; an error says why the browser has none. `changed` hears of the documents
    /// that other tabs write.
    pub(crate) async fn open(changed: impl Fn(DocumentId) + 'static) -> Result<Self, String> {
        let changed = Closure::<dyn Fn(String)>::new(move |id: String| changed(id.into()));
        let raw = RawStore::open(&changed).await.map_err(|error| said(&error))?;
        Ok(Self { raw: raw.unchecked_into(), _changed: changed })
    }

    /// Which documents there are.
    pub(crate) async fn list(&self) -> Result<Listing, String> {
        let json = self.raw.list().await.map_err(|error| said(&error))?;
        serde_json::from_str(&json.as_string().unwrap_or_default()).map_err(|e| e.to_string())
    }

    /// A document.
    pub(crate) async fn read(&self, id: &DocumentId) -> Result<StoredDocument, String> {
        let parts = self.raw.read(id).await.map_err(|error| said(&error))?;
        let parts: js_sys::Array = parts.unchecked_into();
        let part = |index| parts.get(index).as_string();
        Ok(StoredDocument { id: id.clone(), head: part(0), text: part(1), view: part(2) })
    }

    /// What was set aside.
    pub(crate) async fn damaged(&self, id: &DocumentId) -> String {
        self.raw.damaged(id).await.ok().and_then(|text| text.as_string()).unwrap_or_default()
    }

    /// Does a job.
    pub(crate) async fn work(&self, job: &StoreJob, library: &Library) -> Stored {
        self.try_work(job, library).await.unwrap_or_else(Stored::Failed)
    }

    async fn try_work(&self, job: &StoreJob, library: &Library) -> Result<Stored, String> {
        let refused = |error: JsValue| said(&error);
        match job {
            StoreJob::Write { own, scenario, text } => {
                let head = library.head(own, scenario, text);
                let written = self.raw.write(&own.id, &own.base, &head, text).await;
                Ok(if written.map_err(refused)?.is_truthy() {
                    Stored::Done(Some(head.into()))
                } else {
                    Stored::Conflict
                })
            }
            StoreJob::WriteView(id, view) => {
                self.raw.write_view(id, view).await.map_err(refused)?;
                Ok(Stored::Done(None))
            }
            StoreJob::Open(id) | StoreJob::Refresh(id) => self.read(id).await.map(Stored::Read),
            StoreJob::Find(wanted) => {
                for id in library.as_long_as(&wanted.text) {
                    let document = self.read(id).await?;
                    if document.text.as_deref() == Some(&*wanted.text) {
                        return Ok(Stored::Read(document));
                    }
                }
                Ok(Stored::Done(None))
            }
            StoreJob::Remove(id) => {
                self.raw.remove(id).await.map_err(refused)?;
                Ok(Stored::Done(None))
            }
            StoreJob::SetAside(id) => {
                self.raw.set_aside(id).await.map_err(refused)?;
                Ok(Stored::Done(None))
            }
            StoreJob::List => self.list().await.map(Stored::Listed),
        }
    }
}

impl Drop for DocumentStore {
    fn drop(&mut self) {
        self.raw.close();
    }
}

/// What the browser says about an error.
pub(super) fn said(error: &JsValue) -> String {
    js_sys::Object::from(error.clone()).to_string().into()
}
