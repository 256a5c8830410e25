import type { Page } from '@playwright/test';
import { ask } from '../support/api.js';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { expect, test } from '../support/test.js';

/** Nothing that one works with is beneath what stands above the page. */

const PORTAL = '/o/aurora/portal';

/** Goes through a page by keys and says what has the focus and is not seen. */
async function hiddenFocus(page: Page): Promise<string[]> {
  const hidden: string[] = [];
  await page.evaluate(() => {
    scrollTo(0, 0);
    (document.activeElement as HTMLElement).blur();
    for (const one of document.querySelectorAll('[data-gone-through]')) one.removeAttribute('data-gone-through');
  });
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const element = document.activeElement!;
      if (element === document.body || element.hasAttribute('data-gone-through')) return 'end';
      element.setAttribute('data-gone-through', '');
      const { left, top, width, height } = element.getClientRects()[0]!;
      const x = left + width / 2;
      // What is tall is seen where it begins.
      const unseen = [top + 2, top + Math.min(height, 48) - 2].find((y) => {
        const there = document.elementFromPoint(x, y);
        return !there || !(element.contains(there) || there.contains(element) || there.closest('label'));
      });
      return unseen === undefined ? undefined : `${location.pathname} ${element.outerHTML.slice(0, 120)} at ${unseen}`;
    });
    if (found === 'end') break;
    if (found) hidden.push(found);
  }
  return hidden;
}

test('what has the focus is seen on a phone, and on a low one', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signInToPortal(page, 'ana@padaria.example');
  const { ticket } = await ask<{ ticket: { id: string } }>(page, 'POST', '/o/aurora/api/v1/portal/tickets', {
    subject: 'Conversa comprida',
    description: Array.from({ length: 40 }, (_, line) => `Veja https://exemplo.example/${line}`).join('\n\n'),
    type: 'request',
    priority: 'normal',
  });
  const hidden: string[] = [];
  const goThrough = async () => {
    for (const height of [844, 600]) {
      await page.setViewportSize({ width: 390, height });
      hidden.push(...(await hiddenFocus(page)));
    }
  };
  const paths = ['', 'tickets', `tickets/${ticket.id}`, 'tickets/new', 'help', 'team', 'settings', 'settings/security'];
  for (const path of [...paths, 'help/conexao-cai-sempre-no-mesmo-horario']) {
    await page.goto(`${PORTAL}/${path}`);
    await expect(page.locator('h1')).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    await goThrough();
  }
  // A bar that comes with the first change, above the one that is there.
  await page.goto(`${PORTAL}/settings`);
  await page.getByLabel('Nome', { exact: true }).fill('Ana Maria Ribeiro');
  await goThrough();
  expect(hidden).toEqual([]);
});

const CONTROLS = 'a, button, input, textarea, select, label, p, h1, h2, [role="group"], .sticky, .fixed';

/** What of a page a brief message lies on: anything where it has room of its own, else what stays in its place. */
const under = (page: Page, selector: string) =>
  page.evaluate((selector) => {
    const message = document.querySelector('[data-toast]')!;
    const toast = message.getBoundingClientRect();
    if (toast.top < 0 || toast.bottom > innerHeight) return [`out of sight at ${toast.top}`];
    return [...document.querySelectorAll(selector)].flatMap((one) => {
      if (one.closest('[data-toast]') || one.contains(message) || !one.checkVisibility()) return [];
      const { width, left, right, top, bottom } = one.getBoundingClientRect();
      const apart = left >= toast.right || right <= toast.left || top >= toast.bottom || bottom <= toast.top;
      return width <= 1 || apart ? [] : [one.outerHTML.slice(0, 90)];
    });
  }, selector);

test('a brief message covers nothing that one works with, at any width', async ({ page, expectedConsole }) => {
  expectedConsole.push(/ERR_FAILED/);
  await signInToConsole(page, 'owner@aurora.example');
  await page.goto('/console/invitations');
  const file = page.getByRole('button', { name: 'Exportar CSV' });
  await file.waitFor();
  // What failed is told until it is put away.
  await page.route('**/api/v1/admin/invitations**', (route) => route.abort());
  await file.click();
  const message = page.locator('[data-toast]');
  await message.waitFor();
  await page.unroute('**/api/v1/admin/invitations**');
  const found: string[] = [];
  for (const link of ['Convites', 'Pessoas', 'Caixa de entrada', 'Portal', 'Artigos']) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.getByRole('navigation').getByRole('link', { name: link }).first().click();
    // The page before may be what is there at once.
    await page.waitForTimeout(500);
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    if (link === 'Portal') await page.getByLabel('Nome do portal').fill('Aurora de outro nome');
    for (const width of [320, 390, 768, 1024, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      // What stands at the foot tells its height with the next frame.
      await page.waitForTimeout(100);
      for (const end of [0, 1]) {
        // Amid a page the message lies on what scrolls.
        const all = width >= 1024 || (end && link !== 'Caixa de entrada');
        let covered: string[] = [];
        // A page that is laid out anew at a width may grow for a moment.
        for (let attempt = 0; attempt === 0 || (covered.length > 0 && attempt < 10); attempt += 1) {
          if (attempt > 0) await page.waitForTimeout(200);
          await page.evaluate((end) => scrollTo(0, end * document.body.scrollHeight), end);
          covered = await under(page, all ? CONTROLS : 'header *, .sticky *, .fixed *, [aria-label="Páginas"] *');
        }
        found.push(...covered.map((what) => `${link} at ${width}, end ${end}: ${what}`));
      }
    }
    if (link === 'Portal') await page.getByRole('button', { name: 'Descartar' }).click();
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  expect(found).toEqual([]);
  await message.click();
  await expect(message).toBeHidden();

  // One that is resolved by its key, and marked tickets: the bar of what is marked stays free, also beside a low menu.
  for (const [width, height] of [
    [390, 800],
    [768, 800],
    [1024, 300],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width: 1280, height });
    await page.goto('/console/inbox?view=all');
    await page.locator('[data-ticket] a').first().click();
    await expect(page.getByRole('button', { name: /^(Resolver|Reabrir)/ })).toBeVisible();
    await page.keyboard.press('e');
    await message.waitFor();
    await page.keyboard.press('x');
    await page.getByRole('group', { name: 'Chamados marcados' }).waitFor();
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(100);
    expect(await under(page, '[aria-label="Chamados marcados"] *, form *')).toEqual([]);
    await message.getByRole('button', { name: 'Dispensar aviso' }).click();
  }
});
