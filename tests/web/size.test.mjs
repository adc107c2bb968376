// Small, from one address, cached by name, under a strict content policy.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {COVERED, address, ask, on_page, use_browser} from './helper.mjs';

use_browser();

const MOST_RAW = 60 * 1024;
const MOST_GZIP = 20 * 1024;

test('the first load is at most 60 KB, 20 KB compressed', () => on_page({}, async (page) => {
  const loaded = [address(), ...await page.locator('link[href], script[src]').evaluateAll((all) => all.map((e) => e.href || e.src))];
  let raw = 0, gzip = 0;
  for (const url of loaded) {
    const plain = await fetch(url, {headers: {'Accept-Encoding': 'identity'}});
    const bytes = (await plain.arrayBuffer()).byteLength;
    const packed = await page.request.get(url, {headers: {'Accept-Encoding': 'gzip'}});
    const sent = packed.headers()['content-encoding'] === 'gzip' ? Number(packed.headers()['content-length']) : bytes;
    console.log(`${new URL(url).pathname}: ${bytes} bytes, ${sent} sent`);
    raw += bytes;
    gzip += sent;
  }
  console.log(`together: ${raw} bytes, ${gzip} sent`);
  assert.ok(raw <= MOST_RAW, `${raw} raw`);
  assert.ok(gzip <= MOST_GZIP, `${gzip} sent`);
}));

test('assets carry their hash and may be kept for ever; the page may not', async () => {
  const page = await fetch(address());
  assert.match(page.headers.get('cache-control') ?? '', /no-store/);
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  const names = [...(await page.text()).matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((found) => found[1]);
  assert.equal(names.length, 3);
  for (const name of names) {
    const asset = await fetch(new URL(name, address()));
    assert.match(asset.headers.get('cache-control') ?? '', /immutable/);
    const again = await fetch(new URL(name, address()), {headers: {'If-None-Match': asset.headers.get('etag')}});
    assert.equal(again.status, 304, name);
  }
});

test('the page works where the browser demands Trusted Types', () => on_page({}, async (page) => {
  await page.route(address(), async (route) => {
    const answer = await route.fetch();
    const policy = `${answer.headers()['content-security-policy']}; require-trusted-types-for 'script'; trusted-types backchat`;
    await route.fulfill({response: answer, headers: {...answer.headers(), 'content-security-policy': policy}});
  });
  await page.goto(address());
  await ask(page, COVERED);
}));
