import { describe, expect, it } from '@jest/globals';
import type { EventDefinition, PortalPermission } from '@balcao/contracts';
import { customerMayHear } from './audience.js';

const ACCOUNTS = { customers: { account: 'tickets:read_account', own: 'tickets:read_own' } } as const;
const EVERYBODYS = { customers: { everybody: 'kb:read' } } as const;
const reader = (...permissions: PortalPermission[]) => ({
  organizationId: 'aurora',
  scope: { billingAccountId: 'padaria' },
  actor: { id: 'ana' },
  can: (permission: PortalPermission) => permissions.includes(permission),
});

describe('a customer', () => {
  it.each<[string, boolean, ReturnType<typeof reader>, Pick<EventDefinition, 'customers'>, object]>([
    ['their account’s', true, reader('tickets:read_account'), ACCOUNTS, { portalUserId: 'bruno' }],
    ['their own', true, reader('tickets:read_own'), ACCOUNTS, { portalUserId: 'ana' }],
    ['a colleague’s, with their own alone', false, reader('tickets:read_own'), ACCOUNTS, { portalUserId: 'bruno' }],
    ['nobody’s, with their own alone', false, reader('tickets:read_own'), ACCOUNTS, {}],
    ['their account’s without a permission', false, reader('kb:read'), ACCOUNTS, { portalUserId: 'ana' }],
    ['another account’s', false, reader('tickets:read_account'), ACCOUNTS, { billingAccountId: 'oficina' }],
    ['no account’s', false, reader('tickets:read_account'), ACCOUNTS, { billingAccountId: undefined }],
    ['another organization’s', false, reader('tickets:read_account'), ACCOUNTS, { organizationId: 'boreal' }],
    ['everybody’s', true, reader('kb:read'), EVERYBODYS, { billingAccountId: undefined }],
    ['everybody’s, of another account', true, reader('kb:read'), EVERYBODYS, { billingAccountId: 'oficina' }],
    ['everybody’s without the permission', false, reader('tickets:read_account'), EVERYBODYS, {}],
    ['everybody’s of another organization', false, reader('kb:read'), EVERYBODYS, { organizationId: 'boreal' }],
    ['staff’s', false, reader('tickets:read_account', 'kb:read'), {}, { portalUserId: 'ana' }],
  ])('hears of %s: %s', (_what, hears, who, definition, message) => {
    const told = { organizationId: 'aurora', billingAccountId: 'padaria', ...message };
    expect(customerMayHear(who, definition, told)).toBe(hears);
  });
});
