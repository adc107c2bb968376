// A button and a panel with the chat, for other sites: see example/index.html. The panel is a frame of the chat's own
// address: neither page can read the other. All else lives in a shadow tree: no style comes in, none goes out.
'use strict';
(() => {
  const me = document.currentScript;
  const chat = new URL('/', me.src);
  const {label = 'Ask about your back', title = 'Backchat', close: shut = 'Close', open: away = 'Open in a new tab',
    blocked = 'The chat cannot be shown on this site.', side = 'right'} = me.dataset;
  const WAIT_MS = 8000;  // until the frame says that it is there

  const STYLE = `
    :host { all: initial; color-scheme: light dark; --blue: #005eb8; --paper: #fff; --ink: #212b32; --edge: #768692; }
    * { box-sizing: border-box; font: 600 16px/1.3 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
    [hidden] { display: none !important; }
    .open, .panel { position: fixed; z-index: 2147483000; bottom: 16px; ${side === 'left' ? 'left' : 'right'}: 16px; }
    .open { max-width: calc(100vw - 32px); min-height: 48px; padding: 12px 20px; border: 2px solid #fff; border-radius: 26px;
      background: var(--blue); color: #fff; box-shadow: 0 2px 12px rgb(0 0 0 / 35%); cursor: pointer; }
    .panel { display: flex; flex-direction: column; width: min(420px, calc(100vw - 32px)); height: min(720px, calc(100vh - 32px));
      height: min(720px, calc(100dvh - 32px)); overflow: hidden; border: 2px solid var(--edge); border-radius: 10px;
      background: var(--paper); color: var(--ink); box-shadow: 0 4px 24px rgb(0 0 0 / 35%); }
    .bar { display: flex; align-items: center; gap: 4px; padding: 0 4px 0 14px; }
    .bar b { flex: 1; }
    .bar a, .bar button { display: grid; place-items: center; min-width: 44px; min-height: 44px; padding: 0 10px; border: 0;
      border-radius: 6px; background: none; color: var(--blue); text-decoration: underline; cursor: pointer; }
    p { margin: 0; padding: 14px; }
    iframe { flex: 1; width: 100%; border: 0; border-top: 1px solid var(--edge); }
    :focus-visible { outline: 3px solid var(--ink); outline-offset: -3px; }
    @media (prefers-color-scheme: dark) { :host { --blue: #8cc3f7; --paper: #1b252c; --ink: #f0f4f5; } .open { color: #0b1a26; } }
    @media (max-width: 480px) { .panel { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; } }
    @media print { :host { display: none; } }`;

  const make = (tag, parts, ...children) => {
    const element = Object.assign(document.createElement(tag), parts);
    element.append(...children);
    return element;
  };

  function start() {
    const host = make('backchat-widget', {});
    const tree = host.attachShadow({mode: 'open'});
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    tree.adoptedStyleSheets = [sheet];

    const opener = make('button', {type: 'button', className: 'open', textContent: label});
    opener.setAttribute('aria-expanded', 'false');
    opener.setAttribute('aria-haspopup', 'dialog');
    const leave = make('a', {href: chat.href, target: '_blank', rel: 'noopener', textContent: away});
    const closer = make('button', {type: 'button', textContent: shut});
    const note = make('p', {textContent: blocked, hidden: true});
    note.setAttribute('role', 'status');
    const panel = make('div', {className: 'panel', hidden: true}, make('div', {className: 'bar'}, make('b', {textContent: title}), leave, closer), note);
    panel.setAttribute('role', 'dialog');
    panel.setAttribute('aria-label', title);
    tree.append(opener, panel);
    document.body.append(host);

    let frame = null;
    function open() {
      panel.hidden = false;
      opener.hidden = true;
      opener.setAttribute('aria-expanded', 'true');
      if (!frame) {
        frame = make('iframe', {title, src: chat.href, referrerPolicy: 'no-referrer', allow: 'clipboard-write; screen-wake-lock; web-share'});
        panel.append(frame);
        const timer = setTimeout(() => { note.hidden = false; }, WAIT_MS);
        addEventListener('message', ({source, origin, data}) => {
          if (source !== frame.contentWindow || origin !== chat.origin) return;
          if (data?.backchat === 'ready') { clearTimeout(timer); note.hidden = true; }
          if (data?.backchat === 'close') close();
        });
      }
      closer.focus();
    }
    function close() {
      if (panel.hidden) return;
      panel.hidden = true;
      opener.hidden = false;
      opener.setAttribute('aria-expanded', 'false');
      opener.focus();
    }
    opener.addEventListener('click', open);
    closer.addEventListener('click', close);
    panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      close();
    });
  }

  if (document.body) start();
  else document.addEventListener('DOMContentLoaded', start);
})();
