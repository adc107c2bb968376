// Danger first: the emergency card, its call link, focus, title and region; look-alikes stay quiet.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {COVERED, EMERGENCY, ask, on_page, use_browser} from './helper.mjs';
import {emergencies, lookalikes} from './phrases.mjs';

use_browser();

test('the emergency card is the first thing in its message', () => on_page({}, async (page) => {
  const reply = await ask(page, EMERGENCY);
  const first = reply.locator(':scope > :first-child');
  assert.equal(await first.getAttribute('data-testid'), 'care-card');
  assert.equal(await first.getAttribute('data-level'), 'emergency');
  assert.match(await first.locator('h3').textContent(), /^Emergency advice: /);
  assert.ok(await first.locator('li:not(.calls li)').count() <= 5, 'at most five bullets');
}));

test('it holds call links only, tall and full width at 320 px', () => on_page({viewport: {width: 320, height: 568}}, async (page) => {
  await page.locator('#region').evaluate((select) => { select.value = 'US'; });
  const reply = await ask(page, EMERGENCY);
  const links = reply.locator('a');
  assert.equal(await links.count(), 1);
  assert.equal(await links.first().getAttribute('href'), 'tel:911');
  const box = await links.first().boundingBox();
  assert.ok(box.height >= 48, `height ${box.height}`);
  assert.ok(box.width >= 320 * 0.75, `width ${box.width}`);
  for (const id of ['chip', 'exercise-card', 'timer', 'act-speak', 'act-copy']) {
    assert.equal(await reply.getByTestId(id).count(), 0, id);
  }
}));

test('without a region the card gives all four numbers; setting one changes cards already shown', () => on_page({}, async (page) => {
  const reply = await ask(page, EMERGENCY);
  const numbers = await reply.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  for (const number of ['911', '999', '112', '000']) assert.ok(numbers.includes(`tel:${number}`), `${number} in ${numbers}`);
  await page.locator('summary[aria-label=Settings]').click();
  await page.locator('#region').selectOption('GB');
  await page.getByTestId('status').getByText('Emergency numbers updated.').waitFor();
  const now = page.getByTestId('msg-bot').first().locator('a');
  assert.equal(await now.count(), 1);
  assert.equal(await now.first().getAttribute('href'), 'tel:999');
}));

test('the alarm is announced, focus goes to its heading, the next Tab is the call link', () => on_page({}, async (page) => {
  await ask(page, EMERGENCY);
  assert.match(await page.getByTestId('alert').textContent(), /^Emergency advice: /);
  assert.equal(await page.evaluate(() => document.activeElement.closest('.care')?.dataset.level), 'emergency');
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('href')), /^tel:/);
}));

test('the title says so while it is the latest message, and only then', () => on_page({}, async (page) => {
  const usual = await page.title();
  await ask(page, COVERED);
  assert.equal(await page.title(), usual);
  await ask(page, EMERGENCY);
  assert.match(await page.title(), /^Emergency advice – /);
}));

test('other answers leave the focus in the composer', () => on_page({}, async (page) => {
  await page.getByTestId('composer').fill(COVERED);
  await page.getByTestId('composer').press('Enter');
  await page.getByTestId('msg-bot').first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'composer');
}));

test('why: closed at first, quotes the own words, offers a correction', () => on_page({}, async (page) => {
  const reply = await ask(page, EMERGENCY);
  const why = reply.getByTestId('why');
  assert.equal(await why.evaluate((details) => details.open), false);
  await why.locator('summary').click();
  const quote = (await why.locator('q').first().textContent()).trim();
  assert.ok(EMERGENCY.includes(quote) && quote.length > 3, quote);
  await why.getByRole('button', {name: 'That is not what I meant'}).click();
  await page.getByTestId('msg-bot').nth(1).waitFor();
  assert.equal(await page.getByTestId('msg-bot').first().getByTestId('care-card').count(), 1, 'the card stays in the transcript');
}));

test('that is not what I meant: the correction is sent, the question is answered, the card stays', () => on_page({}, async (page) => {
  const reply = await ask(page, `${COVERED} And I am numb between my legs`);
  assert.equal(await reply.getByTestId('care-card').getAttribute('data-level'), 'emergency');
  await reply.getByTestId('why').locator('summary').click();
  const [request] = await Promise.all([page.waitForRequest('**/fragment'), reply.locator('[data-correct]').click()]);
  assert.equal(request.postDataJSON().turns.at(-1).text, 'That is not what I meant');
  const second = page.getByTestId('msg-bot').nth(1);
  await second.waitFor();
  assert.ok(await second.getByTestId('answer-lead').count(), 'the question is answered');
  assert.equal(await page.getByTestId('msg-bot').first().getByTestId('care-card').count(), 1);
}));

test('asking about warning signs gives the list, a denial gives no card, a later contradiction does', () => on_page({}, async (page) => {
  for (const words of ['what are red flags for back pain?', 'no numbness, no fever, just a sore back']) {
    assert.equal(await (await ask(page, words)).locator('[data-level=emergency], [data-level=urgent]').count(), 0, words);
  }
  const later = await ask(page, 'wait, now I am numb between my legs');
  assert.equal(await later.locator('[data-level=emergency]').count(), 1);
}));

test('the first check: short, one tap on, and never an all-clear', () => on_page({}, async (page) => {
  const check = page.getByTestId('start-check');
  assert.ok(await check.locator('li:visible').count() <= 6);
  for (const name of ['None of these', 'Yes, one of these']) {
    const box = await check.getByRole('button', {name}).boundingBox();
    assert.ok(box.width >= 44 && box.height >= 44, name);
  }
  await check.getByRole('button', {name: 'None of these'}).click();
  const after = await page.locator('#check-after').textContent();
  assert.match(after, /get medical help/);
  assert.doesNotMatch(after, /you are fine|no need/i);
}));

test('the first check: yes shows the call links at once', () => on_page({}, async (page) => {
  await page.getByRole('button', {name: 'Yes, one of these'}).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'call-now-heading');
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('href')), /^tel:/);
}));

test('a line leads back to an alarm that scrolled away, until it is closed', () => on_page({}, async (page) => {
  await ask(page, EMERGENCY);
  const reply = await ask(page, 'thank you');
  if (await reply.locator('.care.emergency').count()) return;  // the alarm is said again: nothing to lead back to
  await page.getByText('Emergency advice above').click();
  assert.equal(await page.evaluate(() => document.activeElement.closest('.care')?.dataset.level), 'emergency');
  await page.getByRole('button', {name: 'Close this line'}).click();
  await page.getByText('Emergency advice above').waitFor({state: 'hidden'});
}));

test('emergency help is the second tab stop and in view in every state', () => on_page({viewport: {width: 320, height: 568}}, async (page) => {
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'emergency-help');
  const help = page.getByTestId('emergency-help');
  const at = await help.boundingBox();
  for (const words of [COVERED, 'what is the capital of France?', EMERGENCY]) {
    await ask(page, words);
    assert.deepEqual(await help.boundingBox(), at, words);
  }
}));

test('30 emergencies raise the emergency card', {timeout: 120000}, () => on_page({}, async (page) => {
  const missed = [];
  for (const words of emergencies) {
    await page.goto(page.url());
    const reply = await ask(page, words);
    const level = await reply.locator(':scope > :first-child').getAttribute('data-level');
    if (level !== 'emergency') missed.push(`${words} -> ${level}`);
  }
  assert.deepEqual(missed, []);
}));

test('30 look-alikes do not', {timeout: 120000}, () => on_page({}, async (page) => {
  const false_alarms = [];
  for (const words of lookalikes) {
    await page.goto(page.url());
    const reply = await ask(page, words);
    if (await reply.locator('[data-level=emergency]').count()) false_alarms.push(words);
  }
  assert.deepEqual(false_alarms, []);
}));

test("the page's own call links give the numbers of the pack", () => on_page({}, async (page) => {
  const pack = readFileSync(new URL('../../knowledge/back-spasms/safety/regions.yaml', import.meta.url), 'utf8');
  const number_of = new Map();
  for (const block of pack.split(/\n {2}- codes: \[/).slice(1)) {
    const number = /emergency: \[\{label: "[^"]*", number: "(\d+)"/.exec(block)[1];
    for (const code of block.slice(0, block.indexOf(']')).split(', ')) number_of.set(code, number);
  }
  const links = await page.locator('.help li[data-codes]').evaluateAll((all) =>
    all.map((item) => [item.dataset.codes.split(' '), item.querySelector('a').getAttribute('href')]));
  const codes = await page.locator('#region option').evaluateAll((all) => all.map((option) => option.value).filter(Boolean));
  for (const code of codes) {
    const shown = links.filter(([of]) => of.includes(code)).map(([, href]) => href);
    assert.ok(shown.length > 0, `no call link for ${code}`);
    if (number_of.has(code)) assert.ok(shown.includes(`tel:${number_of.get(code)}`), `${code}: ${shown}`);
  }
}));
