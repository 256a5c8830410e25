import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InboxItem, Ticket, TicketEvent } from '../src/data/types.js';
import { eventually, inboxOf, json, listOf, me, openConsole, problem, settle, type Api, type Call } from './harness.js';
import { hearLive, tell } from './live.js';

const item = (id: string, more: Partial<InboxItem> = {}): InboxItem => ({
  id,
  number: `T-2026-00000${id}`,
  subject: `Assunto ${id}`,
  status: 'open',
  priority: 'normal',
  type: 'incident',
  createdAt: '2026-11-16T18:02:00Z',
  updatedAt: '2026-11-18T11:41:00Z',
  lastActivityAt: '2026-11-18T11:41:00Z',
  turn: null,
  submittedBy: { id: 'u-1', name: 'Ana Ribeiro' },
  billingAccount: { id: 'b-1', name: 'Padaria Estrela' },
  assignee: { id: 's-1', name: 'Rafael Nogueira', suspended: false },
  snippet: 'Seguem as fotos.',
  snippetBy: { authorType: 'portal', authorName: 'Ana Ribeiro', mine: false, isPublic: true },
  source: 'portal',
  commentCount: 1,
  ...more,
});
const ticket = (id: string, more: Partial<Ticket> = {}): Ticket => ({
  ...item(id),
  description: 'A internet cai às 14h.',
  submittedBy: { id: 'u-1', name: 'Ana Ribeiro', email: 'ana@padaria.example', status: 'active' },
  resolvedAt: null,
  closedAt: null,
  invoice: null,
  closesAt: null,
  version: 1,
  externalTicketId: null,
  externalTicketUrl: null,
  history: [],
  olderComments: false,
  comments: [
    {
      id: 'c-1',
      body: 'Parece calor.',
      authorType: 'staff',
      authorId: 's-2',
      mine: false,
      authorName: 'Lívia Prado',
      isPublic: false,
      createdAt: '2026-11-18T11:30:00Z',
      editedAt: null,
      removed: false,
      canChange: false,
    },
  ],
  ...more,
});
const staff = [
  { id: 's-1', name: 'Rafael Nogueira', email: 'r@aurora.example', role: 'agent', status: 'active' },
  { id: 's-2', name: 'Lívia Prado', email: 'l@aurora.example', role: 'agent', status: 'active' },
];

/** An API that remembers what happened to ticket 1. */
function working(more: Api = {}): Api {
  let now = ticket('1');
  return {
    'GET tickets': () => json(inboxOf([item('1'), item('2')])),
    'GET tickets/1': () => json({ ticket: now }),
    'GET tickets/2': () => json({ ticket: ticket('2') }),
    'GET staff': () => json(listOf(staff)),
    'PATCH tickets/1': ({ body }) => {
      const { version: _seen, ...change } = body as Partial<Ticket>;
      now = { ...now, ...change, version: now.version + 1 };
      return json({ ticket: now });
    },
    'POST tickets/1/comments': ({ body }) => {
      const comment = { ...now.comments[0]!, mine: true, id: `c-${now.comments.length + 1}`, ...(body as object) };
      now = { ...now, comments: [...now.comments, comment], version: now.version + 1 };
      return json({ comment }, 201);
    },
    ...more,
  };
}
const menu = () => [...document.querySelectorAll<HTMLElement>('[role="menuitemcheckbox"]')];
async function pick(label: string): Promise<void> {
  menu()
    .find((entry) => entry.textContent?.trim() === label)!
    .click();
  await settle();
}
const textarea = () => document.querySelector<HTMLTextAreaElement>('form textarea')!;
async function write(text: string): Promise<void> {
  textarea().value = text;
  textarea().dispatchEvent(new Event('input', { bubbles: true }));
  await settle();
}

describe('the list', () => {
  it('begins with one’s own and asks for what the address says', async () => {
    const page = await openConsole('/console/inbox', { api: working() });
    expect(Object.fromEntries(page.called('GET tickets')[0]!.query)).toEqual({ view: 'mine', page: '1', limit: '25' });
    const other = await openConsole(
      '/console/inbox?view=open&status=pending&type=incident&q=modem&page=2&sort=-priority',
      {
        api: working(),
      },
    );
    expect(Object.fromEntries(other.called('GET tickets')[0]!.query)).toEqual({
      view: 'open',
      status: 'pending',
      type: 'incident',
      q: 'modem',
      sort: '-priority',
      page: '2',
      limit: '25',
    });
  });

  it('says whose the last message is, and that a note is one', async () => {
    const by = { authorType: 'staff', authorName: 'Rafael Nogueira', mine: false, isPublic: true } as const;
    const tickets = [
      item('1', { snippet: 'do cliente' }),
      item('2', { snippet: 'da equipe', snippetBy: by }),
      item('3', { snippet: 'minha', snippetBy: { ...by, mine: true } }),
      item('4', { snippet: 'interna', snippetBy: { ...by, isPublic: false } }),
      item('5', { snippet: 'interna minha', snippetBy: { ...by, mine: true, isPublic: false } }),
    ];
    await openConsole('/console/inbox', { api: { ...working(), 'GET tickets': () => json(inboxOf(tickets)) } });
    const rows = [...document.querySelectorAll('[data-ticket]')].map((row) => row.textContent!.replace(/\s+/g, ' '));
    expect(rows[0]).toMatch(/Assunto 1.*do cliente/);
    expect(rows[0]).not.toMatch(/Você|Rafael|Nota/);
    expect(rows[1]).toContain('Rafael Nogueira: da equipe');
    expect(rows[2]).toContain('Você: minha');
    expect(rows[3]).toContain('Nota de Rafael Nogueira: interna');
    expect(rows[4]).toContain('Nota sua: interna minha');
  });

  it('marks where the customer waits, whoever wrote last', async () => {
    const rows = [item('1', { turn: 'staff' }), item('2', { turn: 'customer' })];
    await openConsole('/console/inbox', { api: working({ 'GET tickets': () => json(inboxOf(rows)) }) });
    const marks = [...document.querySelectorAll('[data-ticket]')].map((row) =>
      row.textContent!.includes('Espera resposta'),
    );
    expect(marks).toEqual([true, false]);
  });

  it('keeps the view in the address, from the first page', async () => {
    const page = await openConsole('/console/inbox?page=3', { api: working() });
    await page.click('Sem responsável 0');
    expect(page.path()).toBe('/console/inbox?view=unassigned');
  });

  it('tells nothing of mine from no match', async () => {
    const mine = await openConsole('/console/inbox');
    expect(mine.text()).toContain('Nenhum chamado com você');
    const noMatch = await openConsole('/console/inbox?view=all&status=closed');
    await noMatch.click('Limpar filtros');
    expect(noMatch.path()).toBe('/console/inbox?view=all');
  });

  it('is walked through with J and K, and each ticket gets the focus', async () => {
    const page = await openConsole('/console/inbox?view=all', { api: working() });
    await page.press('j');
    expect(page.path()).toBe('/console/inbox/1?view=all');
    await page.press('j');
    expect(page.path()).toBe('/console/inbox/2?view=all');
    expect(document.activeElement?.textContent).toBe('Assunto 2');
    await page.press('k');
    expect(page.path()).toBe('/console/inbox/1?view=all');
  });

  it('leaves letters alone where they are switched off or somebody types', async () => {
    const page = await openConsole('/console/inbox/1', { api: working() });
    textarea().focus();
    await page.press('j');
    expect(page.path()).toBe('/console/inbox/1');
    localStorage.setItem('balcao-console-letter-keys', 'off');
    const off = await openConsole('/console/inbox', { api: working() });
    await off.press('j');
    expect(off.path()).toBe('/console/inbox');
  });
});

describe('the conversation', () => {
  it('marks what only the team sees', async () => {
    await openConsole('/console/inbox/1', { api: working() });
    const notes = [...document.querySelectorAll('article')].filter((one) => one.textContent?.includes('Nota interna'));
    expect(notes.map((note) => note.textContent)).toEqual([expect.stringContaining('Parece calor.')]);
  });

  it('sends an answer in public and a note in private, from two texts', async () => {
    const page = await openConsole('/console/inbox/1', { api: working() });
    await page.press('r');
    await write('Levamos um suporte amanhã.');
    (document.activeElement as HTMLElement).blur();
    await page.press('n');
    expect(textarea().value).toBe('');
    expect(page.text()).toContain('Só a equipe vê');
    await write('Falta o suporte no estoque.');
    await page.click('Salvar nota');
    await page.click('Resposta rascunho');
    expect(textarea().value).toBe('Levamos um suporte amanhã.');
    await page.click('Enviar');
    expect(page.called('POST tickets/1/comments').map(({ body }) => body)).toEqual([
      { body: 'Falta o suporte no estoque.', isPublic: false },
      { body: 'Levamos um suporte amanhã.', isPublic: true, version: 2 },
    ]);
    expect(textarea().value).toBe('');
  });

  it('keeps the focus once it is sent, and leaves it with whoever has gone elsewhere meanwhile', async () => {
    const api = working();
    let arrive = () => {};
    const waiting = (call: Call) =>
      new Promise<Response>((resolve) => {
        arrive = () => resolve(api['POST tickets/1/comments']!(call));
      });
    const page = await openConsole('/console/inbox/1', { api: { ...api, 'POST tickets/1/comments': waiting } });
    const send = async (focused: HTMLElement) => {
      await write('Bom dia, Ana.');
      await page.click('Enviar');
      focused.focus();
      arrive();
      await settle();
      return document.activeElement;
    };
    expect(await send(page.button('Enviar'))).toBe(textarea());
    const heading = document.querySelector<HTMLElement>('h1')!;
    expect(await send(heading)).toBe(heading);
  });

  it('keeps the text when it is refused, and over a change of ticket', async () => {
    const page = await openConsole('/console/inbox/1', {
      api: working({ 'POST tickets/1/comments': () => problem(409, 'ticket_closed', { detail: 'Está encerrado.' }) }),
    });
    await write('Bom dia, Ana.');
    await page.click('Enviar');
    expect(page.alert()).toBe('Está encerrado.');
    expect(textarea().value).toBe('Bom dia, Ana.');
    await page.router.push('/console/inbox/2');
    await settle();
    expect(textarea().value).toBe('');
    await page.router.push('/console/inbox/1');
    await settle();
    expect(textarea().value).toBe('Bom dia, Ana.');
  });

  it('keeps both texts through a reload', async () => {
    const page = await openConsole('/console/inbox/1', { api: working() });
    await write('Bom dia, Ana.');
    await page.click('Nota interna');
    await write('Falta o suporte.');
    const again = await openConsole('/console/inbox/1', { api: working() });
    expect(textarea().value).toBe('Bom dia, Ana.');
    await again.click('Nota interna rascunho');
    expect(textarea().value).toBe('Falta o suporte.');
  });

  it.each([
    ['an answer', 'Resposta', 'Enviar'],
    ['a note', 'Nota interna', 'Salvar nota'],
  ])('asks again for what became of %s that is seen to have arrived', async (_what, mode, button) => {
    const api = working();
    const arrive = api['POST tickets/1/comments']!;
    let first = true;
    const page = await openConsole('/console/inbox/1', {
      api: {
        ...api,
        'POST tickets/1/comments': async (call) => {
          if (!first) return json({ comment: {} }, 201);
          first = false;
          await arrive(call);
          throw new TypeError('Failed to fetch');
        },
      },
    });
    if (mode !== 'Resposta') await page.click(mode);
    await write('Bom dia, Ana.');
    await page.click(button);
    await settle();
    const sent = page.called('POST tickets/1/comments');
    expect(sent.map(({ body }) => body)).toEqual([sent[0]!.body, sent[0]!.body]);
    expect(sent[1]!.headers.get('idempotency-key')).toBe(sent[0]!.headers.get('idempotency-key'));
    expect(textarea().value).toBe('');
    expect(page.text()).toContain('Sua mensagem já tinha chegado.');
  });

  it.each([
    ['an answer', 'Resposta', 'Enviar'],
    ['a note', 'Nota interna', 'Salvar nota'],
  ])('does not send %s again where the page was left while it fetched what came of it', async (_what, mode, button) => {
    const api = working();
    let sent = false;
    const never = new Promise<Response>(() => {});
    const page = await openConsole('/console/inbox/1', {
      api: {
        ...api,
        'GET tickets': (call) => (sent ? never : api['GET tickets']!(call)),
        'POST tickets/1/comments': (call) => {
          sent = true;
          return api['POST tickets/1/comments']!(call);
        },
      },
    });
    if (mode !== 'Resposta') await page.click(mode);
    await write('Bom dia, Ana.');
    await page.click(button);
    expect(textarea().value).toBe('');
    const again = await openConsole('/console/inbox/1', { api });
    await settle();
    expect(textarea().value).toBe('');
    expect(again.called('POST tickets/1/comments')).toEqual([]);
  });

  it('sends nothing empty', async () => {
    const page = await openConsole('/console/inbox/1', { api: working() });
    await page.click('Enviar');
    expect(page.text()).toContain('Escreva algo antes de enviar.');
    expect(page.called('POST tickets/1/comments')).toHaveLength(0);
  });

  it('has no place to write without the permission', async () => {
    const page = await openConsole('/console/inbox/1', { api: working({ 'GET auth/me': () => json(me('billing')) }) });
    expect(page.text()).toContain('Parece calor.');
    expect(document.querySelector('form textarea')).toBeNull();
    expect(() => page.button('Situação: Aberto')).toThrow();
  });

  it('says where a ticket does not exist', async () => {
    const page = await openConsole('/console/inbox/9', {
      api: working({ 'GET tickets/9': () => problem(404, 'not_found') }),
    });
    expect(page.text()).toContain('Não encontrado');
  });
});

describe('the history of a ticket', () => {
  it('says who did what, between the messages, and when the ticket closes by itself', async () => {
    const did = (
      kind: TicketEvent['kind'],
      from: string | null,
      to: string | null,
      more: Partial<TicketEvent> = {},
    ) => ({
      id: `e-${kind}-${from}-${to}`,
      kind,
      from,
      to,
      actorType: 'staff' as const,
      actorName: 'Lívia Prado',
      mine: false,
      createdAt: '2026-11-18T11:00:00Z',
      ...more,
    });
    const customer = { actorType: 'portal', actorName: 'Ana Ribeiro' } as const;
    const system = { actorType: 'system', actorName: null } as const;
    const told = ticket('1', {
      status: 'resolved',
      closesAt: '2026-11-25T12:00:00Z',
      history: [
        did('taken', null, 'Rafael Nogueira', { mine: true }),
        did('priority', 'normal', 'high'),
        did('assigned', 'Rafael Nogueira', 'Bia Lima'),
        did('unassigned', 'Bia Lima', null),
        did('unassigned', 'Bia Lima', null, { ...system, id: 'left' }),
        did('status', 'resolved', 'closed', system),
        did('status', 'closed', 'open', customer),
        did('status', 'open', 'closed', customer),
        did('status', 'open', 'resolved', { createdAt: '2026-11-18T12:00:00Z' }),
      ],
    });
    const page = await openConsole('/console/inbox/1', {
      api: working({ 'GET tickets/1': () => json({ ticket: told }) }),
    });
    expect([...document.querySelectorAll('[data-history] bdi')].map((line) => line.textContent)).toEqual([
      'Você assumiu',
      'Lívia Prado mudou a prioridade de Normal para Alta',
      'Lívia Prado passou para Bia Lima',
      'Lívia Prado deixou sem responsável',
      'Voltou para a fila: Bia Lima não atende mais',
      'Encerrado por falta de resposta do cliente',
      'Ana Ribeiro reabriu',
      'Ana Ribeiro encerrou',
      'Lívia Prado mudou a situação de Aberto para Resolvido',
      'Sem resposta do cliente, encerra em 25/11/2026',
    ]);
    const text = page.text();
    expect(text.indexOf('Ana Ribeiro encerrou')).toBeLessThan(text.indexOf('Parece calor.'));
    expect(text.indexOf('Parece calor.')).toBeLessThan(text.indexOf('Lívia Prado mudou a situação'));
  });
});

describe('changing a ticket', () => {
  it('shows the new status only once the API has agreed', async () => {
    let agree = () => {};
    const waiting = (call: Call) =>
      new Promise<Response>((resolve) => {
        agree = () => resolve(working()['PATCH tickets/1']!(call));
      });
    const page = await openConsole('/console/inbox/1', { api: working({ 'PATCH tickets/1': waiting }) });
    await page.press('s');
    await new Promise((resolve) => setTimeout(resolve, 80));
    await settle();
    expect(menu().map((entry) => entry.textContent?.trim())).not.toContain('Novo');
    await pick('Aguarda cliente');
    expect(page.button('Situação: Aberto').getAttribute('aria-busy')).toBe('true');
    expect(page.called('PATCH tickets/1')[0]!.body).toEqual({ status: 'pending', version: 1 });
    agree();
    await settle();
  });

  it('resolves with E and can be undone', async () => {
    const page = await openConsole('/console/inbox/1', { api: working() });
    await page.press('e');
    expect(page.button('Situação: Resolvido')).toBeTruthy();
    await page.click('Desfazer');
    expect(page.called('PATCH tickets/1').map(({ body }) => body)).toEqual([
      { status: 'resolved', version: 1 },
      { status: 'open', version: 2 },
    ]);
    expect(page.button('Situação: Aberto')).toBeTruthy();
  });

  it('offers of a new ticket what can be had: to open it', async () => {
    const fresh = ticket('1', { status: 'new' });
    const api = working({
      'GET tickets/1': () => json({ ticket: fresh }),
      'PATCH tickets/1': ({ body }) => json({ ticket: Object.assign(fresh, body) }),
    });
    const page = await openConsole('/console/inbox/1', { api });
    await page.press('e');
    expect(page.text()).not.toContain('Desfazer');
    [...document.querySelectorAll<HTMLElement>('[data-toast] button')][0]!.click();
    await settle();
    expect(page.called('PATCH tickets/1').map(({ body }) => (body as Ticket).status)).toEqual(['resolved', 'open']);
  });

  it('gives it to somebody else, oneself first', async () => {
    const page = await openConsole('/console/inbox/1', { api: working() });
    await page.press('a');
    await new Promise((resolve) => setTimeout(resolve, 80));
    await settle();
    expect(menu().map((entry) => entry.textContent?.trim())).toEqual(['Sem responsável', 'Eu', 'Lívia Prado']);
    await pick('Lívia Prado');
    expect(page.called('PATCH tickets/1')[0]!.body).toEqual({ assigneeId: 's-2', version: 1 });
  });

  it('says how many tickets the customer has open, and without a ticket how many there are', async () => {
    const page = await openConsole('/console/inbox/1', { api: working() });
    expect(page.text()).toMatch(/Padaria Estrela\s*2 chamados abertos/);
    expect(page.called('GET tickets').map(({ query }) => Object.fromEntries(query))).toContainEqual({
      view: 'open',
      billingAccountId: 'b-1',
      limit: '1',
    });
    const list = await openConsole('/console/inbox', { api: working() });
    expect(list.text()).toMatch(/Escolha um chamado na lista\s*2 abertos, 0 sem responsável\./);
  });

  it.each([
    ['nobody', null, 'Ninguém cuida deste chamado.', 'Responsável: Sem responsável'],
    [
      'a suspended colleague',
      { id: 's-2', name: 'Lívia Prado', suspended: true },
      'Lívia Prado não atende mais: o chamado espera em Sem responsável.',
      'Responsável: Lívia Prado (acesso suspenso)',
    ],
  ])('offers to take what waits with %s, and says that an answer takes it', async (_who, assignee, told, fact) => {
    const api = working({ 'GET tickets/1': () => json({ ticket: ticket('1', { assignee }) }) });
    const page = await openConsole('/console/inbox/1', { api });
    expect(page.text()).toContain(told);
    expect(page.text()).toContain('e você assume o chamado');
    expect(document.querySelector(`[aria-label="${fact}"]`)).not.toBeNull();
    await page.click('Assumir');
    await page.press('t');
    const take = { assigneeId: 's-1', version: 1 };
    expect(page.called('PATCH tickets/1').map(({ body }) => body)).toEqual([take, take]);
  });

  it.each([
    ['somebody has', {}],
    ['is finished', { assignee: null, status: 'resolved' }],
  ] as const)('offers nobody to take what %s', async (_what, more) => {
    const api = working({ 'GET tickets/1': () => json({ ticket: ticket('1', more) }) });
    const page = await openConsole('/console/inbox/1', { api });
    await page.press('t');
    expect(page.text()).not.toContain('Assumir');
    expect(page.text()).not.toContain('você assume o chamado');
    expect(page.called('PATCH tickets/1')).toEqual([]);
  });

  it('says why it was refused and shows what still holds', async () => {
    const page = await openConsole('/console/inbox/1', {
      api: working({
        'PATCH tickets/1': () => problem(409, 'ticket_transition_not_allowed', { detail: 'Reabra o chamado antes.' }),
      }),
    });
    await page.press('e');
    expect(page.text()).toContain('Reabra o chamado antes.');
    expect(page.button('Situação: Aberto')).toBeTruthy();
  });
});

describe('two people at one ticket', () => {
  /** An API in which a colleague was quicker by one step, once. */
  function overtaken(theirs: Partial<Ticket>): Api {
    let now = ticket('1');
    let quicker = true;
    const refused = (call: Call) => {
      if (quicker) {
        quicker = false;
        now = { ...now, version: 2, ...theirs };
      }
      return (call.body as { version?: number }).version !== now.version;
    };
    return working({
      'GET tickets/1': () => json({ ticket: now }),
      'PATCH tickets/1': (call) => {
        if (refused(call)) return problem(409, 'ticket_changed');
        now = { ...now, ...(call.body as object), version: 3 };
        return json({ ticket: now });
      },
      'POST tickets/1/comments': (call) =>
        refused(call) ? problem(409, 'ticket_changed') : json({ comment: now.comments[0] }, 201),
    });
  }
  const versions = (calls: Call[]) => calls.map(({ body }) => (body as { version?: number }).version);
  type Page = Awaited<ReturnType<typeof openConsole>>;
  /** What waits until a notice has stood for its second, which passes when a test says so: a busy machine's is over at once. */
  const standing: (() => void)[] = [];
  beforeEach(() => {
    const real = setTimeout;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, ms?: number) =>
      ms === 1_000 ? standing.push(work) : real(work, ms)) as typeof setTimeout);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    standing.length = 0;
  });
  /** The notice has stood long enough to be seen. */
  const noticed = () => {
    for (const work of standing.splice(0)) work();
    return settle();
  };
  const dialog = () => document.querySelector('[role="dialog"], [role="alertdialog"]');
  async function answer(label: string): Promise<void> {
    [...dialog()!.querySelectorAll('button')].find((button) => button.textContent?.trim() === label)!.click();
    await settle();
  }

  it('UX.8 a change over the same property asks: theirs, or mine', async () => {
    const page = await openConsole('/console/inbox/1', { api: overtaken({ status: 'on_hold' }) });
    await page.press('e');
    expect(dialog()?.textContent).toContain('Situação: Aguarda terceiros');
    await answer('Manter a minha');
    expect(versions(page.called('PATCH tickets/1'))).toEqual([1, 2]);
    expect(page.button('Situação: Resolvido')).toBeTruthy();
  });

  it('UX.8 theirs stays where one gives way', async () => {
    const page = await openConsole('/console/inbox/1', { api: overtaken({ status: 'on_hold' }) });
    await page.press('e');
    await answer('Ficar com o atual');
    expect(page.called('PATCH tickets/1')).toHaveLength(1);
    expect(page.button('Situação: Aguarda terceiros')).toBeTruthy();
  });

  /** A colleague changes the ticket now, which the page hears of. */
  async function shared() {
    hearLive();
    let now = ticket('1');
    const page = await openConsole('/console/inbox/1', {
      api: working({
        'GET tickets/1': () => json({ ticket: now }),
        'PATCH tickets/1': ({ body }) => {
          const { version, ...change } = body as { version: number };
          if (version !== now.version) return problem(409, 'ticket_changed');
          return json({ ticket: (now = { ...now, ...change, version: version + 1 }) });
        },
      }),
    });
    const overtake = async (theirs: Partial<Ticket>) => {
      now = { ...now, ...theirs, version: now.version + 1 };
      const read = page.called('GET tickets/1').length;
      tell({ name: 'ticket.updated', ids: { ticketId: '1' } });
      await eventually(() => expect(page.called('GET tickets/1').length).toBeGreaterThan(read));
      await settle();
    };
    return { page, overtake };
  }

  it('UX.8 the way back is from what was done, and asks where somebody went on from there', async () => {
    const { page, overtake } = await shared();
    await page.press('e');
    await overtake({ status: 'on_hold' });
    await page.click('Desfazer');
    expect(dialog()?.textContent).toContain('Situação: Aguarda terceiros');
    await answer('Ficar com o atual');
    expect(versions(page.called('PATCH tickets/1'))).toEqual([1, 2]);
    expect(page.button('Situação: Aguarda terceiros')).toBeTruthy();
  });

  it('UX.8 a reference that was typed over an older one asks, and takes nothing else along', async () => {
    const { page, overtake } = await shared();
    await page.click('Editar o chamado externo');
    await page.type('Número', 'SUP-1');
    await overtake({ externalTicketId: 'SUP-2', externalTicketUrl: 'https://sup.example/2' });
    await answer('Salvar');
    expect(page.called('PATCH tickets/1')[0]!.body).toEqual({ externalTicketId: 'SUP-1', version: 1 });
    await eventually(() => expect(document.body.textContent).toContain('SUP-2'));
    await page.click('Manter a minha');
    expect(page.called('PATCH tickets/1').at(-1)!.body).toEqual({ externalTicketId: 'SUP-1', version: 2 });
  });

  it('a change over another property is made without a question', async () => {
    const page = await openConsole('/console/inbox/1', { api: overtaken({ priority: 'urgent' }) });
    await page.press('e');
    expect(dialog()).toBeNull();
    expect(versions(page.called('PATCH tickets/1'))).toEqual([1, 2]);
  });

  it('UX.8 an answer over new words waits to be sent again, and keeps its text', async () => {
    const word = { ...ticket('1').comments[0]!, id: 'c-9', body: 'Hoje, por favor.', isPublic: true };
    const page = await openConsole('/console/inbox/1', {
      api: overtaken({ comments: [...ticket('1').comments, word] }),
    });
    await write('Vamos amanhã.');
    await page.click('Enviar');
    expect(page.text()).toContain('Chegou 1 mensagem enquanto você escrevia');
    expect(page.text()).toContain('Hoje, por favor.');
    expect(textarea().value).toBe('Vamos amanhã.');
    await noticed();
    await page.click('Enviar mesmo assim');
    expect(versions(page.called('POST tickets/1/comments'))).toEqual([1, 2]);
    expect(textarea().value).toBe('');
  });

  it.each([
    ['with the button', (page: Page) => page.click('Enviar mesmo assim')],
    ['by keyboard', () => textarea().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true }))],
  ] as const)(
    'UX.8 words that come in by themselves are told, and hold back what is pressed that moment: %s',
    async (_how, press) => {
      const word = { ...ticket('1').comments[0]!, id: 'c-9', body: 'Hoje, por favor.', isPublic: true };
      let now = ticket('1');
      const api = working({
        'GET tickets/1': () => json({ ticket: now }),
        // Changing the priority makes the page ask anew, as a live message does.
        'PATCH tickets/1': () => {
          now = ticket('1', { comments: [...now.comments, word], version: 2, priority: 'high' });
          return json({ ticket: now });
        },
      });
      const page = await openConsole('/console/inbox/1', { api });
      await write('Vamos amanhã.');
      await page.click('Prioridade: Normal');
      await pick('Alta');
      expect(page.text()).toContain('Hoje, por favor.');
      expect(page.text()).toContain('Chegou 1 mensagem enquanto você escrevia');
      await press(page);
      await settle();
      expect(page.called('POST tickets/1/comments')).toEqual([]);
      expect(textarea().value).toBe('Vamos amanhã.');
      await noticed();
      await press(page);
      await settle();
      expect(versions(page.called('POST tickets/1/comments'))).toEqual([2]);
      expect(page.text()).not.toContain('enquanto você escrevia');
    },
  );

  it('says nothing of words that come while nothing is written', async () => {
    const word = { ...ticket('1').comments[0]!, id: 'c-9', body: 'Hoje, por favor.', isPublic: true };
    const page = await openConsole('/console/inbox/1', { api: overtaken({ comments: [word] }) });
    await page.press('e');
    expect(page.text()).toContain('Hoje, por favor.');
    await write('Vamos amanhã.');
    expect(page.text()).not.toContain('enquanto você escrevia');
    await page.click('Enviar');
    expect(page.called('POST tickets/1/comments')).toHaveLength(1);
  });

  it('an answer over a change without words goes out', async () => {
    const page = await openConsole('/console/inbox/1', { api: overtaken({ priority: 'urgent' }) });
    await write('Vamos amanhã.');
    await page.click('Enviar');
    expect(versions(page.called('POST tickets/1/comments'))).toEqual([1, 2]);
    expect(textarea().value).toBe('');
  });
});

describe('a long conversation', () => {
  it('shows the earlier messages in order', async () => {
    const earlier = { ...ticket('1').comments[0]!, id: 'c-0', body: 'Antes.', createdAt: '2026-11-17T10:00:00Z' };
    const page = await openConsole('/console/inbox/1', {
      api: working({
        'GET tickets/1': () => json({ ticket: ticket('1', { olderComments: true }) }),
        'GET tickets/1/comments': ({ query }) =>
          json({ comments: query.get('before') === 'c-1' ? [earlier] : [], olderComments: false }),
      }),
    });
    await page.click('Mostrar anteriores');
    expect(page.text()).toMatch(/Antes\..*Parece calor\./s);
    expect(page.text()).not.toContain('Mostrar anteriores');
  });
});

describe('a note of one’s own', () => {
  it('is mended where it stands', async () => {
    let note = { ...ticket('1').comments[0]!, mine: true, canChange: true };
    const page = await openConsole('/console/inbox/1', {
      api: working({
        'GET tickets/1': () => json({ ticket: ticket('1', { comments: [note] }) }),
        'PATCH tickets/1/comments/c-1': ({ body }) => {
          note = { ...note, ...(body as object), editedAt: '2026-11-18T12:00:00Z' };
          return json({ comment: note });
        },
      }),
    });
    (document.querySelector('[aria-label="Editar sua nota"]') as HTMLElement).click();
    await settle();
    const box = document.querySelector<HTMLTextAreaElement>('article textarea')!;
    box.value = 'É calor.';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    await page.click('Salvar');
    expect(page.called('PATCH tickets/1/comments/c-1')[0]!.body).toEqual({ body: 'É calor.' });
    expect(page.text()).toContain('É calor.');
    expect(page.text()).toContain('editada');
  });
});

describe('marked tickets', () => {
  const bulk = (results: { id: string; outcome: string; code: string | null }[]): Api =>
    working({ 'POST tickets/bulk': () => json({ results }) });
  const items = () => [...document.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  async function choose(button: string, label: string, page: Awaited<ReturnType<typeof openConsole>>): Promise<void> {
    const trigger = [...document.querySelectorAll('[aria-label="Chamados marcados"] button')].find(
      (each) => each.textContent?.trim() === button,
    ) as HTMLElement;
    trigger.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }));
    trigger.click();
    await settle();
    items()
      .find((entry) => entry.textContent?.trim() === label)!
      .click();
    await settle();
    expect(page.text()).toBeTruthy();
  }

  it('are marked with X and changed together', async () => {
    const page = await openConsole('/console/inbox/1?view=all', {
      api: bulk([
        { id: '1', outcome: 'changed', code: null },
        { id: '2', outcome: 'refused', code: 'ticket_transition_not_allowed' },
      ]),
    });
    await page.press('x');
    await page.press('j');
    await page.press('x');
    expect(page.text()).toContain('2 marcados');
    await choose('Situação', 'Aguarda cliente', page);
    expect(page.called('POST tickets/bulk').map(({ body }) => body)).toEqual([{ ids: ['1', '2'], status: 'pending' }]);
    expect(page.text()).toContain('1 chamado aguarda o cliente; 1 não pôde mudar e segue marcado');
    expect(page.text()).toContain('1 marcado');
  });

  it('are taken together', async () => {
    const page = await openConsole('/console/inbox/1?view=all', {
      api: bulk([{ id: '1', outcome: 'changed', code: null }]),
    });
    await page.press('x');
    await choose('Responsável', 'Assumir', page);
    expect(page.called('POST tickets/bulk').map(({ body }) => body)).toEqual([{ ids: ['1'], assigneeId: 's-1' }]);
  });

  it('are resolved after a question, since their customers are told', async () => {
    const page = await openConsole('/console/inbox/1?view=all', {
      api: bulk([{ id: '1', outcome: 'changed', code: null }]),
    });
    await page.press('x');
    await choose('Situação', 'Resolvido', page);
    expect(page.called('POST tickets/bulk')).toHaveLength(0);
    const dialog = document.querySelector('[role="dialog"], [role="alertdialog"]')!;
    expect(dialog.textContent).toContain('Resolver 1 chamado?');
    [...dialog.querySelectorAll('button')].find((button) => button.textContent?.trim() === 'Resolver')!.click();
    await settle();
    expect(page.called('POST tickets/bulk')).toHaveLength(1);
    expect(page.text()).toContain('1 chamado resolvido');
  });

  const changed = (...ids: string[]) => ids.map((id) => ({ id, outcome: 'changed', code: null }));
  /** Marks both tickets of a list, with ticket 1 open beside it. */
  async function markBoth(rows: InboxItem[], results = changed('1', '2')) {
    const api = { ...bulk(results), 'GET tickets': () => json(inboxOf(rows)) };
    const page = await openConsole('/console/inbox/1?view=all', { api });
    await page.press('x');
    await page.click('Marcar os 2');
    return { page, sent: () => page.called('POST tickets/bulk').map(({ body }) => body) };
  }
  const resolve = async () => {
    const buttons = document.querySelectorAll<HTMLElement>('[role="dialog"] button, [role="alertdialog"] button');
    [...buttons].find((button) => button.textContent?.trim() === 'Resolver')!.click();
    await settle();
  };
  const letter = async (page: Awaited<ReturnType<typeof openConsole>>, key: string) => {
    await page.press(key);
    await new Promise((wait) => setTimeout(wait, 80));
    await settle();
  };

  it('are what the letters change, not the ticket that is open', async () => {
    const { page, sent } = await markBoth([item('1'), item('2', { priority: 'low' })]);
    await page.press('e');
    await resolve();
    await page.press('x');
    await page.press('t');
    for (const [key, label] of [
      ['a', 'Lívia Prado'],
      ['s', 'Aguarda terceiros'],
      ['p', 'Alta'],
    ] as const) {
      await page.press('x');
      if (key === 'p') await page.click('Marcar os 2');
      await letter(page, key);
      items()
        .find((entry) => entry.textContent?.trim() === label)!
        .click();
      await settle();
    }
    expect(sent()).toEqual([
      { ids: ['1', '2'], status: 'resolved' },
      { ids: ['1'], assigneeId: 's-1' },
      { ids: ['1'], assigneeId: 's-2' },
      { ids: ['1'], status: 'on_hold' },
      { ids: ['1', '2'], priority: 'high' },
    ]);
    expect(page.called('PATCH tickets/1')).toEqual([]);
    // Without marks they are the open ticket's again.
    await page.press('e');
    expect(page.called('PATCH tickets/1')).toHaveLength(1);
  });

  it('are opened again by E where all of them are done', async () => {
    const { page, sent } = await markBoth([item('1', { status: 'resolved' }), item('2', { status: 'closed' })]);
    await page.press('e');
    expect(sent()).toEqual([{ ids: ['1', '2'], status: 'open' }]);
    expect(page.text()).toContain('2 chamados agora abertos');
  });

  it('say what was done, and become again what each was', async () => {
    const { page, sent } = await markBoth([item('1', { status: 'pending' }), item('2')]);
    await page.press('e');
    await resolve();
    expect(page.text()).toContain('2 chamados resolvidos');
    await page.click('Desfazer');
    expect(sent().slice(1)).toEqual([
      { ids: ['1'], status: 'pending' },
      { ids: ['2'], status: 'open' },
    ]);
  });

  it('go back to whom they were with, and to nobody', async () => {
    const { page, sent } = await markBoth([item('1'), item('2', { assignee: null, status: 'new' })]);
    await choose('Responsável', 'Lívia Prado', page);
    expect(page.text()).toContain('2 chamados atribuídos a Lívia Prado');
    await page.click('Desfazer');
    expect(sent().slice(1)).toEqual([
      { ids: ['1'], assigneeId: 's-1' },
      { ids: ['2'], assigneeId: null },
    ]);
  });

  it('are undone only where they were changed, and by the name of what can be done', async () => {
    const { page, sent } = await markBoth(
      [item('1', { status: 'new' }), item('2')],
      [...changed('1'), { id: '2', outcome: 'unchanged', code: null }],
    );
    await page.press('e');
    await resolve();
    expect(page.text()).not.toContain('Desfazer');
    const reopen = [...document.querySelectorAll<HTMLElement>('[data-toast] button')];
    reopen.find((button) => button.textContent?.trim() === 'Reabrir')!.click();
    await settle();
    expect(sent().slice(1)).toEqual([{ ids: ['1'], status: 'open' }]);
  });

  it.each([
    ['of a new ticket that is worked on', 'Situação', 'Aguarda cliente', item('1', { status: 'new' })],
    [
      'to somebody who left',
      'Responsável',
      'Assumir',
      item('1', { assignee: { id: 's-9', name: 'X', suspended: true } }),
    ],
  ])('offer no way back %s', async (_what, menuName, label, row) => {
    const { page, sent } = await markBoth([row, item('2')]);
    await choose(menuName, label, page);
    expect(sent()).toHaveLength(1);
    expect(page.text()).toContain('2 chamados');
    expect(page.text()).not.toContain('Desfazer');
  });

  it('cannot be marked by those who cannot change them', async () => {
    const page = await openConsole('/console/inbox/1', { api: working({ 'GET auth/me': () => json(me('billing')) }) });
    await page.press('x');
    expect(page.text()).not.toContain('marcado');
  });
});
