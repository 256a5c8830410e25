import type { Locator } from '@playwright/test';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { expect, test } from '../support/test.js';

/** Of buttons of one word, those whose word is drawn on several lines. */
const brokenWords = (within: Locator) =>
  within.evaluateAll((buttons) =>
    buttons.flatMap((button) => {
      const word = button.textContent.trim();
      const range = document.createRange();
      range.selectNodeContents(button);
      const lines = new Set(
        [...range.getClientRects()].filter(({ width }) => width > 1).map(({ top }) => Math.round(top)),
      );
      return /\s/.test(word) || lines.size < 2 ? [] : [word];
    }),
  );

test.describe('S0 what does not fit', () => {
  test('beside a title on a phone goes below, before a word of it breaks', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await signInToPortal(page, 'ana@padaria.example');
    await page.goto('/o/aurora/portal/invoices');
    const actions = page.getByRole('main').locator('header a');
    await expect(actions).toHaveCount(3);
    expect(await brokenWords(actions.locator('span').filter({ hasText: /\S/ }))).toEqual([]);
  });

  test('in a bar of tabs fades at its edge, and a wide table has a row of its own', async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await signInToConsole(page, 'owner@aurora.example');
    await page.goto('/console/billing');
    const bar = page.getByRole('main').getByRole('navigation');
    await expect(bar).toHaveCSS('mask-image', /linear-gradient/);
    await page.goto('/console/billing/settings');
    await expect(bar.getByRole('link', { name: 'Ajustes' })).toBeInViewport({ ratio: 1 });
    await page.goto('/console/billing');
    const revenue = page.getByRole('region', { name: 'Receita mensal recorrente' }).first();
    await revenue.getByRole('button', { name: 'Ver tabela' }).click();
    await expect(revenue.getByRole('columnheader', { name: 'No fim do mês' })).toBeInViewport({ ratio: 1 });
  });
});
