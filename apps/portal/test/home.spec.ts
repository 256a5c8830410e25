import { describe, expect, it } from 'vitest';
import { eventually, json, listOf, me, openPortal, problem, type Api } from './harness.js';
import { subscription, summary } from './subscriptions.js';
import type { OverviewTicket } from '../src/api/types.js';

const ticket = (id: string, more: Partial<OverviewTicket> = {}): OverviewTicket => ({
  id,
  number: `T-2026-00000${id}`,
  ticketNumber: `T-2026-00000${id}`,
  subject: `Assunto ${id}`,
  title: `Assunto ${id}`,
  source: 'portal',
  status: 'open',
  priority: 'normal',
  type: 'request',
  createdAt: '2026-11-16T18:02:00Z',
  updatedAt: '2026-11-18T11:41:00Z',
  commentCount: 1,
  submittedBy: { id: 'u-1', name: 'Ana Ribeiro' },
  answer: null,
  ...more,
});
const WAITING = ticket('1', {
  status: 'pending',
  submittedBy: { id: 'u-2', name: 'Bruno Costa' },
  answer: { authorName: 'Rafael Nogueira', at: '2026-11-18T11:41:00Z' },
});
const overview = (more: object = {}): Api => ({
  'GET tickets/overview': () =>
    json({ open: 3, openExact: true, waiting: 1, waitingExact: true, tickets: [WAITING, ticket('2')], ...more }),
});
const block = () => document.querySelector('[aria-labelledby="open-tickets"]')!;
const links = () =>
  [...block().querySelectorAll('a')].map((link) => [link.textContent?.trim(), link.getAttribute('href')]);
const badges = () => [...document.querySelectorAll('[data-badge]')].map((badge) => badge.closest('a')?.textContent);

describe('the tickets at home', () => {
  it('have as many rows stand in for them as there were last time, at first the middle of what there can be', async () => {
    const waiting: Api = { 'GET tickets/overview': () => new Promise<Response>(() => {}) };
    const rows = () => [...block().querySelectorAll('[aria-busy="true"] .border-t')].length;
    await openPortal('/', { api: waiting });
    expect(rows()).toBe(3);
    await openPortal('/', { api: overview({ tickets: [WAITING, ticket('2'), ticket('3'), ticket('4')] }) });
    expect(block().querySelectorAll('li')).toHaveLength(4);
    await openPortal('/', { api: waiting });
    expect(rows()).toBe(4);
  });

  it('begin with what waits: who answered, whose it is, and the way to reply', async () => {
    const portal = await openPortal('/', { api: overview() });
    const [first, second] = [...block().querySelectorAll('li')].map((row) => row.textContent);
    expect(first).toMatch(
      /^\s*Assunto 1\s*Rafael Nogueira respondeu .+ · T-2026-000001 · aberto por Bruno Costa\s*Responder/,
    );
    expect(second).toMatch(/^\s*Assunto 2\s*T-2026-000002 · [^·]+Em andamento\s*$/);
    expect(links()).toContainEqual(['Responder', '/tickets/1#reply']);
    expect(links()).toContainEqual(['1 espera por vocês.', '/tickets?show=waiting']);
    expect(block().querySelector('p')?.textContent?.replace(/\s+/g, ' ').trim()).toBe(
      '3 chamados abertos. 1 espera por vocês.',
    );
    expect(portal.called('GET tickets/overview')).toHaveLength(1);
  });

  it('say that more are there than were counted', async () => {
    await openPortal('/', { api: overview({ open: 1_000, openExact: false }) });
    expect(block().textContent).toMatch(/1\.000\+ chamados abertos\./);
  });

  it('say that none is open, and that they did not load', async () => {
    await openPortal('/', { api: overview({ open: 0, waiting: 0, tickets: [] }) });
    expect(block().textContent).toContain('Nenhum chamado aberto');
    // No line is kept for a number that there is not.
    expect(document.querySelector('#open-tickets')!.nextElementSibling).toBeNull();
    expect(badges()).toEqual([]);
    await openPortal('/', { api: { 'GET tickets/overview': () => problem(400, 'refused') } });
    expect(block().textContent).toContain('Os chamados não carregaram');
  });

  it('offer no reply to who may not write', async () => {
    const readsOnly = { 'GET auth/me': () => json(me({ permissions: ['tickets:read_account'] })) };
    await openPortal('/', { api: { ...overview(), ...readsOnly } });
    expect(links().map(([text]) => text)).not.toContain('Responder');
  });
});

describe('the menu', () => {
  it('says on every page how many tickets wait, beside the menu and as a dot above the tabs', async () => {
    await openPortal('/tickets', { api: overview({ waiting: 2 }) });
    expect(badges()).toEqual([
      expect.stringMatching(/^Chamados\s*2 \(2 esperam por vocês\)$/),
      expect.stringMatching(/^\s*Chamados \(2 esperam por vocês\)$/),
    ]);
  });

  it('asks for no number of what somebody may not see', async () => {
    const nothing = { 'GET auth/me': () => json(me({ permissions: ['kb:read'] })) };
    const portal = await openPortal('/', { api: { ...overview(), ...nothing } });
    expect(portal.called('GET tickets/overview')).toEqual([]);
    expect(badges()).toEqual([]);
  });
});

describe('what else waits at home', () => {
  const permissions = (...more: string[]) => ({
    'GET auth/me': () => json(me({ permissions: ['tickets:read_account', ...more] as never })),
  });
  const section = (id: string) =>
    document.querySelector(`[aria-labelledby="${id}"]`)?.textContent?.replace(/\s+/g, ' ').trim();

  it('is a proposal, with what it comes to and until when, and the way to read it', async () => {
    const waiting = { id: 'o-1', number: 'P-1', title: 'Fibra 1 Giga', status: 'sent', validUntil: '2026-12-10' };
    const listed = { ...waiting, total: { amount: 64_990, currency: 'BRL' }, sentAt: null, endedAt: null };
    const api = {
      ...overview(),
      ...permissions('proposals:read'),
      'GET proposals': () => json({ data: [listed], pagination: { next: null, total: 3 } }),
    };
    await openPortal('/', { api });
    expect(section('waiting-proposals')).toBe(
      'Esperando por vocêsFibra 1 GigaR$ 649,90 · válida até 10/12/2026Ler propostaMais 2 propostas',
    );
    const links = document.querySelectorAll('[aria-labelledby="waiting-proposals"] a');
    expect([...links].map((link) => link.getAttribute('href'))).toEqual(['/proposals/o-1', '/proposals?show=sent']);
    await openPortal('/', { api: { ...api, 'GET proposals': () => json(listOf([])) } });
    expect(section('waiting-proposals')).toBeUndefined();
  });

  it('is what is charged next, of the subscription that is charged first', async () => {
    const api = {
      ...overview(),
      ...permissions('subscriptions:read'),
      'GET subscriptions': () =>
        json(
          listOf([
            summary({ id: 's-2', nextRenewalOn: '2026-12-20' }),
            summary({ id: 's-3', nextRenewalOn: '2026-12-01', cancelOn: '2026-12-01' }),
            summary({ id: 's-1', nextRenewalOn: '2026-12-10' }),
          ]),
        ),
      'GET subscriptions/s-1': () => json({ subscription: subscription() }),
    };
    await openPortal('/', { api });
    await eventually(() => expect(section('next-charge')).toContain('Próxima cobrança'));
    expect(section('next-charge')).toContain('R$ 669,50');
    expect(section('next-charge')).toContain('Emitida em 10/12/2026, vence em 25/12/2026.');
    await openPortal('/', { api: { ...api, 'GET subscriptions': () => json(listOf([])) } });
    expect(section('next-charge')).toBeUndefined();
  });
});
