// Starts the real program and Debian's Chromium, and watches every page: a script error, a broken content policy or a
// request to another address fails the test that opened the page.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {after, before} from 'node:test';
import {createInterface} from 'node:readline';
import {chromium} from 'playwright-core';

const BIN = process.env.BACKCHAT_BIN;
const EDITION = process.env.BACKCHAT_EDITION;
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const READY = /^Backchat is ready: (http:\/\/127\.0\.0\.1:\d+\/)/;

/** Starts `backchat serve` on a free port, with more `options` if any. Returns its address and a function that ends it. */
export function start_server(options = []) {
  if (!BIN || !EDITION) throw new Error('set BACKCHAT_BIN (the program) and BACKCHAT_EDITION (its edition file)');
  return new Promise((resolve, reject) => {
    const child = spawn(BIN, ['serve', '--edition', EDITION, '--port', '0', ...options], {stdio: ['ignore', 'pipe', 'pipe']});
    let said = '';
    child.stderr.on('data', (bytes) => { said += bytes; });
    const timer = setTimeout(() => { child.kill(); reject(new Error(`not ready after 30 s: ${said}`)); }, 30000);
    child.on('exit', (code) => { clearTimeout(timer); reject(new Error(`ended with ${code} before it was ready: ${said}`)); });
    createInterface({input: child.stdout}).on('line', (line) => {
      const found = READY.exec(line);
      if (!found) return;
      clearTimeout(timer);
      resolve({
        url: found[1],
        stop: () => new Promise((done) => { child.removeAllListeners('exit'); child.on('exit', done); child.kill('SIGTERM'); }),
      });
    });
  });
}

let server, browser;
const watched = new Set();

/** Call once at the top of a test file: one program and one browser for all its tests. */
export function use_browser() {
  before(async () => {
    server = await start_server();
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--headless', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
}

export const address = () => server.url;
export const the_browser = () => browser;

/**
 * Runs `body(page, context)` on a fresh start page and then looks at what went wrong on the way.
 * `options` are those of a browser context; `allow` lists console errors that the test means to cause. Service workers
 * are off unless asked for: a request that goes through one cannot be watched.
 */
export async function on_page(options, body) {
  const {allow = [], ...rest} = options;
  const context = await browser.newContext({viewport: {width: 390, height: 844}, serviceWorkers: 'block', ...rest});
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(`script error: ${error.message}`));
  page.on('console', (message) => {
    if (/Service Worker registration blocked/.test(message.text())) return;
    if (message.type() !== 'error' && !/Content Security Policy|Trusted/.test(message.text())) return;
    if (!allow.some((pattern) => pattern.test(message.text()))) wrong.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) wrong.push(`request to ${request.url()}`);
  });
  page.on('dialog', (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  watched.add(wrong);
  try {
    await page.goto(server.url);
    await body(page, context);
    assert.deepEqual(wrong, []);
  } finally {
    watched.delete(wrong);
    await context.close();
  }
}

/** Types `words`, sends them and waits for the answer, which it returns. */
export async function ask(page, words) {
  const before_count = await page.getByTestId('msg-bot').count();
  await page.getByTestId('composer').fill(words);
  await page.getByTestId('send').click();
  const reply = page.getByTestId('msg-bot').nth(before_count);
  await reply.waitFor();
  return reply;
}

/** Everything that the browser keeps for this page, as one string. */
export async function stored(page, context) {
  const inside = await page.evaluate(async () => {
    const out = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), document.cookie, location.href];
    for (const {name} of await indexedDB.databases()) out.push(`indexedDB ${name}`);
    if (window.caches) for (const name of await caches.keys()) out.push(`cache ${name}`);
    return out.join('\n');
  });
  return inside + JSON.stringify(await context.cookies());
}

/** True when nothing sticks out sideways. */
export const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
export const EMERGENCY = 'my back went and now I am numb between my legs';
export const COVERED = 'how long does a back spasm last?';
