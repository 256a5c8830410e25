import { STAFF_ROLES, type StaffRole } from '@balcao/contracts';
import { describe, expect, it } from 'vitest';
import { createMemoryHistory, type RouteLocationNormalized } from 'vue-router';
import { createConsoleRouter } from '../src/router.js';
import { json, me, problem, setUpConsole } from './harness.js';

interface Visitor {
  session: 'none' | 'staff' | 'operator';
  ended?: boolean;
  permissions?: readonly string[];
  /** What time it is in their organization, where that is a sandbox. */
  now?: string;
}

const ENDED = () => problem(401, 'unauthenticated');

/** Where somebody comes to who follows an address; the pages themselves are not loaded. */
async function follow(
  path: string,
  { session, ended, permissions = [], now }: Visitor,
): Promise<RouteLocationNormalized> {
  const { router } = setUpConsole({
    session,
    api: {
      'GET auth/me': ended ? ENDED : () => json({ ...me(undefined, now), permissions }),
      'GET /ops/auth/me': ended
        ? ENDED
        : () => json({ user: { id: 'x-1', email: 'operator@balcao.example', name: 'Operação' } }),
    },
  });
  let letThrough: RouteLocationNormalized | undefined;
  router.beforeEach((to) => {
    letThrough = to;
    return false;
  });
  await router.push(path);
  return letThrough!;
}

/** Pages that a role does not open. */
const CLOSED: Record<StaffRole, string[]> = {
  owner: [],
  admin: [],
  agent: [
    'new-invoice',
    'new-proposal',
    'new-subscription',
    'change-subscription',
    'billing-settings',
    'new-customer',
    'import-accounts',
    'import-invoices',
    'new-invitations',
    'new-invitation',
    'stray-payments',
    'gateway-events',
    'gateways',
    'new-portal',
    'new-role',
    'subscription-settings',
    'invite-staff',
    'getting-started',
  ],
  billing: [
    'invitation-import',
    'new-article',
    'new-invitations',
    'new-invitation',
    'gateways',
    'new-portal',
    'new-role',
    'invite-staff',
    'signup',
    'getting-started',
    'invitations',
    'signups',
  ],
};

const router = createConsoleRouter(createMemoryHistory());
/** Every page that has an address, and for whom it says to be. */
const pages = router
  .getRoutes()
  .filter(({ name, redirect, path }) => name && !redirect && !path.includes('(.*)'))
  .map(({ path, name }) => {
    const address = path.replace(/:\w+(?:\((\w+)[^)]*\)\??)?/g, (_match, first?: string) => first ?? 'x');
    return { address, name: String(name), meta: router.resolve(address).meta };
  });
const pagesOf = (access: string) => pages.filter(({ meta }) => meta.access === access);

const OUTSIDERS: [string, Visitor][] = [
  ['nobody', { session: 'none' }],
  ['staff whose session has ended', { session: 'staff', ended: true }],
  ['an operator whose session has ended', { session: 'operator', ended: true }],
];
const OPERATOR: [string, Visitor] = ['an operator', { session: 'operator' }];
const STAFF: [string, Visitor][] = [
  ['staff who may do nothing', { session: 'staff' }],
  ['an owner', { session: 'staff', permissions: me('owner').permissions }],
];

it('every page says for whom it is', () => {
  const kinds = new Set(pages.map(({ meta }) => meta.access));
  expect([...kinds].sort()).toEqual(['guest', 'operator', 'operator-guest', 'public', 'staff']);
  expect(pagesOf('operator').map(({ address }) => address)).toEqual(['/ops/new', '/ops']);
});

describe.each([...OUTSIDERS, OPERATOR])('%s', (_who, visitor) => {
  it.each(pagesOf('staff'))('is led from $address to the sign-in page, and back from there', async ({ address }) => {
    expect(await follow(`${address}?q=a`, visitor)).toMatchObject({ name: 'login', query: { next: `${address}?q=a` } });
  });

  it.each([...pagesOf('guest'), ...pagesOf('public')])('finds $address open', async ({ address, name }) => {
    expect((await follow(address, visitor)).name).toBe(name);
  });
});

describe.each([...OUTSIDERS, ...STAFF])('%s', (_who, visitor) => {
  it.each(pagesOf('operator'))('is led from $address to the operators’ door', async ({ address }) => {
    expect((await follow(address, visitor)).name).toBe('ops-login');
  });

  it.each(pagesOf('operator-guest'))('finds $address open', async ({ address, name }) => {
    expect((await follow(address, visitor)).name).toBe(name);
  });
});

it.each([...pagesOf('operator'), ...pagesOf('operator-guest')])('an operator enters by $address', async (page) => {
  const { name } = await follow(page.address, { session: 'operator' });
  expect(name).toBe(page.meta.access === 'operator' ? page.name : 'ops');
});

/** Where those of the staff who may do nothing, and everything, come to. */
async function homesFrom(address: string): Promise<unknown[]> {
  const homes = [];
  for (const [, visitor] of STAFF) homes.push((await follow(address, visitor)).name);
  return homes;
}

describe('staff', () => {
  it.each(pagesOf('guest'))('who are signed in are led home from $address', async ({ address }) => {
    expect(await homesFrom(address)).toEqual(['profile', 'inbox']);
  });

  it('who come by the front door are led to the first page that is theirs', async () => {
    expect(await homesFrom('/console')).toEqual(['profile', 'inbox']);
  });

  it.each(STAFF_ROLES)('%s enter the pages of their role and no other', async (role) => {
    const { permissions } = me(role);
    const closed = [];
    for (const { address, name } of pagesOf('staff')) {
      const there = await follow(address, { session: 'staff', permissions, now: '2027-01-30T15:00:00Z' });
      if (there.name === 'no-access') closed.push(name);
      else expect(there.name).toBe(name);
    }
    expect(closed).toEqual(CLOSED[role]);
  });

  it('find no clock to move where the real time passes', async () => {
    const { permissions } = me();
    expect((await follow('/console/clock', { session: 'staff', permissions })).name).toBe('not-found');
  });
});
