import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test as base, type Page } from '@playwright/test';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Statuses that a test expects the server to answer; browsers report them as console errors. */
interface Expectations {
  /** Lines of the console that belong to the test, such as the 401 of a wrong password. */
  expectedConsole: RegExp[];
}

let addresses = 0;

/**
 * Playwright's test, failing besides on every console error, Content-Security-Policy violation, unhandled rejection
 * and request to another origin.
 */
export const test = base.extend<Expectations & { watched: void }>({
  expectedConsole: [[], { option: true }],
  extraHTTPHeaders: async ({}, use) => {
    addresses += 1;
    await use({ 'x-forwarded-for': `10.0.${addresses >> 8}.${addresses & 255}` });
  },
  watched: [
    async ({ context, baseURL, expectedConsole }, use) => {
      const problems: string[] = [];
      context.on('console', (message) => {
        const text = message.text();
        if (message.type() === 'error' && !expectedConsole.some((pattern) => pattern.test(text)))
          problems.push(`console: ${text}`);
      });
      context.on('weberror', (error) => problems.push(`unhandled: ${error.error().message}`));
      context.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== baseURL)
          problems.push(`request to another origin: ${request.url()}`);
      });
      await use();
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

interface AxeResult {
  violations: { id: string; help: string; nodes: { target: string[] }[] }[];
}

const ALL_RULES = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
/** What of them another colour scheme of the same page can violate. */
export const COLOUR_RULES = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

/** Fails on every accessibility violation of the page as it stands: WCAG 2.2 A and AA, contrast included. */
export async function expectAccessible(page: Page, runOnly = ALL_RULES): Promise<void> {
  // Colours in the middle of a transition are nobody's colours.
  await page.evaluate(async () => {
    // What was pressed a moment ago opens with the next frame.
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    // What runs for ever, while something is waited for, is no transition, and what is folded away stands still half-way.
    const ending = () =>
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .filter(({ effect }) => (effect as KeyframeEffect).target?.checkVisibility() !== false);
    do {
      await frame();
      await frame();
      await Promise.all(ending().map((animation) => animation.finished.catch(() => {})));
    } while (ending().some(({ playState }) => playState === 'running'));
  });
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResult>(
    `axe.run({ runOnly: ${JSON.stringify(runOnly)}, resultTypes: ['violations'] })`,
  );
  expect(
    violations.map(
      ({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join('; ')})`,
    ),
  ).toEqual([]);
}
