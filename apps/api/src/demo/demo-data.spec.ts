import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { LOCALES } from '@balcao/contracts';
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
    expect(roles.map(({ name }) => name)).toEqual(expect.arrayContaining(users.map(({ role }) => role)));
    const categories = content.categories.map((category) => category.slug);
    expect(categories).toEqual(expect.arrayContaining(content.articles.map(({ category }) => category)));
  });

  it('shows every file with an article in it', () => {
    const known = content.articles.map((article) => `${article.slug}.${article.locale}.md`);
    expect(readdirSync(new URL(`../../demo/${slug}/articles`, import.meta.url)).sort()).toEqual(known.sort());
    expect(LOCALES.filter((locale) => !content.articles.some((article) => article.locale === locale))).toEqual([]);
  });
});
