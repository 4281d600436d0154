// The service worker: opens the app without network, and drains the outbox when no page is open. It holds no product
// logic of its own and keeps no tenant data.
// The build fills in the lines below: a hash of the whole app, the list of its files, and two of their names.
const VERSION = "__VERSION__";
const PRECACHE = __PRECACHE__;
// The sync engine as a program of its own, for the browsers that wake a service worker when the network is back.
const BACKGROUND_SCRIPT = "__BACKGROUND_SCRIPT__";
const BACKGROUND_WASM = "__BACKGROUND_WASM__";
const WAKES_IN_BACKGROUND = "sync" in self.registration;
// The tags that pages register. A browser ends the event after three minutes.
const DRAIN_TAG = "drain";
const REFRESH_TAG = "refresh";
const DRAIN_LIMIT_MS = 150_000;

const CACHE_PREFIX = "meterline-shell-";
const CACHE = CACHE_PREFIX + VERSION;
// Navigations to these are the office's, which has a program of its own and needs a network.
const OFFICE_PATHS = ["/office", "/readings", "/phones"];
const NO_NETWORK_PAGE = "/no-network.html";
// Navigations to these are the server's own pages; every other one opens the app.
const SERVER_PATHS = ["/api/", "/demo/", "/healthz", "/readyz", "/metrics"];

self.addEventListener("install", (event) => {
  // What the server answers itself does not pass through here, where the browser can be told so: no reading waits for this
  // worker to start.
  event.addRoutes?.(SERVER_PATHS.map((path) => ({ condition: { urlPattern: { pathname: `${path}*` } }, source: "network" })));
  event.waitUntil(install());
});

// A new version waits until the app, with the user's consent, says that nothing is in the way.
self.addEventListener("message", (event) => {
  if (event.data === "skip-waiting") self.skipWaiting();
  // Said to the version in charge: a drain that waits for its next attempt would keep the new one waiting.
  if (event.data === "stop-drain") loading?.then(({ stop_drain }) => stop_drain());
});

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (SERVER_PATHS.some((path) => url.pathname.startsWith(path))) return;
  const navigates = request.mode === "navigate";
  if (navigates && isOffice(url.pathname)) event.respondWith(officePage(request));
  else event.respondWith(cacheFirst(request, navigates ? "/" : request));
});

self.addEventListener("sync", (event) => {
  if (event.tag === DRAIN_TAG) event.waitUntil(drain());
});

// Where the browser grants it, a round begins with a fresh list: this comes once in a while, by itself.
self.addEventListener("periodicsync", (event) => {
  if (event.tag === REFRESH_TAG) event.waitUntil(background().then(({ refresh_list }) => refresh_list(DRAIN_LIMIT_MS)));
});

// A notification leads to what it is about: an open page of the app first, else a new one.
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(showSync());
});

async function showSync() {
  const [page] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return page ? page.focus() : self.clients.openWindow("/sync");
}

// All files or none. "reload" goes past the browser's own cache, which may still hold an older file.
async function install() {
  const paths = [...PRECACHE];
  if (WAKES_IN_BACKGROUND) {
    // Only what is imported now may be imported later, when there may be no network: it is kept with this file.
    importBackground();
    paths.push(BACKGROUND_WASM);
  }
  const cache = await caches.open(CACHE);
  await cache.addAll(paths.map((path) => new Request(path, { cache: "reload" })));
}

function importBackground() {
  if (typeof wasm_bindgen === "undefined") importScripts(BACKGROUND_SCRIPT);
}

// Rejected while something waits that a later attempt may deliver: the browser makes one then.
async function drain() {
  const { drain_outbox } = await background();
  if (await drain_outbox(DRAIN_LIMIT_MS)) throw new Error("Readings still wait.");
}

// Loaded for the first of these events and for no other kind: opening the app does not wait for it.
let loading;
function background() {
  loading ??= loadBackground().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function loadBackground() {
  importBackground();
  const cache = await caches.open(CACHE);
  await wasm_bindgen({ module_or_path: (await cache.match(BACKGROUND_WASM)) ?? fetch(BACKGROUND_WASM) });
  return wasm_bindgen;
}

async function takeOver() {
  const names = await caches.keys();
  const stale = names.filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE);
  await Promise.all(stale.map((name) => caches.delete(name)));
  await self.clients.claim();
}

function isOffice(pathname) {
  return OFFICE_PATHS.some((path) => pathname === path || pathname.startsWith(path + "/"));
}

async function officePage(request) {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(CACHE);
    return (await cache.match(NO_NETWORK_PAGE)) ?? Response.error();
  }
}

async function cacheFirst(request, key) {
  const cache = await caches.open(CACHE);
  return (await cache.match(key)) ?? fetch(request);
}
