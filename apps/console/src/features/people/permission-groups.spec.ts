import { PORTAL_PERMISSIONS } from '@balcao/contracts';
import { describe, expect, it } from 'vitest';
import english from './i18n/en-US.json';
import { permissionKey, PERMISSION_GROUPS } from './permission-groups.js';

describe('permission groups', () => {
  it('hold every permission exactly once', () => {
    expect(PERMISSION_GROUPS.flatMap(({ permissions }) => permissions).sort()).toEqual([...PORTAL_PERMISSIONS].sort());
  });

  it.each([...PORTAL_PERMISSIONS])('explain %s', (permission) => {
    const texts = (english as { people: { permissions: Record<string, { label: string; help: string }> } }).people
      .permissions;
    expect(texts[permissionKey(permission)]).toMatchObject({ label: expect.anything(), help: expect.anything() });
  });
});
