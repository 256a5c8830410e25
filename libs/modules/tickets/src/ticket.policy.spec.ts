import { describe, expect, it } from '@jest/globals';
import type { PortalPermission } from '@balcao/contracts';
import { readScope } from './ticket.policy.js';

const bearer = (...permissions: PortalPermission[]) => ({ can: (one: PortalPermission) => permissions.includes(one) });
const [own, account] = ['tickets:read_own', 'tickets:read_account'] as const;

describe('whose tickets a portal user sees', () => {
  it('is the widest that the role allows', () => {
    expect(readScope(bearer(own))).toBe('own');
    expect(readScope(bearer(account))).toBe('account');
    expect(readScope(bearer(own, account))).toBe('account');
  });

  it('can be narrowed, never widened', () => {
    expect(readScope(bearer(account), 'own')).toBe('own');
    expect(() => readScope(bearer(own), 'account')).toThrow('permission_denied');
    expect(() => readScope(bearer('tickets:create'))).toThrow('permission_denied');
  });
});
