import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PORTAL_PERMISSIONS, STAFF_ROLE_PERMISSIONS, STAFF_ROLES } from './permissions.js';

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

describe('a permission', () => {
  it.each(PORTAL_PERMISSIONS)('%s of customers is asked for by a route: none is shown or given before that', (name) => {
    expect(asked('Portal')).toContain(name);
  });

  it.each([...new Set(STAFF_ROLES.flatMap((role) => STAFF_ROLE_PERMISSIONS[role]))])('%s of staff is, too', (name) => {
    expect(asked('Staff')).toContain(name);
  });
});
