// Small, from one address, cached by name, compressed, under a strict content policy with Trusted Types.
import assert from 'node:assert/strict';
import {request} from 'node:http';
import {test} from 'node:test';
import {gunzipSync} from 'node:zlib';
import {COVERED, address, ask, on_page, use_browser} from './helper.mjs';

use_browser();

const MOST_RAW = 60 * 1024;
const MOST_GZIP = 20 * 1024;
const PAGES = ['', 'articles', 'articles/k-health-back-spasms', 'exercises'];

/** A request as it goes over the wire: fetch() would unpack the answer. */
function wire(path, headers = {}) {
  return new Promise((resolve, reject) => {
    request(new URL(path, address()), {headers}, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts)}));
    }).on('error', reject).end();
  });
}

/** The paths that a page loads by itself, read off the browser. */
async function loaded(page, path) {
  const paths = [];
  const note = (sent) => { if (sent.url().startsWith(address())) paths.push(new URL(sent.url()).pathname); };
  page.on('request', note);
  await page.goto(new URL(path, address()).href, {waitUntil: 'networkidle'});
  page.off('request', note);
  return [...new Set(paths)];
}

for (const path of PAGES) {
  test(`first load of /${path}: at most 60 KB, 20 KB compressed`, () => on_page({}, async (page) => {
    let raw = 0, sent = 0;
    for (const each of await loaded(page, path)) {
      const plain = (await wire(each)).body.length;
      const packed = (await wire(each, {'Accept-Encoding': 'gzip'})).body.length;
      console.log(`${each}: ${plain} bytes, ${packed} sent`);
      raw += plain;
      sent += packed;
    }
    console.log(`together: ${raw} bytes, ${sent} sent`);
    // An article is as long as it is; the rest of its page counts like any other.
    const text = path.startsWith('articles') ? (await wire(path)).body.length : 0;
    assert.ok(raw - text <= MOST_RAW, `${raw} raw`);
    assert.ok(sent <= MOST_GZIP + (text ? 5 * 1024 : 0), `${sent} sent`);
  }));
}

test('assets carry their hash and may be kept for ever; the chat page may not', async () => {
  const page = await wire('/');
  assert.match(page.headers['cache-control'], /no-store/);
  const names = new Set();
  for (const path of PAGES) {
    const html = (await wire(path)).body.toString();
    for (const [, name] of html.matchAll(/(?:href|src|data-more-js|data-more-css)="(\/assets\/[^"]+)"/g)) names.add(name);
  }
  assert.ok(names.size >= 6, [...names].join());
  for (const name of names) {
    assert.match(name, /\.[0-9a-f]{12}\.\w+$/);
    const asset = await wire(name);
    assert.equal(asset.status, 200, name);
    assert.match(asset.headers['cache-control'], /immutable/);
    const again = await wire(name, {'If-None-Match': asset.headers.etag});
    assert.equal(again.status, 304, name);
    assert.equal(again.body.length, 0);
  }
});

test('pages are compressed for those who can read it, and no one else', async () => {
  for (const path of PAGES) {
    const plain = await wire(path);
    const packed = await wire(path, {'Accept-Encoding': 'gzip'});
    assert.equal(plain.headers['content-encoding'], undefined, path);
    assert.equal(packed.headers['content-encoding'], 'gzip', path);
    for (const each of [plain, packed]) assert.equal(each.headers.vary, 'Accept-Encoding', path);
    assert.deepEqual(gunzipSync(packed.body), plain.body, path);
    assert.ok(packed.body.length * 2 < plain.body.length, path);
  }
});

test('the content policy is strict and demands Trusted Types, on every page', async () => {
  for (const path of [...PAGES, 'nothing', 'sw.js']) {
    const policy = (await wire(path, {Accept: 'text/html'})).headers['content-security-policy'] ?? '';
    assert.match(policy, /default-src 'none'/, path);
    assert.match(policy, /require-trusted-types-for 'script'/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.doesNotMatch(policy, /unsafe/, path);
  }
});

// on_page fails on any breach of the policy, so that these two only have to use the page.
test('the page works under Trusted Types: asking, following up, another region', () => on_page({}, async (page) => {
  await ask(page, COVERED);
  await ask(page, 'should I use heat or ice?');
  await page.locator('summary[aria-label=Settings]').click();
  await page.locator('#region').selectOption('GB');
}));

test('markup cannot be smuggled in past Trusted Types', () => on_page({allow: [/Trusted/]}, async (page) => {
  const outcomes = await page.evaluate(() => {
    const attempts = [
      () => { document.body.innerHTML = '<img src=x onerror=alert(1)>'; },
      () => document.write('<p>x'),
      () => window.trustedTypes.createPolicy('other', {createHTML: (html) => html}),
      () => { document.createElement('script').src = '/assets/chat.js'; },
    ];
    return attempts.map((attempt) => { try { attempt(); return 'done'; } catch (error) { return error.name; } });
  });
  assert.deepEqual(outcomes, ['TypeError', 'TypeError', 'TypeError', 'TypeError']);
  assert.ok(await page.getByTestId('composer').isVisible());
}));
