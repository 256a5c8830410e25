import { PORTAL_PERMISSIONS } from '@balcao/contracts';
import { expect, it } from 'vitest';
import english from './i18n/en-US.json';
import { permissionKey, PERMISSION_GROUPS, shownCount } from './permission-groups.js';

it('permissions are shown once, and explained', () => {
  const shown = PERMISSION_GROUPS.flatMap(({ permissions }) => permissions);
  expect(new Set(shown).size).toBe(shown.length);
  expect(shownCount(PORTAL_PERMISSIONS)).toBe(shown.length);
  const { permissions, groups } = (
    english as {
      roles: { permissions: Record<string, { label: string; help: string }>; groups: Record<string, string> };
    }
  ).roles;
  expect(Object.keys(permissions).sort()).toEqual(shown.map(permissionKey).sort());
  expect(Object.keys(groups).sort()).toEqual(PERMISSION_GROUPS.map(({ name }) => name).sort());
});
