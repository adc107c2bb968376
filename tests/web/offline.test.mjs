// Without a connection: what the page still shows, and that nothing a person typed is kept for it.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {COVERED, ask, start_server, the_browser, use_browser} from './helper.mjs';

use_browser();

/**
 * A page with a server of its own, which can go away and come back: being offline as the browser's tools emulate it does
 * not reach a service worker.
 */
async function with_server(body) {
  let server = await start_server();
  const {url} = server;
  const context = await the_browser().newContext({viewport: {width: 390, height: 844}});
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  const there = (path) => new URL(path, url).href;
  const gone = async () => { await server?.stop(); server = null; };
  const back = async () => { server = await start_server(['--port', new URL(url).port]); };
  try {
    await page.goto(url);
    await ready(page);
    await body({page, context, there, gone, back});
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
    await gone();
  }
}

/** Waits until the worker has its copies and serves this page. */
async function ready(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((done) => { navigator.serviceWorker.oncontrollerchange = done; });
  });
}

/** Address and body of every answer in the Cache storage. */
const caches_of = (page) => page.evaluate(async () => {
  const out = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) out.push({name, path: new URL(request.url).pathname, body: await (await cache.match(request)).text()});
  }
  return out;
});

const shows_line = (page) => page.getByTestId('offline').filter({hasText: 'No connection'}).waitFor();
const hides_line = (page) => page.locator('#offline:empty').waitFor({state: 'attached'});

test('danger signs, numbers and home care are there without a connection', () => with_server(async ({page, context, there, gone}) => {
  await gone();
  await page.reload();
  assert.ok(await page.getByTestId('start-check').locator('li').first().isVisible());
  assert.ok(await page.getByTestId('home-care').locator('li').first().isVisible());
  await page.getByTestId('emergency-help').click();
  for (const number of ['911', '999', '112', '000']) assert.ok(await page.locator(`.help a[href="tel:${number}"]`).isVisible(), number);
  await shows_line(page);
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.top')).position), 'sticky', 'with its styles');

  const other = await context.newPage();
  await other.goto(there('exercises'));
  assert.ok(await other.getByTestId('exercise-card').first().isVisible());
  await shows_line(other);
  await other.goto(there('articles'));
  assert.ok(await other.getByTestId('start-check').isVisible(), 'any other page becomes the first one');
}));

test('a question asked without a connection stays in the box and goes out later', () => with_server(async ({page, gone, back}) => {
  await gone();
  await page.getByTestId('composer').fill(COVERED);
  await page.getByTestId('send').click();
  await page.getByRole('button', {name: 'Try again'}).waitFor();
  assert.equal(await page.getByTestId('composer').inputValue(), COVERED);
  await page.evaluate(() => dispatchEvent(new Event('online')));  // a network, but no server behind it
  await shows_line(page);
  await back();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await hides_line(page);
  await page.getByRole('button', {name: 'Try again'}).click();
  await page.getByTestId('msg-bot').waitFor();
}));

test('the browser knows that there is no network', () => with_server(async ({page, context}) => {
  await context.setOffline(true);
  await shows_line(page);
  await context.setOffline(false);
  await hides_line(page);
}));

test('no reply and no word typed is ever kept; only the shell is', () => with_server(async ({page, there}) => {
  await ask(page, 'how long does a back spasm last in zebrafinches?');
  await page.reload();
  await page.goto(there('articles/k-health-back-spasms'));
  const kept = await caches_of(page);
  assert.equal(new Set(kept.map(({name}) => name)).size, 1);
  for (const {path, body} of kept) {
    assert.match(path, /^\/$|^\/exercises$|^\/assets\/[\w-]+\.[0-9a-f]{12}\.\w+$/);
    assert.doesNotMatch(body, /zebrafinch|data-testid="msg-bot"/i);
  }
  for (const path of ['/', '/exercises']) assert.ok(kept.some((each) => each.path === path), path);
}));

test('it can be installed: a manifest with icons, from one address', () => with_server(async ({page}) => {
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
  assert.equal(manifest.display, 'standalone');
  for (const {src, sizes} of manifest.icons) {
    const size = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    if (sizes !== 'any') assert.equal(size, sizes);
  }
}));

test('an old copy goes when a new one comes', () => with_server(async ({page}) => {
  await page.evaluate(async () => {
    await caches.open('backchat-0000000000000000');
    await caches.open('another-program');
    await (await navigator.serviceWorker.getRegistration()).unregister();
  });
  await page.reload();
  const names = () => page.evaluate(() => caches.keys());
  const until = Date.now() + 10000;
  while ((await names()).includes('backchat-0000000000000000') && Date.now() < until) await page.waitForTimeout(50);
  assert.ok(!(await names()).includes('backchat-0000000000000000'));
  assert.ok((await names()).includes('another-program'));
}));

test('the line is not there while all is well', () => with_server(async ({page}) => {
  await page.reload();
  await page.waitForTimeout(300);
  assert.equal(await page.getByTestId('offline').textContent(), '');
}));
