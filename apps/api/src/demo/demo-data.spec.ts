import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { LOCALES } from '@balcao/contracts';
import { hslToHex } from '@balcao/theming';
import { DEMO_ORGANIZATIONS } from './demo-data.js';

describe.each(DEMO_ORGANIZATIONS)('the demo of $slug', ({ slug, roles, staff, accounts, ...content }) => {
  const users = accounts.flatMap((account) => account.users);
  const customers = users.map(({ email }) => email);
  const employees = staff.map(({ email }) => email);

  it('names only people, roles and categories that it has', () => {
    const writers = content.tickets.flatMap(({ messages = [] }) => messages.map(({ from }) => from));
    expect(customers).toEqual(expect.arrayContaining(content.tickets.map(({ from }) => from)));
    expect(customers).toEqual(expect.arrayContaining(users.flatMap(({ invitedBy }) => invitedBy ?? [])));
    expect(employees).toEqual(expect.arrayContaining(content.tickets.flatMap(({ assignee }) => assignee ?? [])));
    expect([...customers, ...employees]).toEqual(expect.arrayContaining(writers));
    const named = [...users.map(({ role }) => role), ...content.portals.flatMap((portal) => portal.roles)];
    expect(roles.map(({ name }) => name)).toEqual(expect.arrayContaining(named));
    const categories = content.categories.map((category) => category.slug);
    expect(categories).toEqual(expect.arrayContaining(content.articles.map(({ category }) => category)));
  });

  it('shows every file with an article in it', () => {
    const known = content.articles.map((article) => `${article.slug}.${article.locale}.md`);
    expect(readdirSync(new URL(`../../demo/${slug}/articles`, import.meta.url)).sort()).toEqual(known.sort());
    expect(LOCALES.filter((locale) => !content.articles.some((article) => article.locale === locale))).toEqual([]);
  });
});

it('S2.6 shows an organization with several portals, one of which is not open to everybody', () => {
  const [{ portals, accounts }] = DEMO_ORGANIZATIONS as [(typeof DEMO_ORGANIZATIONS)[0]];
  expect(portals.map(({ slug, roles }) => [slug, roles])).toEqual([
    ['aurora', []],
    ['aurora-gestao', ['Administração']],
    ['aurora-movel', []],
  ]);
  const colours = portals.map(({ branding }) => JSON.stringify(branding.theme?.light?.primary));
  expect(new Set(colours).size).toBe(portals.length);
  expect(hslToHex(portals[2]!.branding.theme!.light.primary)).toBe('#facc15');
  const bruno = accounts.flatMap(({ users }) => users).find(({ email }) => email === 'bruno@padaria.example');
  expect(portals[1]!.roles).not.toContain(bruno?.role);
});
