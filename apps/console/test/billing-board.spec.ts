import { csv, keptFiles } from '@balcao/ui/testing';
import { describe, expect, it } from 'vitest';
import { share, ticksAround, ticksUpTo } from '../src/components/charts/scale.js';
import { json, openConsole } from './harness.js';
import { receivables, reportMonth } from './report-facts.js';

const brl = (amount: number) => ({ amount, currency: 'BRL' });
/** Elements stand side by side without a space between their texts. */
const squeezed = (text: string) => text.replace(/\s+/g, '');
const spaced = (text: string) => text.replace(/\s+/g, ' ');

const report = receivables({
  ageing: [
    { upTo: 'current', owed: brl(10_000), invoices: 2 },
    { upTo: '30', owed: brl(5_000), invoices: 1 },
  ],
  overdueBefore: brl(2_000),
  months: [
    reportMonth('2026-10-01', {
      ...{ invoices: 2, invoiced: brl(20_000), received: brl(15_000), open: brl(5_000), overdue: brl(5_000) },
      ...{ fellDue: brl(20_000), collected: brl(15_000), daysToPay: 7.6 },
    }),
    reportMonth('2026-11-01', { invoices: 1, invoiced: brl(10_000), open: brl(10_000), daysToPay: 6.4 }),
  ],
});
const board = (more = {}) =>
  openConsole('/console/billing', {
    api: {
      'GET reports/receivables': () => json(report),
      'GET reports/payment-mix': () =>
        json({
          currency: 'BRL',
          ways: [
            { way: 'pix', amount: brl(11_250), payments: 3 },
            { way: 'cash', amount: brl(3_750), payments: 1 },
          ],
        }),
      ...more,
    },
  });

describe('the board of billing', () => {
  it('says what is owed, what of it is late and whether that is more than before', async () => {
    const text = squeezed((await board()).text());
    for (const tile of [
      'A receber R$ 150,00 3 faturas em aberto',
      'Vencido R$ 50,00 R$ 30,00 a mais que no início do mês',
      'Recebido do que venceu 75% das faturas de 2 meses',
      'Prazo médio de recebimento 6,4 dias 1,2 dias a menos que em outubro de 2026',
      '16 a 30 dias',
    ])
      expect(text).toContain(squeezed(tile));
    expect(document.querySelector('a[href="/console/billing/invoices?view=overdue"]')).not.toBeNull();
  });

  it('draws each month, and shows the table that the chart is drawn from, with its file', async () => {
    const files = keptFiles();
    const page = await board({ 'GET reports/receivables/export': () => csv('mes') });
    const chart = document.querySelector('svg[role="img"]')!;
    expect(chart.getAttribute('aria-label')).toBe('Gráfico do que foi faturado em 2 meses');
    expect([...chart.querySelectorAll('title')].map(({ textContent }) => spaced(textContent!))).toEqual([
      'outubro de 2026: R$ 150,00 recebidos, R$ 50,00 em aberto',
      'novembro de 2026: R$ 0,00 recebidos, R$ 100,00 em aberto',
    ]);
    await page.click('Ver tabela');
    const rows = [...document.querySelectorAll('tbody tr')].map((row) => spaced(row.textContent!));
    expect(rows[0]).toContain('outubro de 2026');
    expect(rows[0]).toContain('200,00');
    expect(rows[0]).toContain('75%');
    expect(rows[1]).toContain('–');
    await page.click('Exportar CSV');
    expect(Object.fromEntries(page.called('GET reports/receivables/export')[0]!.query)).toEqual({ months: '12' });
    expect(files).toHaveLength(1);
  });

  it('says how customers pay, in parts of all that came', async () => {
    const text = squeezed((await board()).text());
    expect(text).toContain(squeezed('R$ 150,00 em 2 meses'));
    expect(text).toContain(squeezed('PIX R$ 112,50 75% Dinheiro R$ 37,50 25%'));
  });

  it('goes as far back as its address says, in the currency that it says', async () => {
    const page = await openConsole('/console/billing?months=24&currency=USD');
    expect(Object.fromEntries(page.called('GET reports/receivables').at(-1)!.query)).toEqual({
      months: '24',
      currency: 'USD',
    });
    expect(Object.fromEntries(page.called('GET reports/payment-mix').at(-1)!.query)).toEqual({
      months: '24',
      currency: 'USD',
    });
  });

  it('says so where there is nothing yet', async () => {
    const page = await openConsole('/console/billing');
    expect(page.text()).toContain('Nenhuma fatura foi aberta neste período.');
    expect(page.text()).toContain('Nada está vencido.');
    expect(page.text()).toContain('Nada entrou neste período.');
    expect(document.querySelector('svg[role="img"]')).toBeNull();
  });

  it('gives accountants the entries of the month before, or of the days they ask for', async () => {
    const files = keptFiles();
    const page = await board({ 'GET ledger/entries/export': () => csv('data') });
    await page.click('Para a contabilidade');
    await page.click('Exportar CSV');
    const asked = Object.fromEntries(page.called('GET ledger/entries/export')[0]!.query);
    expect(asked['from']).toMatch(/-01$/);
    expect(asked['to']! > asked['from']!).toBe(true);
    expect(files.map(({ name }) => name)).toEqual([`lancamentos-${asked['from']}-${asked['to']}.csv`]);
  });
});

describe('a scale', () => {
  it.each([
    [0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [7, [0, 2, 4, 6, 8]],
    [243, [0, 50, 100, 150, 200, 250]],
    [1_000, [0, 200, 400, 600, 800, 1_000]],
    [12_345_678, [0, 2_500_000, 5_000_000, 7_500_000, 10_000_000, 12_500_000]],
  ])('up to %d has round steps, and room for all of it', (most, ticks) => {
    ticksUpTo(most).forEach((tick, place) => expect(tick).toBeCloseTo(ticks[place]!));
    expect(ticksUpTo(most)).toHaveLength(ticks.length);
  });

  it('of what moves little begins near it, and of what moves much at zero', () => {
    expect(ticksAround([169, 180, 211])).toEqual([160, 170, 180, 190, 200, 210, 220]);
    expect(ticksAround([10, 100])).toEqual([0, 20, 40, 60, 80, 100]);
    expect(ticksAround([100, 100])[0]).toBe(0);
  });

  it('knows a part of nothing', () => {
    expect(share(0, 0)).toBe('0%');
    expect(share(3, 8)).toBe('37.5%');
  });
});
