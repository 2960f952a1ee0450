// The way out: the worker of a site that is built with OFFLINE=no. It puts itself in place of the one before, at once,
// deletes all that was kept, and takes itself off. (`nn-book:`, `nn-python:` and the site's path are worker.js's names.)
const PLACE = new URL(self.registration.scope).pathname;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil((async () => {
  for (const name of await caches.keys())
    if (name.startsWith(`nn-book:${PLACE}:`) || name.startsWith(`nn-python:${PLACE}:`)) await caches.delete(name);
  await self.registration.unregister();
})()));
