// Removes the service worker that an earlier build of this site has registered, with its copy of the handbook.
"use strict";
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  await caches.delete(`charterbook ${new URL(registration.scope).pathname}`);
  await registration.unregister();
})()));
