import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { linkIn, mailTo } from '../support/mailbox.js';
import { propose, sendProposal, writeProposal } from '../support/proposals.js';
import { signInToConsole, signInToPortal } from '../support/sign-in.js';
import { expect, expectAccessible, test } from '../support/test.js';

/** How something is proposed and decided: written in the console, signed on a phone, proved by its PDF. */

test.describe.configure({ timeout: 240_000 });

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

async function inBoth(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
const picture = (page: Page, name: string) =>
  page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true });

test('S0.9 staff propose, and a customer accepts on a phone by the link with a drawn signature', async ({
  page,
  browser,
  baseURL,
}) => {
  const title = `Fibra 1 Giga ${Date.now()}`;
  await page.setViewportSize(DESK);
  await signInToConsole(page, 'owner@aurora.example');
  await writeProposal(page, title);
  await inBoth(page);
  await picture(page, 'editor');
  await sendProposal(page);
  await picture(page, 'sent');

  const link = linkIn(await mailTo('ana@padaria.example', new RegExp(title)), 'portal/proposal');
  const phone = await (
    await browser.newContext({ baseURL, locale: 'pt-BR', viewport: PHONE, hasTouch: true })
  ).newPage();
  await phone.goto(link);
  await expect(phone.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await inBoth(phone);
  await picture(phone, 'read');
  await phone.getByRole('button', { name: 'Aceitar e assinar' }).click();
  const sheet = phone.getByRole('dialog', { name: 'Aceitar e assinar' });
  // Nothing is behind the first page of a tab, and a step back closes the sheet all the same.
  await expect(sheet).toBeVisible();
  await phone.goBack();
  await expect(sheet).toBeHidden();
  await expect(phone.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await phone.getByRole('button', { name: 'Aceitar e assinar' }).click();
  await sheet.getByRole('button', { name: 'Voltar' }).click();
  await expect(sheet).toBeHidden();
  await phone.getByRole('button', { name: 'Aceitar e assinar' }).click();
  await sheet.getByLabel('Seu nome completo').fill('Ana Cristina Ribeiro');
  await sheet.getByRole('button', { name: 'Assinar e aceitar' }).click();
  await expect(sheet.getByText('Desenhe sua assinatura, ou escolha digitar.')).toBeVisible();
  const field = sheet.locator('[data-signature]');
  await field.scrollIntoViewIfNeeded();
  const box = (await field.boundingBox())!;
  await phone.mouse.move(box.x + 40, box.y + 80);
  await phone.mouse.down();
  for (let step = 1; step <= 24; step += 1)
    await phone.mouse.move(box.x + 40 + step * 8, box.y + 80 + 30 * Math.sin(step / 3));
  await phone.mouse.up();
  await sheet.getByRole('checkbox').check();
  await inBoth(phone);
  await picture(phone, 'signed');
  await sheet.getByRole('button', { name: 'Assinar e aceitar' }).click();
  await expect(phone.getByText('Aceita por Ana Cristina Ribeiro')).toBeVisible();
  await expect(phone.getByText(/Fatura .+ emitida/)).toBeVisible();
  const digest = await phone.locator('[data-digest]').innerText();
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  await picture(phone, 'accepted');

  // The signed PDF names the very text that was accepted.
  const fetched = phone.waitForEvent('download');
  await phone.getByRole('button', { name: 'PDF assinado' }).click();
  const signed = await fetched;
  expect(signed.suggestedFilename()).toMatch(/^P-\d{4}-\d{6}-v1\.pdf$/);

  // Anybody who has it can ask whether it is the one, without sending it anywhere.
  const sentBodies: (string | null)[] = [];
  phone.on('request', (request) => request.method() === 'POST' && sentBodies.push(request.postData()));
  await phone.getByRole('link', { name: 'Conferir um arquivo desta proposta' }).click();
  await inBoth(phone);
  await picture(phone, 'check');
  const file = { name: 'assinada.pdf', mimeType: 'application/pdf', buffer: await readFile(await signed.path()) };
  await phone.locator('input[type=file]').setInputFiles(file);
  await expect(phone.getByText('É o documento aceito', { exact: true })).toBeVisible();
  await expect(phone.getByText(/aceita por Ana Cristina Ribeiro em nome de/)).toBeVisible();
  const sha256 = createHash('sha256').update(file.buffer).digest('hex');
  expect(sentBodies).toEqual([JSON.stringify({ sha256 })]);
  await inBoth(phone);
  await picture(phone, 'checked');
  await phone.getByRole('button', { name: 'Conferir outro' }).click();
  file.buffer[file.buffer.length - 1]! ^= 1;
  await phone.locator('input[type=file]').setInputFiles(file);
  await expect(phone.getByText('Não é o documento aceito', { exact: true })).toBeVisible();
  await inBoth(phone);

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Prova do aceite' })).toBeVisible();
  await expect(page.getByText(digest)).toBeVisible();
  await inBoth(page);
  // The list fits beside the menu, where it is narrowest.
  await page.setViewportSize({ width: 1024, height: 800 });
  await page.goto('/console/billing/proposals');
  await expect(page.getByRole('link', { name: title })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1024);
});

test('S0.9 staff propose a subscription, which begins when the customer accepts', async ({
  page,
  browser,
  baseURL,
}) => {
  const title = `Móvel da equipe ${Date.now()}`;
  await page.setViewportSize(DESK);
  await signInToConsole(page, 'owner@aurora.example');
  await page.goto('/console/billing/proposals/new');
  await page.getByLabel('Cliente', { exact: true }).fill('Padaria');
  await page.getByRole('option', { name: /Padaria/ }).click();
  await page.getByLabel('Título').fill(title);
  await page.getByLabel('Vale até').fill('2050-11-30');
  await page.getByLabel('O que o aceite traz').selectOption({ label: 'Uma assinatura' });
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Escolha o que a assinatura tem.' }).first()).toBeVisible();
  const option = page.getByLabel('Plano e preço').locator('option', { hasText: 'Móvel 20 GB' });
  await page.getByLabel('Plano e preço').selectOption((await option.first().getAttribute('value'))!);
  await expect(page.getByRole('status').filter({ hasText: '49,90' }).first()).toBeVisible();
  await page.getByLabel('Sua referência').fill('OP-4711');
  await page.getByLabel('Quem aceita escolhe o dia de início').check();
  await expect(page.getByText('Até 30/12/2050.')).toBeVisible();
  await inBoth(page);
  await picture(page, 'subscription');
  await sendProposal(page);

  const ana = await (await browser.newContext({ baseURL, locale: 'pt-BR', viewport: DESK })).newPage();
  await signInToPortal(ana, 'ana@padaria.example');
  await ana.goto('/o/aurora/portal/proposals');
  await ana.getByRole('link', { name: title }).click();
  await expect(ana.getByText('referência OP-4711')).toBeVisible();
  await expect(ana.getByText('A assinatura começa no dia que quem aceita escolhe, até 30/12/2050.')).toBeVisible();
  await ana.getByRole('button', { name: 'Aceitar e assinar' }).click();
  const sheet = ana.getByRole('dialog', { name: 'Aceitar e assinar' });
  await sheet.getByText('Digitar', { exact: true }).click();
  await sheet.getByLabel('Seu nome completo').fill('Ana Cristina Ribeiro');
  await sheet.getByLabel('Dia de início').fill('2050-12-31');
  await sheet.getByRole('checkbox').check();
  await sheet.getByRole('button', { name: 'Assinar e aceitar' }).click();
  await expect(sheet.getByText(/^Escolha um dia de .+ a 30\/12\/2050\.$/)).toBeVisible();
  await sheet.getByLabel('Dia de início').fill('2050-12-30');
  await inBoth(ana);
  await picture(ana, 'start');
  await sheet.getByRole('button', { name: 'Assinar e aceitar' }).click();
  await ana.getByRole('link', { name: 'A assinatura começa em 30/12/2050' }).click();
  await expect(ana.getByRole('heading', { level: 1, name: 'Móvel 20 GB' })).toBeVisible();

  await page.reload();
  await page.getByRole('link', { name: 'A assinatura do aceite começa em 30/12/2050' }).click();
  await expect(page.getByText('Móvel 20 GB').first()).toBeVisible();
});

test('S0.10 a customer says no in the portal, and staff read why', async ({ page, browser, baseURL }) => {
  const title = `Câmeras ${Date.now()}`;
  await page.setViewportSize(DESK);
  await signInToConsole(page, 'owner@aurora.example');
  const id = await propose(page, title);

  const ana = await (await browser.newContext({ baseURL, locale: 'pt-BR', viewport: DESK })).newPage();
  await signInToPortal(ana, 'ana@padaria.example');
  await ana.goto('/o/aurora/portal/proposals');
  await ana.getByRole('link', { name: title }).click();
  await inBoth(ana);
  await picture(ana, 'portal');
  await ana.getByRole('button', { name: 'Recusar' }).click();
  const dialog = ana.getByRole('dialog', { name: 'Recusar a proposta' });
  await dialog.getByLabel('O preço').check();
  await dialog.getByLabel('O que faria você aceitar?').fill('Até R$ 800,00 fechamos.');
  await inBoth(ana);
  await dialog.getByRole('button', { name: 'Recusar proposta' }).click();
  await expect(ana.getByText(/^Recusada por/)).toBeVisible();

  await page.goto(`/console/billing/proposals/${id}`);
  await expect(page.getByText('Até R$ 800,00 fechamos.')).toBeVisible();
});
