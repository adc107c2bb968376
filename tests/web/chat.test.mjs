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

test('what a follow-up was taken to mean is said, and one tap takes it back', () => on_page({}, async (page) => {
  await ask(page, 'does a heat pack help?');
  const reply = await ask(page, 'how long?');
  assert.match(await reply.locator('.about').textContent(), /About: heat pack/);
  await reply.locator('.about').getByRole('button', {name: 'No, something else'}).click();
  await page.getByTestId('msg-bot').nth(2).waitFor();
  const again = await ask(page, 'how long?');
  assert.equal(await again.getAttribute('data-kind'), 'clarify', 'the heat pack no longer counts');
}));

test('starting over asks once, empties the log and forgets what it was about', () => on_page({}, async (page) => {
  await ask(page, 'does a heat pack help?');
  await page.locator('#start-over').click();
  await page.getByRole('dialog').getByText('Start a new chat?').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByTestId('msg-bot').count(), 1, 'Escape keeps it');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'start-over', 'focus returns');
  await page.locator('#start-over').click();
  await page.getByTestId('delete-confirm').click();
  assert.equal(await page.getByTestId('msg-bot').count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'composer');
  assert.equal(await (await ask(page, 'how long?')).getAttribute('data-kind'), 'clarify');
}));

test('one answer is one announcement, whole and at once', () => on_page({}, async (page) => {
  await page.evaluate(() => {
    window.changes = [];
    new MutationObserver((records) => {
      for (const record of records) for (const node of record.addedNodes) window.changes.push([node.className ?? node.nodeName, performance.now()]);
    }).observe(document.getElementById('log'), {childList: true, subtree: true, characterData: true});
  });
  await ask(page, COVERED);
  await page.waitForTimeout(500);
  const changes = await page.evaluate(() => window.changes.map(([name]) => name));
  assert.deepEqual(changes, ['msg you', 'msg bot'], 'nothing grows inside the live region');
}));

test('a message in another language: a note on languages, the emergency numbers all the same', () => on_page({}, async (page) => {
  const reply = await ask(page, 'me duele mucho la espalda, que puedo hacer');
  assert.match(await reply.textContent(), /only work in English/);
  for (const number of ['911', '999', '112', '000']) assert.match(await reply.textContent(), new RegExp(number));
  assert.equal(await reply.getAttribute('lang'), 'en');
  const mine = page.getByTestId('msg-user').locator('.words');
  assert.equal(await mine.getAttribute('dir'), 'auto');
  assert.equal(await mine.getAttribute('lang'), '', 'not taken for English');
  await ask(page, 'ظهري يؤلمني');
  assert.equal(await mine.nth(1).evaluate((words) => getComputedStyle(words).direction), 'rtl');
}));

test('the size of the text changes at once and is forgotten unless keeping is on', () => on_page({}, async (page) => {
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  const usual = await size();
  await page.locator('summary[aria-label=Settings]').click();
  for (const percent of [125, 150, 200]) {
    await page.getByLabel('Text size').selectOption(String(percent));
    assert.equal(await size(), usual * percent / 100);
  }
  await page.reload();
  assert.equal(await size(), usual);
}));

test('works lying on its side too', () => on_page({viewport: {width: 740, height: 340}}, async (page) => {
  await ask(page, COVERED);
  for (const id of ['composer', 'send', 'emergency-help']) {
    const box = await page.getByTestId(id).boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= 340, `${id} at ${box.y}`);
  }
}));

test('the foot says who made it, how old the sources are, when they are checked, and how to report a mistake', () => on_page({}, async (page) => {
  const foot = page.getByRole('contentinfo');
  const words = await foot.textContent();
  for (const said of [/Made by/, /last checked: \d+ [A-Z][a-z]+ \d{4}/, /Next check: \d+ [A-Z][a-z]+ \d{4}/, /cannot examine you/, /Found a mistake\?/, /no cookies/]) {
    assert.match(words, said);
  }
  await foot.getByText('Sources and their dates').click();
  assert.ok(await foot.locator('.foot-sources li').count() >= 5);
  for (const line of await foot.locator('.foot-sources li').allTextContents()) assert.match(line, /\d{4}|Date not given/);
}));

test('first paint, first answer and layout shift', () => on_page({}, async (page) => {
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; })
      .observe({type: 'layout-shift', buffered: true});
  });
  await page.reload();
  const paint = await page.evaluate(() => new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntries().find((entry) => entry.name === 'first-contentful-paint')?.startTime))
      .observe({type: 'paint', buffered: true});
  }));
  // In the page: from the tap to the answer in the log.
  const took = await page.evaluate((words) => new Promise((done) => {
    const log = document.getElementById('log');
    const from = performance.now();
    new MutationObserver(() => { if (log.querySelector('.bot')) done(performance.now() - from); }).observe(log, {childList: true});
    document.getElementById('text').value = words;
    document.getElementById('ask').requestSubmit();
  }), 'should I use heat or ice?');
  await ask(page, COVERED);
  await page.getByTestId('act-copy').first().waitFor();
  await page.waitForTimeout(300);
  const shift = await page.evaluate(() => window.shift);
  console.log(`first paint ${paint.toFixed(0)} ms, first answer ${took.toFixed(0)} ms, layout shift ${shift.toFixed(3)}`);
  assert.ok(took < 1000);
  assert.ok(shift < 0.1, `layout shift ${shift}`);
}));
