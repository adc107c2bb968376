// Taking it along: the summary, printing, copying and sharing, reading aloud, votes.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {COVERED, EMERGENCY, ask, on_page, stored, use_browser} from './helper.mjs';
import {FEVER, HEAT_OR_ICE, NOT_OURS, POSE} from './states.mjs';

use_browser();

const sheets_of = async (page) =>
  (await page.pdf({format: 'A4', preferCSSPageSize: true})).toString('latin1').match(/\/Type\s*\/Page[^s]/g).length;

async function open_summary(page) {
  await page.locator('#summary-go').click();
  const summary = page.getByTestId('summary');
  await summary.waitFor();
  return summary;
}

test('the summary holds words, signs, advice with sources, what was tried, three empty lines', () => on_page({}, async (page) => {
  await page.getByRole('button', {name: 'None of these'}).click();
  await ask(page, 'My back locked up on Monday. I tried an ice pack. Should I use heat or ice?');
  await ask(page, FEVER);
  await ask(page, POSE);
  const summary = await open_summary(page);
  const part = (id) => summary.locator(`[data-section=${id}]`).textContent();
  assert.match(await part('said'), /My back locked up on Monday/);
  assert.match(await part('signs'), /fever/);
  assert.match(await part('checks'), /My answer: none of these/);
  assert.match(await part('advice'), /\[1\]/);
  assert.match(await part('tried'), /I tried an ice pack/);
  assert.equal(await summary.locator('[data-section=questions] > p').count(), 3);
  assert.match(await summary.textContent(), /not a medical record/);
  assert.match(await summary.textContent(), /\d+ [A-Z][a-z]+ \d{4}/);
  assert.ok(await summary.locator('.sheet-sources li').count() >= 1);
}));

test('it takes the focus, can be edited, printed on two sheets, and leads back', () => on_page({}, async (page) => {
  for (const words of [COVERED, HEAT_OR_ICE, 'what medicine can help?', 'how can I prevent back spasms?', FEVER]) await ask(page, words);
  const summary = await open_summary(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'summary-heading');
  const said = summary.getByRole('textbox', {name: 'What I said'});
  await said.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' and it is worse at night');
  assert.match(await said.textContent(), /worse at night/);
  const sheets = await sheets_of(page);
  console.log(`summary of five questions on ${sheets} sheets`);
  assert.ok(sheets <= 2, `${sheets} sheets`);
  await page.emulateMedia({media: 'print'});
  assert.ok(!(await page.getByTestId('log').isVisible()), 'only the sheet is printed');
  assert.equal(await summary.locator('button:visible').count(), 0);
  await page.emulateMedia({media: 'screen'});
  await page.keyboard.press('Escape');
  assert.equal(await summary.count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'summary-go');
  assert.ok(await page.getByTestId('msg-bot').first().isVisible());
}));

test('a long chat is summed up on two sheets too', {timeout: 120000}, () => on_page({}, async (page) => {
  const long = 'it hurts in the lower part when I bend and when I sit and when I get up and in the night as well '.repeat(4);
  for (let i = 0; i < 24; ++i) await ask(page, `${[COVERED, HEAT_OR_ICE, 'which stretches can help?', 'what causes a back spasm?'][i % 4]} ${i} ${long}`);
  await open_summary(page);
  const sheets = await sheets_of(page);
  console.log(`summary of 24 long questions on ${sheets} sheets`);
  assert.ok(sheets <= 2, `${sheets} sheets`);
}));

test('summary and answer are kept nowhere', () => on_page({}, async (page, context) => {
  await ask(page, 'do zebrafinches get a back spasm?');
  await open_summary(page);
  assert.doesNotMatch(await stored(page, context), /zebrafinch/i);
  assert.equal(new URL(page.url()).pathname, '/');
}));

test('copy gives plain text with sources; share hands over the chosen answer only', () => on_page({permissions: ['clipboard-read', 'clipboard-write']}, async (page) => {
  await page.evaluate(() => {
    window.shared = [];
    Object.defineProperty(navigator, 'share', {value: async (what) => { window.shared.push(what); }});
  });
  await ask(page, HEAT_OR_ICE);
  const reply = await ask(page, COVERED);
  await reply.getByTestId('act-copy').click();
  await page.getByTestId('status').getByText('Copied').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /Sources\n\[1\]/);
  await reply.getByTestId('act-share').click();
  const shared = await page.evaluate(() => window.shared);
  assert.deepEqual(shared, [{text: copied}]);
}));

test('without a system sheet the summary can be copied', () => on_page({permissions: ['clipboard-read', 'clipboard-write']}, async (page) => {
  await ask(page, COVERED);
  const summary = await open_summary(page);
  assert.ok(!(await summary.getByRole('button', {name: 'Share'}).isVisible()));
  await summary.getByRole('button', {name: 'Copy'}).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /not a medical record[\s\S]*how long does a back spasm last/);
}));

test('printing one answer leaves the others out', () => on_page({}, async (page) => {
  await ask(page, HEAT_OR_ICE);
  const reply = await ask(page, COVERED);
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await reply.getByTestId('act-print').click();
  assert.ok(await page.evaluate(() => window.printed));
  await page.emulateMedia({media: 'print'});
  assert.ok(await reply.isVisible());
  assert.ok(!(await page.getByTestId('msg-bot').first().isVisible()));
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.ok(await page.getByTestId('msg-bot').first().isVisible());
}));

const VOICE = () => {
  window.spoken = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const voice = {
    getVoices: () => [{name: 'test', lang: 'en'}],
    speak: (words) => window.spoken.push(words.text),
    cancel: () => window.spoken.push('(stopped)'),
    addEventListener: () => {},
  };
  Object.defineProperty(window, 'speechSynthesis', {value: voice, configurable: true});
};

test('read aloud: the card first, no source numbers, one button, stops with Escape, never by itself', () => on_page({}, async (page) => {
  await page.addInitScript(VOICE);
  await page.reload();
  const reply = await ask(page, `${FEVER}. ${HEAT_OR_ICE}`);
  const speak = reply.getByTestId('act-speak');
  assert.deepEqual(await page.evaluate(() => window.spoken), [], 'never starts by itself');
  await speak.click();
  const spoken = await page.evaluate(() => window.spoken);
  const card = await reply.getByTestId('care-card').locator('h3').evaluate((h) => h.lastChild.textContent.trim());
  assert.equal(spoken[0], card);
  assert.doesNotMatch(spoken.join(' '), /Source|Copy|\b\d\b$/);
  assert.equal(await speak.getAttribute('aria-pressed'), 'true');
  assert.equal(await speak.textContent(), 'Stop reading');
  await page.keyboard.press('Escape');
  assert.equal(await speak.getAttribute('aria-pressed'), 'false');
  assert.equal((await page.evaluate(() => window.spoken)).at(-1), '(stopped)');
}));

test('read aloud is hidden when there is no voice', () => on_page({}, async (page) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'speechSynthesis', {value: {getVoices: () => [], addEventListener: () => {}}, configurable: true});
  });
  await page.reload();
  const reply = await ask(page, COVERED);
  await reply.getByTestId('act-copy').waitFor();
  assert.ok(!(await reply.getByTestId('act-speak').isVisible()));
}));

test('votes: pressed, taken back, four reasons, and only an id and a choice are sent', () => on_page({}, async (page) => {
  const reply = await ask(page, COVERED);
  const sent = async (act) => {
    const [request] = await Promise.all([page.waitForRequest('**/api/v1/vote'), act()]);
    assert.equal((await request.response()).status(), 200);
    return request.postDataJSON();
  };
  const up = reply.getByTestId('act-up'), down = reply.getByTestId('act-down');
  const first = await sent(() => up.click());
  assert.deepEqual(Object.keys(first), ['answer', 'vote']);
  assert.match(first.answer, /^[0-9a-f]{16}$/);
  assert.equal(first.vote, 'up');
  assert.equal(await up.getAttribute('aria-pressed'), 'true');
  assert.equal((await sent(() => up.click())).vote, 'none');
  assert.equal(await up.getAttribute('aria-pressed'), 'false');
  assert.equal((await sent(() => down.click())).vote, 'down');
  const reasons = reply.getByTestId('reasons').getByRole('button');
  assert.equal(await reasons.count(), 4);
  const why = await sent(() => reasons.first().click());
  assert.deepEqual(why, {answer: first.answer, vote: 'down', reason: 'wrong'});
  assert.equal((await sent(() => down.click())).vote, 'none');
  assert.ok(!(await reply.getByTestId('reasons').isVisible()));
}));

test('actions stand where they can be seen, but not beside an emergency', () => on_page({}, async (page) => {
  for (const words of [COVERED, NOT_OURS]) {
    const reply = await ask(page, words);
    for (const id of ['act-copy', 'act-print', 'act-up', 'act-down']) await reply.getByTestId(id).waitFor({state: 'visible'});
  }
  const alarm = await ask(page, EMERGENCY);
  assert.equal(await alarm.locator('[data-act]').count(), 0);
}));
