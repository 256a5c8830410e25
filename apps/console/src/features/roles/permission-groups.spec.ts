import { PORTAL_PERMISSION_GROUPS, PORTAL_PERMISSIONS } from '@balcao/contracts';
import { expect, it } from 'vitest';
import english from './i18n/en-US.json';
import { permissionKey } from './permission-groups.js';

it('permissions are shown once, and explained', () => {
  const shown = Object.values(PORTAL_PERMISSION_GROUPS).flat();
  expect(new Set(shown).size).toBe(shown.length);
  expect(PORTAL_PERMISSIONS).toEqual(shown);
  for (const [group, names] of Object.entries(PORTAL_PERMISSION_GROUPS))
    for (const name of names) expect(name).toMatch(new RegExp(`^${group}:`));
  const { permissions, groups } = (
    english as {
      roles: { permissions: Record<string, { label: string; help: string }>; groups: Record<string, string> };
    }
  ).roles;
  // As objects, so that a failure names what is missing or too much.
  const named = (keys: string[]) => Object.fromEntries(keys.map((key) => [key, true]));
  expect(named(Object.keys(permissions))).toEqual(named(shown.map(permissionKey)));
  expect(named(Object.keys(groups))).toEqual(named(Object.keys(PORTAL_PERMISSION_GROUPS)));
});
