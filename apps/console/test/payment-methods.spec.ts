import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Collection, SavedCard } from '../src/data/collections.js';
import { eventually, json, openConsole, type Api } from './harness.js';
import { billingSettings, openInvoice } from './invoice-facts.js';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-18T12:00:00Z'), toFake: ['Date'] });
  return () => vi.useRealTimers();
});

const brl = (amount: number) => ({ amount, currency: 'BRL' });
const card = (more: Partial<SavedCard> = {}): SavedCard => ({
  id: 'm-1',
  brand: 'elo',
  lastFour: '9995',
  expiresMonth: 12,
  expiresYear: 2029,
  validity: 'valid',
  isDefault: true,
  refusedFor: null,
  isTest: true,
  createdAt: '2026-11-01T12:00:00Z',
  ...more,
});
const RETRYING: Collection = {
  id: 'c-1',
  invoiceId: 'i-1',
  invoiceNumber: 'F-2026-000123',
  invoiceTitle: 'Mensalidade',
  owed: brl(48_990),
  dueOn: '2026-11-18',
  origin: 'renewal',
  status: 'retrying',
  card: { brand: 'elo', lastFour: '9995' },
  nextOn: '2026-11-21',
  lastOn: '2026-12-03',
  waitsUntil: null,
  then: 'pause',
  attempts: [
    {
      number: 1,
      paymentId: 'p-1',
      madeAt: '2026-11-18T12:00:00Z',
      card: { brand: 'elo', lastFour: '9995' },
      amount: brl(48_990),
      outcome: 'failed',
      failure: 'insufficient_funds',
    },
  ],
};
const said = () => document.body.textContent.replace(/\s+/g, ' ');
const account = (methods: SavedCard[]) =>
  json({ methods, isAutomatic: false, renewals: 0, canAdd: true, retryDays: [3, 5, 7] });

describe('S0.7 an invoice whose customer has a card', () => {
  const open = (collections: Collection[], api: Api = {}) => {
    const invoice = openInvoice();
    return openConsole(`/console/billing/invoices/${invoice.id}`, {
      api: {
        [`GET invoices/${invoice.id}`]: () => json({ invoice }),
        [`GET invoices/${invoice.id}/collections`]: () => json({ data: collections }),
        [`GET billing-accounts/${invoice.billingAccount.id}/payment-methods`]: () => account([card()]),
        ...api,
      },
    });
  };

  it('shows each try, the next one, and what comes then', async () => {
    await open([RETRYING]);
    await eventually(() => expect(said()).toContain('Próxima tentativa em 21/11/2026, no Elo •••• 9995.'));
    for (const words of [
      'Não passou',
      'Renovação',
      'A última seria em 03/12/2026.',
      'Se nada passar, a assinatura fica pausada.',
      'sem limite ou saldo',
    ])
      expect(said()).toContain(words);
  });

  it('is charged by staff, after they were asked', async () => {
    const { id } = openInvoice();
    const page = await open([], { [`POST invoices/${id}/collections`]: () => json({ data: [RETRYING] }, 201) });
    await page.click('Cobrar no cartão');
    await eventually(() => expect(said()).toContain('O Elo •••• 9995 é cobrado agora.'));
    await page.click('Cobrar agora');
    expect(page.called(`POST invoices/${id}/collections`)).toHaveLength(1);
  });

  it('is not charged any more where staff stop that', async () => {
    const { id } = openInvoice();
    const page = await open([RETRYING], { [`POST invoices/${id}/collections/stop`]: () => json({ success: true }) });
    await page.click('Parar');
    await eventually(() => expect(said()).toContain('Parar de cobrar a fatura'));
    await eventually(() => expect(document.querySelector('[role=dialog]')).not.toBeNull());
    [...document.querySelectorAll<HTMLElement>('[role=dialog] button')]
      .find(({ textContent }) => textContent.trim() === 'Parar')!
      .click();
    await eventually(() => expect(page.called(`POST invoices/${id}/collections/stop`)).toHaveLength(1));
  });
});

describe('S0.7 the days between tries', () => {
  const open = (changes: Api = {}) => openConsole('/console/billing/settings', { api: changes });

  it('are sent in their order, and may repeat', async () => {
    const page = await open({
      'PATCH billing-settings': () => json({ billingSettings: billingSettings({ version: 2 }) }),
    });
    await page.type('Dias entre as tentativas', '2, 2, 10');
    await page.choose('Se nenhuma tentativa passar', 'pause');
    await page.click('Salvar');
    expect(page.called('PATCH billing-settings')[0]!.body).toEqual({
      version: 1,
      collectionRetryDays: [2, 2, 10],
      collectionEnd: 'pause',
    });
  });

  it('say what is wrong with them', async () => {
    const page = await open();
    await page.type('Dias entre as tentativas', '0, 31');
    await page.click('Salvar');
    expect(page.text()).toContain('Use até 7 números inteiros, de 1 a 30.');
  });
});
