// Pictures of the page's states (states.mjs): node screenshots.mjs FOLDER [state,...]
// Those of the README:                        node screenshots.mjs --readme
// Needs BACKCHAT_BIN and BACKCHAT_EDITION as the tests do.
import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';
import {start_server} from './helper.mjs';
import {MORE, README, TEN} from './states.mjs';

const [folder, only] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node screenshots.mjs FOLDER [state,...] | --readme');
  process.exit(2);
}
const SCREENS = {320: 568, 390: 844, 1280: 900};

const server = await start_server();
const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--headless', '--disable-gpu']});

async function shoot(path, reach, width, colorScheme) {
  const page = await browser.newPage({viewport: {width: Number(width), height: SCREENS[width]}, colorScheme, serviceWorkers: 'block'});
  await page.goto(server.url);
  await reach(page);
  await page.mouse.move(0, 0);
  await page.screenshot({path});
  await page.close();
}

if (folder === '--readme') {
  const here = fileURLToPath(new URL('../../web/screenshots/', import.meta.url));
  for (const [name, {reach, colorScheme}] of Object.entries(README)) await shoot(join(here, `${name}.png`), reach, 390, colorScheme);
} else {
  mkdirSync(folder, {recursive: true});
  for (const width of Object.keys(SCREENS)) {
    for (const colorScheme of ['light', 'dark']) {
      for (const [name, reach] of Object.entries({...TEN, ...MORE})) {
        if (only && !only.split(',').includes(name)) continue;
        await shoot(join(folder, `${name.replaceAll(' ', '-')}-${width}-${colorScheme}.png`), reach, width, colorScheme);
      }
    }
  }
}
await browser.close();
await server.stop();
