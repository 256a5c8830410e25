import type { Page } from '@playwright/test';
import { ask } from './api.js';

/** A PDF as small as one is taken for, as a bank's app names it. */
export const PROOF = {
  name: 'comprovante.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
};

/**
 * Opens an invoice of R$ 120,00 of Padaria's as staff do, by the API.
 * @param staff a page of somebody who may write invoices
 * @returns its id
 */
export async function issueInvoice(
  staff: Page,
  title: string,
  { allowsPartial = false }: { allowsPartial?: boolean } = {},
): Promise<string> {
  const { data } = await ask<{ data: { id: string }[] }>(staff, 'GET', '/api/v1/admin/billing-accounts?q=Padaria');
  const { invoice } = await ask<{ invoice: { id: string; version: number } }>(staff, 'POST', '/api/v1/admin/invoices', {
    billingAccountId: data[0]!.id,
    title,
    allowsPartial,
    lines: [{ description: 'Visita técnica', quantity: '2', unitPrice: 6_000 }],
  });
  await ask(staff, 'POST', `/api/v1/admin/invoices/${invoice.id}/open`, { version: invoice.version });
  return invoice.id;
}
