import { beforeAll, describe, expect, it } from 'vitest';
import { createMemoryHistory, createRouter, type RouteMeta } from 'vue-router';
import { i18n } from '../i18n/i18n.js';
import {
  currentLine,
  gatherFeatures,
  menuGroups,
  menuOf,
  paletteOf,
  shortMenu,
  tabsOf,
  type FeatureDescription,
} from './features.js';

const Page = { template: '<p />' };
const page = (name: string, path = name) => ({ path: `/${path}`, name, component: Page });
const entry = (name: string, order: number, group?: string) => ({
  page: name,
  label: { 'pt-BR': `${name} pt`, 'en-US': `${name} en` },
  icon: 'i-lucide-house',
  order,
  group,
});
const gather = (found: Record<string, FeatureDescription>) =>
  gatherFeatures(
    Object.fromEntries(Object.entries(found).map(([name, one]) => [`./features/${name}/feature.ts`, { default: one }])),
  );

beforeAll(() => void (i18n.global.locale.value = 'pt-BR'));

describe('gatherFeatures', () => {
  it('marks every page with its feature and its texts', async () => {
    const [feature] = gatherFeatures(
      { './features/loans/feature.ts': { default: { routes: [{ ...page('loans'), children: [page('loan', 'x')] }] } } },
      {
        './features/loans/i18n/pt-BR.json': async () => 'português',
        './features/loans/i18n/en-US.json': async () => 'English',
        './features/other/i18n/en-US.json': async () => 'wrong',
      },
    );
    const [route] = feature!.routes;
    expect([route!.meta!.partOf, route!.children![0]!.meta!.partOf]).toEqual(['loans', 'loans']);
    expect(await route!.meta!.messages!('en-US')).toBe('English');
  });

  it.each<[string, FeatureDescription, FeatureDescription]>([
    ['page list', { routes: [page('list', 'a')] }, { publicRoutes: [page('list', 'b')] }],
    ['page list', { routes: [{ ...page('a'), children: [page('list', 'c')] }] }, { routes: [page('list')] }],
    ['page at /same', { routes: [page('a', 'same')] }, { routes: [page('b', 'same')] }],
    ['menu entry of a', { menu: [entry('a', 1)] }, { menu: [entry('a', 2)] }],
  ])('refuses two that claim the %s', (what, one, other) => {
    expect(() => gather({ one, other })).toThrow(`Two features claim the ${what}`);
  });
});

describe('the menu', () => {
  const features = gather({
    b: {
      routes: [page('b'), { ...page('secret'), meta: { title: 'no' } }],
      menu: [entry('b', 2, 'more'), entry('secret', 3, 'more')],
    },
    a: {
      routes: [page('a')],
      menu: [entry('a', 1)],
    },
  });
  const router = createRouter({ history: createMemoryHistory(), routes: features.flatMap(({ routes }) => routes) });
  const opens = ({ title }: { title?: string }) => title !== 'no';

  it('stands in its order, in the language in use, without what may not be opened', () => {
    expect(menuOf(features, router, opens).map(({ label, feature }) => [label, feature])).toEqual([
      ['a pt', 'a'],
      ['b pt', 'b'],
    ]);
    expect(menuGroups(menuOf(features, router, opens)).map(({ heading, lines }) => [heading, lines.length])).toEqual([
      [undefined, 1],
      ['more', 1],
    ]);
  });

  it('shows where one is: the line of the page itself, else the first of its feature, or of another that it says', () => {
    const line = (page: string, feature: string) => ({ page, features: [feature] });
    const lines = [line('invoices', 'billing'), line('statement', 'billing'), line('customers', 'directory')];
    const on = (name: string, meta: RouteMeta) => currentLine(lines, { name, meta })?.page;
    expect(on('statement', { partOf: 'billing' })).toBe('statement');
    expect(on('invoice', { partOf: 'billing' })).toBe('invoices');
    expect(on('customer-billing', { partOf: 'billing', lineOf: 'directory' })).toBe('customers');
    expect(on('elsewhere', {})).toBeUndefined();
  });

  it.each([
    ['abcde', 'abcde', ''],
    ['abcdef', 'abcd', 'ef'],
    ['aBCdEf', 'aBdf', 'CE'],
    ['ABCDEF', 'ABCD', 'EF'],
  ])('of %s keeps %s in five seats and %s behind More, the rare ones first', (all, shown, behind) => {
    const lines = [...all].map((page) => ({ page, rare: /[A-Z]/.test(page) ? (true as const) : undefined }));
    const words = (some: typeof lines) => some.map(({ page }) => page).join('');
    const short = shortMenu(lines, 5);
    expect([words(short.shown), words(short.behind)]).toEqual([shown, behind]);
  });

  it('is in the palette, with what the palette alone reaches', () => {
    const beside = (['a', 'secret'] as const).map((name) => ({
      to: { name },
      label: { 'pt-BR': `Abrir ${name}`, 'en-US': name },
      icon: 'i',
      kind: 'action' as const,
    }));
    const labels = (kind: 'page' | 'action') =>
      paletteOf(features, beside, router, opens, kind).map(({ label }) => label);
    expect(labels('action')).toEqual(['Abrir a']);
    expect(labels('page')).toEqual(['a pt', 'b pt']);
  });

  it('holds pages of other features as tabs, and leads to the first that may be opened', () => {
    const tab = { 'pt-BR': 'aba', 'en-US': 'tab' };
    const parts = gather({
      customers: { routes: [{ ...page('accounts'), meta: { title: 'no' } }], menu: [{ ...entry('accounts', 1), tab }] },
      invited: { routes: [page('invited')], menu: [{ ...entry('invited', 2), under: 'customers' }] },
    });
    const all = createRouter({ history: createMemoryHistory(), routes: parts.flatMap(({ routes }) => routes) });
    expect(menuOf(parts, all, opens)).toMatchObject([
      { label: 'accounts pt', page: 'invited', features: ['customers', 'invited'] },
    ]);
    expect(tabsOf(parts, all, opens, 'customers')).toEqual([{ page: 'invited', label: 'invited pt' }]);
    expect(tabsOf(parts, all, () => true, 'customers')[0]).toEqual({ page: 'accounts', label: 'aba' });
    expect(menuOf(parts, all, () => false)).toEqual([]);
  });
});
