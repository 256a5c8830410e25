import { client, portalCommentTicket, portalGetArticle, type Call } from '@balcao/api-client';
import { useFormat } from '@balcao/ui';
import { createPinia, disposePinia, setActivePinia } from 'pinia';
import { describe, expect, it, onTestFinished } from 'vitest';
import { effectScope } from 'vue';
import { useOrganizationZone } from '../src/data/organization-days.js';
import { createMemoryHistory } from 'vue-router';
import { readingMinutes } from '../src/features/help/reading-time.js';
import { shelvesOf } from '../src/features/help/shelves.js';
import { greetingAt } from '../src/features/home/greeting.js';
import { timeZoneOptions } from '../src/features/settings/time-zones.js';
import { createPortalRouter, likelyFirstPage } from '../src/router.js';
import { signedIn } from './harness.js';
import { filterOf, isFiltered, queryOf } from '../src/data/ticket-filter.js';
import { daysOf, isSpan, spansAround } from '../src/data/day-span.js';
import { filterOf as invoiceFilterOf, queryOf as invoiceQueryOf } from '../src/data/invoice-filter.js';

describe('greetingAt', () => {
  it.each([
    [4, 'evening'],
    [5, 'morning'],
    [11, 'morning'],
    [12, 'afternoon'],
    [17, 'afternoon'],
    [18, 'evening'],
    [0, 'evening'],
  ])('at %i says %s', (hour, greeting) => expect(greetingAt(hour)).toBe(greeting));
});

describe('likelyFirstPage', () => {
  it.each([
    ['/help/artigo-1', false, '/help/artigo-1', 'public-article'],
    ['/help/artigo-1', true, '/help/artigo-1', 'article'],
    ['/tickets', false, '/login', 'login'],
    ['/tickets', true, '/tickets', 'tickets'],
    ['/signup/aurora', false, '/signup/aurora', 'signup'],
  ])('of %s, signed in %s, is %s', (address, session, path, name) => {
    signedIn(session);
    const history = createMemoryHistory();
    history.replace(address);
    const router = createPortalRouter(history);
    expect(router.resolve(likelyFirstPage(router))).toMatchObject({ path, name });
  });
});

describe('the client', () => {
  it('fills a path in so that no value leaves its place, and hands over what belongs to the call', async () => {
    const calls: Call[] = [];
    client.connect(async (call) => void calls.push(call));
    const { signal } = new AbortController();
    await portalGetArticle({ path: { slug: '../a b?c#d' }, query: { locale: 'pt-BR' }, signal });
    await portalCommentTicket({ path: { id: '1' }, body: { body: 'x' }, headers: { 'idempotency-key': 'k' } });
    expect(calls[0]).toMatchObject({
      method: 'GET',
      path: '/api/v1/portal/kb/articles/..%2Fa%20b%3Fc%23d',
      query: { locale: 'pt-BR' },
      signal,
    });
    expect(calls[1]).toMatchObject({
      method: 'POST',
      path: '/api/v1/portal/tickets/1/comments',
      body: { body: 'x' },
      headers: { 'idempotency-key': 'k' },
    });
  });
});

describe('a ticket filter', () => {
  it('ignores what makes no sense', () => {
    expect(filterOf({ status: 'broken', show: 'x', priority: ['high'], page: '-3', q: '', scope: 'all' })).toEqual({
      show: 'open',
      priority: undefined,
      scope: undefined,
      q: undefined,
      page: 1,
    });
  });

  it('survives its way through an address', () => {
    const filter = { show: 'only:on_hold', priority: 'low', scope: 'own', q: 'a b', page: 2 } as const;
    expect(filterOf(JSON.parse(JSON.stringify(queryOf(filter))) as never)).toEqual(filter);
    expect(isFiltered(filter)).toBe(true);
    expect(isFiltered({ show: 'waiting', page: 7 })).toBe(false);
  });
});

describe('shelvesOf', () => {
  const article = (id: string, slug: string | null) => ({
    id,
    slug: id,
    title: id,
    excerpt: '',
    titleHighlight: null,
    highlight: null,
    category: slug ? { id: slug, slug, name: slug } : null,
    tags: [],
    locale: 'pt-BR' as const,
    updatedAt: '',
  });

  it('keeps the order of categories, leaves out empty ones and puts the rest last', () => {
    const categories = ['b', 'empty', 'a'].map((slug) => ({ id: slug, slug, name: slug, articleCount: 9 }));
    const shelves = shelvesOf(categories, [
      article('1', 'a'),
      article('2', 'b'),
      article('3', null),
      article('4', 'hidden'),
    ]);
    expect(shelves.map(({ slug, articles }) => [slug, articles.map(({ id }) => id)])).toEqual([
      ['b', ['2']],
      ['a', ['1']],
      [null, ['3', '4']],
    ]);
  });
});

describe('readingMinutes', () => {
  it('counts words, not markup, and never says zero', () => {
    expect(readingMinutes('<p>oi</p>')).toBe(1);
    expect(readingMinutes(`<p class="a b c">${'palavra '.repeat(600)}</p>`)).toBe(3);
  });
});

describe('timeZoneOptions', () => {
  const options = (current: string, locale = 'pt-BR') => timeZoneOptions(current, locale);

  it("begins with Brazil's and holds each once", () => {
    const values = options('America/Sao_Paulo').map(({ value }) => value);
    expect(values[0]).toBe('America/Sao_Paulo');
    expect(new Set(values).size).toBe(values.length);
  });

  it("begins with those of the present one's own country", () => {
    const values = options('Europe/Lisbon').map(({ value }) => value);
    expect(values.slice(0, 4)).toEqual(
      expect.arrayContaining(['Europe/Lisbon', 'Atlantic/Azores', 'Atlantic/Madeira']),
    );
    expect(values).toContain('America/Sao_Paulo');
  });

  it.each([
    ['pt-BR', 'São Paulo, Horário Padrão de Brasília (GMT-3)', 'Tokyo, Horário Padrão do Japão (GMT+9)'],
    ['en-US', 'São Paulo, Brasilia Standard Time (GMT-3)', 'Tokyo, Japan Standard Time (GMT+9)'],
  ])('names them in %s', (locale, brazil, japan) => {
    const labels = options('America/Sao_Paulo', locale).map(({ label }) => label);
    expect(labels[0]).toBe(brazil);
    expect(labels).toContain(japan);
  });

  it('keeps the present one, known or not to the list', () => {
    expect(options('Etc/GMT+3').map(({ value }) => value)).toContain('Etc/GMT+3');
  });
});

describe('an invoice filter', () => {
  it.each([
    { show: 'only:void', due: '2026-02', sort: 'dueOn', q: 'loja 2', cursor: 'abc' },
    { show: 'open', sort: 'dueOn' },
    { show: 'all', sort: '-dueOn' },
  ] as const)('survives its way through an address: %o', (filter) => {
    const read = invoiceFilterOf(JSON.parse(JSON.stringify(invoiceQueryOf(filter))) as never);
    expect(JSON.parse(JSON.stringify(read))).toEqual(filter);
  });
});

describe('months and years', () => {
  it('have their first and their last day', () => {
    expect(daysOf('2028-02')).toEqual({ first: '2028-02-01', last: '2028-02-29' });
    expect(daysOf('2026')).toEqual({ first: '2026-01-01', last: '2026-12-31' });
    expect(['2026-13', '0000', '26', '2026-1', '2026-11-18'].filter(isSpan)).toEqual([]);
  });

  it('are offered around today, with the one that is chosen', () => {
    expect(spansAround('2026-01-31', '2019')).toEqual(
      '2026-02 2026-01 2025-12 2026 2025 2024 2023 2022 2019'.split(' '),
    );
  });
});

it("hours are the organization's while a page of who has not signed in goes by them, and the device's again once it is left", () => {
  const pinia = createPinia();
  setActivePinia(pinia);
  onTestFinished(() => disposePinia(pinia));
  const page = effectScope();
  const dateOf = () => useFormat().value.date('2026-12-01T15:00:00Z');
  page.run(() => useOrganizationZone())!('Asia/Tokyo');
  expect(dateOf()).toBe('02/12/2026');
  page.stop();
  expect(dateOf()).toBe('01/12/2026');
});
