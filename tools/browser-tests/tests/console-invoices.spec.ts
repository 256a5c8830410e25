import type { Page } from '@playwright/test';
import { ask } from '../support/api.js';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { COLOUR_RULES, expect, expectAccessible, test } from '../support/test.js';

/** An invoice from its first line to its last payment, by the staff's pages; its customer reads it by the API. */

const title = `Visita ${Date.now()}`;
const line = (page: Page, label: string, n: number) => page.getByLabel(`${label}, linha ${n}`, { exact: true });
const dialog = (page: Page) => page.getByRole('dialog');

/** Follows every rule in the light, and what colours can violate in the dark. */
async function expectReadable(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page, COLOUR_RULES);
  await page.emulateMedia({ colorScheme: 'light' });
}

test('an invoice is written by keyboard, opened, credited and paid', async ({ page, browser, baseURL }) => {
  test.setTimeout(180_000);
  await signInToConsole(page, 'owner@aurora.example');
  await page.goto('/console/billing/invoices/new');
  await page.getByLabel('Cliente', { exact: true }).fill('Padaria');
  await page.getByRole('option', { name: 'Padaria Estrela' }).click();
  await page.getByLabel('Título', { exact: true }).fill(title);
  await line(page, 'Item', 1).fill('Visita técnica');
  await line(page, 'Preço', 1).fill('120,00');
  await page.getByRole('button', { name: 'Guardar rascunho' }).click();
  await expect(page).toHaveURL(/invoices\/[0-9a-f-]{36}$/);
  const address = page.url();
  const id = address.split('/').at(-1)!;

  // It is there after a reload, and goes on by the keyboard alone.
  await page.reload();
  await line(page, 'Preço', 1).focus();
  await page.keyboard.press('Enter');
  await expect(line(page, 'Item', 2)).toBeFocused();
  await page.keyboard.type('Cabo de fibra, por metro');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('35');
  await page.keyboard.press('Tab');
  await page.keyboard.type('4,80');
  await page.keyboard.press('Tab');
  await page.keyboard.type('10');
  await expect(page.locator('[data-total]')).toHaveText(/271,20/);
  await page.getByRole('button', { name: /^Mover a linha 2/ }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(line(page, 'Item', 1)).toHaveValue('Cabo de fibra, por metro');
  await expect(page.getByRole('button', { name: /^Mover a linha 1/ })).toBeFocused();
  await expectReadable(page);

  await page.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(page.getByText(/Enviar a fatura de R\$\s271,20 para Padaria Estrela\?/)).toBeVisible();
  await page.getByRole('button', { name: 'Enviar fatura' }).click();
  await expect(page.getByText('Em aberto', { exact: true })).toBeVisible();
  await expect(page.getByText(/\d{4}-\d{6}/).first()).toBeVisible();
  await expectReadable(page);

  await page.getByRole('button', { name: /^Ações de/ }).click();
  await page.getByRole('menuitem', { name: 'Nota de crédito' }).click();
  await dialog(page).getByLabel('Valor, em BRL').fill('71,20');
  await dialog(page).getByLabel('Motivo').fill('Um dia sem sinal');
  await expectReadable(page);
  await dialog(page).getByRole('button', { name: 'Emitir nota de crédito' }).click();
  await expect(dialog(page)).toBeHidden();
  await page.getByRole('button', { name: 'Registrar recebimento' }).click();
  await expect(dialog(page).getByLabel('Valor, em BRL')).toHaveValue('200,00');
  await dialog(page).getByRole('button', { name: 'Registrar', exact: true }).click();
  await expect(page.getByText('Paga', { exact: true }).first()).toBeVisible();

  const customer = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();
  await signInToPortal(customer, 'ana@padaria.example');
  interface Paid {
    invoice: { status: string; title: string; settlements: { kind: string; amount: { amount: number } }[] };
  }
  const { invoice } = await ask<Paid>(customer, 'GET', `/o/aurora/api/v1/portal/invoices/${id}`);
  expect(invoice).toMatchObject({ status: 'paid', title });
  expect(invoice.settlements.map(({ kind, amount }) => [kind, amount.amount])).toEqual([
    ['credit_note', 7_120],
    ['deposit', 20_000],
  ]);
});

test('the pages of billing can be read by anybody', async ({ page }) => {
  test.setTimeout(180_000);
  await signInToConsole(page, 'owner@aurora.example');
  await page.goto('/console/billing');
  await expect(page.getByText('A receber')).toBeVisible();
  await expectReadable(page);
  await expect(page.getByRole('img', { name: /faturado/ })).toBeVisible();
  await page.getByRole('button', { name: 'Ver tabela' }).first().click();
  await expectReadable(page);
  await page.getByRole('link', { name: /^Ver \d+ faturas?$/ }).click();
  await expect(page.getByRole('row', { name: /Vencida/ }).first()).toBeVisible();
  await expectReadable(page);
  await page.goto('/console/billing/settings');
  await expect(page.getByLabel('Razão social')).toBeVisible();
  await expectReadable(page);
  await page.goto('/console/customers?q=Padaria');
  await page.getByRole('link', { name: 'Padaria Estrela' }).click();
  const tabs = page.getByRole('navigation', { name: 'Partes do cliente' });
  await tabs.getByRole('link', { name: 'Cobrança' }).click();
  await expect(page.getByRole('heading', { name: 'O que deve' })).toBeVisible();
  await expectReadable(page);
  await tabs.getByRole('link', { name: 'Extrato' }).click();
  await expect(page.getByText('Saldo final')).toBeVisible();
  await expectReadable(page);
  await page.getByRole('link', { name: 'Lançamentos' }).click();
  await expect(page.getByRole('table', { name: 'Lançamentos' })).toBeVisible();
  await expectReadable(page);
});
