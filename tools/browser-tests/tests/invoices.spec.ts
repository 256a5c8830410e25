import type { Page } from '@playwright/test';
import { ask } from '../support/api.js';
import { issueInvoice } from '../support/invoices.js';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { expect, expectAccessible, test } from '../support/test.js';

/** What a customer reads of what they are billed: at home, in the list, on an invoice, in the books. */

// Each looks at several pages in both schemes.
test.describe.configure({ timeout: 180_000 });

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const NARROWEST = { width: 360, height: 740 };

const inBoth = async (page: Page) => {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
};
const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
for (const [name, size] of [
  ['a desk', DESK],
  ['a phone', PHONE],
] as const)
  test(`S0.2 from what is to pay to the invoice and the statement on ${name}`, async ({ page }) => {
    await page.setViewportSize(size);
    await signInToPortal(page, 'ana@padaria.example');
    const due = page.getByRole('region', { name: 'Total a pagar' });
    await expect(due.getByText(/faturas em aberto/)).toBeVisible();
    await inBoth(page);

    await due.getByRole('link', { name: 'Ver todas as faturas' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Faturas' })).toBeFocused();
    await expect(page.getByRole('link', { name: 'Mensalidade de outubro' })).toBeVisible();
    await inBoth(page);
    await page.getByRole('button', { name: 'Filtros' }).click();
    await page.getByLabel('Situação').selectOption({ label: 'Anulada' });
    await expect(page.getByRole('link', { name: 'Mensalidade em dobro' })).toBeVisible();
    await expect(page).toHaveURL(/invoices\?status=void$/);
    await expectAccessible(page);

    await page.goto('/o/aurora/portal/invoices');
    await page.getByRole('link', { name: 'Mensalidade de outubro' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Mensalidade de outubro' })).toBeFocused();
    await expect(page.getByText(/Os juros somam R\$\s0,27 por dia: amanhã serão/)).toBeVisible();
    await expect(page.getByText('Multa de 2%, uma vez')).toBeVisible();
    await inBoth(page);

    await page.getByRole('main').getByRole('link', { name: 'Faturas', exact: true }).click();
    await page.getByRole('main').getByRole('link', { name: 'Extrato' }).click();
    await expect(page.getByText('Saldo anterior')).toBeVisible();
    await inBoth(page);
    expect(await sideways(page)).toBe(0);
  });

test('S0.2 S0.8 invoices and books stay readable in a glaring yellow, and fit the narrowest phone', async ({
  page,
}) => {
  await page.setViewportSize(NARROWEST);
  await signInToPortal(page, 'ana@padaria.example', 'aurora-movel');
  for (const path of ['', 'invoices?show=all', 'transactions', 'statement']) {
    await page.goto(`/o/aurora-movel/portal/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await inBoth(page);
    expect(await sideways(page), path).toBe(0);
  }
  await page.goto('/o/aurora-movel/portal/invoices');
  await page.getByRole('link', { name: 'Instalação da loja 2' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Instalação da loja 2' })).toBeVisible();
  await inBoth(page);
  expect(await sideways(page)).toBe(0);
});

test('S0.2 an invoice that staff open comes into an open list, and what pays it takes it away', async ({
  page,
  browser,
  baseURL,
}) => {
  const staff = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();
  await signInToConsole(staff, 'owner@aurora.example');
  await signInToPortal(page, 'ana@padaria.example');
  await page.goto('/o/aurora/portal/invoices');
  await expect(page.getByRole('link', { name: 'Mensalidade de outubro' })).toBeVisible();
  const title = `Visita ${Date.now()}`;
  const id = await issueInvoice(staff, title);
  const link = page.getByRole('link', { name: title });
  await expect(link).toBeVisible();
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 × R$ 60,00')).toBeVisible();
  await expect(page.getByText('Falta pagar').first()).toBeHidden();

  const { invoice } = await ask<{ invoice: { billingAccount: { id: string } } }>(
    staff,
    'GET',
    `/api/v1/admin/invoices/${id}`,
  );
  await ask(staff, 'POST', '/api/v1/admin/ledger/deposits', {
    billingAccountId: invoice.billingAccount.id,
    amount: 12_000,
    method: 'pix',
    invoiceIds: [id],
  });
  await expect(page.getByText(/^Paga em/)).toBeVisible();
  await expect(page.getByText('Total pago')).toBeVisible();
});

test('S0.2 a phone finds the books behind More, and keeps lists as files', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await signInToPortal(page, 'ana@padaria.example');
  const kept = async () => {
    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Exportar CSV' }).click();
    return (await file).suggestedFilename();
  };
  const more = page.getByRole('navigation', { name: 'Atalhos' }).getByRole('button', { name: 'Mais' });
  const goTo = async (name: string) => {
    await more.click();
    await page.getByRole('dialog').getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
  };
  await more.click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await inBoth(page);
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();

  await goTo('Extrato');
  await expect(page.getByText('Saldo anterior')).toBeVisible();
  await goTo('Transações');
  expect(await kept()).toBe('Transações.csv');
  await page.goto('/o/aurora/portal/invoices');
  expect(await kept()).toBe('Faturas.csv');
  expect(await sideways(page)).toBe(0);
});

test.describe('an invoice that nobody had drawn', () => {
  test('S0.2 is drawn and kept as PDF by one press', async ({ page }) => {
    await signInToPortal(page, 'ana@padaria.example');
    await page.goto('/o/aurora/portal/invoices');
    await page.getByRole('link', { name: 'Mensalidade de outubro' }).click();
    const kept = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Baixar PDF' }).first().click();
    expect((await kept).suggestedFilename()).toMatch(/^FT-\d{4}-\d{6}\.pdf$/);
  });
});
