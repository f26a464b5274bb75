// The service worker: lets a code be looked up without a network. It is there only after a reader asked to
// keep the portal. The server puts a line before this one: BUILD = { build, assets, sm2, prefixes, suffix }: what a
// static mirror's pages end in.
//
// Verdicts are never kept: what is shown in the place of one that cannot be fetched is the offline page,
// which says what the signed copy holds and how old it is.
const APP = "liangbiao-app-" + BUILD.build;
// A verdict is waited for this many milliseconds; the offline page leads back to it.
const PATIENCE = 8000;
const places = ["/offline", "/scan"];
const shells = BUILD.prefixes.flatMap((prefix) => places.map((place) => prefix + place + BUILD.suffix));

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(APP);
      await cache.addAll(BUILD.assets);
      // A phone whose copy has keys of SM2 has what checks them, of this build too.
      const keys = await (await caches.match("/offline/kept/keys"))?.text();
      if (/^sm2 /m.test(keys)) await cache.addAll(BUILD.sm2);
      // Not from the browser's own cache: a page of another build names other assets.
      await cache.addAll(shells.map((path) => new Request(path, { cache: "reload" })));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith("liangbiao-app-") && name !== APP) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

/** The language prefix of a path. */
const prefixOf = (path) => BUILD.prefixes.find((prefix) => prefix && path.startsWith(prefix + "/")) ?? "";

/** A kept page, whatever its query. */
const kept = async (path) => (await caches.open(APP)).match(path);

/** From the network, and what is kept where that fails or takes too long. */
async function networkFirst(request, path) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE);
  try {
    // A navigation cannot be fetched again with a signal of its own; racing it is as good.
    return await Promise.race([
      fetch(request),
      new Promise((_, failed) => late.signal.addEventListener("abort", () => failed(new Error("late")))),
    ]);
  } catch {
    return (await kept(path)) ?? Response.error();
  } finally {
    clearTimeout(timer);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/")) {
    // The address holds the content's hash: what is kept under it is it.
    event.respondWith(caches.match(url.pathname).then((found) => found ?? fetch(request)));
    return;
  }
  if (request.mode !== "navigate") return;
  const prefix = prefixOf(url.pathname);
  const place = (url.pathname.slice(prefix.length) || "/").replace(/\.html$/, "");
  if (place === "/scan") event.respondWith(networkFirst(request, prefix + "/scan" + BUILD.suffix));
  else if (/^\/(index)?$|^\/(offline$|q$|(q|s|01)\/)/i.test(place)) event.respondWith(networkFirst(request, prefix + "/offline" + BUILD.suffix));
});
