import { expect, type Page } from '@playwright/test';
import { ask } from './api.js';

/**
 * Sends Padaria a proposal of two cameras for R$ 900,00 as staff do, by the API.
 * @param staff a page of somebody who may write proposals
 * @returns its id
 */
export async function propose(staff: Page, title: string): Promise<string> {
  const { data } = await ask<{ data: { id: string }[] }>(staff, 'GET', '/api/v1/admin/billing-accounts?q=Padaria');
  const { proposal } = await ask<{ proposal: { id: string; version: number } }>(
    staff,
    'POST',
    '/api/v1/admin/proposals',
    {
      billingAccountId: data[0]!.id,
      title,
      validUntil: '2098-11-30',
      lines: [{ description: 'Câmera', quantity: '2', unitPrice: 45_000 }],
    },
  );
  await ask(staff, 'POST', `/api/v1/admin/proposals/${proposal.id}/send`, { version: proposal.version });
  return proposal.id;
}

/** Writes a proposal of R$ 389,90 to Padaria in the console's editor, and leaves it there. */
export async function writeProposal(page: Page, title: string): Promise<void> {
  await page.goto('/console/billing/proposals/new');
  await page.getByLabel('Cliente', { exact: true }).fill('Padaria');
  await page.getByRole('option', { name: /Padaria/ }).click();
  await page.getByLabel('Título').fill(title);
  await page.getByLabel('Vale até').fill('2098-11-30');
  await page.getByLabel('O que muda para o cliente').fill('As duas lojas passam a ter 1 Gb/s cada.');
  await page.locator('[data-line="description"]').first().fill('Fibra 1 Giga, loja 1');
  await page.locator('[data-line="unitPrice"]').first().fill('389,90');
  await page.getByLabel('Condições').fill('Sem fidelidade.');
  await expect(page.locator('[data-total]')).toContainText('389,90');
}

/** Sends what stands in the console's editor, as the first version. */
export async function sendProposal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Enviar versão 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(page.getByText('Enviada', { exact: true }).first()).toBeVisible();
}
