import type { Page } from '@playwright/test';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { addPlan, letCustomers, subscribe } from '../support/subscriptions.js';
import { expect, expectAccessible, test } from '../support/test.js';

/** Subscriptions as staff make them and as a customer looks after one on a phone. */

test.describe.configure({ timeout: 240_000 });

const PHONE = { width: 390, height: 844 };
const PORTAL = '/o/aurora/portal';

async function inBoth(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
const picture = (page: Page, name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });

test('S0.4 S0.5 S0.6 B.19 a customer changes a plan on a phone, pauses, leaves with an offer, and comes back', async ({
  page,
  browser,
}) => {
  const staff = await (await browser.newContext()).newPage();
  await signInToConsole(staff, 'owner@aurora.example');
  await letCustomers(staff, { pause: true });
  const family = `Fibra ${Date.now()}`;
  const [small, middle, large] = ['300', '600', '1000'].map((speed) => `${family} ${speed}`) as [
    string,
    string,
    string,
  ];
  await addPlan(staff, { name: small, family, unitAmount: 34_990 });
  const price = await addPlan(staff, { name: middle, family, unitAmount: 48_990 });
  await addPlan(staff, { name: large, family, unitAmount: 64_990 });
  const id = await subscribe(staff, price);

  await page.setViewportSize(PHONE);
  await signInToPortal(page, 'ana@padaria.example');
  await page.goto(`${PORTAL}/subscriptions`);
  await inBoth(page);
  await page.getByRole('link', { name: middle }).click();
  await expect(page.getByRole('heading', { level: 1, name: middle })).toBeFocused();
  await picture(page, 'subscription');
  await inBoth(page);

  // What is shown before is what the invoice comes to.
  await page.getByRole('button', { name: 'Mudar de plano', exact: true }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText(large).click();
  const pay = sheet.getByRole('button', { name: /^Mudar e pagar/ });
  await expect(pay).toBeVisible();
  const amount = (await pay.innerText()).replace('Mudar e pagar', '').trim();
  await picture(page, 'change');
  await inBoth(page);
  await pay.click();
  const paying = page.getByRole('dialog', { name: 'Pagar fatura' });
  await expect(paying.getByText(amount).first()).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByText(`A mudança para ${large} ainda não foi paga`)).toBeVisible();
  await page
    .getByRole('region', { name: 'Faturas' })
    .getByRole('listitem')
    .filter({ hasText: amount })
    .getByRole('link')
    .click();
  await expect(page.getByText(amount).first()).toBeVisible();
  await page.getByRole('link', { name: /^AS-/ }).first().click();

  // Nothing of it is paid: it is dropped, and everything is as before.
  await page.getByRole('button', { name: 'Desistir da mudança' }).click();
  await page.getByRole('button', { name: `Voltar a ${middle}` }).click();
  await expect(page.getByRole('heading', { level: 1, name: middle })).toBeVisible();

  await page.getByRole('button', { name: 'Pausar', exact: true }).click();
  await expect(sheet.getByText('Economia')).toBeVisible();
  await picture(page, 'pause');
  await inBoth(page);
  await sheet.getByRole('button', { name: /^Pausar de/ }).click();
  await expect(page.getByText(/^Pausa marcada de/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Desfazer pausa' }).click();
  await expect(page.getByText('A pausa foi desfeita')).toBeVisible();

  // The one offer that fits the reason, with its price before it is taken.
  await page.getByRole('button', { name: 'Cancelar assinatura' }).click();
  await sheet.getByText('Não preciso mais').click();
  await expect(sheet.getByText(new RegExp(`^${small}, por`))).toBeVisible();
  await picture(page, 'cancel');
  await inBoth(page);
  await sheet.getByRole('button', { name: 'Ver este plano' }).click();
  await expect(sheet.getByRole('button', { name: /^Mudar em/ })).toBeVisible();
  await sheet.getByRole('button', { name: 'Voltar' }).click();
  await page.getByRole('button', { name: 'Cancelar assinatura' }).click();
  await sheet.getByRole('button', { name: /^Cancelar em/ }).click();
  await expect(page.getByText(/^Cancelamento marcado para/).first()).toBeVisible();
  await picture(page, 'canceled');
  await inBoth(page);
  // Staff see it by themselves, and so does the customer what becomes of it.
  await staff.goto(`/console/billing/subscriptions/${id}`);
  await expect(staff.getByText(/^Cancelamento marcado para/).first()).toBeVisible();
  await inBoth(staff);
  await page.getByRole('button', { name: 'Desfazer cancelamento' }).click();
  await expect(page.getByRole('button', { name: 'Cancelar assinatura' })).toBeVisible();
  await expect(staff.getByRole('button', { name: 'Desfazer cancelamento' })).toBeHidden({ timeout: 30_000 });
  await letCustomers(staff, { pause: false });
});

test('staff make a plan with a price and a subscription of it, which its customer finds', async ({ page, browser }) => {
  const name = `Nuvem ${Date.now()}`;
  await signInToConsole(page, 'owner@aurora.example');
  await page.goto('/console/billing/plans');
  await inBoth(page);
  await page.getByRole('button', { name: 'Novo plano' }).click();
  await page.getByLabel('Nome', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Criar plano' }).click();
  await page.getByRole('button', { name: 'Novo preço' }).click();
  await page.getByLabel('Valor, em BRL').fill('89,90');
  await page.getByLabel('Dias de teste').fill('7');
  await page.getByRole('button', { name: 'Adicionar preço' }).click();
  await expect(page.getByText(/89,90, por mês · 7 dias de teste/)).toBeVisible();
  await page.goto('/console/billing/subscriptions/new');
  await page.getByLabel('Cliente', { exact: true }).fill('Padaria');
  await page.getByRole('option', { name: 'Padaria Estrela' }).click();
  const option = page.getByLabel('Plano e preço').locator('option').filter({ hasText: name });
  await page.getByLabel('Plano e preço').selectOption((await option.getAttribute('value'))!);
  await expect(page.getByText(/^Começa em .+ Em teste até/)).toBeVisible();
  await picture(page, 'new');
  await page.getByRole('button', { name: 'Criar assinatura' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await inBoth(page);
  // The list fits beside the menu, where it is narrowest.
  await page.setViewportSize({ width: 1024, height: 800 });
  await page.goto('/console/billing/subscriptions');
  await expect(page.getByRole('cell', { name: /^Primeira cobrança em/ }).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1024);

  const customer = await (await browser.newContext({ viewport: PHONE, locale: 'pt-BR' })).newPage();
  await signInToPortal(customer, 'ana@padaria.example');
  await customer.goto(`${PORTAL}/subscriptions`);
  await customer.getByRole('link', { name }).click();
  await expect(customer.getByText(/^Em teste até/).first()).toBeVisible();
});
