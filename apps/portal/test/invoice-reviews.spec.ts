import { beforeEach, describe, expect, it, vi } from 'vitest';
import { json, me, openPortal, problem, settle, type Api } from './harness.js';
import { due, invoice, proof, reais, summary, LATE } from './invoices.js';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-18T12:00:00Z'), toFake: ['Date'] });
  return () => vi.useRealTimers();
});

const proofs = (...all: ReturnType<typeof proof>[]): Api => ({
  'GET invoices/i-1/proofs': () =>
    json({
      proofs: all,
      pauses: all.some(({ status }) => status === 'open')
        ? [{ reason: 'proof', since: '2026-11-18T12:00:00Z', until: '2026-11-23' }]
        : [],
      wouldPauseUntil: '2026-11-23',
    }),
});
const open = (api: Api = {}, more: Parameters<typeof invoice>[0] = {}) =>
  openPortal('/invoices/i-1', { api: { 'GET invoices/i-1': () => json({ invoice: invoice(more) }), ...api } });

/** Chooses a file, as a telephone hands it over. */
async function choose(file: File): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('[data-proof]')!;
  Object.defineProperty(input, 'files', { value: [file], configurable: true });
  input.dispatchEvent(new Event('change'));
  await settle();
}

describe('a proof of payment', () => {
  it('is a file, which is brought at once, and what is said of it', async () => {
    const portal = await open({
      'POST invoices/i-1/proofs': () => json({ proof: proof({ status: 'uploaded', sentAt: null }) }, 201),
      'POST invoices/i-1/proofs/f-1/send': () => json({ proof: proof() }),
    });
    await portal.click('Já paguei');
    expect(portal.text()).toContain('Os lembretes param até 23/11/2026.');
    await choose(new File(['%PDF-'], 'comprovante.pdf', { type: 'application/pdf' }));
    expect(portal.called('POST invoices/i-1/proofs')[0]!.query.get('fileName')).toBe('comprovante.pdf');
    await portal.type('Valor', '842,08');
    await portal.click('Enviar comprovante');
    expect(portal.called('POST invoices/i-1/proofs/f-1/send')[0]!.body).toEqual({
      paidOn: '2026-11-18',
      amount: 84_208,
      method: null,
      note: null,
    });
    expect(portal.text()).toContain('Comprovante enviado');
  });

  it('is not sent without its file, and what is no proof is refused before it is brought', async () => {
    const portal = await open();
    await portal.click('Já paguei');
    await portal.click('Enviar comprovante');
    expect(portal.text()).toContain('Fotografe o comprovante ou escolha o arquivo.');
    await choose(new File(['<html>'], 'x.html', { type: 'text/html' }));
    expect(portal.text()).toContain('Envie uma foto (JPEG, PNG ou WebP) ou um PDF.');
    expect(portal.called('POST invoices/i-1/proofs')).toEqual([]);
  });

  it('that was refused on its way says why at the file', async () => {
    const portal = await open({ 'POST invoices/i-1/proofs': () => problem(429, 'rate_limited') });
    await portal.click('Já paguei');
    await choose(new File(['%PDF-'], 'x.pdf', { type: 'application/pdf' }));
    expect(document.querySelector('[data-field="proofId"]')?.hasAttribute('data-invalid')).toBe(true);
  });

  it('that waits is told, offers no second one, and can be taken back by its sender', async () => {
    let now = [proof()];
    const portal = await open({
      'GET invoices/i-1/proofs': () => json({ proofs: now, pauses: [], wouldPauseUntil: null }),
      'POST invoices/i-1/proofs/f-1/withdraw': () => {
        now = [proof({ status: 'withdrawn' })];
        return json({ proof: now[0] });
      },
    });
    expect(portal.text()).toContain('Seu comprovante está em conferência desde 18/11/2026.');
    expect(portal.text()).not.toContain('Já paguei');
    await portal.click('Retirar comprovante');
    await portal.click('Retirar');
    expect(portal.called('POST invoices/i-1/proofs/f-1/withdraw')).toHaveLength(1);
    expect(portal.text()).toContain('Já paguei');
  });

  it('of a colleague is told, and is theirs to take back', async () => {
    const portal = await open(proofs(proof({ mine: false, sentBy: 'Bruno' })));
    expect(portal.text()).toContain('Bruno enviou um comprovante, em conferência desde 18/11/2026.');
    expect(portal.text()).toContain('Os lembretes esperam até 23/11/2026.');
    expect(portal.text()).not.toContain('Retirar comprovante');
    expect(portal.text()).toContain('Já paguei');
  });

  it('that was refused says why, as long as something is owed', async () => {
    const refused = proofs(proof({ status: 'refused', reason: 'É de outra empresa.' }));
    expect((await open(refused)).text()).toContain('Motivo: É de outra empresa.');
    const paid = { status: 'paid', owed: reais(0), amountDue: reais(0) } as const;
    expect((await open(refused, paid)).text()).not.toContain('É de outra empresa.');
  });

  it('is offered to who may pay, of what is owed', async () => {
    const reader = () => json(me({ permissions: ['invoices:read'] }));
    expect((await open({ 'GET auth/me': reader })).text()).not.toContain('Já paguei');
    const paid = { status: 'paid', owed: reais(0), amountDue: reais(0) } as const;
    expect((await open({}, paid)).text()).not.toContain('Já paguei');
  });
});

describe('a dispute', () => {
  const dispute = { id: 't-1', number: 'T-2026-000123', subject: 'x', status: 'open', isOpen: true, canRead: true };

  it('names lines and why, and leads to its ticket', async () => {
    const portal = await open({
      'POST invoices/i-1/disputes': () =>
        json({ dispute: { ...dispute, createdAt: '2026-11-18T12:00:00Z', canRead: false }, isNew: true }, 201),
    });
    await portal.click('Há algo errado nesta cobrança');
    const boxes = [...document.querySelectorAll<HTMLElement>('fieldset [role="checkbox"]')];
    expect(boxes).toHaveLength(3);
    boxes[2]!.click();
    await portal.type('Por quê', 'Usamos um ponto, não dois.');
    await portal.type('Valor que você acha certo', '74,95');
    await portal.click('Abrir contestação');
    expect(portal.called('POST invoices/i-1/disputes')[0]!.body).toEqual({
      lineIds: ['l-3'],
      expectedAmount: 7_495,
      reason: 'Usamos um ponto, não dois.',
    });
    expect(portal.text()).toContain('Chamado T-2026-000123 aberto.');
  });

  it('that is open is told, and no second one offered', async () => {
    const portal = await open({
      'GET invoices/i-1/disputes': () => json({ data: [{ ...dispute, createdAt: '2026-11-18T12:00:00Z' }] }),
    });
    expect(portal.text()).toContain('Chamado T-2026-000123, aberto em 18/11/2026.');
    expect(portal.text()).not.toContain('Há algo errado nesta cobrança');
  });

  it('is not there where the portal has no tickets', async () => {
    const portal = await open({ 'GET auth/me': () => json(me({ features: { tickets: false } })) });
    expect(portal.text()).not.toContain('Há algo errado nesta cobrança');
    expect(portal.called('GET invoices/i-1/disputes')).toEqual([]);
  });
});

describe('at home', () => {
  it('nobody presses for what is looked at', async () => {
    const sums = { owed: reais(81_940), invoices: 1, overdue: reais(81_940), overdueInvoices: 1 };
    const portal = await openPortal('/', {
      api: {
        'GET invoices/overview': () => json({ due: [due(sums)], invoices: [{ ...summary(LATE), review: 'proof' }] }),
      },
    });
    expect(portal.text()).toContain('Em conferência');
    expect(portal.text()).not.toContain('Uma venceu');
    expect(portal.text()).not.toContain('Vencida há');
  });
});
