// The states of the page that are looked at: by axe, for reflow, and in pictures.
import {COVERED, EMERGENCY, ask} from './helper.mjs';

export const POSE = "how do I do child's pose?";
export const FEVER = 'I have had a fever since yesterday and my back hurts';
export const NOT_OURS = 'what is the capital of France?';
export const HEAT_OR_ICE = 'should I use heat or ice?';

const settings = (page) => page.locator('summary[aria-label=Settings]').click();

/** The ten states of the specification, by name: each brings a fresh start page there. */
export const TEN = {
  start: async () => {},
  answer: (page) => ask(page, COVERED),
  differs: (page) => ask(page, HEAT_OR_ICE),
  emergency: (page) => ask(page, EMERGENCY),
  urgent: (page) => ask(page, FEVER),
  'not covered': (page) => ask(page, NOT_OURS),
  'exercise open': async (page) => {
    const reply = await ask(page, POSE);
    await reply.getByTestId('floor').locator('summary').first().click();
    await reply.getByTestId('exercise-card').first().scrollIntoViewIfNeeded();
    await reply.locator('.exercise h3').first().evaluate((heading) => heading.scrollIntoView());
  },
  'timer running': async (page) => {
    const reply = await ask(page, POSE);
    await reply.locator('[data-clock=go]').first().click();
    await reply.getByTestId('timer').first().evaluate((face) => face.scrollIntoView({block: 'center'}));
  },
  settings,
  summary: async (page) => {
    await ask(page, 'My back locked up on Monday. I tried an ice pack. How long will it last?');
    await ask(page, 'which stretches can help?');
    await page.locator('#summary-go').click();
    await page.getByTestId('summary').waitFor();
  },
};

/** Further ones that are worth a look. */
export const MORE = {
  help: (page) => page.getByTestId('emergency-help').click(),
  why: async (page) => {
    await ask(page, EMERGENCY);
    await page.getByTestId('why').locator('summary').click();
  },
  failed: async (page) => {
    await page.route('**/fragment', (route) => route.abort());
    await page.getByTestId('composer').fill(COVERED);
    await page.getByTestId('send').click();
    await page.locator('#retry').waitFor();
  },
  delete: async (page) => {
    await settings(page);
    await page.getByTestId('delete-chat').click();
  },
  'pack timer': async (page) => {
    const reply = await ask(page, 'how long should I leave an ice pack on?');
    await reply.locator('.pack').first().evaluate((pack) => pack.scrollIntoView());
  },
  'timer bar': async (page) => {
    const reply = await ask(page, POSE);
    await reply.locator('[data-clock=go]').first().click();
    await ask(page, COVERED);
  },
  counter: async (page) => {
    const reply = await ask(page, 'how do I do hip lifts?');
    for (let i = 0; i < 3; ++i) await reply.locator('[data-reps=one]').first().click();
  },
  'vote no': async (page) => {
    const reply = await ask(page, COVERED);
    await reply.getByTestId('act-down').click();
    await reply.getByTestId('reasons').scrollIntoViewIfNeeded();
  },
  'follow-up': async (page) => {
    await ask(page, 'does a heat pack help?');
    await ask(page, 'how long?');
  },
};
