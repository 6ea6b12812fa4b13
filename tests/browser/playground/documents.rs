//! Documents as a whole: their list, other tabs, files.

use serde_json::json;

use crate::harness::Page;

impl Page {
    /// The names of the person's own documents.
    #[track_caller]
    pub(crate) fn documents(&self) -> Vec<String> {
        self.script(
            "return [...document.querySelectorAll('[data-testid=scenario] optgroup')]
                .filter((group) => group.label === 'Your documents')
                .flatMap((group) => [...group.children]).map((option) => option.textContent)",
            &[],
        )
    }

    /// Tears the text of every kept document.
    #[track_caller]
    pub(crate) fn damage_documents(&self) {
        let torn: bool = self.script_async(
            "const done = arguments[0];
            indexedDB.open('netpol-playground').onsuccess = ({ target: { result: db } }) => {
                const transaction = db.transaction('texts', 'readwrite');
                transaction.objectStore('texts').openCursor().onsuccess = ({ target: { result } }) => {
                    if (result) { result.update('# torn'); result.continue(); }
                };
                transaction.oncomplete = () => { db.close(); done(true); };
            };",
        );
        assert!(torn);
    }

    /// From now on files are not saved, but can be asked for.
    #[track_caller]
    pub(crate) fn catch_downloads(&self) {
        self.script::<()>(
            "window.downloaded = ['', ''];
            const create = URL.createObjectURL;
            URL.createObjectURL = (blob) => {
                blob.text().then((text) => { window.downloaded[1] = text; });
                return create.call(URL, blob);
            };
            HTMLAnchorElement.prototype.click = function () { window.downloaded[0] = this.download; };",
            &[],
        );
    }

    /// The name and the text of the file that was saved last.
    #[track_caller]
    pub(crate) fn downloaded(&self) -> (String, String) {
        self.script("return window.downloaded", &[])
    }

    /// Drops files on the page.
    #[track_caller]
    pub(crate) fn drop_files(&self, files: &[(&str, &str)]) {
        self.script::<()>(
            "const dataTransfer = new DataTransfer();
            for (const [name, text] of arguments[0]) dataTransfer.items.add(new File([text], name));
            const target = document.querySelector('.cm-content');
            for (const type of ['dragover', 'drop']) {
                target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
            }",
            &[json!(files)],
        );
    }
}
