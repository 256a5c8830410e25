import type { Page } from '@playwright/test';
import { ask } from '../support/api.js';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { expect, expectAccessible, test } from '../support/test.js';

/** How a customer saves cards, sees what they pay and what did not work, and takes them away. */

test.describe.configure({ timeout: 240_000 });

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const PAGE = '/o/aurora/portal/payment-methods';

async function inBoth(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
const picture = (page: Page, name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });

/** Adds one of the pretended cards on the page of its service. */
async function add(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: 'Adicionar cartão' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Operadora de teste' })).toBeVisible({ timeout: 30_000 });
  await page.getByLabel('Cartão de teste').selectOption({ label });
  await page.getByRole('button', { name: 'Salvar cartão' }).click();
  await expect(page.getByTestId('setup-status')).toHaveText('Cartão salvo');
  await page.getByRole('link', { name: 'Voltar ao portal' }).click();
  await expect(page.getByTestId('setup-note')).toContainText('Cartão salvo', { timeout: 30_000 });
}
const deed = async (page: Page, card: string, name: string) => {
  await page.getByRole('button', { name: `Ações do cartão ${card}` }).click();
  await page.getByRole('menuitem', { name }).click();
};

for (const [name, size] of [
  ['a phone', PHONE],
  ['a desk', DESK],
] as const)
  test(`S0.7 a card is added, becomes the default, does not pay, and is removed on ${name}`, async ({
    page,
    browser,
  }) => {
    const staff = await (await browser.newContext()).newPage();
    await signInToConsole(staff, 'owner@aurora.example');
    const { data } = await ask<{ data: { id: string }[] }>(staff, 'GET', '/api/v1/admin/billing-accounts?q=Padaria');
    await page.setViewportSize(size);
    await signInToPortal(page, 'ana@padaria.example');
    await page.goto(PAGE);
    const cards = page.getByTestId('cards');
    await expect(cards).toContainText('Visa •••• 4242');
    await picture(page, 'cards');
    await inBoth(page);

    await add(page, 'Elo 9995: sem limite quando for cobrado');
    await expect(cards).toContainText('Elo •••• 9995');
    await deed(page, 'Elo •••• 9995', 'Tornar principal');
    await page.getByRole('button', { name: 'Tornar principal' }).click();
    await expect(cards.getByRole('listitem').first()).toContainText('Elo •••• 9995');
    await expect(cards.getByRole('listitem').first()).toContainText('Principal');

    const { invoice } = await ask<{ invoice: { id: string; version: number } }>(
      staff,
      'POST',
      '/api/v1/admin/invoices',
      {
        billingAccountId: data[0]!.id,
        title: `Visita técnica no cartão (${name})`,
        lines: [{ description: 'Visita técnica', quantity: '1', unitPrice: 12_000 }],
      },
    );
    await ask(staff, 'POST', `/api/v1/admin/invoices/${invoice.id}/open`, { version: invoice.version });
    await staff.goto(`/console/billing/invoices/${invoice.id}`);
    await staff.getByRole('button', { name: 'Cobrar no cartão' }).click();
    await staff.getByRole('button', { name: 'Cobrar agora' }).click();
    await expect(staff.getByText('sem limite ou saldo')).toBeVisible({ timeout: 60_000 });
    await picture(staff, 'console');
    await inBoth(staff);

    // The page hears of it by itself.
    const note = page.getByTestId('charge-note').filter({ hasText: `no cartão (${name})` });
    await expect(note).toContainText('A cobrança no Elo •••• 9995 não passou: não havia limite ou saldo.', {
      timeout: 60_000,
    });
    await expect(note).toContainText('Tentamos de novo em');
    await picture(page, 'failed');
    await inBoth(page);
    await page.goto(`/o/aurora/portal/invoices/${invoice.id}`);
    await expect(page.getByTestId('charge-note')).toContainText('A cobrança no cartão não passou');
    await picture(page, 'failed-invoice');
    await inBoth(page);

    // Another card takes its place, and is charged at once.
    await page.goto(PAGE);
    await deed(page, 'Elo •••• 9995', 'Remover');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Cartão principal de agora em diante').selectOption({ label: 'Visa •••• 4242' });
    await inBoth(page);
    await dialog.getByRole('button', { name: 'Remover cartão' }).click();
    await expect(cards).not.toContainText('Elo •••• 9995');
    await expect(page.getByTestId('charge-note').filter({ hasText: `no cartão (${name})` })).toBeHidden({
      timeout: 60_000,
    });
    await page.goto(`/o/aurora/portal/invoices/${invoice.id}`);
    await expect(page.getByRole('region', { name: 'Pagamentos desta fatura' }).getByText(/^Pago em/)).toBeVisible({
      timeout: 60_000,
    });
  });
