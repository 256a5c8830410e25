import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { signInActors } from '../support/actors.js';
import { battlefieldOf, breachesOf } from '../support/attacks.js';
import { openApiOf } from '../support/open-api.js';
import { operationsOf } from '../support/operations.js';
import { startTestApp } from '../support/test-app.js';

// Whether the attacks would notice: one policy after another lets everything through, in a database of this file's own.
const api = await startTestApp({ ownFilters: false });
afterAll(() => api.close());
const document = await openApiOf(api.visitor());
const guarded = operationsOf(api.routes, document).filter(
  ({ access, method }) => access.kind !== 'public' && method !== 'head',
);

const POLICIES: [table: string, policy: string][] = [
  ['billing_accounts', 'account_isolation'],
  ['invitations', 'account_isolation'],
  ['kb_articles', 'organization_isolation'],
  ['kb_articles', 'published_reading'],
  ['kb_categories', 'organization_isolation'],
  ['kb_categories', 'shared_reading'],
  ['portal_users', 'account_isolation'],
  ['portals', 'organization_isolation'],
  ['roles', 'organization_isolation'],
  ['staff_users', 'organization_isolation'],
  ['tickets', 'account_isolation'],
];

async function breaches(): Promise<string[]> {
  const field = await battlefieldOf(api, document, await signInActors(api));
  const found: string[] = [];
  for (const operation of guarded) found.push(...(await breachesOf(field, operation)));
  return found;
}

describe('the attacks of the isolation suite', () => {
  afterEach(() => api.reset());

  it('find nothing while every policy stands', async () => {
    expect(await breaches()).toEqual([]);
  });

  it.each(POLICIES)('B.1 find a way through when %s has lost its %s', async (table, policy) => {
    const restore = await openUp(table, policy);
    try {
      expect((await breaches()).join('\n')).toContain(table === 'kb_articles' ? '/kb/' : '/');
    } finally {
      await restore();
    }
  });
});

/** Replaces the conditions of one policy by `true`. @returns how to bring them back */
async function openUp(table: string, policy: string): Promise<() => Promise<void>> {
  const [stored] = await api.rows<{ qual: string; with_check: string | null }>(
    'select qual, with_check from pg_policies where tablename = $1 and policyname = $2',
    table,
    policy,
  );
  if (!stored) throw new Error(`${table} has no policy ${policy}`);
  const change = (using: string, check: string) =>
    api.owner.query(
      `alter policy ${policy} on ${table} using (${using}) ${stored.with_check ? `with check (${check})` : ''}`,
    );
  await change('true', 'true');
  return async () => void (await change(stored.qual, stored.with_check ?? ''));
}
