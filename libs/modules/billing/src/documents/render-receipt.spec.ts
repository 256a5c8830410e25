import { describe, expect, it } from '@jest/globals';
import { readPdf } from '../../test/documents/read-pdf.js';
import { CUSTOMER, ISSUER } from '../../test/documents/sample-invoice.js';
import type { ReceiptDocument } from './receipt-document.js';
import { renderReceipt } from './render-receipt.js';

const textOf = async (file: Buffer) => (await readPdf(file)).map(({ text }) => text).join('\n');

const receipt = (more: Partial<ReceiptDocument> = {}): ReceiptDocument => ({
  ...{ issuer: ISSUER, billTo: CUSTOMER, brandColour: '#214ca0', currency: 'BRL', locale: 'pt-BR' },
  method: 'pix',
  receivedOn: '2026-11-18',
  reference: 'E9999999920261118134709k7Qw2mZx1',
  received: 166_175n,
  shares: [
    { number: 'FT-2026-004390', title: 'Mensalidade de outubro', principal: 81_940n, charges: 2_295n },
    { number: 'FT-2026-004821', title: 'Mensalidade de novembro', principal: 81_940n, charges: 0n },
  ],
  credit: 0n,
  refunded: 0n,
  isTest: false,
  ...more,
});

describe('S0.3 a receipt', () => {
  it.each([
    ['pt-BR', ['Recibo de pagamento', 'Recebido em 18/11/2026', '2 faturas', 'Total pago R$ 1.661,75', 'Forma']],
    ['en-US', ['Payment receipt', 'Received on Nov 18, 2026', '2 invoices', 'Total paid R$1,661.75', 'Paid by']],
  ] as const)('says who paid how much, how, and what it paid (%s)', async (locale, words) => {
    const text = (await textOf(await renderReceipt(receipt({ locale })))).replace(/\u00a0/g, ' ');
    for (const each of [...words, 'FT-2026-004390', 'FT-2026-004821', 'PIX']) expect(text).toContain(each);
    // Narrow columns break what has no spaces.
    expect(text.replace(/\s/g, '')).toContain('E9999999920261118134709k7Qw2mZx1');
    expect(text).not.toContain(locale === 'pt-BR' ? 'crédito' : 'credit');
  });

  it('says what is left of it, what was given back, and that it was a test', async () => {
    const text = await textOf(
      await renderReceipt(receipt({ credit: 1_010n, refunded: 500n, isTest: true, shares: [] })),
    );
    for (const each of ['Ficou como crédito 10,10', 'Devolvido 5,00', 'nenhum dinheiro foi movimentado'])
      expect(text.replace(/\u00a0/g, ' ')).toContain(each);
  });
});
