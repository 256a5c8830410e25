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
