import { createHash } from 'node:crypto';
import type { ProposalCheckFacts, ProposalEvidenceFacts } from '@balcao/api-client';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Proposal } from '../src/api/types.js';
import { eventually, json, me, openPortal, problem, settle, type Api } from './harness.js';
import { reais } from './invoices.js';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-18T12:00:00Z'), toFake: ['Date'] });
  return () => vi.useRealTimers();
});

const DIGEST = 'a'.repeat(64);
const version = { id: 'v-2', number: 2, state: 'sent' as const, total: reais(64_990), sentAt: '2026-11-16T12:00:00Z' };
const party = { name: 'Aurora', legalName: null, taxId: null, address: null, email: null, phone: null };

/** A proposal that waits, of its second version. */
const proposal = (more: Partial<Proposal> = {}): Proposal => ({
  id: 'o-1',
  number: 'P-2026-000214',
  reference: null,
  title: 'Fibra 1 Giga nas duas lojas',
  status: 'sent',
  total: reais(64_990),
  validUntil: '2026-11-30',
  sentAt: version.sentAt,
  endedAt: null,
  version,
  versions: [version, { ...version, id: 'v-1', number: 1, state: 'superseded', total: reais(38_990) }],
  digest: DIGEST,
  issuedOn: '2026-11-16',
  issuer: party,
  customer: { ...party, name: 'Padaria Estrela' },
  contact: { name: 'Lucas Mendes', email: 'lucas@aurora.example' },
  introduction: 'As duas lojas passam a ter 1 Gb/s cada.',
  terms: 'Sem fidelidade.',
  lines: [],
  discount: null,
  subtotal: reais(64_990),
  discounted: reais(0),
  taxes: [],
  outcome: { kind: 'invoice', dueDays: 10, startsOn: null, startWithinDays: null, items: [] },
  startDays: null,
  files: [],
  decision: null,
  invoice: null,
  subscriptionId: null,
  withdrawReason: null,
  daysLeft: 12,
  ...more,
});
const decision = (more: Partial<ProposalEvidenceFacts>): ProposalEvidenceFacts => ({
  kind: 'accepted',
  name: 'Ana Cristina Ribeiro',
  role: null,
  taxId: null,
  signature: 'typed',
  strokes: null,
  startsOn: null,
  reason: null,
  comment: null,
  by: 'session',
  at: '2026-11-18T13:52:07Z',
  ip: '189.40.112.7',
  userAgent: 'Mozilla/5.0',
  device: { browser: 'Chrome', system: 'Android' },
  digest: DIGEST,
  ...more,
});

const DECIDES = ['proposals:read', 'proposals:accept', 'tickets:create'] as const;
const open = (
  more: Partial<Proposal> = {},
  api: Api = {},
  permissions: readonly (typeof DECIDES)[number][] = DECIDES,
) =>
  openPortal('/proposals/o-1', {
    api: {
      'GET auth/me': () => json(me({ permissions: [...permissions] })),
      'GET proposals/o-1': () => json({ proposal: proposal(more), timeZone: 'America/Sao_Paulo' }),
      ...api,
    },
  });
const dialog = () => document.querySelector<HTMLElement>('[role=dialog]')!;
async function pick(name: string, value: string): Promise<void> {
  dialog().querySelector<HTMLInputElement>(`input[name=${name}][value=${value}]`)!.click();
  await settle();
}
async function send(): Promise<void> {
  dialog().querySelector('form')!.requestSubmit();
  await settle();
}

describe('S0.9 a proposal', () => {
  it('says in the list until when it can be decided, on a phone too', async () => {
    const { id, number, reference, title, status, total, validUntil, sentAt, endedAt } = proposal();
    const listed = { id, number, reference, title, status, total, validUntil, sentAt, endedAt };
    const portal = await openPortal('/proposals', {
      api: {
        'GET auth/me': () => json(me({ permissions: ['proposals:read'] })),
        'GET proposals': () =>
          json({ data: [listed, { ...listed, id: 'o-2', status: 'expired' }], pagination: { next: null, total: 2 } }),
      },
    });
    expect(portal.text().match(/válida até 30\/11\/2026/g)).toHaveLength(1);
  });

  it('says what those who propose call it', async () => {
    const portal = await open({ reference: 'OP-4711' });
    expect(portal.text()).toContain('referência OP-4711');
  });

  it('is read with its versions, whom to ask, and how long it can be decided', async () => {
    const portal = await open();
    expect(portal.heading()).toBe('Fibra 1 Giga nas duas lojas');
    for (const words of ['As duas lojas passam a ter', 'Sem fidelidade.', 'Lucas Mendes', 'faltam 12 dias', 'Versão 1'])
      expect(portal.text()).toContain(words);
  });

  it('is accepted by the text that was read, with a typed name', async () => {
    let now = proposal();
    const portal = await open(
      {},
      {
        'GET proposals/o-1': () => json({ proposal: now, timeZone: 'America/Sao_Paulo' }),
        'POST proposals/o-1/accept': () => {
          now = proposal({ status: 'accepted', decision: decision({}), endedAt: '2026-11-18T13:52:07Z' });
          return json({ proposal: now, timeZone: 'America/Sao_Paulo' });
        },
      },
    );
    await portal.click('Aceitar e assinar');
    expect(dialog().querySelectorAll('label svg')).toHaveLength(2);
    await send();
    expect(document.activeElement?.matches('[data-signature]')).toBe(true);
    await pick('signature', 'typed');
    await send();
    expect(portal.called('POST proposals/o-1/accept')).toEqual([]);
    expect(dialog().querySelector('[role=alert]')).not.toBeNull();
    await portal.type('Seu nome completo', ' Ana Cristina Ribeiro ');
    dialog().querySelector<HTMLElement>('[role=checkbox]')!.click();
    await send();
    expect(portal.called('POST proposals/o-1/accept').map(({ body }) => body)).toEqual([
      {
        digest: DIGEST,
        name: 'Ana Cristina Ribeiro',
        taxId: null,
        role: null,
        signature: 'typed',
        strokes: null,
        startsOn: null,
        confirmed: true,
      },
    ]);
    for (const words of ['Prova do aceite', 'Chrome no Android', DIGEST]) expect(portal.text()).toContain(words);
    expect(() => portal.button('Recusar')).toThrow();
  });

  it('begins on the day that who accepts it chooses, where it leaves them one', async () => {
    const chosen: Partial<Proposal> = {
      outcome: { kind: 'subscription', dueDays: null, startsOn: null, startWithinDays: 10, items: [] },
      startDays: { from: '2026-11-18', until: '2026-12-10' },
    };
    const portal = await open(chosen, {
      'POST proposals/o-1/accept': () =>
        json({
          proposal: proposal({ ...chosen, status: 'accepted', decision: decision({ startsOn: '2026-12-01' }) }),
          timeZone: 'America/Sao_Paulo',
        }),
    });
    expect(portal.text()).toContain('A assinatura começa no dia que quem aceita escolhe, até 10/12/2026.');
    await portal.click('Aceitar e assinar');
    await pick('signature', 'typed');
    await portal.type('Seu nome completo', 'Ana Cristina Ribeiro');
    dialog().querySelector<HTMLElement>('[role=checkbox]')!.click();
    expect(portal.field('Dia de início').value).toBe('2026-11-18');
    for (const day of ['2026-11-17', '2026-12-11', '']) {
      await portal.type('Dia de início', day);
      await send();
      expect(dialog().textContent).toContain('Escolha um dia de 18/11/2026 a 10/12/2026.');
    }
    expect(portal.called('POST proposals/o-1/accept')).toEqual([]);
    await portal.type('Dia de início', '2026-12-01');
    await send();
    expect(portal.called('POST proposals/o-1/accept').map(({ body }) => body)).toMatchObject([
      { startsOn: '2026-12-01' },
    ]);
  });

  it('tells in its evidence which day was chosen', async () => {
    const portal = await open({ status: 'accepted', decision: decision({ startsOn: '2026-12-01' }) });
    expect(portal.text()).toContain('Início escolhido01/12/2026');
  });

  it.each([
    ['2026-12-01', 'A assinatura começa em 01/12/2026'],
    ['2026-11-18', 'A assinatura começou'],
  ])('says whether what it brought has begun, or when it will (%s)', async (startsOn, words) => {
    const portal = await open({ status: 'accepted', subscriptionId: 's-1', decision: decision({ startsOn }) });
    expect(portal.text()).toContain(words);
  });

  it('that became another meanwhile is not accepted, and says so where it is signed', async () => {
    const portal = await open(
      {},
      {
        'POST proposals/o-1/accept': () => problem(409, 'proposal_superseded', { detail: 'Há uma versão mais nova.' }),
      },
    );
    await portal.click('Aceitar e assinar');
    await pick('signature', 'typed');
    dialog().querySelector<HTMLElement>('[role=checkbox]')!.click();
    await send();
    await eventually(() => expect(dialog().textContent).toContain('Há uma versão mais nova.'));
  });

  it('S0.10 is rejected with its reason', async () => {
    const portal = await open(
      {},
      {
        'POST proposals/o-1/reject': () =>
          json({
            proposal: proposal({ status: 'rejected', decision: decision({ kind: 'rejected', reason: 'price' }) }),
            timeZone: 'America/Sao_Paulo',
          }),
      },
    );
    await portal.click('Recusar');
    await send();
    expect(dialog().textContent).toContain('Diga o que pesou.');
    await pick('reason', 'price');
    await portal.type('O que faria você aceitar?', 'Até R$ 600,00 fechamos.');
    await send();
    expect(portal.called('POST proposals/o-1/reject').map(({ body }) => body)).toEqual([
      { digest: DIGEST, name: 'Ana Ribeiro', reason: 'price', comment: 'Até R$ 600,00 fechamos.' },
    ]);
  });

  it.each([
    ['Perguntar antes de decidir', undefined, 'Dúvida sobre a proposta P-2026-000214: Fibra 1 Giga nas duas lojas'],
    ['Pedir nova versão', 'Recusar', 'Nova versão da proposta P-2026-000214'],
  ])('is asked about before it is decided: %s', async (link, first, subject) => {
    const portal = await open();
    if (first) {
      await portal.click(first);
      await pick('reason', 'price');
    }
    const push = vi.spyOn(portal.router, 'push');
    [...document.querySelectorAll<HTMLElement>('a')].find(({ textContent }) => textContent.trim() === link)!.click();
    await settle();
    expect(portal.heading()).toBe('Novo chamado');
    expect(push.mock.calls).toEqual([[{ name: 'new-ticket', state: { subject } }]]);
  });

  it('is asked about by mail where nobody may open tickets', async () => {
    const portal = await open({}, {}, ['proposals:read', 'proposals:accept']);
    const link = [...document.querySelectorAll('a')].find(({ textContent }) => textContent.includes('Perguntar'))!;
    expect(link.href).toBe(
      `mailto:lucas@aurora.example?subject=${encodeURIComponent('Dúvida sobre a proposta P-2026-000214: Fibra 1 Giga nas duas lojas')}`,
    );
    expect(portal.text()).toContain('Aceitar e assinar');
  });

  it('is read by who may not decide, who is told that another does', async () => {
    const portal = await open({}, {}, ['proposals:read']);
    expect(() => portal.button('Aceitar e assinar')).toThrow();
    expect(portal.text()).toContain('quem decide é outra pessoa');
  });

  it('shows an earlier version without a way to decide it', async () => {
    const portal = await openPortal('/proposals/o-1?version=v-1', {
      api: {
        'GET auth/me': () => json(me({ permissions: [...DECIDES] })),
        'GET proposals/o-1': () => json({ proposal: proposal(), timeZone: 'America/Sao_Paulo' }),
        'GET proposals/o-1/versions/v-1': () =>
          json({ proposal: proposal({ introduction: 'Só a loja 1.' }), timeZone: 'America/Sao_Paulo' }),
      },
    });
    expect(portal.text()).toContain('Só a loja 1.');
    expect(() => portal.button('Aceitar e assinar')).toThrow();
  });
});

describe('S0.9 the page that says whether a file is the accepted document', () => {
  const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
  const unknown: ProposalCheckFacts = {
    verdict: 'unknown',
    ...{ number: null, version: null, customer: null, acceptedAt: null, acceptedBy: null, timeZone: null },
  };
  const ours = { number: 'P-2026-000214', version: 2, customer: 'Padaria Estrela Ltda' };
  async function choose(file: File, api: Api) {
    const portal = await openPortal('/proposal-check', { api, session: false });
    const picker = document.querySelector<HTMLInputElement>('input[type="file"]')!;
    Object.defineProperty(picker, 'files', { configurable: true, value: [file] });
    picker.dispatchEvent(new Event('change'));
    await settle();
    return portal;
  }

  it.each([
    [
      'is',
      {
        ...ours,
        verdict: 'accepted',
        acceptedBy: 'Ana Cristina Ribeiro',
        acceptedAt: '2026-11-18T13:52:07Z',
        timeZone: 'Asia/Tokyo',
      },
      [
        'É o documento aceito',
        'versão 2, aceita por Ana Cristina Ribeiro em nome de Padaria Estrela Ltda, em 18/11/2026, 22:52',
      ],
    ],
    [
      'was drawn before',
      { ...unknown, ...ours, verdict: 'not_accepted' },
      ['Não é o documento aceito', 'sem nenhum aceite'],
    ],
    ['is none of ours, or was changed', unknown, ['Não é o documento aceito', 'não emitiu este arquivo assim']],
  ] as const)('says so of one that %s, and sends nothing but its SHA-256', async (_, check, words) => {
    const portal = await choose(new File(['%PDF-1.7 ção'], 'P-2026-000214-v2.pdf'), {
      'POST proposal-check': () => json({ check }),
    });
    await eventually(() => expect(portal.text()).toContain(words[0]));
    for (const each of [...words, digestOf('%PDF-1.7 ção'), 'P-2026-000214-v2.pdf'])
      expect(portal.text()).toContain(each);
    expect(portal.called('POST proposal-check').map(({ body }) => body)).toEqual([
      { sha256: digestOf('%PDF-1.7 ção') },
    ]);
    await portal.click('Conferir outro');
    expect(portal.text()).toContain('O arquivo não sai do seu aparelho');
  });

  it('says of one that cannot be read, or is too large, what is wrong, and asks nothing', async () => {
    const broken = new File(['x'], 'a.pdf');
    Object.defineProperty(broken, 'arrayBuffer', { value: () => Promise.reject(new Error('gone')) });
    const portal = await choose(broken, {});
    await eventually(() => expect(portal.text()).toContain('não conseguiu ler o arquivo'));
    const large = new File(['x'], 'b.pdf');
    Object.defineProperty(large, 'size', { value: 50 * 1024 * 1024 + 1 });
    const other = await choose(large, {});
    await eventually(() => expect(other.text()).toContain('passa de 50 MB'));
    expect(other.called('POST proposal-check')).toEqual([]);
  });

  it('asks somebody who asks too often to wait', async () => {
    const portal = await choose(new File(['x'], 'a.pdf'), {
      'POST proposal-check': () => problem(429, 'rate_limited', { detail: 'Espere um pouco.' }),
    });
    await eventually(() => expect(document.querySelector('[role=alert]')).not.toBeNull());
    expect(portal.text()).not.toContain('documento aceito');
  });

  it('is led to from the evidence', async () => {
    await open({ status: 'accepted', decision: decision({}) });
    expect(document.querySelector('a[href="/proposal-check"]')).not.toBeNull();
  });
});

describe('a proposal by its link', () => {
  const TOKEN = 'AaIh0TfKdK6MvSE23BRsAg.HyiBdDF64I15-4YToXWXJ1igziUN17LyRwUI_8mj0_s';
  const byLink = (api: Api) => openPortal(`/proposal#token=${TOKEN}`, { api, session: false });

  it('is read and rejected without signing in, by who says their name', async () => {
    const portal = await byLink({
      'GET proposal-link': () => json({ proposal: proposal(), timeZone: 'America/Sao_Paulo' }),
      'POST proposal-link/reject': () =>
        json({
          proposal: proposal({
            status: 'rejected',
            decision: decision({ kind: 'rejected', name: 'Rui Castro', reason: 'other', by: 'link' }),
          }),
          timeZone: 'America/Sao_Paulo',
        }),
    });
    expect(portal.heading()).toBe('Fibra 1 Giga nas duas lojas');
    expect(portal.called('GET proposal-link')[0]!.headers.get('x-balcao-proposal-link')).toBe(TOKEN);
    await portal.click('Recusar');
    await send();
    expect((document.activeElement as HTMLInputElement).name).toBe('reason');
    await pick('reason', 'other');
    await portal.type('Seu nome completo', 'Rui Castro');
    await send();
    expect(portal.called('POST proposal-link/reject').map(({ body }) => body)).toEqual([
      { digest: DIGEST, name: 'Rui Castro', reason: 'other', comment: null },
    ]);
    expect(portal.text()).toContain('Recusada por Rui Castro');
    expect(portal.called('GET auth/me')).toHaveLength(0);
  });

  it('tells when it was accepted by the clock that its signed PDF goes by, that of the organization', async () => {
    const accepted = proposal({ status: 'accepted', decision: decision({ by: 'link' }) });
    const portal = await byLink({ 'GET proposal-link': () => json({ proposal: accepted, timeZone: 'Asia/Tokyo' }) });
    expect(portal.text()).toContain('18/11/2026, 22:52');
  });

  it('that opens nothing says so', async () => {
    const portal = await byLink({ 'GET proposal-link': () => problem(403, 'proposal_link_expired') });
    expect(portal.text()).not.toContain('Fibra 1 Giga');
    expect(portal.heading()).toBe('Este link não abre mais');
  });
});
