// What surrounds the chat: the look that the person chose, the line that says that there is no connection, the copy for
// use without one, and the talk with the site that shows this page in a frame.
'use strict';
(() => {
  const root = document.documentElement;
  const framed = window.top !== window;
  const say = JSON.parse(document.getElementById('shell-say').textContent);

  // Colours and text size on the pages to read, when the person keeps them on this device. The chat sets its own.
  if (!document.getElementById('ask')) {
    try {
      const kept = JSON.parse(localStorage.getItem('backchat')) ?? {};
      for (const name of ['theme', 'size']) if (/^\w{2,5}$/.test(kept[name] ?? '')) root.dataset[name] = kept[name];
    } catch { /* forbidden or not ours: then as the device has it */ }
  }

  const line = document.getElementById('offline');
  const tell = (online) => { line.textContent = online ? '' : say.offline; };
  // The browser knows whether there is a network, not whether this server is reached through it.
  const look = () => {
    if (!navigator.onLine) return tell(false);
    return fetch('/healthz', {method: 'HEAD', cache: 'no-store', credentials: 'omit'}).then((answer) => tell(answer.ok), () => tell(false));
  };
  addEventListener('offline', () => tell(false));
  addEventListener('online', look);

  const worker = navigator.serviceWorker;
  if (worker && !framed) {
    if (worker.controller || !navigator.onLine) look();
    const SCRIPT = '/sw.js';
    const policy = window.trustedTypes && trustedTypes.createPolicy('backchat-shell', {createScriptURL: () => SCRIPT});
    worker.register(policy ? policy.createScriptURL(SCRIPT) : SCRIPT).catch(() => { /* then there is no copy for later */ });
  }

  // In a frame: the site around it may close its panel on Escape, and learns that the page could be shown. No words.
  if (framed) {
    const post = (what) => window.parent.postMessage({backchat: what}, '*');
    addEventListener('keydown', (event) => { if (event.key === 'Escape' && !event.defaultPrevented) post('close'); });
    post('ready');
  }
})();
