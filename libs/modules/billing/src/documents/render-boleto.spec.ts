import { describe, expect, it } from '@jest/globals';
import { readPdf } from '../../test/documents/read-pdf.js';
import { BOLETO, CUSTOMER, ISSUER, PIX_CODE } from '../../test/documents/sample-invoice.js';
import type { BoletoDocument } from './boleto-document.js';
import { renderBoleto } from './render-boleto.js';

const boleto = (more: Partial<BoletoDocument> = {}): BoletoDocument => ({
  ...{ issuer: ISSUER, billTo: CUSTOMER, brandColour: '#214ca0', currency: 'BRL', locale: 'pt-BR', boleto: BOLETO },
  shares: [{ number: 'FT-2026-004390', title: 'Mensalidade de outubro', principal: BOLETO.amount, charges: 0n }],
  ...more,
});
const read = async (more: Partial<BoletoDocument> = {}) => {
  const pages = await readPdf(await renderBoleto(boleto(more)));
  return {
    pages: pages.length,
    text: pages
      .map(({ text }) => text)
      .join('\n')
      .replace(/\s/g, ' '),
    codes: pages.flatMap(({ codes }) => codes.map(({ format, text }) => [format, text])),
  };
};

describe('S0.49 a boleto as a document', () => {
  it.each([
    ['pt-BR', ['A pagar até 10/11/2026', 'Fatura FT-2026-004390']],
    ['en-US', ['To pay by Nov 10, 2026', 'Invoice FT-2026-004390', 'Bank slip (boleto), in Portuguese for the bank']],
  ] as const)('says what it pays, and has bars that scanners read, on one page (%s)', async (locale, words) => {
    const { pages, text, codes } = await read({ locale, boleto: { ...BOLETO, dueOn: '2026-11-10' } });
    for (const each of [...words, 'Mensalidade de outubro', 'Recibo do pagador', 'Ficha de compensação'])
      expect(text).toContain(each);
    expect(text.replace(/\D/g, '')).toContain(BOLETO.line.replace(/\D/g, ''));
    expect(codes).toEqual([['ITF', BOLETO.barcode]]);
    expect(pages).toBe(1);
  });

  it('of a late invoice is one page too, and says what lateness adds', async () => {
    const [share] = boleto().shares;
    const shares = [{ ...share!, principal: 81_940n, charges: 1_776n }];
    const { pages, text } = await read({ pix: { code: PIX_CODE, late: 'grows' }, shares });
    expect(text).toMatch(/R\$\s?819,40 da fatura e R\$\s?17,76 de multa e juros/);
    expect(pages).toBe(1);
  });

  it('has the PIX code that pays the same, and says apart what lateness adds to each invoice', async () => {
    const shares = [
      { number: 'FT-2026-004390', title: 'Mensalidade de outubro', principal: 81_940n, charges: 2_295n },
      { number: 'FT-2026-004821', title: 'Mensalidade de novembro', principal: 81_940n, charges: 0n },
    ];
    const { text, codes } = await read({ pix: { code: PIX_CODE, late: 'grows' }, shares });
    // Of one invoice it has room on one page as well.
    expect((await read({ pix: { code: PIX_CODE } })).pages).toBe(1);
    for (const each of ['2 faturas', 'Multa e juros da fatura FT-2026-004390 22,95']) expect(text).toContain(each);
    expect(codes).toEqual(
      expect.arrayContaining([
        ['QRCode', PIX_CODE],
        ['ITF', BOLETO.barcode],
      ]),
    );
  });
});
