// The worker's first lines. The page asks for this file with the name of the engine behind the
// question mark: that name has a hash, so an old engine never meets a new page.
const engine = self.location.search.slice(1);
if (/^[\w-]+$/.test(engine)) {
  importScripts(`./${engine}.js`);
  wasm_bindgen({ module_or_path: `./${engine}_bg.wasm` });
}
