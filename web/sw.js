// Keeps the first page, the exercises and their files for use without a connection. Nothing else: no reply, no article
// that somebody read, no word that somebody typed. The server writes SHELL above this line: {version, pages, files}.
'use strict';
/* global SHELL */
const NAME = `backchat-${SHELL.version}`;

addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(NAME);
    const fresh = [...SHELL.pages, ...SHELL.files].map((path) => new Request(path, {credentials: 'omit', cache: 'reload'}));
    await cache.addAll(fresh);
    await skipWaiting();
  })());
});

addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('backchat-') && name !== NAME) await caches.delete(name);
    await clients.claim();
  })());
});

addEventListener('fetch', (event) => {
  const {request} = event;
  const {origin, pathname} = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (SHELL.files.includes(pathname)) event.respondWith(kept_first(request, pathname));
  else if (request.mode === 'navigate') event.respondWith(network_first(request, pathname));
});

// A file's name holds its hash, so a copy is as good as the original.
async function kept_first(request, pathname) {
  return await (await caches.open(NAME)).match(pathname) ?? fetch(request);
}

// A page comes from the server. When it cannot, the kept copy does; any other page becomes the first one, which has the
// danger signs and the numbers to call.
async function network_first(request, pathname) {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(NAME);
    const copy = await cache.match(SHELL.pages.includes(pathname) ? pathname : '/');
    if (copy) return copy;
    throw error;
  }
}
