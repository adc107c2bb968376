// Behaviour of the chat: keys, double send, a slow and a failing server, place, announcements.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {COVERED, EMERGENCY, ask, on_page, use_browser} from './helper.mjs';

use_browser();

const FAILED = [/Failed to load resource/];
const users = (page) => page.getByTestId('msg-user').count();

test('Enter sends with a mouse, Shift+Enter makes a line', () => on_page({}, async (page) => {
  const box = page.getByTestId('composer');
  await box.pressSequentially('how long');
  await box.press('Shift+Enter');
  await box.pressSequentially('does it last?');
  assert.equal(await box.inputValue(), 'how long\ndoes it last?');
  await box.press('Enter');
  await page.getByTestId('msg-bot').first().waitFor();
  assert.equal(await page.getByTestId('msg-user').first().locator('.words').textContent(), 'how long\ndoes it last?');
  assert.equal(await box.inputValue(), '');
}));

test('Enter makes a line with a finger', () => on_page({hasTouch: true, isMobile: true}, async (page) => {
  const box = page.getByTestId('composer');
  await box.pressSequentially('back');
  await box.press('Enter');
  assert.equal(await box.inputValue(), 'back\n');
  assert.equal(await users(page), 0);
}));

test('Enter that ends a composition does not send', () => on_page({}, async (page) => {
  const box = page.getByTestId('composer');
  await box.fill('せなか');
  const stopped = await box.evaluate((area) => !area.dispatchEvent(
    new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})));
  assert.equal(stopped, false);
  assert.equal(await users(page), 0);
}));

test('an empty send says so and does nothing else', () => on_page({}, async (page) => {
  await page.getByTestId('composer').fill('   ');
  await page.getByTestId('send').click();
  assert.match(await page.getByTestId('status').textContent(), /Type a question/);
  assert.equal(await users(page), 0);
}));

test('a double send gives one message, and a working sign shows meanwhile', () => on_page({}, async (page) => {
  let free;
  const held = new Promise((resolve) => { free = resolve; });
  let requests = 0;
  await page.route('**/fragment', async (route) => { requests += 1; await held; await route.continue(); });
  await page.getByTestId('composer').fill(COVERED);
  await page.getByTestId('send').dblclick();
  assert.match(await page.getByTestId('status').textContent(), /Looking for an answer|Still looking|Type a question/);
  await page.getByTestId('composer').fill('another one');
  await page.getByTestId('composer').press('Enter');
  assert.equal(await users(page), 1);
  free();
  await page.getByTestId('msg-bot').first().waitFor();
  assert.equal(requests, 1);
  assert.equal(await page.getByTestId('composer').inputValue(), 'another one', 'what was typed meanwhile stays');
  assert.equal(await page.getByTestId('msg-bot').count(), 1);
}));

test('a failing server: plain words, the text back in the composer, retry works', () => on_page({allow: FAILED}, async (page) => {
  let broken = true;
  await page.route('**/fragment', (route) => broken
    ? route.fulfill({status: 503, contentType: 'application/json', body: '{"error":{"code":"unavailable","message":"Too busy. Call your emergency number if it may be serious."}}'})
    : route.continue());
  await page.getByTestId('composer').fill(COVERED);
  await page.getByTestId('send').click();
  await page.getByTestId('alert').getByText('Too busy.').waitFor();
  assert.match(await page.getByTestId('alert').textContent(), /still in the box/);
  assert.equal(await page.getByTestId('composer').inputValue(), COVERED);
  assert.equal(await users(page), 0);
  broken = false;
  await page.getByRole('button', {name: 'Try again'}).click();
  await page.getByTestId('msg-bot').first().waitFor();
  assert.equal(await page.getByTestId('composer').inputValue(), '');
  assert.equal(await users(page), 1);
  assert.equal(await page.getByTestId('alert').textContent(), '');
}));

test('no server: the same', () => on_page({allow: FAILED}, async (page) => {
  await page.route('**/fragment', (route) => route.abort());
  await page.locator('#start').getByTestId('chip').first().click();
  await page.getByTestId('alert').getByText('could not be fetched').waitFor();
  assert.ok((await page.getByTestId('composer').inputValue()).length > 5, 'the tapped question can be sent again');
}));

test('no answer for 10 seconds: the same', () => on_page({allow: FAILED}, async (page) => {
  await page.clock.install();
  await page.route('**/fragment', () => {});
  await page.getByTestId('composer').fill(COVERED);
  await page.getByTestId('send').click();
  await page.getByTestId('msg-user').waitFor();
  await page.clock.fastForward(10500);
  await page.getByTestId('alert').getByText('within 10 seconds').waitFor();
  assert.equal(await page.getByTestId('composer').inputValue(), COVERED);
}));

test('the top of the answer is in view on arrival', () => on_page({viewport: {width: 390, height: 600}}, async (page) => {
  for (const words of [COVERED, 'which stretches can help?', 'should I use heat or ice?']) {
    const reply = await ask(page, words);
    await page.waitForTimeout(100);
    const box = await reply.boundingBox();
    const header = await page.locator('.top').boundingBox();
    assert.ok(box.y >= header.height - 2 && box.y < 450, `${words}: top of the answer at ${box.y}`);
  }
}));

test('who scrolled up is left alone, and a button leads to the answer', () => on_page({viewport: {width: 390, height: 600}}, async (page) => {
  await ask(page, 'which stretches can help?');
  let free;
  const held = new Promise((resolve) => { free = resolve; });
  await page.route('**/fragment', async (route) => { await held; await route.continue(); });
  await page.getByTestId('composer').fill(COVERED);
  await page.getByTestId('send').click();
  await page.getByTestId('msg-user').nth(1).waitFor();
  await page.mouse.move(195, 300);
  await page.mouse.wheel(0, -700);
  // Wait until the wheel's scroll has ended. (waitForFunction needs eval, which the page's policy forbids.)
  for (let last = -1, now = 0; last !== now;) {
    last = now;
    await page.waitForTimeout(100);
    now = await page.evaluate(() => scrollY);
  }
  const at = await page.evaluate(() => scrollY);
  free();
  await page.getByTestId('jump-latest').waitFor();
  assert.equal(await page.evaluate(() => scrollY), at);
  await page.getByTestId('jump-latest').click();
  assert.ok((await page.getByTestId('msg-bot').nth(1).boundingBox()).y < 450);
}));

test('the log is one polite live region and each message says who speaks', () => on_page({}, async (page) => {
  await ask(page, COVERED);
  const log = page.getByTestId('log');
  assert.equal(await log.getAttribute('role'), 'log');
  assert.equal(await log.getAttribute('aria-live'), 'polite');
  assert.equal(await log.getAttribute('aria-atomic'), 'false');
  assert.deepEqual(await log.locator(':scope > article').evaluateAll((all) => all.map((a) => a.getAttribute('aria-label'))),
    ['You said', 'Assistant said']);
  assert.equal(await page.getByTestId('status').textContent(), '', 'the working sign is gone');
}));

test('500 characters, counted near the limit', () => on_page({}, async (page) => {
  const box = page.getByTestId('composer');
  await box.fill('a'.repeat(399));
  assert.equal(await page.locator('#count').textContent(), '');
  await box.pressSequentially('bcdef');
  assert.match(await page.locator('#count').textContent(), /^96 characters left/);
  assert.equal(await box.getAttribute('maxlength'), '500');
  assert.ok(parseFloat(await box.evaluate((area) => getComputedStyle(area).fontSize)) >= 16);
}));

test('the box grows to five lines and no further', () => on_page({}, async (page) => {
  const box = page.getByTestId('composer');
  const one = (await box.boundingBox()).height;
  await box.fill('1\n2\n3');
  const three = (await box.boundingBox()).height;
  await box.fill('1\n2\n3\n4\n5\n6\n7\n8');
  const many = (await box.boundingBox()).height;
  assert.ok(three > one && many > three && many < 180, `${one} ${three} ${many}`);
}));

test('arrow up in an empty box brings the last question back', () => on_page({}, async (page) => {
  await ask(page, COVERED);
  await page.getByTestId('composer').press('ArrowUp');
  assert.equal(await page.getByTestId('composer').inputValue(), COVERED);
}));

test('Escape closes an open panel and gives the focus back', () => on_page({}, async (page) => {
  await page.getByTestId('emergency-help').click();
  assert.ok(await page.locator('.help a[href="tel:999"]').isVisible());
  await page.keyboard.press('Escape');
  assert.ok(!(await page.locator('.help a[href="tel:999"]').isVisible()));
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'emergency-help');
}));

test('a panel closes when the focus goes past it', () => on_page({}, async (page) => {
  await page.getByTestId('emergency-help').click();
  for (let step = 0; step < 8; ++step) await page.keyboard.press('Tab');
  assert.equal(await page.locator('.help').evaluate((details) => details.open), false);
}));

test('the first answer comes within a second, and nothing shifts', () => on_page({}, async (page) => {
  const from = performance.now();
  await ask(page, EMERGENCY);
  const took = performance.now() - from;
  console.log(`first answer after ${took.toFixed(0)} ms (with the driver's own time)`);
  assert.ok(took < 1000);
}));
