// Without JavaScript the form carries the chat.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {COVERED, EMERGENCY, ask, on_page, use_browser} from './helper.mjs';

use_browser();

const OFF = {javaScriptEnabled: false};

test('asks, answers, carries the chat on', () => on_page(OFF, async (page) => {
  await ask(page, COVERED);
  assert.equal(await page.getByTestId('msg-user').first().locator('.words').textContent(), COVERED);
  assert.ok(await page.locator('.ref').count() > 0);
  await ask(page, 'should I use heat or ice?');
  assert.equal(await page.getByTestId('msg-user').count(), 2);
  assert.equal(await page.getByTestId('msg-bot').count(), 2);
  assert.equal(new URL(page.url()).search, '', 'no question in the address');
}));

test('a suggested question works as a button', () => on_page(OFF, async (page) => {
  const chip = page.locator('#start').getByTestId('chip').nth(1);
  const words = await chip.textContent();
  await chip.click();
  await page.getByTestId('msg-bot').waitFor();
  assert.equal(await page.getByTestId('msg-user').locator('.words').textContent(), words);
}));

test('the emergency card comes first, title and region too', () => on_page(OFF, async (page) => {
  await page.locator('summary[aria-label=Settings]').click();
  await page.locator('#region').selectOption('GB');
  await page.locator('summary[aria-label=Settings]').click();
  const reply = await ask(page, EMERGENCY);
  assert.equal(await reply.locator(':scope > :first-child').getAttribute('data-level'), 'emergency');
  assert.equal(await reply.locator('a').first().getAttribute('href'), 'tel:999');
  assert.match(await page.title(), /^Emergency advice – /);
  assert.equal(await page.locator('#region').inputValue(), 'GB');
}));

test('warning signs and numbers are on the first screen', () => on_page(OFF, async (page) => {
  assert.ok(await page.getByTestId('start-check').locator('li').first().isVisible());
  for (const number of ['911', '999', '112', '000']) {
    assert.ok(await page.locator(`#call-now a[href="tel:${number}"]`).isVisible(), number);
  }
  assert.ok(!(await page.getByTestId('delete-chat').isVisible()), 'what needs scripts is not shown');
}));

test('markup typed in is shown as typed', () => on_page(OFF, async (page) => {
  const words = '"><script>alert(1)</script><img src=x onerror=alert(1)> & </textarea>';
  await ask(page, words);
  assert.equal(await page.getByTestId('msg-user').locator('.words').textContent(), words);
  await ask(page, 'and again');
  assert.equal(await page.getByTestId('msg-user').first().locator('.words').textContent(), words);
  assert.equal(await page.locator('img').count(), 0);
}));

test('a quick reply says which question it answers', () => on_page(OFF, async (page) => {
  const reply = await ask(page, 'my back hurts since yesterday, can I use heat?');
  const asked = reply.locator('.asked').getByTestId('chip');
  assert.ok(await asked.count() >= 2, 'a question to keep one safe');
  const id = (await asked.last().getAttribute('value')).split(' ')[0];
  const label = await asked.last().textContent();
  await asked.last().click();
  await page.getByTestId('msg-bot').nth(1).waitFor();
  assert.equal(await page.locator('input[name=answers]').nth(1).inputValue(), id);
  assert.doesNotMatch(await page.getByTestId('msg-user').nth(1).textContent(), new RegExp(id), label);
}));

test('care at home stands on the first screen', () => on_page(OFF, async (page) => {
  assert.ok(await page.getByTestId('home-care').locator('li').count() >= 3);
  assert.ok(await page.getByTestId('home-care').isVisible());
}));

test('the summary is a page of its own and leads back to the chat', () => on_page(OFF, async (page) => {
  await ask(page, 'I tried ice. how long does a back spasm last?');
  await page.locator('#summary-go').click();
  assert.match(await page.getByTestId('summary').textContent(), /not a medical record/);
  assert.ok(!(await page.getByTestId('log').isVisible()));
  assert.ok(await page.getByTestId('emergency-help').isVisible());
  await page.locator('#summary-back').click();
  assert.equal(await page.getByTestId('msg-bot').count(), 1);
  assert.ok(await page.getByTestId('msg-bot').isVisible());
}));

test('what needs scripts is not shown', () => on_page(OFF, async (page) => {
  const reply = await ask(page, "how do I do child's pose?");
  for (const id of ['timer', 'reps', 'act-copy', 'act-up']) assert.equal(await reply.getByTestId(id).locator('visible=true').count(), 0, id);
  await reply.getByTestId('floor').locator('summary').first().click();
  assert.ok(await reply.getByTestId('floor').getByTestId('exercise-card').first().isVisible(), 'the floor choice works');
}));
