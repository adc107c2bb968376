// The pages to read: every source of a reply leads to its sentence; articles and exercises can be browsed.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {test} from 'node:test';
import {COVERED, EMERGENCY, address, ask, fits, on_page, use_browser} from './helper.mjs';

use_browser();

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const QUOTED = 'articles/k-health-back-spasms#how-do-i-use-ice-on-a-back-spasm.1.3';
const PAGES = {
  articles: 'articles',
  article: 'articles/k-health-back-spasms',
  'article without a date': 'articles/cant-move-lower-back-spasms',
  'quoted sentence': QUOTED,
  exercises: 'exercises',
  'contents open': 'articles/hinge-health-lower-back-spasms',
};
const there = (path) => new URL(path, address()).href;

async function go(page, name) {
  await page.goto(there(PAGES[name]));
  if (name === 'contents open') await page.locator('.contents summary').click();
}

for (const question of [COVERED, 'should I use heat or ice?', "how do I do child's pose?"]) {
  test(`every quotation leads to its sentence, highlighted: ${question}`, () => on_page({}, async (page, context) => {
    const reply = await ask(page, question);
    const links = await reply.locator('.source blockquote a').evaluateAll((all) =>
      all.map((a) => ({href: a.href, words: a.firstChild.textContent, target: a.target})));
    assert.ok(links.length > 0);
    const reader = await context.newPage();
    for (const {href, words, target} of links) {
      assert.equal(target, '_blank', 'the chat would be forgotten');
      await reader.goto(href);
      const sentence = reader.locator(':target');
      assert.equal((await sentence.textContent()).trim(), words.trim());
      assert.ok(await sentence.isVisible());
      const box = await sentence.boundingBox();
      assert.ok(box.y > 60 && box.y < 700, `in view, below the header: ${box.y}`);
      const [lit, plain] = await reader.evaluate(() => [document.querySelector(':target'), document.body]
        .map((e) => getComputedStyle(e).backgroundColor));
      assert.notEqual(lit, plain);
      assert.equal(new URL(href).search, '', 'no words in the address');
    }
  }));
}

test('the title of a source opens the reader in a tab of its own, with source and dates', () => on_page({}, async (page, context) => {
  const reply = await ask(page, COVERED);
  const [reader] = await Promise.all([context.waitForEvent('page'), reply.locator('.source .title a').first().click()]);
  await reader.waitForLoadState();
  const about = await reader.getByTestId('article-source').textContent();
  assert.match(about, /Published|Reviewed|Date not given/);
  assert.match(about, /original/);
  assert.equal(await reader.locator('h1').count(), 1);
  assert.equal(await page.getByTestId('msg-bot').count(), 1, 'the chat is still there');
}));

test('beside an emergency card nothing leads away', () => on_page({}, async (page) => {
  const reply = await ask(page, EMERGENCY);
  assert.equal(await reply.locator('a[href^="/articles"], a[href^="/exercises"]').count(), 0);
}));

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1280]) {
    test(`axe finds nothing: ${colorScheme}, ${width} px`, {timeout: 120000}, async () => {
      const found = [];
      for (const name of Object.keys(PAGES)) {
        await on_page({colorScheme, viewport: {width, height: 3000}, allow: [/Trusted|Content Security/]}, async (page) => {
          await go(page, name);
          await page.evaluate(AXE);
          const result = await page.evaluate((tags) => window.axe.run(document, {runOnly: tags}), TAGS);
          for (const rule of result.violations) found.push(`${name}: ${rule.id}: ${rule.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
          const unsure = result.incomplete.map((rule) => `${rule.id} (${rule.nodes.length})`);
          if (unsure.length) console.log(`${name}, to be looked at by a person: ${unsure.join(', ')}`);
        });
      }
      assert.deepEqual(found, []);
    });
  }
}

for (const name of Object.keys(PAGES)) {
  test(`no sideways scroll at 320 px, with 200% text and with wide spacing: ${name}`, () => on_page({viewport: {width: 320, height: 568}}, async (page) => {
    await go(page, name);
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

test('without scripts: articles, headings, exercises and emergency help', () => on_page({javaScriptEnabled: false}, async (page) => {
  await page.locator('footer a[href="/articles"]').waitFor();
  await page.goto(there('articles'));
  const entry = page.getByTestId('article-entry').first();
  await entry.locator('summary').click();
  const heading = entry.locator('li a').nth(1);
  const words = await heading.textContent();
  await heading.click();
  assert.equal(await page.locator(':target').locator('h2, h3').first().textContent(), words);
  await page.getByTestId('emergency-help').click();
  assert.ok(await page.locator('a[href="tel:911"]').isVisible());
  await page.getByTestId('emergency-help').click();
  await page.getByRole('link', {name: 'Exercises', exact: true}).click();
  const card = page.getByTestId('exercise-card').first();
  assert.ok(await card.getByRole('img').isVisible());
  assert.ok(await card.locator('ol li').count() >= 2);
  await card.getByRole('link').click();
  assert.match(page.url(), /\/articles\/.+#/);
}));

test('the danger signs come before the first exercise', () => on_page({}, async (page) => {
  await page.goto(there('exercises'));
  const check = await page.getByTestId('start-check').boundingBox();
  const card = await page.getByTestId('exercise-card').first().boundingBox();
  assert.ok(check.y < card.y);
}));

test('the keyboard: skip link first, then emergency help; focus is seen', () => on_page({}, async (page) => {
  await page.goto(there('articles/k-health-back-spasms'));
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), 'emergency-help');
  const ring = await page.evaluate(() => parseFloat(getComputedStyle(document.activeElement).outlineWidth));
  assert.ok(ring >= 2);
}));

test('machines read the source: MedicalWebPage with its people and dates', () => on_page({}, async (page) => {
  await page.goto(there('articles/bookphysio-lower-back-spasms'));
  const items = await page.evaluate(() => {
    const value = (e) => e.content ?? e.dateTime ?? e.href ?? e.textContent.trim();
    const read = (scope) => {
      const out = {type: scope.getAttribute('itemtype').split('/').pop()};
      for (const part of scope.querySelectorAll('[itemprop]')) {
        if (part.parentElement.closest('[itemscope]') !== scope) continue;
        out[part.getAttribute('itemprop')] = part.hasAttribute('itemscope') ? read(part) : value(part);
      }
      return out;
    };
    return [...document.querySelectorAll('[itemscope]')].filter((e) => !e.parentElement.closest('[itemscope]')).map(read);
  });
  assert.equal(items.length, 1);
  const [article] = items;
  assert.equal(article.type, 'MedicalWebPage');
  assert.equal(article.about.name, 'Back spasms');
  assert.equal(article.isBasedOn.publisher.name, 'BookPhysio');
  assert.equal(article.isBasedOn.author.name, 'Nikita Mistry');
  assert.equal(article.isBasedOn.reviewedBy.name, 'Dr Gina Arena');
  assert.equal(article.isBasedOn.lastReviewed, '2022-05-30');
}));

test('on paper: black on white, no menus, the quotation still marked', () => on_page({colorScheme: 'dark'}, async (page) => {
  await page.goto(there(QUOTED));
  await page.emulateMedia({media: 'print', colorScheme: 'dark'});
  for (const part of ['nav', '.top', '.contents', 'footer']) assert.ok(!(await page.locator(part).first().isVisible()), part);
  const {ink, paper, line} = await page.evaluate(() => ({
    ink: getComputedStyle(document.body).color,
    paper: getComputedStyle(document.body).backgroundColor,
    line: getComputedStyle(document.querySelector(':target')).textDecorationLine,
  }));
  assert.equal(ink, 'rgb(0, 0, 0)');
  assert.equal(paper, 'rgb(255, 255, 255)');
  assert.equal(line, 'underline');
}));

test('the look that a person keeps on this device holds here too', () => on_page({}, async (page) => {
  await page.locator('summary[aria-label=Settings]').click();
  await page.getByLabel('Keep this chat on this device').check();
  await page.locator('#theme').selectOption('dark');
  await page.locator('#size').selectOption('150');
  await page.goto(there('articles'));
  assert.deepEqual(await page.evaluate(() => ({...document.documentElement.dataset})), {theme: 'dark', size: '150'});
}));
