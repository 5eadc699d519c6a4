// The service worker: keeps the shell's own static files and nothing else. No page, no picture, no answer of the work is
// ever in a cache; where the shell does not run, a page says so and how to start it.
"use strict";

const NAME = "countersign-static-1";
const FILES = [
  "/assets/app.css", "/assets/app.js", "/assets/form.js", "/assets/files.js", "/assets/pad.js", "/assets/draw.js",
  "/assets/icons.svg", "/assets/icon.svg", "/assets/icon-192.png", "/stopped.html",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

async function fresh(request) {
  const cache = await caches.open(NAME);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (stopped) {
    const kept = await cache.match(request);
    if (kept) return kept;
    throw stopped;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (FILES.includes(address.pathname)) {
    event.respondWith(fresh(request));
  } else if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => {
      const kept = await caches.match("/stopped.html");
      return kept ?? Response.error();
    }));
  }
});
