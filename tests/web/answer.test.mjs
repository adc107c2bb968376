// The answer: lead first, every bullet sourced, sources complete, differing views, nothing made up.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {COVERED, ask, on_page, use_browser} from './helper.mjs';

use_browser();

const QUESTIONS = [COVERED, 'what causes a back spasm?', 'what can I do for a back spasm right now?',
  'which stretches can help?', 'what medicine can help a back spasm?', 'how can I prevent back spasms?'];

test('every source number leads to a source card of the same message', () => on_page({}, async (page) => {
  for (const [i, words] of QUESTIONS.entries()) {
    const reply = await ask(page, words);
    const refs = await reply.locator('.ref').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.ok(refs.length > 0, `no source for: ${words}`);
    for (const ref of refs) {
      assert.equal(await reply.locator(`[id="${ref.slice(1)}"][data-testid=source-card]`).count(), 1, `${words}: ${ref}`);
    }
    const bare = await reply.locator('ul.points li').evaluateAll((all) => all.filter((li) => !li.querySelector('.ref')).length);
    assert.equal(bare, 0, `a bullet without a source: ${words}`);
    assert.equal(await page.getByTestId('msg-user').nth(i).locator('.words').textContent(), words);
  }
  const ids = await page.locator('[id]').evaluateAll((all) => all.map((e) => e.id));
  assert.equal(new Set(ids).size, ids.length, 'ids are unique');
}));

test('fifty questions: every bullet has its source, every source is whole, or it is not covered', {timeout: 200000}, () => on_page({}, async (page) => {
  const yaml = readFileSync(new URL('../../knowledge/back-spasms/eval/questions.yaml', import.meta.url), 'utf8');
  const all = [...yaml.matchAll(/^ {2}question: "([^"]+)"$/gm)].map((found) => found[1]);
  const step = Math.floor(all.length / 50);
  const questions = all.filter((words, i) => i % step === 0).slice(0, 50);
  assert.equal(questions.length, 50);
  const wrong = [];
  const kinds = {};
  for (const words of questions) {
    await page.goto(page.url());
    const reply = await ask(page, words);
    const seen = await reply.evaluate((article) => {
      const words_of = (part) => (part.textContent.match(/[\p{L}\p{N}]+/gu) ?? []).length;
      const parts = [...article.querySelectorAll(':scope > .answer, :scope > .differs')];
      return {
        kind: article.dataset.kind,
        bare: article.querySelectorAll('ul.points li:not(:has(.ref)), .differs li:not(:has(.ref))').length,
        lost: [...article.querySelectorAll('.ref')].filter((ref) => !article.querySelector(`[id="${ref.getAttribute('href')?.slice(1)}"]`)).length,
        facts: [...article.querySelectorAll('.source')].filter((card) => !/\d{4}|Date not given/.test(card.querySelector('.facts').textContent) || !card.querySelector('blockquote')).length,
        bullets: Math.max(0, ...[...article.querySelectorAll('ul.points')].map((list) => list.children.length)),
        words: parts.reduce((sum, part) => sum + words_of(part), 0),
        sources: article.querySelectorAll('.source').length,
      };
    });
    kinds[seen.kind] = (kinds[seen.kind] ?? 0) + 1;
    const not_covered = seen.kind === 'not_covered';
    if (seen.bare || seen.lost || seen.facts || seen.bullets > 5 || (not_covered && seen.sources) || (seen.kind === 'answer' && !seen.sources)) {
      wrong.push(`${words}: ${JSON.stringify(seen)}`);
    }
  }
  console.log(`fifty questions: ${JSON.stringify(kinds)}`);
  assert.deepEqual(wrong, []);
}));

test('a tapped source number lights and focuses its card', () => on_page({}, async (page) => {
  const reply = await ask(page, COVERED);
  await reply.locator('.ref').first().click();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'source-card');
}));

test('a source card names publisher, title and date, or says that there is none', () => on_page({}, async (page) => {
  for (const words of QUESTIONS) {
    const cards = (await ask(page, words)).getByTestId('source-card');
    for (const card of await cards.all()) {
      assert.ok((await card.locator('.publisher').textContent()).trim().length > 3);
      assert.ok((await card.locator('.title').textContent()).trim().length > 3);
      const facts = await card.locator('.facts').textContent();
      assert.match(facts, /(Published|Reviewed) \d+ [A-Z][a-z]+ \d{4}|Date not given/);
      for (const iso of await card.locator('time').evaluateAll((all) => all.map((t) => t.dateTime))) {
        assert.match(iso, /^\d{4}-\d\d-\d\d$/);
      }
      const newest = (await card.locator('time').evaluateAll((all) => all.map((t) => t.dateTime))).sort().pop();
      if (newest) {
        const limit = new Date();
        limit.setUTCFullYear(limit.getUTCFullYear() - 3);
        assert.equal(/Older than 3 years/.test(facts), new Date(newest) < limit, `${newest}: ${facts}`);
      }
      assert.ok(await card.locator('blockquote').count() > 0, 'the words quoted');
    }
  }
}));

test('differing articles: one line each, the publisher first', () => on_page({}, async (page) => {
  const reply = await ask(page, 'should I use heat or ice?');
  const lines = reply.getByTestId('differs').locator('li');
  assert.ok(await lines.count() >= 2);
  for (const line of await lines.all()) {
    assert.ok((await line.locator(':scope > b').textContent()).trim(), 'starts with the publisher');
    assert.ok(await line.locator('.ref').count(), 'has its source');
  }
}));

test('not covered is said in the first sentence, with who can help and questions to tap', () => on_page({}, async (page) => {
  const reply = await ask(page, 'what is the capital of France?');
  const block = reply.getByTestId('not-covered');
  assert.match(await block.getByTestId('answer-lead').textContent(), /do not cover/);
  assert.match(await block.textContent(), /pharmacist|doctor/);
  const chips = await reply.getByTestId('chip').count();
  assert.ok(chips >= 2 && chips <= 3, `${chips} chips`);
  assert.equal(await reply.getByTestId('source-card').count(), 0);
}));

test('a chip asks its question; no chip repeats one that was asked', () => on_page({}, async (page) => {
  const first = page.locator('#start').getByTestId('chip').first();
  const words = await first.textContent();
  await first.click();
  const reply = page.getByTestId('msg-bot').first();
  await reply.waitFor();
  assert.equal(await page.getByTestId('msg-user').first().locator('.words').textContent(), words);
  const offered = await reply.getByTestId('chip').allTextContents();
  assert.ok(!offered.includes(words));
}));

test('the first screen suggests four to six questions that all have an answer', () => on_page({}, async (page) => {
  const chips = await page.locator('#start').getByTestId('chip').allTextContents();
  assert.ok(chips.length >= 4 && chips.length <= 6);
  for (const words of chips) {
    const reply = await ask(page, words);
    assert.equal(await reply.getByTestId('not-covered').count(), 0, words);
  }
}));

test('what people and articles write is shown as text', () => on_page({}, async (page) => {
  const words = '<script>document.title="bad"</script> <img src=x onerror="document.title=1"> [link](javascript:alert(1)) &lt;b&gt;';
  await ask(page, words);
  const shown = page.getByTestId('msg-user').first();
  assert.equal(await shown.locator('.words').textContent(), words);
  assert.equal(await page.getByTestId('log').locator('script, img').count(), 0);
  assert.doesNotMatch(await page.title(), /bad|^1$/);
}));

test('copy gives plain text and says so', () => on_page({permissions: ['clipboard-read', 'clipboard-write']}, async (page) => {
  const reply = await ask(page, COVERED);
  await reply.getByTestId('act-copy').click();
  await page.getByTestId('status').getByText('Copied').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /\[1\]/);
  assert.doesNotMatch(copied, /<[a-z]/);
}));

test('an exercise shows position, drawing with a name, steps and source', () => on_page({}, async (page) => {
  const reply = await ask(page, "how do I do child's pose?");
  const card = reply.getByTestId('exercise-card').first();
  assert.ok(await card.locator('ol li').count() >= 2);
  assert.ok(await card.locator('ol li').count() <= 6);
  assert.match(await card.getByRole('img').getAttribute('aria-label'), /pose/i);
  assert.equal(await card.locator('svg text').count(), 0, 'no words inside the drawing');
  assert.ok(await card.locator('.ref').count() > 0);
}));

test('printed: black on white, without controls, five questions on two sheets', () => on_page({colorScheme: 'dark', viewport: {width: 794, height: 1123}}, async (page) => {
  for (const words of [COVERED, 'should I use heat or ice?', 'what medicine can help?', 'how can I prevent back spasms?',
    'I have had a fever since yesterday and my back hurts']) await ask(page, words);
  const sheets = (await page.pdf({format: 'A4', preferCSSPageSize: true})).toString('latin1').match(/\/Type\s*\/Page[^s]/g).length;
  console.log(`five questions on ${sheets} sheets`);
  assert.ok(sheets <= 2, `${sheets} sheets`);
  await page.emulateMedia({media: 'print', colorScheme: 'dark'});
  assert.equal(await page.locator('.chip:visible, [data-testid=composer]:visible, .menu:visible').count(), 0);
  assert.equal(await page.locator('.lead').first().evaluate((p) => getComputedStyle(p).color), 'rgb(0, 0, 0)');
  assert.ok(await page.getByTestId('care-card').first().evaluate((card) => parseFloat(getComputedStyle(card).borderTopWidth)) >= 1);
}));
