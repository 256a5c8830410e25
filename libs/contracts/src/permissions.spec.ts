import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PORTAL_PERMISSIONS, STAFF_ROLE_PERMISSIONS, STAFF_ROLES, type StaffRole } from './permissions.js';

const LIBS = resolve(import.meta.dirname, '../..');

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : sourcesIn(path);
    return /(?<!\.spec)\.ts$/.test(path) ? [readFileSync(path, 'utf8')] : [];
  });
}
const sources = sourcesIn(join(LIBS, 'modules')).join('\n');
const asked = (kind: 'Portal' | 'Staff') =>
  new Set(
    [...sources.matchAll(new RegExp(`Require(?:Any)?${kind}Permission\\(([^)]*)\\)`, 'g'))].flatMap(([, names = '']) =>
      [...names.matchAll(/'([^']+)'/g)].map(([, name]) => name),
    ),
  );

const HERE = 'libs/contracts/src/permissions.spec.ts';
const nounOf = (permission: string) => permission.split(':')[0]!;

describe('a permission', () => {
  it.each(PORTAL_PERMISSIONS)('%s of customers is asked for by a route: none is shown or given before that', (name) => {
    expect(asked('Portal')).toContain(name);
  });

  it.each([...new Set(STAFF_ROLES.flatMap((role) => STAFF_ROLE_PERMISSIONS[role]))])('%s of staff is, too', (name) => {
    expect(asked('Staff')).toContain(name);
  });

  /** By hand, of the roles that do not change everything: a list alone does not show that it gives somebody too much. */
  const WORK: Partial<Record<StaffRole, readonly string[]>> = {
    agent: ['kb:write', 'tickets:write'],
    billing: [
      'billing_settings:write',
      'customers:write',
      'invoices:write',
      'payments:write',
      'plans:write',
      'proposals:write',
      'subscriptions:write',
    ],
  };
  // Whatever anybody of the staff may read, those who answer for the organization may change.
  const everything = [...new Set(STAFF_ROLES.flatMap((role) => STAFF_ROLE_PERMISSIONS[role]).map(nounOf))];

  it.each(STAFF_ROLES)('of staff lets the role %s change what its work is, and no more', (role) => {
    const [changes, work] = [
      STAFF_ROLE_PERMISSIONS[role].filter((permission) => !permission.endsWith(':read')),
      WORK[role] ?? everything.map((noun) => `${noun}:write`),
    ];
    const isWork = `: write it to \`WORK\` in ${HERE} if that is the work of ${role}`;
    expect(changes.filter((one) => !work.includes(one)).map((one) => one + isWork)).toEqual([]);
    const isNone = `: give it to ${role} in libs/contracts/src/permissions.ts, or take it out of \`WORK\` in ${HERE}`;
    expect(work.filter((one) => !changes.some((change) => change === one)).map((one) => one + isNone)).toEqual([]);
  });
});
