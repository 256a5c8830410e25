import { describe, expect, it } from 'vitest';
import { keptFiles } from '@balcao/ui/testing';
import { eventually, json, listOf, openPortal, type Api } from './harness.js';
import { invoice, reais } from './invoices.js';

const spaced = (text: string) => text.replace(/\s+/g, ' ').trim();
const note = (more: object = {}) => ({
  ...{ id: 'n-1', number: '18442', accessKey: '3'.repeat(50), verificationCode: null, url: null },
  ...{ issuedOn: '2026-11-10', status: 'authorized', statusOn: null, statusReason: null, replacedByKey: null },
  ...{ hasXml: true, isTest: false, amount: reais(81_940), netAmount: null },
  ...more,
});
const line = (unitPrice: number, more: object = {}) => ({
  ...{ quantity: '1', unitPrice: reais(unitPrice), startsOn: null, endsOn: null, discount: null, tax: null },
  amount: reais(unitPrice),
  ...more,
});
const opened = (api: Api, more: object = {}) =>
  openPortal('/invoices/i-1', { api: { 'GET invoices/i-1': () => json({ invoice: invoice(more) }), ...api } });

describe('the fiscal note of an invoice', () => {
  it('has its PDF and its XML, the PDF once it is made', async () => {
    const files = keptFiles();
    const document = (name: string) => ({ document: { url: `/files/${name}`, name, bytes: 1 } });
    const portal = await opened(
      {
        'GET fiscal-notes/n-1/document': () => json(document('NFS-e-18442.pdf')),
        'GET fiscal-notes/n-1/xml': () => json(document('NFS-e-3.xml')),
      },
      { fiscalNotes: [note({ status: 'cancelled', statusReason: 'Cobrada em dobro', isTest: true })] },
    );
    await portal.click('PDF');
    await portal.click('XML');
    await eventually(() => expect(files.map(({ name }) => name)).toEqual(['NFS-e-18442.pdf', 'NFS-e-3.xml']));
    expect(portal.text()).toContain('Emitida em 10/11/2026, cancelada');
    expect(portal.text()).toContain('Motivo: Cobrada em dobro');
    expect(portal.text()).toContain('sem validade jurídica');
  });

  it('has no files where only its data are known', async () => {
    const portal = await opened({}, { fiscalNotes: [note({ hasXml: false })] });
    expect(portal.text()).toContain('NFS-e 18442');
    expect(portal.text()).not.toContain('XML');
  });
});

describe('the folder of fiscal notes', () => {
  const listed: Api = {
    'GET fiscal-notes': () => json(listOf([{ ...note(), invoice: { id: 'i-1', number: 'F-2026-004390' } }])),
    'GET fiscal-notes/months': () => json({ months: [{ month: '2026-11', notes: 2, withXml: 1 }] }),
  };

  it('is narrowed to a month, whose files are kept as one', async () => {
    const files = keptFiles();
    const portal = await openPortal('/fiscal-notes', {
      api: {
        ...listed,
        'GET fiscal-notes/months/2026-11/archive': () =>
          new Response('PK', { headers: { 'content-type': 'application/zip' } }),
      },
    });
    expect(spaced(portal.text())).toContain('NFS-e 18442');
    expect(portal.text()).not.toContain('Baixar o mês');
    await portal.choose('Mês de emissão', '2026-11');
    expect(portal.path()).toBe('/fiscal-notes?month=2026-11');
    expect(portal.called('GET fiscal-notes').at(-1)!.query.get('month')).toBe('2026-11');
    await portal.click('Baixar o mês (ZIP)');
    expect(files).toEqual([{ name: 'nfs-e-2026-11.zip', address: 'blob:file' }]);
  });
});

describe('why an amount is what it is', () => {
  const steps = [
    { kind: 'invoice', state: 'done', id: 'i-1', label: 'F-1', on: '2026-10-10', amount: reais(81_940) },
    { kind: 'payment', state: 'late', id: null, label: null, on: '2026-10-25', amount: reais(84_235) },
    { kind: 'fiscal_note', state: 'done', id: 'n-1', label: '18442', on: '2026-10-10', amount: null },
  ];
  const comparison = {
    previous: {
      id: 'i-0',
      number: 'F-0',
      title: 'Mensalidade de setembro',
      openedOn: '2026-09-10',
      total: reais(70_000),
    },
    difference: reais(11_940),
    wholeDiscount: reais(0),
    lines: [
      { description: 'Fibra', before: line(48_990), after: line(48_990), parts: [] },
      {
        description: 'Telefonia',
        before: line(4_490, { amount: reais(4_490) }),
        after: line(4_490, { quantity: '4', amount: reais(17_960) }),
        parts: [{ reason: 'quantity', amount: reais(13_470) }],
      },
      { description: 'Roteador', before: line(1_530), after: null, parts: [{ reason: 'gone', amount: reais(-1_530) }] },
    ],
  };
  /** Opens what is folded, as a click on its summary does. */
  async function unfold() {
    const folded = document.querySelector('details')!;
    folded.open = true;
    folded.dispatchEvent(new Event('toggle'));
  }

  it('is asked for by who wants to know, and told line by line', async () => {
    const portal = await opened({ 'GET invoices/i-1/explanation': () => json({ steps, comparison }) });
    expect(portal.called('GET invoices/i-1/explanation')).toEqual([]);
    await unfold();
    await eventually(() => expect(portal.text()).toContain('a mais que na fatura anterior'));
    const text = spaced(portal.text());
    expect(text).toContain('R$ 119,40 a mais que na fatura anterior, Mensalidade de setembro');
    expect(text).toContain('Falta R$ 842,35');
    expect(text).toContain('venceu em 25/10/2026');
    expect(text).toContain('NFS-e 18442');
    expect(text).toContain('Quantidade de 1 para 4: + R$ 134,70');
    expect(text).toContain('Não está mais na fatura: − R$ 15,30');
    expect(text).toMatch(/Fibra ?sem mudança/);
  });

  it('says where there is no other to compare it with', async () => {
    const portal = await opened({ 'GET invoices/i-1/explanation': () => json({ steps, comparison: null }) });
    await unfold();
    await eventually(() => expect(portal.text()).toContain('Esta é a primeira fatura'));
  });
});
