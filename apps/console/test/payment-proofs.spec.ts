import { describe, expect, it } from 'vitest';
import type { PaymentProof } from '../src/data/payment-proofs.js';
import { json, listOf, me, openConsole, type Api } from './harness.js';
import { openInvoice, summaryOf } from './invoice-facts.js';

const brl = (amount: number) => ({ amount, currency: 'BRL' });
const proof = (more: Partial<PaymentProof> = {}): PaymentProof => ({
  id: 'f-1',
  status: 'open',
  fileName: 'comprovante.jpg',
  mediaType: 'image/jpeg',
  bytes: 217_088,
  paidOn: '2026-11-17',
  amount: brl(9_000),
  method: 'transfer',
  note: 'Conta da loja 2',
  pausedUntil: '2026-11-23',
  sentBy: 'Ana Ribeiro',
  sentAt: '2026-11-18T12:00:00Z',
  decidedAt: null,
  reason: null,
  billingAccount: { id: 'b-1', name: 'Padaria Estrela' },
  invoice: summaryOf(openInvoice()),
  meanwhile: null,
  decidedBy: null,
  ...more,
});
const url = '/files/x?signature=y';
const file = { url, name: 'comprovante.jpg', mediaType: 'image/jpeg', bytes: 217_088, previewUrl: url };
const open = (facts = proof(), more: Api = {}) =>
  openConsole('/console/billing/proofs/f-1', {
    api: {
      'GET payment-proofs/f-1': () => json({ proof: facts }),
      'GET payment-proofs/f-1/file': () => json({ file }),
      ...more,
    },
  });

describe('the queue of proofs', () => {
  it('has what waits, then what was decided, and says what became of an invoice meanwhile', async () => {
    const page = await openConsole('/console/billing/proofs', {
      api: { 'GET payment-proofs': () => json(listOf([proof(), proof({ id: 'f-2', meanwhile: 'paid' })])) },
    });
    expect(page.text()).toContain('Fatura já paga');
    await page.click('Conferidos');
    expect(page.called('GET payment-proofs').at(-1)!.query.get('status')).toBe('decided');
  });
});

describe('a proof', () => {
  it('is shown as a picture beside its invoice, and as a way to its file where it is none', async () => {
    const page = await open();
    expect(document.querySelector('img[alt="Comprovante enviado por Ana Ribeiro"]')?.getAttribute('src')).toBe(
      file.url,
    );
    expect(page.text()).toContain('Conta da loja 2');
    const drawn = { ...file, name: 'comprovante.pdf', mediaType: 'application/pdf', previewUrl: '/files/x-page' };
    const answering = (answer: object) => ({ 'GET payment-proofs/f-1/file': () => json({ file: answer }) });
    const pdf = await open(proof({ mediaType: 'application/pdf' }), answering(drawn));
    const page1 = document.querySelector('img[alt="Primeira página do PDF enviado por Ana Ribeiro"]');
    expect(page1?.getAttribute('src')).toBe('/files/x-page');
    expect(pdf.text()).toContain('Só a primeira página é mostrada aqui');
    const none = await open(proof({ mediaType: 'application/pdf' }), answering({ ...drawn, previewUrl: null }));
    expect(none.text()).toContain('Este PDF não pôde ser mostrado aqui.');
    expect(document.querySelector('main img')).toBeNull();
  });

  it('is accepted as whoever looked at it confirms it', async () => {
    const page = await open(proof(), {
      'POST payment-proofs/f-1/accept': () => json({ proof: proof({ status: 'accepted', decidedBy: 'Lívia' }) }),
    });
    await page.click('Aceitar');
    expect(page.field('Valor, em BRL').value).toBe('90,00');
    await page.click('Registrar');
    expect(page.called('POST payment-proofs/f-1/accept')[0]!.body).toEqual({
      amount: 9_000,
      method: 'transfer',
      receivedOn: '2026-11-17',
      reference: null,
    });
  });

  it('of what nothing is owed any more is taken as credit', async () => {
    const page = await open(proof({ meanwhile: 'voided' }), {
      'POST payment-proofs/f-1/accept': () => json({ proof: proof({ status: 'accepted' }) }),
    });
    expect(page.text()).toContain('Enquanto isso, a fatura foi anulada');
    await page.click('Aceitar como crédito');
    await page.click('Registrar');
    expect(page.called('POST payment-proofs/f-1/accept')[0]!.body).toMatchObject({ asCredit: true });
  });

  it('is refused with a reason', async () => {
    const page = await open(proof(), {
      'POST payment-proofs/f-1/refuse': () => json({ proof: proof({ status: 'refused', reason: 'x' }) }),
    });
    await page.click('Recusar');
    await page.type('Motivo', 'É de outra empresa.');
    document.querySelector<HTMLFormElement>('[role="dialog"] form')!.requestSubmit();
    await expect.poll(() => page.called('POST payment-proofs/f-1/refuse')).toHaveLength(1);
    expect(page.called('POST payment-proofs/f-1/refuse')[0]!.body).toEqual({ reason: 'É de outra empresa.' });
  });

  it('is only looked at by who may not write payments', async () => {
    const agent = me();
    const page = await open(proof(), {
      'GET auth/me': () => json({ ...agent, permissions: agent.permissions.filter((one) => one !== 'payments:write') }),
    });
    expect(page.text()).toContain('Conta da loja 2');
    expect(page.text()).not.toContain('Recusar');
  });
});

describe('an invoice', () => {
  it('has its proofs and its disputes beside it', async () => {
    const page = await openConsole('/console/billing/invoices/i-1', {
      api: {
        'GET invoices/i-1': () => json({ invoice: openInvoice() }),
        'GET payment-proofs': () => json(listOf([proof()])),
        'GET invoices/i-1/disputes': () =>
          json({
            data: [
              {
                id: 't-1',
                number: 'T-2026-000123',
                subject: 'x',
                status: 'open',
                isOpen: true,
                canRead: true,
                createdAt: '2026-11-18T12:00:00Z',
              },
            ],
          }),
      },
    });
    expect(page.text()).toContain('Comprovante de Ana Ribeiro');
    expect(page.text()).toContain('T-2026-000123');
  });
});
