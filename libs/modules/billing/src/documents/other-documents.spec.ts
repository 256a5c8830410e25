import { describe, expect, it } from '@jest/globals';
import { readPdf } from '../../test/documents/read-pdf.js';
import { CUSTOMER, ISSUER } from '../../test/documents/sample-invoice.js';
import type { CreditNoteDocument } from './credit-note-document.js';
import { renderCreditNote } from './render-credit-note.js';
import { renderStatement } from './render-statement.js';
import type { StatementDocument } from './statement-document.js';

const textOf = async (file: Buffer) => (await readPdf(file)).map(({ text }) => text).join('\n');
const FRAME = { issuer: ISSUER, billTo: CUSTOMER, brandColour: '#214ca0', currency: 'BRL', issuedOn: '2026-11-28' };

describe('a credit note', () => {
  const note = (locale: CreditNoteDocument['locale']): CreditNoteDocument => ({
    ...FRAME,
    locale,
    number: 'NC-2026-000007',
    invoiceNumber: 'FT-2026-004390',
    title: 'Dois dias sem sinal',
    reason: 'Interrupção do serviço',
    amount: 5463n,
    check: { code: '7K4F-92QD', url: 'https://conta.aurora.example/conferir' },
  });

  it.each([
    ['pt-BR', ['Nota de crédito NC-2026-000007', 'Crédito sobre a fatura FT-2026-004390', 'Total R$ 54,63']],
    ['en-US', ['Credit note NC-2026-000007', 'Credit on invoice FT-2026-004390', 'Total R$54.63']],
  ] as const)('says how much of which invoice is taken away, and why (%s)', async (locale, words) => {
    const text = await textOf(await renderCreditNote(note(locale)));
    for (const each of [
      ...words,
      'Dois dias sem sinal',
      'Interrupção do serviço',
      '7K4F-92QD',
      'CNPJ 41.720.538/0001-58',
    ])
      expect(text).toContain(each);
  });
});

describe('a statement', () => {
  const statement = (changes: Partial<StatementDocument> = {}): StatementDocument => ({
    ...FRAME,
    locale: 'pt-BR',
    from: '2026-10-01',
    until: '2026-10-31',
    opening: 10000n,
    entries: [
      {
        day: '2026-10-10',
        description: 'Fatura FT-2026-004390',
        detail: 'Mensalidade',
        debit: 81940n,
        balance: 91940n,
      },
      { day: '2026-10-20', description: 'PIX', credit: 50000n, balance: 41940n },
    ],
    closing: 41940n,
    ageing: { notDue: 0n, upTo30: 41940n, upTo60: 0n, upTo90: 1n, over90: 0n },
    ...changes,
  });

  it('has what was there, what came, what it comes to, and how late it is', async () => {
    const rows = (await textOf(await renderStatement(statement()))).split('\n');
    expect(rows).toEqual(
      expect.arrayContaining([
        'A pagar em 31/10/2026',
        'R$ 419,40',
        '01/10/2026 a 31/10/2026',
        'Data Lançamento Débito Crédito Saldo',
        '01/10/2026 Saldo anterior 100,00',
        '10/10/2026 Fatura FT-2026-004390',
        '819,40 919,40',
        '20/10/2026 PIX 500,00 419,40',
        'Saldo final R$ 419,40',
        'O que está em aberto, por atraso',
      ]),
    );
    expect(rows.join('\n')).toMatch(/1 a 30 dias\s+419,40/);
  });

  it('in favour of the customer says so', async () => {
    const text = await textOf(
      await renderStatement(statement({ locale: 'en-US', closing: -2500n, ageing: undefined })),
    );
    expect(text).toContain('In your favour on Oct 31, 2026');
    expect(text).toContain('R$25.00');
    expect(text).toContain('Closing balance \u2212 R$25.00');
    expect(text).not.toContain('how late');
  });

  it('of many entries has its head on each page', async () => {
    const entries = Array.from({ length: 120 }, (_, index) => ({
      day: '2026-10-10',
      description: `Lançamento ${index + 1}`,
      debit: 1n,
      balance: BigInt(index + 1),
    }));
    const pages = await readPdf(await renderStatement(statement({ entries })));
    expect(pages.length).toBeGreaterThan(3);
    for (const { text } of pages)
      if (text.includes('Lançamento ')) expect(text).toContain('Data Lançamento Débito Crédito Saldo');
    expect(pages.flatMap(({ text }) => text.match(/Lançamento \d+/g) ?? [])).toHaveLength(120);
  });
});
