// The worker's first lines. The page asks for this file with the address of the engine behind the
// question mark: that has a hash, so an old engine never meets a new page.
const engine = /^\.\/[\w-]+(?=\.js$)/.exec(self.location.search.slice(1))?.[0];
if (engine) {
  importScripts(`${engine}.js`);
  wasm_bindgen({ module_or_path: `${engine}_bg.wasm` });
}
