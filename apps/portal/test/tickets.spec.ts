import { setLocale } from '@balcao/ui';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventually, json, listOf, openPortal, problem, settle, type Api } from './harness.js';
import type { Ticket, TicketEvent } from '../src/api/types.js';

const ticket = (more: Partial<Ticket> = {}): Ticket => ({
  id: 't-1',
  number: 'T-2026-000123',
  ticketNumber: 'T-2026-000123',
  subject: 'Internet cai às 14h',
  title: 'Internet cai às 14h',
  source: 'portal',
  organizationId: 'o-1',
  orgId: 'o-1',
  billingAccountId: 'b-1',
  externalTicketId: null,
  externalTicketUrl: null,
  status: 'pending',
  priority: 'high',
  type: 'incident',
  createdAt: '2026-11-16T18:02:00Z',
  updatedAt: '2026-11-18T11:41:00Z',
  commentCount: 1,
  submittedBy: { id: 'u-1', name: 'Ana Ribeiro' },
  description: 'Desde quinta-feira.',
  closedAt: null,
  resolvedAt: null,
  invoice: null,
  closesAt: null,
  assignee: { name: 'Rafael Nogueira' },
  canReopen: false,
  history: [],
  olderComments: false,
  comments: [
    {
      id: 'c-1',
      body: 'Vimos quedas.\n\nManda uma foto?',
      content: 'Vimos quedas.\n\nManda uma foto?',
      authorType: 'staff',
      authorName: 'Rafael Nogueira',
      mine: false,
      isPublic: true,
      createdAt: '2026-11-18T11:41:00Z',
      editedAt: null,
      removed: false,
      canChange: false,
    },
  ],
  ...more,
});
const happened = (kind: TicketEvent['kind'], more: Partial<TicketEvent>): TicketEvent => ({
  id: `e-${kind}-${more.to}`,
  kind,
  from: null,
  to: null,
  actorType: 'staff',
  actorName: null,
  mine: false,
  createdAt: '2026-11-17T12:00:00Z',
  ...more,
});
const list: Api = { 'GET tickets': () => json(listOf([ticket()])) };

describe('the list of tickets', () => {
  it.each([
    ['/tickets', 1],
    ['/tickets?scope=own', 0],
  ])('at %s says below a subject who opened it where they are of several people', async (path, times) => {
    await openPortal(path, { api: list });
    const row = document.querySelector('tbody td')!;
    expect(row.textContent!.split('Ana Ribeiro')).toHaveLength(times + 1);
  });

  it('shows subject, number and status in words', async () => {
    const portal = await openPortal('/tickets', { api: list });
    expect(portal.text()).toContain('Internet cai às 14h');
    expect(portal.text()).toContain('T-2026-000123');
    expect(portal.text()).toContain('Aguarda você');
  });

  it('asks for what the address says', async () => {
    const portal = await openPortal(
      '/tickets?status=open&type=incident&priority=high&q=modem&page=2&scope=own&sort=-priority',
      {
        api: list,
      },
    );
    expect(Object.fromEntries(portal.called('GET tickets')[0]!.query)).toEqual({
      status: 'open',
      type: 'incident',
      priority: 'high',
      q: 'modem',
      page: '2',
      scope: 'own',
      limit: '20',
      sort: '-priority',
    });
    const plain = await openPortal('/tickets?sort=nonsense&type=nonsense', { api: list });
    expect(Object.fromEntries(plain.called('GET tickets')[0]!.query)).toEqual({
      status: 'new,open,pending,on_hold',
      page: '1',
      limit: '20',
      sort: '-updatedAt',
    });
  });

  it('writes the chosen filter into the address, from the first page', async () => {
    const portal = await openPortal('/tickets?page=3', { api: list });
    await portal.click('Filtros');
    await portal.choose('Situação', 'resolved');
    expect(portal.path()).toBe('/tickets?status=resolved');
    expect(portal.called('GET tickets').at(-1)?.query.get('status')).toBe('resolved');
  });

  it('tells none yet from no match', async () => {
    const none = await openPortal('/tickets');
    expect(none.text()).toContain('Nenhum chamado ainda');
    expect(document.querySelector('[role="search"]')).toBeNull();
    const noMatch = await openPortal('/tickets?status=closed');
    expect(noMatch.text()).toContain('Nada com esses filtros');
    await noMatch.click('Limpar filtros');
    expect(noMatch.path()).toBe('/tickets?show=all');
  });

  it('shows the shelves, and says which of them is empty', async () => {
    const some: Api = {
      'GET tickets': ({ query }) =>
        json(listOf(query.get('status') === 'pending' ? [] : [ticket({ status: 'closed' })])),
    };
    const portal = await openPortal('/tickets?show=waiting', { api: some });
    expect(portal.text()).toContain('Nada aguarda você');
    await portal.click('Todos');
    expect(portal.path()).toBe('/tickets?show=all');
    expect(portal.called('GET tickets').at(-1)!.query.get('status')).toBeNull();
  });

  it('leads from a page that no longer exists to the last one', async () => {
    const portal = await openPortal('/tickets?page=9', {
      api: {
        'GET tickets': ({ query }) => {
          const page = Number(query.get('page'));
          return json({ data: page > 2 ? [] : [ticket()], pagination: { page, limit: 20, total: 21 } });
        },
      },
    });
    expect(portal.path()).toBe('/tickets?page=2');
    expect(portal.text()).toContain('21 a 21 de 21');
    expect(portal.text()).not.toContain('Nenhum chamado');
  });

  it('offers to try again when it failed, with the number of the request', async () => {
    let broken = true;
    const portal = await openPortal('/tickets', {
      api: { 'GET tickets': () => (broken ? problem(400, 'refused') : json(listOf([ticket()]))) },
    });
    expect(portal.alert()).toContain('Os chamados não carregaram');
    expect(portal.alert()).toContain('Código para o suporte: r-1');
    broken = false;
    await portal.click('Tentar de novo');
    expect(portal.text()).toContain('Internet cai às 14h');
  });
});

describe('a new ticket', () => {
  const filled = async (api: Api = {}) => {
    const portal = await openPortal('/tickets/new', { api });
    await portal.type('O que está acontecendo?', 'Wi-Fi fraco na loja 2');
    await portal.type('Conte um pouco mais', 'Desde ontem');
    await portal.choose('Tipo', 'request');
    return portal;
  };

  it('is sent with its subject as a cell or a page had it, without what nobody sees', async () => {
    const portal = await filled({ 'POST tickets': () => json({ ticket: ticket({ id: 't-9' }) }, 201) });
    await portal.type('O que está acontecendo?', 'Wi-Fi\tfraco\u200b na loja\f2\ufeff');
    await portal.click('Abrir chamado');
    expect(portal.called('POST tickets')[0]!.body).toMatchObject({ subject: 'Wi-Fi fraco na loja 2' });
  });

  it('is sent with its proof, and leads to its conversation', async () => {
    const portal = await filled({
      'POST tickets': () => json({ ticket: ticket({ id: 't-9', number: 'T-2026-000900' }) }, 201),
      'GET tickets/t-9': () => json({ ticket: ticket({ id: 't-9' }) }),
    });
    await portal.click('Abrir chamado');
    const [call] = portal.called('POST tickets');
    expect(call?.body).toEqual({
      subject: 'Wi-Fi fraco na loja 2',
      description: 'Desde ontem',
      type: 'request',
      priority: 'normal',
    });
    expect(call?.headers.get('x-balcao-csrf')).toBe('token');
    expect(portal.path()).toBe('/tickets/t-9');
    expect(document.querySelector('[data-toast]')?.textContent).toContain('Chamado T-2026-000900 aberto');
  });

  it.each([201, 300])('of a subject of %i characters asks the help for what may be asked', async (length) => {
    const portal = await openPortal('/tickets/new');
    await portal.type('O que está acontecendo?', 'a'.repeat(length));
    await eventually(() => expect(portal.called('GET kb')).not.toEqual([]));
    expect(portal.called('GET kb').at(-1)!.query.get('q')).toBe('a'.repeat(200));
  });

  it("puts the API's refusal beside the field, focuses it and keeps what was typed", async () => {
    const portal = await filled({
      'POST tickets': () =>
        problem(400, 'validation_failed', {
          errors: [{ path: 'description', code: 'too_short', message: 'Conte mais.' }],
        }),
    });
    await portal.click('Abrir chamado');
    expect(portal.errorOf('Conte um pouco mais')).toBe('Conte mais.');
    expect(document.activeElement).toBe(portal.field('Conte um pouco mais'));
    expect(portal.field('O que está acontecendo?').value).toBe('Wi-Fi fraco na loja 2');
  });

  it('keeps a draft through a reload', async () => {
    await filled();
    const again = await openPortal('/tickets/new');
    expect(again.field('O que está acontecendo?').value).toBe('Wi-Fi fraco na loja 2');
    expect(again.field('Conte um pouco mais').value).toBe('Desde ontem');
  });

  it('keeps the draft when the session ends while sending', async () => {
    const portal = await filled({ 'POST tickets': () => problem(401, 'unauthenticated') });
    await portal.click('Abrir chamado');
    expect(portal.path()).toContain('/login?next=/tickets/new');
    const again = await openPortal('/tickets/new');
    expect(again.field('Conte um pouco mais').value).toBe('Desde ontem');
  });

  it('begins with what was looked for in the help', async () => {
    const portal = await openPortal('/tickets/new?subject=modem%20%26%20fios');
    expect(portal.field('O que está acontecendo?').value).toBe('modem & fios');
  });

  it('shows at most three articles that may answer it', async () => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout'],
      shouldAdvanceTime: true,
      advanceTimeDelta: 50,
    });
    const articles = [1, 2, 3, 4].map((n) => ({
      id: `a-${n}`,
      slug: `a-${n}`,
      title: `Artigo ${n}`,
      excerpt: '',
      highlight: null,
      category: null,
      tags: [],
      updatedAt: '',
    }));
    const portal = await filled({ 'GET kb': () => json(listOf(articles)) });
    await vi.advanceTimersByTimeAsync(400);
    await settle();
    vi.useRealTimers();
    expect(portal.called('GET kb')[0]?.query.get('q')).toBe('Wi-Fi fraco na loja 2');
    expect(portal.text()).toContain('Artigo 3');
    expect(portal.text()).not.toContain('Artigo 4');
    await portal.click('Isso resolveu');
    expect(portal.path()).toBe('/tickets');
    expect((await openPortal('/tickets/new')).field('Conte um pouco mais').value).toBe('');
  });
});

describe('a ticket', () => {
  const open = (given: Ticket, api: Api = {}) =>
    openPortal('/tickets/t-1', { api: { 'GET tickets/t-1': () => json({ ticket: given }), ...api } });

  it('tells the conversation from its beginning', async () => {
    const portal = await open(ticket());
    const messages = [...document.querySelectorAll('article')].map((article) =>
      article.textContent?.replace(/\s+/g, ' '),
    );
    expect(portal.heading()).toBe('Internet cai às 14h');
    expect(messages[0]).toContain('Desde quinta-feira.');
    expect(messages[1]).toContain('Rafael Nogueira');
    expect(messages[1]).toContain('Manda uma foto?');
  });

  it('makes links of addresses in a message, which lead out alone', async () => {
    await open(ticket({ description: 'Veja https://exemplo.com.br/x. E javascript:alert(1)' }));
    const links = [...document.querySelectorAll<HTMLAnchorElement>('article a')];
    expect(links.map(({ href, rel, target }) => [href, rel, target])).toEqual([
      ['https://exemplo.com.br/x', 'noopener noreferrer nofollow ugc', '_blank'],
    ]);
  });

  it('keeps names and subjects of others from turning their surroundings round', async () => {
    const spoof = '\u202Eoirótide';
    await open(ticket({ subject: spoof, submittedBy: { id: 'u-9', name: spoof } }));
    expect(document.querySelector('h1')?.getAttribute('dir')).toBe('auto');
    const bare = [...document.querySelectorAll('main *')].filter(
      (element) =>
        element.children.length === 0 && element.textContent?.includes(spoof) && !element.closest('bdi, [dir]'),
    );
    expect(bare.map(({ outerHTML }) => outerHTML)).toEqual([]);
  });

  it('shows HTML in a message as text', async () => {
    await open(ticket({ description: '<img src=x onerror=alert(1)>' }));
    expect(document.querySelector('article img')).toBeNull();
    expect(document.querySelector('article')?.textContent).toContain('<img src=x');
  });

  it('sends a reply once and empties the field', async () => {
    const portal = await open(ticket(), { 'POST tickets/t-1/comments': () => json({ comment: {} }, 201) });
    const box = document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Sua resposta"]')!;
    box.value = 'Segue a foto.';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    await portal.click('Enviar resposta');
    expect(portal.called('POST tickets/t-1/comments').map(({ body }) => body)).toEqual([{ body: 'Segue a foto.' }]);
    expect(box.value).toBe('');
    expect(portal.called('GET tickets/t-1')).toHaveLength(2);
  });

  describe('an answer that was lost', () => {
    const own = (body: string) => ({
      ...ticket().comments[0]!,
      id: 'c-9',
      body,
      mine: true,
      authorType: 'portal' as const,
    });
    const box = () => document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Sua resposta"]')!;

    /** A portal whose first answer to a message is lost; the conversation shows it at once, after a reload, or never. */
    async function lost(shows: 'at once' | 'later' | 'never') {
      let said = ticket().comments;
      let sent = 0;
      const api: Api = {
        'GET tickets/t-1': () => json({ ticket: ticket({ comments: said }) }),
        'POST tickets/t-1/comments': ({ body }) => {
          if (sent++ > 0) return json({ comment: {} }, 201);
          if (shows === 'at once') said = [...said, own((body as { body: string }).body)];
          throw new TypeError('Failed to fetch');
        },
      };
      const portal = await openPortal('/tickets/t-1', { api });
      box().value = 'Segue a foto.';
      box().dispatchEvent(new Event('input', { bubbles: true }));
      await settle();
      await portal.click('Enviar resposta');
      if (shows !== 'at once') {
        expect(portal.text()).toContain('Sem conexão com o servidor');
        expect(box().value).toBe('Segue a foto.');
      }
      if (shows === 'later') said = [...said, own('Segue a foto.')];
      const again = await openPortal('/tickets/t-1', { api });
      await settle();
      return [...portal.called('POST tickets/t-1/comments'), ...again.called('POST tickets/t-1/comments')];
    }

    it.each(['at once', 'later'] as const)(
      'is asked for again where the message stands in the conversation %s',
      async (shows) => {
        const [first, second, ...more] = await lost(shows);
        expect(second?.headers.get('idempotency-key')).toBe(first?.headers.get('idempotency-key'));
        expect(second?.body).toEqual(first?.body);
        expect(more).toEqual([]);
        expect(box().value).toBe('');
        expect(document.body.textContent).toContain('Sua mensagem já tinha chegado.');
      },
    );

    it('leaves the text where the message did not arrive', async () => {
      expect(await lost('never')).toHaveLength(1);
      expect(box().value).toBe('Segue a foto.');
    });

    it('is not what a page is left with while it fetches again what was sent', async () => {
      let said = ticket().comments;
      let stuck = false;
      const api: Api = {
        'GET tickets/t-1': () => (stuck ? new Promise(() => {}) : json({ ticket: ticket({ comments: said }) })),
        'POST tickets/t-1/comments': ({ body }) => {
          said = [...said, own((body as { body: string }).body)];
          stuck = true;
          return json({ comment: said.at(-1) }, 201);
        },
      };
      const portal = await openPortal('/tickets/t-1', { api });
      box().value = 'Segue a foto.';
      box().dispatchEvent(new Event('input', { bubbles: true }));
      await settle();
      await portal.click('Enviar resposta');
      expect(box().value).toBe('');
      stuck = false;
      const again = await openPortal('/tickets/t-1', { api });
      await settle();
      expect(box().value).toBe('');
      expect(again.called('POST tickets/t-1/comments')).toEqual([]);
    });

    it('does not take the same words of before for the message', async () => {
      const earlier = [own('Segue a foto.')];
      const portal = await open(ticket({ comments: earlier }), {
        'POST tickets/t-1/comments': () => {
          throw new TypeError('Failed to fetch');
        },
      });
      box().value = 'Segue a foto.';
      box().dispatchEvent(new Event('input', { bubbles: true }));
      await settle();
      await portal.click('Enviar resposta');
      await settle();
      expect(portal.called('POST tickets/t-1/comments')).toHaveLength(1);
      expect(box().value).toBe('Segue a foto.');
    });
  });

  it('takes no reply once it is closed', async () => {
    const portal = await open(ticket({ status: 'closed' }));
    expect(document.querySelector('textarea')).toBeNull();
    expect(portal.text()).toContain('Este chamado está encerrado.');
  });

  it('says so when it is not there', async () => {
    const portal = await openPortal('/tickets/t-1', {
      api: { 'GET tickets/t-1': () => problem(404, 'not_found') },
    });
    expect(portal.heading()).toBe('Este chamado não está aqui');
  });
});

describe('a long conversation', () => {
  /** Gives everything that is laid out a height, as no browser does it here. */
  const tall = (height: number) => vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(height);
  const scrolledTo = () => {
    const shown: string[] = [];
    vi.spyOn(window, 'scrollTo').mockImplementation(() => void shown.push('the end'));
    Element.prototype.scrollIntoView = function (this: Element) {
      shown.push(this.textContent ?? '');
    };
    return shown;
  };
  afterEach(() => vi.restoreAllMocks());

  describe('to which something is added', () => {
    const added = (more: Partial<Ticket['comments'][number]>) => ({
      ...ticket().comments[0]!,
      id: `c-${more.body}`,
      createdAt: '2026-11-18T12:00:00Z',
      ...more,
    });
    /** The page, read above its end or there, and what was scrolled to. */
    async function reading(where: 'above' | 'at the end') {
      let now = ticket({ status: 'resolved', canReopen: true });
      const portal = await openPortal('/tickets/t-1', {
        api: {
          'GET tickets/t-1': () => json({ ticket: now }),
          'POST tickets/t-1/comments': () => json({ comment: now.comments[0] }, 201),
          'POST tickets/t-1/reopen': () => {
            now = {
              ...now,
              status: 'open',
              history: [
                happened('status', {
                  from: 'resolved',
                  to: 'open',
                  actorType: 'portal',
                  mine: true,
                  createdAt: '2026-11-18T12:00:00Z',
                }),
              ],
            };
            return json({ ticket: now });
          },
        },
      });
      vi.spyOn(document.documentElement, 'scrollHeight', 'get').mockReturnValue(where === 'above' ? 5_000 : 0);
      const shown = scrolledTo();
      const arrive = (...comments: Ticket['comments']) => {
        now = { ...now, comments: [...now.comments, ...comments] };
      };
      const send = async () => {
        const box = document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Sua resposta"]')!;
        box.value = 'Ainda cai.';
        box.dispatchEvent(new Event('input', { bubbles: true }));
        await settle();
        await portal.click('Enviar resposta');
      };
      return { portal, shown, arrive, send };
    }

    it("shows the end of one's own reply", async () => {
      const { portal, shown, arrive, send } = await reading('above');
      arrive(added({ body: 'Minha', mine: true, authorType: 'portal' }));
      await send();
      expect(shown).toEqual(['the end']);
      expect(portal.text()).not.toContain('Ver o que chegou');
    });

    it('shows what staff answer to whoever reads the end', async () => {
      const { portal, shown, arrive, send } = await reading('at the end');
      arrive(added({ body: 'Primeira' }), added({ body: 'Segunda' }));
      await send();
      expect(shown).toEqual([expect.stringContaining('Primeira')]);
      expect(portal.text()).not.toContain('Ver o que chegou');
    });

    it('tells the others of it, and leads to the first of what is new', async () => {
      const { portal, shown, arrive, send } = await reading('above');
      arrive(added({ body: 'Primeira' }));
      await send();
      arrive(added({ body: 'Segunda' }));
      await send();
      expect(shown).toEqual([]);
      expect(document.querySelector('form [role="status"]')?.textContent).toContain('Ver o que chegou');
      await portal.click('Ver o que chegou');
      expect(shown).toEqual([expect.stringContaining('Primeira')]);
      expect(document.activeElement?.textContent).toContain('Primeira');
      expect(portal.text()).not.toContain('Ver o que chegou');
    });

    it('shows that it was taken up again, with the place to say why', async () => {
      const { portal, shown } = await reading('above');
      await portal.click('Ainda não resolveu');
      expect(portal.text()).toContain('Você reabriu o chamado');
      expect(shown).toEqual(['the end']);
      expect(document.activeElement?.getAttribute('aria-label')).toBe('Sua resposta');
    });
  });

  it('shows the earlier messages in order, piece by piece', async () => {
    const [latest] = ticket().comments;
    const earlier = (id: string) => ({ ...latest!, id, body: `Palavra ${id}`, createdAt: `2026-11-17T10:0${id}:00Z` });
    const portal = await openPortal('/tickets/t-1', {
      api: {
        'GET tickets/t-1': () => json({ ticket: ticket({ olderComments: true }) }),
        'GET tickets/t-1/comments': ({ query }) =>
          json(
            query.get('before') === 'c-1'
              ? { comments: [earlier('2'), earlier('3')], olderComments: true }
              : { comments: query.get('before') === '2' ? [earlier('1')] : [], olderComments: false },
          ),
      },
    });
    await portal.click('Mostrar anteriores');
    expect(portal.text()).toMatch(/Palavra 2.*Palavra 3.*Manda uma foto/s);
    await portal.click('Mostrar anteriores');
    expect(portal.text()).toMatch(/Palavra 1.*Palavra 2.*Palavra 3.*Manda uma foto/s);
    expect(portal.text()).not.toContain('Mostrar anteriores');
  });

  it.each([
    ['pt-BR', 'Ir para a mensagem mais recente'],
    ['en-US', 'Go to the newest message'],
  ] as const)('longer than the screen leads from its beginning to what was said last, in %s', async (locale, label) => {
    tall(0);
    const [first] = ticket().comments;
    const said = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...first!, id: `c-${index}`, body: `Palavra ${index}.` }));
    const open = async (count: number) => {
      const portal = await openPortal('/tickets/t-1', {
        api: { 'GET tickets/t-1': () => json({ ticket: ticket({ comments: said(count) }) }) },
      });
      await setLocale(locale);
      await settle();
      return portal;
    };
    expect((await open(12)).text()).not.toContain(label);
    tall(innerHeight + 1);
    const portal = await open(12);
    await portal.click(label);
    expect(document.activeElement?.textContent).toContain('Palavra 11.');
    expect(document.activeElement?.tagName).toBe('LI');
  });
});

describe("one's own message", () => {
  const own = (more: Partial<Ticket['comments'][number]> = {}): Ticket =>
    ticket({
      comments: [
        {
          id: 'c-2',
          body: 'Às 15h',
          content: 'Às 15h',
          authorType: 'portal',
          authorName: 'Ana Ribeiro',
          mine: true,
          isPublic: true,
          createdAt: '2026-11-18T11:41:00Z',
          editedAt: null,
          removed: false,
          canChange: true,
          ...more,
        },
      ],
    });
  const open = (given: Ticket | (() => Ticket), api: Api = {}) =>
    openPortal('/tickets/t-1', {
      api: { 'GET tickets/t-1': () => json({ ticket: typeof given === 'function' ? given() : given }), ...api },
    });
  const edit = async (text: string) => {
    (document.querySelector('[aria-label="Editar sua mensagem"]') as HTMLElement).click();
    await settle();
    const box = document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Sua mensagem"]')!;
    expect(document.activeElement).toBe(box);
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
  };

  it('is mended where it stands, and says so', async () => {
    let stored = own();
    const portal = await open(() => stored, {
      'PATCH tickets/t-1/comments/c-2': ({ body }) => {
        stored = own({ body: (body as { body: string }).body, editedAt: '2026-11-18T11:50:00Z' });
        return json({ comment: stored.comments[0] });
      },
    });
    await edit('  Às 14h ');
    await portal.click('Salvar');
    expect(portal.called('PATCH tickets/t-1/comments/c-2').map(({ body }) => body)).toEqual([{ body: 'Às 14h' }]);
    expect(portal.text()).toContain('Às 14h');
    expect(portal.text()).toContain('editada');
    expect(document.querySelector('textarea[aria-label="Sua mensagem"]')).toBeNull();
  });

  it('that was answered meanwhile keeps what was typed, and shows the answer', async () => {
    let stored = own();
    const portal = await open(() => stored, {
      'PATCH tickets/t-1/comments/c-2': () => {
        stored = own({ canChange: false });
        return problem(409, 'comment_answered', { detail: 'Esta mensagem já foi respondida.' });
      },
    });
    await edit('Às 14h');
    await portal.click('Salvar');
    expect(portal.alert()).toContain('Esta mensagem já foi respondida.');
    expect(document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Sua mensagem"]')?.value).toBe('Às 14h');
    expect(portal.called('GET tickets/t-1')).toHaveLength(2);
    await portal.click('Cancelar');
    expect(document.querySelector('[aria-label="Editar sua mensagem"]')).toBeNull();
  });

  it('is kept where an ended session refuses it', async () => {
    const portal = await open(own(), { 'PATCH tickets/t-1/comments/c-2': () => problem(401, 'unauthenticated') });
    await edit('Às 14h');
    await portal.click('Salvar');
    expect(document.querySelector('dialog')!.textContent).toContain('Nesta aba há alterações não salvas');
    expect(document.querySelector<HTMLTextAreaElement>('textarea[aria-label="Sua mensagem"]')?.value).toBe('Às 14h');
  });

  it('is not sent empty', async () => {
    const portal = await open(own());
    await edit('   ');
    await portal.click('Salvar');
    expect(portal.text()).toContain('Escreva algo, ou remova a mensagem.');
  });

  it('is taken back after a question, and leaves its place', async () => {
    let stored = own();
    const portal = await open(() => stored, {
      'DELETE tickets/t-1/comments/c-2': () => {
        stored = own({ body: '', removed: true, canChange: false });
        return json(undefined, 204);
      },
    });
    (document.querySelector('[aria-label="Remover sua mensagem"]') as HTMLElement).click();
    await settle();
    const dialog = document.querySelector('[role="dialog"]')!;
    expect(dialog.textContent).toContain('pode já ter lido');
    expect(portal.called('DELETE tickets/t-1/comments/c-2')).toHaveLength(0);
    [...dialog.querySelectorAll('button')].find((button) => button.textContent?.trim() === 'Remover mensagem')!.click();
    await settle();
    expect(portal.called('DELETE tickets/t-1/comments/c-2')).toHaveLength(1);
    expect(portal.text()).toContain('Mensagem removida por quem a escreveu');
    expect(portal.text()).not.toContain('Às 15h');
  });

  it('stays as it is once it was answered', async () => {
    await open(own({ canChange: false }));
    expect(document.querySelector('[aria-label="Editar sua mensagem"]')).toBeNull();
    expect(document.querySelector('[aria-label="Remover sua mensagem"]')).toBeNull();
  });
});

describe('a resolved ticket', () => {
  const answers = (closesAt: string | null): Api => {
    let now = ticket({ status: 'resolved', canReopen: true, closesAt });
    const become = (status: Ticket['status']) => () => json({ ticket: (now = ticket({ status })) });
    return {
      'GET tickets/t-1': () => json({ ticket: now }),
      'POST tickets/t-1/close': become('closed'),
      'POST tickets/t-1/reopen': become('open'),
    };
  };

  it('says when it closes, and is closed with one answer', async () => {
    const portal = await openPortal('/tickets/t-1', { api: answers('2026-11-25T12:00:00Z') });
    expect(portal.text()).toContain('o chamado se encerra em 25/11/2026');
    await portal.click('Resolveu, pode encerrar');
    expect(portal.called('POST tickets/t-1/close')).toHaveLength(1);
  });

  it('is taken up again, and asks why', async () => {
    const portal = await openPortal('/tickets/t-1', { api: answers(null) });
    expect(portal.text()).not.toContain('se encerra em');
    await portal.click('Ainda não resolveu');
    expect(portal.called('POST tickets/t-1/reopen')).toHaveLength(1);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Sua resposta');
  });
});

describe('ending a ticket', () => {
  const answers = (status: Ticket['status'], canReopen: boolean): Api => ({
    'GET tickets/t-1': () => json({ ticket: ticket({ status, canReopen }) }),
    'POST tickets/t-1/close': () => json({ ticket: ticket({ status: 'closed' }) }),
    'POST tickets/t-1/reopen': () => json({ ticket: ticket({ status: 'open' }) }),
  });

  it('is asked about, with its consequence, and then done', async () => {
    const portal = await openPortal('/tickets/t-1', { api: answers('open', false) });
    await portal.click('Encerrar chamado');
    const dialog = document.querySelector('[role="dialog"]')!;
    expect(dialog.textContent).toContain('Encerrar o chamado T-2026-000123?');
    expect(portal.called('POST tickets/t-1/close')).toHaveLength(0);
    [...dialog.querySelectorAll('button')].find((button) => button.textContent?.trim() === 'Encerrar chamado')!.click();
    await settle();
    expect(portal.called('POST tickets/t-1/close')).toHaveLength(1);
    expect(portal.called('GET tickets/t-1')).toHaveLength(2);
  });

  it('can be undone while the API says so', async () => {
    const portal = await openPortal('/tickets/t-1', { api: answers('closed', true) });
    expect(portal.text()).toContain('reabra e continue daqui');
    expect(portal.text()).not.toContain('abra um novo');
    await portal.click('Reabrir chamado');
    expect(portal.called('POST tickets/t-1/reopen')).toHaveLength(1);
  });

  it('is final afterwards', async () => {
    const portal = await openPortal('/tickets/t-1', { api: answers('closed', false) });
    expect(() => portal.button('Reabrir chamado')).toThrow();
    expect(() => portal.button('Encerrar chamado')).toThrow();
    expect(portal.text()).toContain('abra um novo');
  });
});

describe('the history of a ticket', () => {
  const lines = () => [...document.querySelectorAll('[data-history] bdi')].map((line) => line.textContent);
  const shown = async (more: Partial<Ticket>) => {
    const portal = await openPortal('/tickets/t-1', {
      api: { 'GET tickets/t-1': () => json({ ticket: ticket(more) }) },
    });
    return { portal, lines: lines() };
  };

  it('stands between the messages, in the customer’s words and without names of who does not take care', async () => {
    const at = (hour: number) => ({ createdAt: `2026-11-19T${hour}:00:00Z` });
    const { portal, lines } = await shown({
      history: [
        happened('taken', { to: 'Rafael Nogueira', actorName: 'Rafael Nogueira' }),
        happened('priority', { from: 'normal', to: 'high', ...at(10) }),
        happened('assigned', { to: 'Bia Lima', ...at(11) }),
        happened('status', { from: 'open', to: 'resolved', ...at(12) }),
        happened('status', {
          from: 'resolved',
          to: 'open',
          actorType: 'portal',
          actorName: 'Ana Ribeiro',
          mine: true,
          ...at(13),
        }),
        happened('unassigned', { actorType: 'system', ...at(13) }),
        happened('status', { from: 'open', to: 'closed', actorType: 'portal', actorName: 'Bruno Costa', ...at(14) }),
        happened('status', { from: 'resolved', to: 'closed', actorType: 'system', ...at(15) }),
      ],
    });
    expect(lines).toEqual([
      'Rafael Nogueira assumiu o chamado',
      'Prioridade: Alta',
      'Bia Lima passou a cuidar do chamado',
      'Situação: Resolvido',
      'Você reabriu o chamado',
      'O chamado voltou para a fila',
      'Bruno Costa encerrou o chamado',
      'Chamado encerrado por falta de resposta',
    ]);
    const text = portal.text();
    expect(text.indexOf('assumiu o chamado')).toBeLessThan(text.indexOf('Vimos quedas.'));
    expect(text.indexOf('Vimos quedas.')).toBeLessThan(text.indexOf('Prioridade: Alta'));
  });

  it('ends with what is true now: when the ticket closes by itself, or that nobody has it and nobody has answered', async () => {
    expect((await shown({ status: 'resolved', closesAt: '2026-11-25T12:00:00Z' })).lines).toEqual([
      'Se não houver resposta, encerramos em 25/11/2026.',
    ]);
    expect((await shown({ status: 'open', assignee: null })).lines).toEqual([]);
    const nobody = await shown({ status: 'open', assignee: null, comments: [] });
    expect(nobody.lines).toEqual(['Ninguém assumiu ainda. Quem assumir aparece aqui.']);
    expect(nobody.portal.text()).toContain('Ninguém ainda');
    expect((await shown({ status: 'open' })).lines).toEqual([]);
    expect((await shown({ status: 'closed', assignee: null })).lines).toEqual([]);
  });
});
