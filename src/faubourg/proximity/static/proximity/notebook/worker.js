// Keeps the notebook's own files, all of one version; touches nothing else. A new version is fetched whole
// beside the old one, which goes only when no window uses it any more.
const CACHE = `faubourg-notebook-${NOTEBOOK.version}`;
const CHOICE = "faubourg-notebook-choice";
const FILES = new Set(NOTEBOOK.files);

self.addEventListener("install", (event) => {
  const fresh = [...FILES, ...Object.values(NOTEBOOK.pages)].map((path) => new Request(path, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("faubourg-notebook-") && ![CACHE, CHOICE].includes(name)) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || pathname.startsWith(NOTEBOOK.api)) return;
  if (request.mode === "navigate" && pathname.startsWith(NOTEBOOK.home)) event.respondWith(page(request));
  else if (FILES.has(pathname)) event.respondWith(kept(pathname, request));
});

async function kept(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
}

// Every address of the notebook is the same page, in the language that was last chosen.
async function page(request) {
  const choice = await (await caches.open(CHOICE)).match(NOTEBOOK.home);
  const language = choice ? await choice.text() : "";
  return kept(NOTEBOOK.pages[language] ?? NOTEBOOK.pages.fr, request);
}
