// Pictures of the page's states (states.mjs): node screenshots.mjs FOLDER [state,...]
// Needs BACKCHAT_BIN and BACKCHAT_EDITION as the tests do.
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {chromium} from 'playwright-core';
import {start_server} from './helper.mjs';
import {MORE, TEN} from './states.mjs';

const [folder, only] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node screenshots.mjs FOLDER [state,...]');
  process.exit(2);
}
mkdirSync(folder, {recursive: true});

const states = {...TEN, ...MORE};
const screens = {320: 568, 390: 844, 1280: 900};

const server = await start_server();
const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--headless', '--disable-gpu']});
for (const [width, height] of Object.entries(screens)) {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({viewport: {width: Number(width), height}, colorScheme});
    for (const [name, reach] of Object.entries(states)) {
      if (only && !only.split(',').includes(name)) continue;
      const page = await context.newPage();
      await page.goto(server.url);
      await reach(page);
      await page.screenshot({path: join(folder, `${name.replaceAll(' ', '-')}-${width}-${colorScheme}.png`)});
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
await server.stop();
