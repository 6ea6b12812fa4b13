// The service worker: after the first visit the playground works without a network. `cargo xtask dist`
// writes the two lines below and gives the file its place; without them nothing is kept.
//
// All files of a version are kept together or not at all, and the page of a version asks for files by names
// with hashes: a page never meets an engine of another version.
const VERSION = "__VERSION__";
const FILES = "__FILES__";

const NAME = "netpol-playground-";
const own = NAME + VERSION;

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(own);
    // Not from the browser's own cache: names without a hash may be old there.
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    // A page of the version before may be open still, and load more of it.
    const versions = (await caches.keys()).filter((name) => name.startsWith(NAME) && name !== own);
    await Promise.all(versions.slice(0, -1).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

const find = async (url, isPage) => {
  const cache = await caches.open(own);
  const kept = await cache.match(url);
  // A page of the version before asks for names that only that version has.
  return kept ?? (isPage ? undefined : caches.match(url));
};

const answer = async (request) => {
  const scope = new URL(self.registration.scope);
  const { origin, pathname: path, search } = new URL(request.url);
  // The page has two names.
  const pathname = path === `${scope.pathname}index.html` ? scope.pathname : path;
  const isPage = request.mode === "navigate" && pathname === scope.pathname;
  const kept = await find(origin + pathname, isPage);
  if (!kept) return fetch(request);
  // A worker learns from its address what it is: a kept answer would bring the one under which it was kept.
  return search === "" ? kept : new Response(kept.body, kept);
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(self.registration.scope)) event.respondWith(answer(request));
});
