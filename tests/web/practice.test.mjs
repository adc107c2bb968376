// Doing what an answer says: timers, counters, positions, ticks.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {COVERED, EMERGENCY, ask, on_page, stored, use_browser} from './helper.mjs';
import {FEVER, POSE} from './states.mjs';

use_browser();

const ICE = 'how long should I leave an ice pack on?';
const LIFTS = 'how do I do hip lifts?';
const key = (part, name) => part.locator(`[data-clock=${name}]`).first();
const face = (part) => part.getByTestId('timer').first();
const status = (page) => page.getByTestId('status').textContent();

/** Every text that the polite announcer says from now on. */
async function listen(page) {
  await page.evaluate(() => {
    window.heard = [];
    const node = document.getElementById('status');
    new MutationObserver(() => { if (node.textContent) window.heard.push(node.textContent.trim()); })
      .observe(node, {childList: true, characterData: true, subtree: true});
  });
  return () => page.evaluate(() => window.heard);
}

test('a hold timer takes the figure of the source', () => on_page({}, async (page) => {
  assert.equal(await face(await ask(page, POSE)).textContent(), '0:30');
  assert.equal(await face(await ask(page, LIFTS)).textContent(), '0:15');
}));

test('start, pause, go on, 5 seconds more, reset; a word at start, half way and end only', () => on_page({}, async (page) => {
  await page.clock.install();
  const reply = await ask(page, POSE);
  assert.equal(await face(reply).getAttribute('role'), 'timer');
  assert.equal(await face(reply).getAttribute('aria-live'), 'off');
  const heard = await listen(page);
  await key(reply, 'go').click();
  await page.clock.runFor(10000);
  assert.equal(await face(reply).textContent(), '0:20');
  await key(reply, 'go').click();
  await page.clock.runFor(60000);
  assert.equal(await face(reply).textContent(), '0:20', 'paused');
  await key(reply, 'more').click();
  assert.equal(await face(reply).textContent(), '0:25');
  await key(reply, 'go').click();
  await page.clock.runFor(26000);
  assert.equal(await face(reply).textContent(), '0:00');
  assert.match(await reply.locator('.end').first().textContent(), /Time is up/);
  assert.ok(await reply.locator('.end').first().isVisible());
  assert.deepEqual(await heard(), ['Timer started: 30 seconds', 'Half way', "Time is up: Child's pose"]);
  await key(reply, 'reset').click();
  assert.equal(await face(reply).textContent(), '0:30');
}));

test('the time comes from the clock: a sleeping tab loses none', () => on_page({}, async (page) => {
  await page.clock.install();
  const reply = await ask(page, ICE);
  await reply.getByLabel('20 minutes').check();
  await key(reply, 'go').click();
  await page.clock.fastForward('19:30');  // the timers of the page did not run meanwhile
  await page.clock.runFor(400);
  const [minutes, seconds] = (await face(reply).textContent()).split(':').map(Number);
  assert.ok(Math.abs(minutes * 60 + seconds - 30) <= 1, `${minutes}:${seconds} left`);
  await page.clock.fastForward('00:40');
  await page.clock.runFor(400);
  assert.match(await reply.locator('.end').first().textContent(), /Time is up/);
}));

test('ice or heat: 15 or 20 minutes, never more, a towel first, then a break of 20 minutes', () => on_page({}, async (page) => {
  await page.clock.install();
  const reply = await ask(page, ICE);
  const pack = reply.getByTestId('pack-timer');
  assert.deepEqual(await pack.locator('.choice input').evaluateAll((all) => all.map((one) => Number(one.value) / 60)), [15, 20]);
  await key(pack, 'go').waitFor();
  const [towel, go] = await Promise.all([pack.locator('.first').boundingBox(), key(pack, 'go').boundingBox()]);
  assert.match(await pack.locator('.first').textContent(), /towel/);
  assert.ok(towel.y < go.y, 'before Start');
  assert.ok(await pack.locator('.first .ref').count(), 'with its source');
  assert.equal(await face(pack).textContent(), '15:00');
  await pack.getByLabel('20 minutes').check();
  assert.equal(await face(pack).textContent(), '20:00');
  assert.ok(await key(pack, 'more').isDisabled(), 'never above 20 minutes');
  assert.ok(!(await pack.locator('.break').isVisible()));
  await key(pack, 'go').click();
  await page.clock.fastForward('20:00');
  await page.clock.runFor(400);
  await pack.locator('[data-clock=break]').click();
  assert.equal(await face(pack).textContent(), '20:00');
  await page.clock.fastForward('20:00');
  await page.clock.runFor(400);
  assert.match(await pack.locator('.end').textContent(), /Time is up: Break/);
  assert.ok(!(await pack.locator('.break').isVisible()), 'no break after the break');
}));

test('sound is off until it is chosen', () => on_page({}, async (page) => {
  await page.clock.install();
  await page.evaluate(() => {
    window.sounds = 0;
    const real = window.AudioContext;
    window.AudioContext = class extends real { constructor() { super(); window.sounds += 1; } };
  });
  const reply = await ask(page, LIFTS);
  await key(reply, 'go').click();
  await page.clock.runFor(16000);
  assert.equal(await page.evaluate(() => window.sounds), 0);
  await key(reply, 'sound').click();
  assert.equal(await key(reply, 'sound').getAttribute('aria-pressed'), 'true');
  await key(reply, 'go').click();
  await page.clock.runFor(16000);
  assert.equal(await page.evaluate(() => window.sounds), 1);
}));

test('a running timer stays in sight as a bar, leads back, and leaving asks first', () => on_page({allow: [/beforeunload/]}, async (page) => {
  const reply = await ask(page, POSE);
  await key(reply, 'go').click();
  assert.ok(!(await page.getByTestId('timer-bar').isVisible()), 'the timer itself is in view');
  await ask(page, COVERED);
  const bar = page.getByTestId('timer-bar');
  await bar.waitFor();
  assert.match(await bar.textContent(), /Child's pose 0:\d\d/);
  await bar.getByRole('button', {name: 'Pause'}).click();
  assert.match(await bar.textContent(), /Go on/);
  await bar.getByRole('button', {name: 'Go on'}).click();
  assert.equal(await page.evaluate(() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))), true, 'asks');
  await bar.getByRole('button', {name: /Show the timer/}).click();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.clock), 'go');
  await key(reply, 'go').click();
  assert.equal(await page.evaluate(() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))), false, 'paused: leaving is free');
}));

test('one timer runs at a time; the screen is kept awake meanwhile, silently without it', () => on_page({}, async (page) => {
  await page.evaluate(() => {
    window.locks = [];
    const wake = {request: async () => ({release: async () => window.locks.push('off')}), };
    Object.defineProperty(navigator, 'wakeLock', {value: {request: async (kind) => { window.locks.push(kind); return wake.request(); }}});
  });
  const first = await ask(page, POSE);
  await key(first, 'go').click();
  const second = await ask(page, LIFTS);
  await key(second, 'go').click();
  assert.equal(await key(first, 'go').textContent(), 'Go on');
  assert.equal(await key(second, 'go').textContent(), 'Pause');
  await key(second, 'go').click();
  const locks = await page.evaluate(() => window.locks);
  assert.equal(locks[0], 'screen');
  assert.equal(locks.at(-1), 'off');
}));

test('digits of a timer can be read from two metres', () => on_page({viewport: {width: 320, height: 568}}, async (page) => {
  for (const [words, least] of [[POSE, 70], [ICE, 55]]) {
    const size = await face(await ask(page, words)).evaluate((node) => parseFloat(getComputedStyle(node).fontSize));
    assert.ok(size >= least, `${words}: ${size} px`);
  }
}));

test('the counter counts taps and Space, can be undone, and never counts by itself', () => on_page({}, async (page) => {
  const reply = await ask(page, LIFTS);
  const reps = reply.getByTestId('reps').first();
  const one = reps.locator('[data-reps=one]'), undo = reps.locator('[data-reps=undo]');
  assert.ok(await undo.isDisabled());
  await one.click();
  await page.keyboard.press('Space');
  await page.keyboard.press('Space');
  assert.match(await one.textContent(), /3 of 10/);
  assert.equal((await status(page)).trim(), '3 of 10');
  await undo.click();
  assert.match(await one.textContent(), /2 of 10/);
  for (let i = 0; i < 12; ++i) await one.click();
  assert.match(await one.textContent(), /10 of 10/);
  const box = await one.boundingBox();
  assert.ok(box.height >= 80, 'large enough to hit without looking');
}));

test('lying before kneeling; who cannot get on the floor sees what is done standing', () => on_page({}, async (page) => {
  const reply = await ask(page, 'which stretches can help?');
  const floor = reply.getByTestId('floor');
  assert.equal(await floor.evaluate((details) => details.open), false);
  await floor.locator('summary').first().click();
  const cards = floor.getByTestId('exercise-card');
  assert.ok(await cards.count() >= 1);
  for (const card of await cards.all()) {
    assert.match(await card.locator('.position').textContent(), /Standing|Sitting/);
    assert.ok(await card.locator('.ref').count(), 'with its source');
    if (!(await card.locator('ol').count())) assert.match(await card.textContent(), /No steps given/);
  }
}));

test('ticks of what was done today stay on this device and only when asked to', () => on_page({}, async (page, context) => {
  const reply = await ask(page, POSE);
  await reply.getByLabel('Done today').first().check();
  assert.doesNotMatch(await stored(page, context), /pose/i);
  const again = await ask(page, POSE);
  assert.ok(await again.getByLabel('Done today').first().isChecked(), 'the same exercise is ticked everywhere');
  await page.locator('summary[aria-label=Settings]').click();
  await page.getByLabel('Keep this chat on this device').check();
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByLabel('Done today').first().waitFor();
  assert.ok(await page.getByLabel('Done today').first().isChecked());
  await page.locator('#summary-go').click();
  assert.match(await page.getByTestId('summary').textContent(), /Child's pose: done on \d{4}-\d\d-\d\d/);
}));

test('nothing to practise beside an emergency or an urgent card', () => on_page({}, async (page) => {
  for (const words of [EMERGENCY, FEVER]) {
    const reply = await ask(page, words);
    for (const id of ['exercise-card', 'timer', 'reps', 'pack-timer']) assert.equal(await reply.getByTestId(id).count(), 0, `${words}: ${id}`);
  }
}));

test('deleting the chat ends its timer', () => on_page({}, async (page) => {
  const reply = await ask(page, POSE);
  await key(reply, 'go').click();
  await page.locator('#start-over').click();
  await page.getByTestId('delete-confirm').click();
  assert.equal(await page.getByTestId('timer').count(), 0);
  assert.ok(!(await page.getByTestId('timer-bar').isVisible()));
  assert.equal(await page.evaluate(() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))), false);
}));
