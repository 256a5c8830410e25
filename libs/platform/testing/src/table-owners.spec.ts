import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sourceOf, sourcesIn } from './sources.js';

const MIGRATIONS = resolve(import.meta.dirname, '../../database/migrations');

/** A module's tables are made by the migration that is called as it is; those that others make belong to these. */
const OWNER_OF: Record<string, string> = {
  outbox: 'outbox',
  audit_log: 'audit',
  mails: 'mail',
  domain_claims: 'portal',
  portal_pictures: 'portal',
  operators: 'auth',
  sandbox_cards: 'gateways',
  sandbox_events: 'gateways',
  sandbox_gateways: 'gateways',
  sandbox_keys: 'gateways',
  sandbox_payments: 'gateways',
  sandbox_setups: 'gateways',
  payment_proofs: 'billing',
  payment_links: 'billing',
  payment_methods: 'payments',
  payment_method_secrets: 'payments',
  method_setups: 'payments',
  automatic_payments: 'payments',
  collections: 'payments',
  collection_attempts: 'payments',
};

/**
 * Tables that others may read, by joining them where a second statement would cost a round trip. Downward only: who is
 * read knows nothing of the reader, so it tells here what stays as it is. All else is asked of the owner's functions.
 */
const READ_BY: Record<string, string[]> = {
  organizations: ['portal', 'signup', 'billing', 'payments', 'subscriptions', 'proposals', 'tickets', 'api'],
  portals: ['auth', 'portal', 'signup', 'billing', 'payments', 'subscriptions', 'tickets'],
  portal_users: ['auth', 'portal', 'signup', 'billing', 'payments', 'subscriptions', 'proposals', 'tickets'],
  staff_users: ['portal', 'payments', 'proposals', 'tickets'],
  billing_accounts: ['portal', 'signup', 'billing', 'payments', 'subscriptions', 'proposals', 'tickets'],
  account_versions: ['billing', 'tickets'],
  invoices: ['payments', 'subscriptions', 'proposals', 'tickets'],
  deposits: ['payments'],
  ledger_entries: ['payments'],
  roles: ['portal', 'signup', 'billing', 'payments', 'subscriptions', 'proposals'],
  mails: ['portal'],
};

interface Use {
  file: string;
  by: string;
  table: string;
}

/** What runs: no demo, which writes all tables at once into an empty installation. */
const sources = ['libs/modules', 'libs/platform', 'apps/api/src', 'apps/worker/src']
  .flatMap(sourcesIn)
  .filter((file) => !/\/(?:testing|demo)\//.test(file));
const entities = new Map(
  sources.flatMap((file) =>
    [...codeOf(file).matchAll(/@Entity\('(\w+)'\)\s*export class (\w+)/g)].map(([, table, name]) => [name!, table!]),
  ),
);
const owners = tableOwners();
const HERE = 'libs/platform/testing/src/table-owners.spec.ts';
const isStranger = ({ by, table }: Use) => by !== owners.get(table);
const wordsOf = ({ file, by, table }: Use, does: string) => `${file} of ${by} ${does} ${table} of ${owners.get(table)}`;

describe('a table', () => {
  const reads = uses(/\b(?:from|join)\s+(\w+)/g, /./);

  it('has one owner', () => {
    expect(owners.size).toBeGreaterThan(20);
    for (const table of entities.values()) expect([...owners.keys()]).toContain(table);
  });

  it('is written by its owner only', () => {
    const writes = uses(
      /\b(?:insert\s+into|update|delete\s+from)\s+(?:only\s+)?(\w+)/g,
      /insert|update|delete|save|upsert|remove/,
    );
    expect(new Set(writes.map(({ table }) => table)).size).toBeGreaterThan(15);
    const todo = `its owner has a function for that, or OWNER_OF in ${HERE} says whose it is`;
    expect(writes.filter(isStranger).map((use) => `${wordsOf(use, 'writes')}: ${todo}`)).toEqual([]);
  });

  it('is read by its owner and those who say so', () => {
    const strangers = reads.filter((use) => isStranger(use) && !READ_BY[use.table]?.includes(use.by));
    const todo = `its owner has a function for that, or READ_BY in ${HERE} says that it is joined`;
    expect(strangers.map((use) => `${wordsOf(use, 'reads')}: ${todo}`)).toEqual([]);
  });

  it('lists nobody who no longer reads it, and no owner of one that is gone', () => {
    const gone = Object.entries(READ_BY).flatMap(([table, readers]) =>
      readers
        .filter((reader) => !reads.some(({ by, table: read }) => by === reader && read === table))
        .map((by) => `${table} by ${by}`),
    );
    const unmade = Object.keys(OWNER_OF).filter((table) => !owners.has(table));
    expect([...gone, ...unmade].map((line) => `${line}: take it out of ${HERE}`)).toEqual([]);
  });
});

function uses(statement: RegExp, method: RegExp): Use[] {
  return sources.flatMap((file) => {
    const code = codeOf(file);
    const inSql = [...code.matchAll(statement)].map(([, table]) => table!);
    const byEntity = [...code.matchAll(/repository\((\w+)\)\s*\.(\w+)/g)].flatMap(([, entity, name]) =>
      method.test(name!) ? [entities.get(entity!) ?? ''] : [],
    );
    return [...new Set([...inSql, ...byEntity])]
      .filter((table) => owners.has(table))
      .map((table) => ({ file, by: moduleOf(file), table }));
  });
}

function tableOwners(): Map<string, string> {
  return new Map(
    readdirSync(MIGRATIONS).flatMap((name) => {
      const [up = ''] = readFileSync(join(MIGRATIONS, name), 'utf8').split('-- Down Migration');
      const module = name.replace(/^\d+_|\.sql$/g, '');
      return [...up.matchAll(/create (?:unlogged )?table (\w+)/g)].map(([, table]): [string, string] => [
        table!,
        OWNER_OF[table!] ?? module,
      ]);
    }),
  );
}

function moduleOf(file: string): string {
  return /(?:libs\/(?:modules|platform)|apps)\/([\w-]+)\//.exec(file)![1]!;
}

function codeOf(file: string): string {
  return sourceOf(file).replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
}
