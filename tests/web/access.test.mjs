// Accessibility: axe on the main states, reflow, target sizes, keyboard, motion, colours.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {test} from 'node:test';
import {COVERED, ask, fits, on_page, use_browser} from './helper.mjs';
import {MORE, TEN} from './states.mjs';

use_browser();

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const AXE_NOISE = [/Content Security Policy|Trusted/];  // axe's own probes, not the page's

const STATES = {...TEN, ...MORE};
const FAILED = [/Failed to load resource/];

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing: ${colorScheme}, ${width} px`, {timeout: 180000}, async () => {
      const found = [];
      const unsure = new Set();
      for (const [name, reach] of Object.entries(STATES)) {
        await on_page({colorScheme, viewport: {width, height: 9000}, allow: [...FAILED, ...AXE_NOISE]}, async (page) => {
          await reach(page);
          await page.evaluate(AXE);
          const result = await page.evaluate((tags) => window.axe.run(document, {runOnly: tags}), TAGS);
          for (const rule of result.violations) {
            found.push(`${name}: ${rule.id}: ${rule.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
          }
          for (const rule of result.incomplete) {
            for (const node of rule.nodes) unsure.add(`${name}: ${rule.id}: ${node.html.slice(0, 90)} (${node.any[0]?.message ?? ''})`);
          }
        });
      }
      if (unsure.size) console.log(`to be looked at by a person:\n  ${[...unsure].join('\n  ')}`);
      assert.deepEqual(found, []);
    });
  }
}

for (const [name, reach] of Object.entries(STATES)) {
  test(`no sideways scroll at 320 px, with 200% text and with wide spacing: ${name}`,
    () => on_page({viewport: {width: 320, height: 568}, allow: FAILED}, async (page) => {
      await reach(page);
      assert.ok(await fits(page), '320 px');
      await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
      assert.ok(await fits(page), '200% text');
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '';
        for (const element of document.querySelectorAll('body *')) {
          element.style.lineHeight = '1.5';
          element.style.letterSpacing = '0.12em';
          element.style.wordSpacing = '0.16em';
        }
      });
      assert.ok(await fits(page), 'text spacing');
    }));
}

test('targets: 44 px for what one taps, 24 px for the rest', () => on_page({}, async (page) => {
  await ask(page, 'should I use heat or ice?');
  const big = await page.locator('.chip:visible, [data-testid=send], .call:visible, summary:visible, .button:visible, .plain:visible')
    .evaluateAll((all) => all.map((e) => ({name: e.textContent.trim().slice(0, 40), w: e.getBoundingClientRect().width, h: e.getBoundingClientRect().height}))
      .filter(({w, h}) => w < 43.9 || h < 43.9));
  assert.deepEqual(big, []);
  const small = await page.locator('.ref:visible').evaluateAll((all) => all.map((e) => e.getBoundingClientRect())
    .filter(({width, height}) => width < 23.9 || height < 23.9).length);
  assert.equal(small, 0);
}));

test('send and chips are in reach of a thumb', () => on_page({}, async (page) => {
  const send = await page.getByTestId('send').boundingBox();
  assert.ok(send.y > 422);
  const chip = await page.locator('#start').getByTestId('chip').first().boundingBox();
  assert.ok(chip.y > 422 && chip.y < 800, `first chip at ${chip.y}`);
}));

test('with the keyboard of a phone up, composer and emergency help stay in view', () => on_page({viewport: {width: 390, height: 420}}, async (page) => {
  await ask(page, COVERED);
  await page.getByTestId('composer').focus();
  for (const id of ['composer', 'emergency-help', 'send']) {
    const box = await page.getByTestId(id).boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= 420, `${id} at ${box.y}`);
  }
}));

test('by keyboard alone: ask, read a source, tap a suggestion; the focus is always seen', () => on_page({viewport: {width: 390, height: 700}}, async (page) => {
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'composer', 'skip link');
  await page.keyboard.type(COVERED);
  await page.keyboard.press('Enter');
  await page.getByTestId('msg-bot').first().waitFor();
  const seen = new Set();
  for (let step = 0; step < 40; ++step) {
    await page.keyboard.press('Shift+Tab');
    const state = await page.evaluate(() => {
      const e = document.activeElement;
      const box = e.getBoundingClientRect();
      const style = getComputedStyle(e);
      const middle = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 10));
      return {
        name: e.dataset.testid ?? e.className ?? e.tagName,
        ring: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none',
        covered: e !== document.body && !(middle && (e.contains(middle) || middle.contains(e))),
        body: e === document.body,
      };
    });
    if (state.body) break;
    assert.ok(state.ring, `no focus ring on ${state.name}`);
    assert.ok(!state.covered, `covered: ${state.name}`);
    seen.add(state.name);
  }
  for (const name of ['chip', 'ref', 'act-copy', 'emergency-help']) assert.ok(seen.has(name), `${name} was reached: ${[...seen]}`);
  await page.getByTestId('msg-bot').first().getByTestId('chip').first().focus();
  await page.keyboard.press('Space');
  await page.getByTestId('msg-bot').nth(1).waitFor();
}));

test('nothing moves by itself', () => on_page({reducedMotion: 'reduce'}, async (page) => {
  await ask(page, COVERED);
  const moving = await page.locator('body *').evaluateAll((all) => all.filter((e) => {
    const style = getComputedStyle(e);
    return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0 || style.scrollBehavior === 'smooth';
  }).length);
  assert.equal(moving, 0);
}));

test('three-way colours; color-scheme follows', () => on_page({colorScheme: 'light'}, async (page) => {
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  assert.equal(await scheme(), 'light');
  await page.locator('summary[aria-label=Settings]').click();
  await page.locator('#theme').selectOption('dark');
  assert.equal(await scheme(), 'dark');
  await page.locator('#theme').selectOption('');
  await page.emulateMedia({colorScheme: 'dark'});
  assert.equal(await scheme(), 'dark');
  await page.locator('#theme').selectOption('light');
  assert.equal(await scheme(), 'light');
}));

test('forced colours keep the borders of cards and chips', () => on_page({forcedColors: 'active'}, async (page) => {
  await ask(page, COVERED);
  const bare = await page.locator('.chip:visible, .source, .bot').evaluateAll((all) =>
    all.filter((e) => parseFloat(getComputedStyle(e).borderTopWidth) < 1).length);
  assert.equal(bare, 0);
}));

test('landmarks, one h1, a language, a short first screen', () => on_page({}, async (page) => {
  assert.equal(await page.locator('h1').count(), 1);
  for (const role of ['banner', 'main', 'contentinfo']) assert.equal(await page.getByRole(role).count(), 1, role);
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  const words = (await page.locator('.covers').textContent()).trim().split(/\s+/).length;
  assert.ok(words <= 60, `${words} words`);
}));
