// The service worker: opens the app without network. It holds no product logic and keeps no tenant data.
// The build fills in the two lines below: a hash of the whole app, and the list of its files.
const VERSION = "__VERSION__";
const PRECACHE = __PRECACHE__;

const CACHE_PREFIX = "meterline-shell-";
const CACHE = CACHE_PREFIX + VERSION;
// Navigations to these are the server's own pages; every other one opens the app.
const SERVER_PATHS = ["/api/", "/demo/", "/healthz", "/readyz", "/metrics"];

// All files or none. "reload" goes past the browser's own cache, which may still hold an older file.
self.addEventListener("install", (event) => {
  const requests = PRECACHE.map((path) => new Request(path, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

// A new version waits until the app, with the user's consent, says that nothing is in the way.
self.addEventListener("message", (event) => {
  if (event.data === "skip-waiting") self.skipWaiting();
});

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (SERVER_PATHS.some((path) => url.pathname.startsWith(path))) return;
  event.respondWith(cacheFirst(request, request.mode === "navigate" ? "/" : request));
});

// Background Sync: the event that runs the engine with no page open belongs here.

async function takeOver() {
  const names = await caches.keys();
  const stale = names.filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE);
  await Promise.all(stale.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function cacheFirst(request, key) {
  const cache = await caches.open(CACHE);
  return (await cache.match(key)) ?? fetch(request);
}
