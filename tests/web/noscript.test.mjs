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
