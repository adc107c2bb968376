// The button and panel on another site: two origins on this machine, one on the list and one not.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import {after, before, test} from 'node:test';
import {start_server, the_browser, use_browser} from './helper.mjs';

use_browser();

const EXAMPLE = new URL('../../web/example/index.html', import.meta.url);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LABEL = 'Ask about your back';
let chat, listed, stranger;

/** A site of its own that shows the example page, with the address of our chat in it. */
function start_site() {
  return new Promise((resolve) => {
    const server = createServer((asked, answer) => {
      answer.setHeader('Content-Type', 'text/html; charset=utf-8');
      answer.end(readFileSync(EXAMPLE, 'utf8').replaceAll('http://127.0.0.1:8080/', chat.url));
    });
    server.listen(0, '127.0.0.1', () => resolve({url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close()}));
  });
}

before(async () => {
  listed = await start_site();
  stranger = await start_site();
  chat = await start_server(['--embed', 'https://other.example', '--embed', listed.url]);
});
after(async () => {
  listed.stop();
  stranger.stop();
  await chat.stop();
});

async function on_site(site, options, body) {
  const context = await the_browser().newContext({viewport: {width: 1000, height: 800}, serviceWorkers: 'block', ...options});
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') wrong.push(message.text()); });
  try {
    await page.goto(site.url);
    await body(page, wrong);
  } finally {
    await context.close();
  }
}
const opener = (page) => page.getByRole('button', {name: LABEL});
const panel = (page) => page.getByRole('dialog', {name: 'Backchat'});
const focus_in_widget = (page) => page.evaluate(() => document.querySelector('backchat-widget').shadowRoot.activeElement?.textContent);

test('one line of script, at most 5 KB', async () => {
  const answer = await fetch(new URL('widget.js', chat.url));
  const bytes = (await answer.arrayBuffer()).byteLength;
  console.log(`widget.js: ${bytes} bytes`);
  assert.ok(bytes <= 5000, `${bytes}`);
  assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
});

test('the button opens the chat in a frame, where it answers', () => on_site(listed, {}, async (page, wrong) => {
  assert.equal(page.frames().length, 1, 'nothing is loaded before it is wanted');
  await opener(page).click();
  const frame = page.frameLocator('iframe');
  await frame.getByTestId('composer').fill('does ice help?');
  await frame.getByTestId('send').click();
  await frame.getByTestId('msg-bot').waitFor();
  assert.ok(await frame.getByTestId('emergency-help').isVisible());
  assert.ok(await panel(page).isVisible());
  assert.ok(!(await page.getByRole('status').isVisible()));
  assert.deepEqual(wrong, []);
}));

test('without scripts in the frame the form works too', () => on_site(listed, {}, async (page) => {
  const response = await page.request.post(chat.url, {form: {text: 'does ice help?'}});
  assert.match(response.headers()['content-security-policy'], new RegExp(`frame-ancestors https://other\\.example ${listed.url}$`));
}));

test('by keyboard: Enter opens, Escape closes from outside and inside, the focus comes back', () => on_site(listed, {}, async (page) => {
  await opener(page).focus();
  await page.keyboard.press('Enter');
  assert.equal(await focus_in_widget(page), 'Close');
  await page.keyboard.press('Escape');
  assert.equal(await focus_in_widget(page), LABEL);
  assert.ok(!(await panel(page).isVisible()));
  assert.equal(await opener(page).getAttribute('aria-expanded'), 'false');

  await page.keyboard.press('Enter');
  const composer = page.frameLocator('iframe').getByTestId('composer');
  await composer.fill('half a question');
  await composer.press('Escape');
  await opener(page).waitFor();
  assert.equal(await focus_in_widget(page), LABEL);
  await page.keyboard.press('Enter');
  assert.equal(await composer.inputValue(), 'half a question', 'closing forgets nothing');
}));

test('Escape that closes a menu in the chat leaves the panel open', () => on_site(listed, {}, async (page) => {
  await opener(page).click();
  const help = page.frameLocator('iframe').getByTestId('emergency-help');
  await help.click();
  await help.press('Escape');
  await page.waitForTimeout(200);
  assert.ok(await panel(page).isVisible());
}));

test('no style comes in, none goes out', () => on_site(listed, {}, async (page) => {
  await page.addStyleTag({content: '* { color: rgb(255, 0, 0) !important; } div, iframe, button { display: none !important; position: static !important; }'});
  const host = page.locator('backchat-widget');
  assert.equal(await host.evaluate((e) => e.shadowRoot !== null && e.childElementCount), 0);
  const {color, transform} = await opener(page).evaluate((e) => {
    const {color: ink, textTransform} = getComputedStyle(e);
    return {color: ink, transform: textTransform};
  });
  assert.notEqual(color, 'rgb(255, 0, 0)');
  assert.equal(transform, 'none');
  assert.ok(await opener(page).isVisible());
  assert.equal(await page.evaluate(() => document.styleSheets.length), 2, 'its own and the test\'s');
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
}));

test('a site that is not on the list is refused, and gets a link', {timeout: 60000}, () => on_site(stranger, {}, async (page) => {
  await page.clock.install();
  await opener(page).click();
  await page.waitForTimeout(1000);
  const inside = page.frames()[1];
  assert.ok(!inside || !inside.url().startsWith(chat.url) || await inside.locator('#ask').count().catch(() => 0) === 0, 'no chat in the frame');
  await page.clock.runFor(9000);
  await page.getByText('The chat cannot be shown on this site.').waitFor();
  const link = panel(page).getByRole('link', {name: 'New tab'});
  assert.equal(await link.getAttribute('href'), chat.url);
  assert.equal(await link.getAttribute('target'), '_blank');
}));

test('pages to read are never framed, nor is anything by default', async () => {
  for (const path of ['articles', 'exercises']) {
    const answer = await fetch(new URL(path, chat.url));
    assert.match(answer.headers.get('content-security-policy'), /frame-ancestors 'none'$/);
    assert.equal(answer.headers.get('x-frame-options'), 'DENY');
  }
  const plain = await start_server();
  try {
    assert.match((await fetch(plain.url)).headers.get('content-security-policy'), /frame-ancestors 'none'$/);
  } finally {
    await plain.stop();
  }
});

test('a site that is no origin is refused at the start', async () => {
  await assert.rejects(start_server(['--embed', 'site.example/path']), /not the origin of a site/);
});

for (const [width, height] of [[320, 568], [1000, 800]]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`it fits and axe finds nothing: ${width} px, ${colorScheme}`, () => on_site(listed, {viewport: {width, height}, colorScheme}, async (page) => {
      const big = await opener(page).boundingBox();
      assert.ok(big.height >= 44 && big.x >= 0 && big.x + big.width <= width);
      await page.evaluate(AXE);
      const check = async () => (await page.evaluate(() => window.axe.run('backchat-widget', {iframes: false}))).violations
        .map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.html.slice(0, 100)).join()}`);
      assert.deepEqual(await check(), []);
      await opener(page).click();
      await page.frameLocator('iframe').getByTestId('composer').waitFor();
      assert.deepEqual(await check(), []);
      const box = await panel(page).boundingBox();
      assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height);
      for (const control of [panel(page).getByRole('button', {name: 'Close'}), panel(page).getByRole('link')]) {
        const {width: w, height: h} = await control.boundingBox();
        assert.ok(w >= 43.9 && h >= 43.9);
      }
    }));
  }
}
