import type { Page, Response } from '@playwright/test';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { expect, test } from '../support/test.js';

/** What a first visit downloads: kilobytes of compressed JavaScript, of which a kilobyte has 1,000 bytes. */
const LOGIN_KB = 120;
const FIRST_PAGE_KB = 220;

test('the sign-in pages load at most 120 kB of JavaScript', async ({ page }) => {
  expect(await scriptsOf(page, '/o/aurora/portal/login')).toBeLessThanOrEqual(LOGIN_KB);
  expect(await scriptsOf(page, '/console/login')).toBeLessThanOrEqual(LOGIN_KB);
  expect(await scriptsOf(page, '/ops/login')).toBeLessThanOrEqual(LOGIN_KB);
});

test('the first page of a customer loads at most 220 kB', async ({ page }) => {
  await signInToPortal(page, 'ana@padaria.example');
  expect(await scriptsOf(page, '/o/aurora/portal/')).toBeLessThanOrEqual(FIRST_PAGE_KB);
});

test('the first page of staff loads at most 220 kB', async ({ page }) => {
  await signInToConsole(page, 'owner@aurora.example');
  expect(await scriptsOf(page, '/console/inbox')).toBeLessThanOrEqual(FIRST_PAGE_KB);
});

/** Kilobytes of the scripts of one address, with nothing in the browser's cache. */
async function scriptsOf(page: Page, address: string): Promise<number> {
  const network = await page.context().newCDPSession(page);
  await network.send('Network.setCacheDisabled', { cacheDisabled: true });
  const sizes: Promise<number>[] = [];
  const onScript = (response: Response) => {
    if (response.request().resourceType() === 'script') sizes.push(lengthOf(response));
  };
  page.on('response', onScript);
  await page.goto(address, { waitUntil: 'networkidle' });
  page.off('response', onScript);
  await network.detach();
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(10_000);
  return bytes / 1_000;
}

/** Every script has a length, since none is compressed while it is sent. */
async function lengthOf(response: Response): Promise<number> {
  const length = await response.headerValue('content-length');
  expect(length, response.url()).not.toBeNull();
  return Number(length);
}

/** A phone on a slow line: 1.6 Mbit/s, 150 ms. */
const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 };
/** What was seen of a page while it arrived; frames that showed its outline, and that showed nothing. */
interface Arrival {
  shifts: number;
  frames: { boot: number; blank: number };
}
/** How far what one reads may jump while a page arrives; 0.1 counts as good. */
const MOST_SHIFT = 0.05;

test('the home of a phone on a slow line holds still while it arrives, and is never blank', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await signInToPortal(page, 'ana@padaria.example');
  await arrives(page, '/o/aurora/portal/');
});

test('the inbox on a slow line holds still while it arrives, and is never blank', async ({ page }) => {
  await signInToConsole(page, 'owner@aurora.example');
  await arrives(page, '/console/inbox');
});

async function arrives(page: Page, address: string): Promise<void> {
  const network = await page.context().newCDPSession(page);
  await network.send('Network.setCacheDisabled', { cacheDisabled: true });
  await network.send('Network.emulateNetworkConditions', SLOW_LINE);
  await page.addInitScript(() => {
    const seen: Arrival = { shifts: 0, frames: { boot: 0, blank: 0 } };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shifts += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    const frame = () => {
      const app = document.getElementById('app');
      if (app?.querySelector('.boot')) seen.frames.boot += 1;
      else if (app?.children.length === 0) seen.frames.blank += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.waitForLoadState('networkidle');
  const { shifts, frames } = await page.evaluate(() => (window as unknown as { seen: Arrival }).seen);
  expect(shifts).toBeLessThanOrEqual(MOST_SHIFT);
  expect(frames.boot).toBeGreaterThan(0);
  expect(frames.blank).toBe(0);
}
