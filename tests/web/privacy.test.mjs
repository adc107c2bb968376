// Nothing leaves the page, and nothing stays, without the person's say.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {ask, on_page, stored, use_browser} from './helper.mjs';

use_browser();

const WORDS = 'how long does a back spasm last in zebrafinches?';
const TRACE = /zebrafinch/i;

async function settings(page) {
  await page.locator('summary[aria-label=Settings]').click();
}

test('with keeping off nothing typed is stored, and no address holds it', () => on_page({}, async (page, context) => {
  const addresses = [];
  page.on('request', (request) => addresses.push(request.url()));
  await page.getByTestId('composer').pressSequentially('zebrafinch draft');
  await ask(page, WORDS);
  assert.doesNotMatch(await stored(page, context), TRACE);
  assert.doesNotMatch(addresses.join('\n'), TRACE);
  assert.equal((await context.cookies()).length, 0);
}));

test('reload forgets', () => on_page({}, async (page) => {
  await ask(page, WORDS);
  await page.getByTestId('composer').fill('zebrafinch draft');
  await page.reload();
  assert.equal(await page.getByTestId('msg-user').count(), 0);
  assert.equal(await page.getByTestId('composer').inputValue(), '');
  assert.ok(await page.getByTestId('start-check').isVisible());
}));

test('keeping brings messages, draft and settings back; switching it off forgets them', () => on_page({}, async (page, context) => {
  await ask(page, WORDS);
  await settings(page);
  await page.locator('#theme').selectOption('dark');
  await page.getByLabel('Keep this chat on this device').check();
  await page.keyboard.press('Escape');
  await page.getByTestId('composer').fill('zebrafinch draft');
  await page.reload();
  await page.getByTestId('msg-bot').first().waitFor();
  assert.equal(await page.getByTestId('msg-user').first().locator('.words').textContent(), WORDS);
  assert.equal(await page.getByTestId('composer').inputValue(), 'zebrafinch draft');
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  await settings(page);
  await page.getByLabel('Keep this chat on this device').uncheck();
  assert.doesNotMatch(await stored(page, context), TRACE);
  await page.reload();
  assert.equal(await page.getByTestId('msg-user').count(), 0);
}));

test('deleting asks once, then all is gone and the context too', () => on_page({}, async (page, context) => {
  await ask(page, 'does heat help a back spasm?');
  await settings(page);
  await page.getByLabel('Keep this chat on this device').check();
  await page.getByTestId('delete-chat').click();
  await page.getByRole('button', {name: 'Keep it'}).click();
  assert.equal(await page.getByTestId('msg-user').count(), 1);
  await page.getByTestId('delete-chat').click();
  await page.getByTestId('delete-confirm').click();
  assert.equal(await page.getByTestId('msg-user').count(), 0);
  assert.match(await page.getByTestId('status').textContent(), /Deleted/);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'composer');
  assert.doesNotMatch(await stored(page, context), /heat/);
  const [request] = await Promise.all([page.waitForRequest('**/fragment'), ask(page, 'how long?')]);
  assert.equal(request.postDataJSON().turns.length, 1, 'no earlier turn is sent');
}));

test('deleting while an answer is on its way leaves nothing behind', () => on_page({allow: [/Failed to load/]}, async (page) => {
  await page.route('**/fragment', () => {});
  await page.getByTestId('composer').fill(WORDS);
  await page.getByTestId('send').click();
  await page.getByTestId('msg-user').waitFor();
  await settings(page);
  await page.getByTestId('delete-chat').click();
  await page.getByTestId('delete-confirm').click();
  assert.equal(await page.getByTestId('msg-user').count(), 0);
  assert.equal(await page.getByTestId('composer').inputValue(), '');
  assert.equal(await page.getByTestId('alert').textContent(), '');
}));
