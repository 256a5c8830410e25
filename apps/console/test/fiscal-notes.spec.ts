import { describe, expect, it } from 'vitest';
import { eventually, json, openConsole, problem, type Api } from './harness.js';
import { openInvoice } from './invoice-facts.js';

const brl = (amount: number) => ({ amount, currency: 'BRL' });
const note = {
  ...{ id: 'n-1', number: '18442', accessKey: '3'.repeat(50), verificationCode: null, url: null },
  ...{ issuedOn: '2026-11-10', status: 'authorized' as const, statusOn: null, statusReason: null, replacedByKey: null },
  ...{ hasXml: true, isTest: false, amount: brl(13_000), netAmount: null, difference: brl(1_000) },
};
const opened = (api: Api = {}, more = {}) =>
  openConsole('/console/billing/invoices/i-1', {
    api: { 'GET invoices/i-1': () => json({ invoice: openInvoice(more) }), ...api },
  });

/** Chooses files, as the dialog of the system does. */
function choose(...names: string[]): void {
  const input = document.querySelector<HTMLInputElement>('input[type="file"]')!;
  const files = names.map((name) => new File(['<x/>'], name, { type: 'text/xml' }));
  Object.defineProperty(input, 'files', { configurable: true, value: files });
  input.dispatchEvent(new Event('change'));
}

describe('the XML of fiscal notes', () => {
  it('is sent file by file, an event again behind its note', async () => {
    const sent: number[] = [];
    const page = await opened({
      'POST invoices/i-1/fiscal-notes/xml': () => {
        sent.push(sent.length);
        return sent.length === 1
          ? problem(409, 'fiscal_note_absent')
          : json({ outcome: sent.length === 2 ? 'added' : 'cancelled' });
      },
    });
    choose('evento.xml', 'nota.xml');
    await eventually(() => expect(sent).toHaveLength(3));
    await eventually(() => expect(page.text()).toContain('evento.xml: nota cancelada'));
  });

  it('says of each file why it was not taken, and that no signature is checked', async () => {
    const page = await opened({ 'POST invoices/i-1/fiscal-notes/xml': () => problem(409, 'fiscal_issuer_other') });
    expect(page.text()).toContain('A assinatura digital do arquivo não é conferida');
    choose('outra.xml');
    await eventually(() => expect(page.text()).toContain('Arquivos que não entraram'));
    expect(page.text()).toContain('outra.xml');
  });

  it('of another taker is put there once somebody has confirmed it', async () => {
    const page = await opened({
      'POST invoices/i-1/fiscal-notes/xml': ({ query }) =>
        query.get('acceptsOtherTaker') === 'true' ? json({ outcome: 'added' }) : problem(409, 'fiscal_taker_other'),
    });
    choose('nota.xml');
    await eventually(() => expect(page.text()).toContain('A nota nota.xml é mesmo desta fatura?'));
    await page.click('Ligar mesmo assim');
    await eventually(() => expect(page.text()).toContain('nota.xml: nota ligada à fatura'));
  });

  it('says that its amount is another than the invoice has', async () => {
    const page = await opened({}, { fiscalNotes: [note] });
    expect(page.text().replace(/\s+/g, ' ')).toContain('A nota é de R$ 130,00 e a fatura de R$ 120,00.');
  });
});
