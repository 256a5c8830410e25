import { describe, expect, it } from '@jest/globals';
import type { StaffRole } from '@balcao/contracts';
import { staffRefusal, type StaffStanding, type StaffStatus } from './staff-rules.js';

const person = (id: string, role: StaffRole, status: StaffStatus = 'active'): StaffStanding => ({ id, role, status });
const owner = person('owner', 'owner');
const admin = person('admin', 'admin');
const agent = person('agent', 'agent');

describe('what somebody may do about a colleague', () => {
  it.each([
    ['an owner suspends another owner', owner, person('b', 'owner'), { status: 'suspended' }, undefined],
    ['an owner makes an agent an owner', owner, agent, { role: 'owner' }, undefined],
    ['an owner invites an owner', owner, undefined, { role: 'owner' }, undefined],
    ['an admin suspends an agent', admin, agent, { status: 'suspended' }, undefined],
    ['an admin makes an agent an admin', admin, agent, { role: 'admin' }, undefined],
    ['an admin touches an owner', admin, owner, {}, 'staff_owner_only'],
    ['an admin makes an owner', admin, agent, { role: 'owner' }, 'staff_owner_only'],
    ['an admin invites an owner', admin, undefined, { role: 'owner' }, 'staff_owner_only'],
    ['an admin makes themselves an owner', admin, admin, { role: 'owner' }, 'staff_owner_only'],
    ['an agent invites', agent, undefined, {}, 'permission_denied'],
    ['billing changes a name', person('b', 'billing'), agent, {}, 'permission_denied'],
    ['an owner changes their own name', owner, owner, {}, undefined],
    ['an owner keeps their own role', owner, owner, { role: 'owner', status: 'active' }, undefined],
    ['an owner gives up their own role', owner, owner, { role: 'admin' }, 'own_access'],
    ['an owner suspends themselves', owner, owner, { status: 'suspended' }, 'own_access'],
    ['an admin changes their own role', admin, admin, { role: 'agent' }, 'own_access'],
    ['a locked owner who is signed in acts', person('o', 'owner', 'locked'), agent, { role: 'admin' }, undefined],
    ['a suspended owner acts', person('o', 'owner', 'suspended'), agent, {}, 'unauthenticated'],
  ] as const)('%s', (_what, actor, target, change, refusal) => {
    expect(staffRefusal(actor, target, change)).toBe(refusal);
  });
});
